"""From a number to the lines behind it and back to a past day, in a real browser, phone and desk."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from scoring import intake, recompute
from scoring.acting import acting
from scoring.models import Formula, Kind
from ssi_dashboard import clock
from tests.accessibility import check_accessibility

pytestmark = pytest.mark.browser
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}


@pytest.fixture
def past(ana):
    """Some weeks with something of every part, told by the clock of the server."""
    today, seller = clock.today(), ana.seller.pk

    def log(code, back, quantity=1):
        kind = Kind.objects.get(code=code)
        entry = intake.Entry(kind, today - timedelta(days=back), quantity=quantity)
        return intake.record(seller, entry, token=uuid.uuid4(), today=today)

    def hold(code, back):
        kind = Kind.objects.get(code=code)
        intake.hold(seller, kind, first=today - timedelta(days=back), today=today)

    recompute.settle(seller, today=today)
    with acting(lambda: ana.pk):
        for back in range(2, 62, 4):
            log("comment_posted", back, quantity=5)
            log("message_sent", back + 1, quantity=3)
            log("people_search", back, quantity=10)
        hold("profile_photo", 50)
        hold("profile_headline", 12)
        log("visitor_review", 1, quantity=50)
        log("comment_posted", 0, quantity=2)
        log("comment_posted", 0, quantity=60)
        intake.delete(log("meeting_booked", 9), now=timezone.now(), today=today)
        intake.release(
            seller, Kind.objects.get(code="profile_photo"), on=today - timedelta(days=3), today=today
        )
    second = Formula.objects.get().copy(name="Autumn rules", by=None)
    second.put_in_force(today - timedelta(days=6), today=today - timedelta(days=7))
    recompute.restate(seller, first=today - timedelta(days=70), today=today)


def whole(page):
    """Nothing to scroll sideways, and nothing that axe would stop people at."""
    check_accessibility(page)
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", SIZES)
def test_from_the_index_to_its_lines_and_to_a_past_day(page, live_server, ana, bruno, past, enter, size):
    page.set_viewport_size(SIZES[size])
    enter(ana)
    page.goto("/index/")
    assert whole(page)
    index = page.locator("#index .ring-number").inner_text()

    page.locator("#index .ring-number").click()
    expect(page).to_have_url(re.compile(r"/sellers/\d+/statement/\?first="))
    expect(page.get_by_text(index, exact=True).first).to_be_visible()
    for part in ("Faded", "Lost", "Gained", "Added", "Removed", "The sum", "Corrections of past days"):
        expect(page.get_by_role("heading", name=part, exact=True)).to_be_visible()
    assert whole(page)

    page.get_by_label("Pillar").select_option(label="Engaging with insights")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Lost")).to_have_count(0)
    expect(page.get_by_text("Closing, of 25")).to_be_visible()
    assert whole(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="All lines as CSV").click()
    assert download.value.suggested_filename.startswith("statement-")

    page.get_by_role("link", name="7 days").click()
    page.get_by_role("link", name=re.compile("^As of")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("As of")
    assert whole(page)
    page.get_by_role("link", name=re.compile("Substantive comment")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Substantive comment")
    assert whole(page)
    page.go_back()
    page.get_by_role("link", name="Back to today").click()
    expect(page).to_have_url(re.compile("/index/$"))

    page.goto("/day/")
    expect(page.get_by_text("Not counted: beyond the cap")).to_be_visible()
    expect(page.get_by_text("in the index of today")).to_be_visible()
    assert whole(page)

    enter(bruno)
    page.goto(f"/sellers/{ana.seller.pk}/")
    assert whole(page)
    page.get_by_role("link", name="Statement of 28 days").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana Nowak")
    assert whole(page)

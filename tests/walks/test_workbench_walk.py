"""An administrator copies the formula, changes it, tries it, and puts it in force, in a real browser."""

import datetime
import uuid

import pytest
from playwright.sync_api import expect

from scoring import intake, night, recompute, tasks
from scoring.intake import Entry
from scoring.models import Formula, Kind, Score, Trial
from ssi_dashboard import clock
from tests.accessibility import check_accessibility

pytestmark = pytest.mark.browser
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}


def fits(page):
    """Neither sideways nor below what is shown does the page go on with nothing."""
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    bottom = page.evaluate("document.querySelector('#main').getBoundingClientRect().bottom + scrollY")
    below = page.evaluate("document.documentElement.scrollHeight") - bottom
    return width <= 0 and below < 200


@pytest.fixture
def acts(ana, ada, sofia):
    """Comments of three, and a first night."""
    today = clock.today()
    kind = Kind.objects.get(code="comment_posted")
    for n, user in enumerate((ana, ada, sofia), 1):
        for back in range(n, 30, 3):
            day = today - datetime.timedelta(days=back)
            intake.record(user.seller.pk, Entry(kind, day, quantity=n), token=uuid.uuid4(), today=today)
        recompute.settle(user.seller.pk, today=today)
    (run,) = night.open_runs(today=today)
    night.complete(run, now=datetime.datetime.now(datetime.UTC), today=today)


@pytest.mark.parametrize("size", SIZES)
def test_the_formula_is_copied_changed_tried_and_put_in_force(page, live_server, acts, root, enter, size):
    page.set_viewport_size(SIZES[size])
    enter(root)
    before = list(Score.objects.order_by("pk").values_list("seller", "day", "ssi"))

    page.goto("/formulas/")
    check_accessibility(page)
    page.get_by_role("link", name="Copy").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_label("Half-life in days").fill("60")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/formulas/")
    page.get_by_role("link", name="Trial").click()
    expect(page.get_by_role("row", name="Half-life in days")).to_contain_text("60")
    check_accessibility(page)

    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Being tried")).to_be_visible()
    check_accessibility(page)
    tasks.try_formula(trial_id=Trial.objects.get().pk)
    expect(page.get_by_role("heading", name="Who moves")).to_be_visible()
    expect(page.get_by_role("row", name="Ana Nowak")).to_contain_text("North")
    check_accessibility(page)
    assert fits(page)
    page.locator("#who").get_by_role("link", name="North").click()
    expect(page.get_by_role("heading", name="Who moves in North")).to_be_visible()
    expect(page.get_by_role("row", name="Sofia Russo")).to_have_count(0)
    assert list(Score.objects.order_by("pk").values_list("seller", "day", "ssi")) == before

    page.get_by_role("link", name="Put in force").click()
    page.get_by_role("button", name="Put in force").click()
    expect(page.locator("li.success")).to_contain_text("In force from")
    draft = Formula.objects.latest("pk")
    assert draft.effective_from == clock.today() + datetime.timedelta(days=1)
    assert list(Score.objects.order_by("pk").values_list("seller", "day", "ssi")) == before

"""The whole coaching loop in a browser: a plan is accepted, done, and a week later its promise held."""

import datetime
import re

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from scoring.models import AcceptedPlan, Activity
from tests.accessibility import check_accessibility

pytestmark = pytest.mark.browser
START = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)
A_WEEK = datetime.timedelta(days=7)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture
def travel():
    """Move the clock of the server: `travel(moment)`; it ticks on."""
    trips = []

    def go(moment: datetime.datetime) -> None:
        come_back()
        trip = time_machine.travel(moment, tick=True)
        trip.start()
        trips.append(trip)

    def come_back() -> None:
        while trips:
            trips.pop().stop()

    yield go
    come_back()


@pytest.fixture
def organisation(live_server, ana, ada, travel):
    travel(START)
    call_command("recompute")


def check(page: Page) -> None:
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_promise_is_made_kept_and_checked(page, organisation, enter, travel, ana, size):
    page.set_viewport_size(size)
    enter(ana)

    # She looks at what is best for her minutes, and accepts it in one tap.
    page.goto("/plan/")
    check(page)
    page.get_by_role("button", name="Accept this plan").click()
    expect(page.locator("[role=status]")).to_contain_text("The plan is yours")
    expect(page.get_by_role("heading", name="Your plan")).to_be_visible()
    check(page)
    plan = AcceptedPlan.objects.get()
    assert page.locator("button.check").count() == 0  # nothing before its day

    # On the last of its days she ticks everything off, with one tap each.
    travel(START + A_WEEK)
    enter(ana)
    page.goto("/plan/")
    count = plan.acts.count()
    for n in range(count):
        page.locator("button.check[aria-pressed=false]").first.click()
        expect(page.locator("button.check[aria-pressed=true]")).to_have_count(n + 1)
    expect(page.locator(".tiles")).to_contain_text(re.compile(rf"{count}\s+of {count}"))

    # One was a slip of the finger: another tap takes it back, and one more does it again.
    acts = Activity.objects.live().count()
    done = page.locator("button.check[aria-pressed=true]").first
    name = done.inner_text()
    done.click()
    expect(page.locator("button.check[aria-pressed=true]")).to_have_count(count - 1)
    page.locator("button.check[aria-pressed=false]").first.click()
    expect(page.locator("button.check[aria-pressed=true]")).to_have_count(count)
    assert name
    assert Activity.objects.live().count() == acts
    check(page)

    # The days are over: what was promised, and what came of it.
    travel(START + A_WEEK + datetime.timedelta(days=1))
    enter(ana)
    page.goto("/plan/")
    expect(page.get_by_role("heading", name="The promise held")).to_be_visible()
    promised = f"{plan.predicted / 100:.2f}"
    table = page.get_by_role("table", name="From promise to result")
    expect(table.get_by_role("row", name=re.compile("Promised"))).to_contain_text(promised)
    expect(table.get_by_role("row", name=re.compile("^Index"))).to_contain_text(promised)
    check(page)

    # The next week's plan is there already; accepting it writes the figures down.
    page.get_by_role("button", name="Accept this plan").click()
    expect(page.get_by_role("heading", name="Earlier promises")).to_be_visible()
    closed = AcceptedPlan.objects.closed().get()
    assert closed.is_undisturbed
    assert abs(closed.result - closed.predicted) <= 1
    check(page)


def test_what_if_is_drawn_live(page, organisation, enter, ana):
    page.set_viewport_size(PHONE)
    enter(ana)
    page.goto("/plan/what-if/")
    before = page.locator("#ahead-2").inner_text()
    check(page)

    more = page.get_by_role("button", name="One more: Skill endorsement received")
    more.click()
    expect(page.locator("#ahead-2")).not_to_have_text(before)
    expect(page.get_by_label("Skill endorsement received", exact=True)).to_have_value("1")
    expect(more).to_be_focused()
    expect(page).to_have_url(re.compile(r"/plan/what-if/\?endorsement_received=1$"))
    page.get_by_label("Professional photo in place").check()
    expect(page).to_have_url(re.compile("profile_photo=1"))
    check(page)

    page.reload()
    expect(page.get_by_label("Skill endorsement received", exact=True)).to_have_value("1")
    page.get_by_role("button", name="One less: Skill endorsement received").click()
    expect(page.get_by_label("Skill endorsement received", exact=True)).to_have_value("0")
    page.get_by_role("link", name="Start again").click()
    expect(page.locator("#ahead-2")).to_have_text(before)
    assert not Activity.objects.exists()


def test_the_loop_works_without_javascript(browser, live_server, organisation, travel, ana):
    def enter_plainly(context):
        client = Client()
        client.force_login(ana)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    enter_plainly(context)
    page = context.new_page()

    page.goto("/plan/?target=20&by=2026-12-04")
    page.get_by_role("button", name="Accept this plan").click()
    assert AcceptedPlan.objects.get().target == 2000
    travel(START + A_WEEK)
    enter_plainly(context)
    page.goto("/plan/")
    page.locator("button.check[aria-pressed=false]").first.click()

    expect(page.locator("button.check[aria-pressed=true]")).to_have_count(1)
    page.goto("/plan/what-if/")
    page.get_by_role("button", name="One more: Skill endorsement received").click()
    expect(page).to_have_url(re.compile(r"/plan/what-if/\?endorsement_received=1$"))
    context.close()

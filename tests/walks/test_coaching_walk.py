"""A manager and a seller use goals, one to one and the team's standing, in a real browser."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.accessibility import check_accessibility

pytestmark = pytest.mark.browser
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}


def no_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", SIZES)
def test_they_agree_on_a_goal_and_an_action_and_she_ticks_it(
    page, live_server, ana, ada, sofia, bruno, chiara, enter, size
):
    call_command("recompute")
    page.set_viewport_size(SIZES[size])

    # Bruno looks at where North stands, and at what to talk about with Ana.
    enter(bruno)
    page.goto("/teams/north/coaching/")
    page.get_by_role("link", name="Where the team stands").click()
    expect(page.get_by_role("heading", name="How the index is spread")).to_be_visible()
    check_accessibility(page)
    assert no_sideways(page)
    page.goto(f"/sellers/{ana.seller.pk}/")
    page.get_by_role("link", name="One to one").click()

    # He writes down what was said, and what they agreed on.
    page.get_by_text("Write a note").click()
    page.get_by_label("Note", exact=True).fill("Calls went well")
    page.locator("section", has=page.get_by_role("heading", name="Notes")).get_by_role(
        "button", name="Keep it"
    ).click()
    expect(page.get_by_text("Calls went well")).to_be_visible()
    page.get_by_text("Agree on something").click()
    page.get_by_label("What you agreed on").fill("Ask for a reference")
    page.get_by_label("By", exact=True).fill("2030-01-31")
    page.locator("section", has=page.get_by_role("heading", name="Agreed actions")).get_by_role(
        "button", name="Keep it"
    ).click()
    expect(page.get_by_role("button", name="Ask for a reference")).to_be_visible()
    check_accessibility(page)
    assert no_sideways(page)

    # They look at what is possible, and set a goal.
    page.get_by_role("link", name="Set a goal").click()
    page.get_by_label("How high, of 100").fill("99")
    page.get_by_role("button", name="See what is possible").click()
    expect(page.get_by_text("The caps do not allow it")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="Set this goal").click()
    expect(page.locator("#goals .rows")).to_contain_text("99.00 by")
    expect(page.locator("#goals .rows")).to_contain_text("points a week")

    # Ana sees all of it from her side, and ticks what is done.
    enter(ana)
    page.goto("/index/")
    expect(page.locator("#index")).to_contain_text("set by Bruno Lis")
    page.get_by_role("link", name="One to one").click()
    expect(page.get_by_text("Calls went well")).to_be_visible()
    page.get_by_role("button", name="Ask for a reference").click()
    expect(page.get_by_role("button", name="Ask for a reference")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text(re.compile("done on"))).to_be_visible()
    check_accessibility(page)
    assert no_sideways(page)

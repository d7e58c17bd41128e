"""The product walked through as each of the three people, in a real browser."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from scoring import recompute
from scoring.models import Activity, Restatement, Score
from ssi_dashboard import clock
from teams.models import Team
from tests.accessibility import check_accessibility
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def organisation(live_server, ana, ada, sofia, bruno, chiara, root):
    """North and South after a first night."""
    call_command("recompute")


def sign_in(page: Page, email: str) -> None:
    page.goto("/")
    page.get_by_label("Email", exact=False).fill(email)
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_a_seller_a_manager_and_an_administrator_walk_the_product(page, organisation, ana, ada):
    page.set_viewport_size({"width": 1280, "height": 800})

    # Ana logs two activities, in two clicks each and without typing, and sees her index rise.
    sign_in(page, "ana@example.com")
    expect(page).to_have_url(re.compile("/day/$"))
    before = index_of(ana)
    log_by_sheet(page, "Substantive comment on another's post")
    log_by_sheet(page, "Personal message sent")
    assert Activity.objects.count() == 2
    after = index_of(ana)
    assert after > before
    page.goto("/index/")
    expect(page.locator("#index")).to_contain_text(f"{after / 100:.2f}")

    # She follows a tip: what it promises is more than nothing, and logging it raises her index.
    page.goto("/tips/")
    page.get_by_role("button", name=re.compile("Log one today|Tick it")).first.click()
    expect(page.locator("[role=status]")).to_contain_text(re.compile(r"\+\d"))
    assert index_of(ana) > after

    # The board moved: she stands above Ada now, and says so in words.
    page.goto("/teams/north/")
    first = page.locator("table.board tbody tr").first
    expect(first).to_contain_text("Ana Nowak")
    expect(first).to_contain_text("You")
    sign_out(page)

    # Bruno sees the same board and what to talk about with whom.
    sign_in(page, "bruno@example.com")
    expect(page).to_have_url(re.compile("/teams/north/$"))
    expect(page.locator("table.board")).to_contain_text("Ana Nowak")
    page.goto("/teams/north/coaching/")
    expect(page.get_by_role("main")).to_contain_text("Ada Wilk")
    page.get_by_role("link", name="Ada Wilk").first.click()
    expect(page).to_have_url(re.compile(rf"/sellers/{ada.seller.pk}/$"))
    sign_out(page)

    # Root moves Ada to South in the administration; the boards follow.
    sign_in(page, "root@example.com")
    page.goto("/admin/teams/seller/")
    page.get_by_role("row", name=re.compile("Ada Wilk|Wilk")).get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(label="Move to a team…")
    page.get_by_role("button", name="Go").click()
    move_to(page, Team.objects.get(slug="south"))
    settle()
    page.goto("/teams/south/")
    expect(page.locator("table.board")).to_contain_text("Ada Wilk")
    page.goto("/teams/north/")
    expect(page.locator("table.board")).not_to_contain_text("Ada Wilk")


def index_of(user) -> int:
    return Score.objects.get(seller=user.seller, day=clock.today()).ssi


def log_by_sheet(page: Page, kind: str) -> None:
    """The button of every page, then the chip: two clicks."""
    count = Activity.objects.count()
    page.locator("[data-log]").locator("visible=true").first.click()
    chip = page.locator("#sheet").get_by_role("button", name=re.compile(f"^{kind}"))
    if not chip.first.is_visible():
        page.locator("#sheet summary").first.click()
    chip.first.click()
    expect(page.locator("[role=status]")).to_contain_text(re.compile(r"\+\d"))
    assert Activity.objects.count() == count + 1


def move_to(page: Page, team: Team) -> None:
    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill(team.name)
    page.get_by_role("option", name=team.name).click()
    page.get_by_role("main").get_by_role("button", name="Move").click()
    expect(page.locator(".messagelist")).to_contain_text("1 seller is in South")


def settle() -> None:
    """What a worker does a moment later."""
    for seller in list(Restatement.objects.values_list("pk", flat=True)):
        recompute.settle(seller, today=clock.today())


PAGES = {
    "ana": [
        "/day/",
        "/activities/deleted/",
        "/plan/",
        "/plan/what-if/",
        "/tips/",
        "/official/",
        "/uploads/",
        "/index/",
        "/teams/north/",
        "/preferences/",
    ],
    "bruno": ["/teams/north/", "/teams/north/coaching/", "/preferences/"],
    "root": [
        "/admin/",
        "/admin/teams/team/",
        "/admin/teams/team/add/",
        "/admin/teams/seller/",
        "/admin/teams/seller/add/",
        "/admin/teams/user/",
        "/admin/teams/user/add/",
        "/admin/teams/industry/",
        "/admin/scoring/activity/",
        "/admin/scoring/formula/",
        "/admin/auth/group/1/change/",
        "/admin/scoring/run/",
        "/uploads/seats/",
        "/admin/scoring/officialscore/",
        "/admin/scoring/upload/",
        "/admin/scoring/seat/add/",
        "/admin/scoring/seniorityphrase/",
    ],
    None: ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("person", PAGES)
def test_pages_are_accessible_and_keep_the_content_policy(page, organisation, enter, request, person, scheme):
    page.emulate_media(color_scheme=scheme)
    if person:
        enter(request.getfixturevalue(person))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in PAGES[person]:
            answer = page.goto(address)
            assert answer.status == 200, address
            if not address.startswith("/admin/"):
                check_accessibility(page)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                    f"{address} at {width}"
                )


def test_what_is_missing_says_so_in_the_houses_own_words(page, organisation, enter, chiara, complaints):
    complaints.foresee("404")
    enter(chiara)

    answer = page.goto("/teams/north/")

    assert answer.status == 404
    assert "North" not in page.content()
    check_accessibility(page)


def test_the_pages_work_without_javascript(browser, live_server, organisation, ana):
    client = Client()
    client.force_login(ana)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()

    page.goto("/day/")
    page.get_by_role("main").get_by_role("button", name=re.compile("^Substantive comment")).first.click()

    expect(page).to_have_url(re.compile("/day/"))
    expect(page.get_by_role("main")).to_contain_text("Substantive comment")
    assert Activity.objects.count() == 1
    page.goto("/teams/north/?sort=name")
    expect(page.locator("table.board")).to_contain_text("Ana Nowak")
    context.close()

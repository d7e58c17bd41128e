"""LinkedIn's figures pasted, checked and saved, on a phone and at a desk."""

import datetime

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

from scoring.models import OfficialScore
from ssi_dashboard import clock
from tests.accessibility import check_accessibility

pytestmark = pytest.mark.browser
COPIED = """Twój Social Selling Index
Najlepsze 3%
Pozycja SSI w branży
Najlepsze 12%
Pozycja SSI w sieci
71 na 100
Cztery składniki Twojego wyniku
18,275 | Stwórz swoją profesjonalną markę
16,25 | Znajdź właściwe osoby
21,2 | Buduj relacje
"""


@pytest.fixture
def scored(live_server, ana):
    """Ana after a first night."""
    call_command("recompute")
    return ana


@pytest.mark.parametrize("width", [390, 1280])
def test_a_copied_page_is_read_checked_completed_and_saved(page, scored, enter, width):
    page.set_viewport_size({"width": width, "height": 800})
    enter(scored)
    page.goto("/official/")

    page.get_by_label("Text of LinkedIn's page").fill(COPIED)
    page.get_by_role("button", name="Read the numbers").click()

    expect(page.get_by_role("main")).to_contain_text("6 of 7 numbers found")
    expect(page.get_by_role("heading", name="Check the numbers, then save")).to_be_focused()
    expect(page.get_by_label("Professional brand")).to_have_value("18.275")
    assert not OfficialScore.objects.exists()
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("main").get_by_role("link", name="Engaging with insights").click()
    expect(page.get_by_label("Engaging with insights")).to_be_focused()
    page.keyboard.type("15")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[role=status]")).to_contain_text("Entered for")
    page.locator(".chart-space").scroll_into_view_if_needed()
    expect(page.locator("#official .js-plotly-plot")).to_be_visible()
    assert str(OfficialScore.objects.get().engage) == "15.00"
    check_accessibility(page)


def test_a_file_with_a_mistake_says_where_and_a_good_one_is_taken_in(page, scored, enter, complaints):
    complaints.foresee("422")
    page.set_viewport_size({"width": 390, "height": 800})
    enter(scored)
    page.goto("/official/")
    yesterday = clock.today() - datetime.timedelta(days=1)

    send(page, f"day,brand,find,engage,relate\n{yesterday},1,2,3,99\n")

    expect(page.get_by_role("main")).to_contain_text("A component is a number from 0 to 25.")
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    send(page, f"day,brand,find,engage,relate\n{yesterday},1,2,3,4\n")
    expect(page.locator("[role=status]")).to_contain_text("1 day was entered.")
    assert OfficialScore.objects.get().total == 10


def send(page, content):
    file = {"name": "past.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Take in the file").click()


def test_a_copied_page_is_read_without_javascript(browser, live_server, scored):
    client = Client()
    client.force_login(scored)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto("/official/")

    page.get_by_label("Text of LinkedIn's page").fill(COPIED)
    page.get_by_role("button", name="Read the numbers").click()

    expect(page.get_by_role("main")).to_contain_text("6 of 7 numbers found")
    page.get_by_label("Engaging with insights").fill("15")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("LinkedIn showed 71.00")
    assert OfficialScore.objects.count() == 1
    context.close()

"""An archive brought in by a seller, in a real browser and with a real worker, on a phone and on a desk."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from scoring.models import Activity, Holding, Seat, Upload
from scoring.models.upload import UploadState
from scoring.samples.sales_navigator import SEATS
from ssi_dashboard import clock
from tests.accessibility import check_accessibility
from tests.scoring.views.uploads import sample, upload_of

pytestmark = [pytest.mark.browser, pytest.mark.worker]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
A_MOMENT = 60_000  # of a machine with much else to do


def file_of(name):
    made = sample(name, last=clock.today())
    return {"name": made.name, "mimeType": "application/octet-stream", "buffer": made.content}


def choose_and_read(page, name):
    page.locator("[type=file]").set_input_files(file_of(name))
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="What is in your file")).to_be_visible(timeout=A_MOMENT)


def no_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", SIZES)
def test_an_archive_is_brought_in_confirmed_and_taken_back(
    page, live_server, ana, root, enter, celery_worker_process, size
):
    page.set_viewport_size(SIZES[size])
    enter(ana)
    page.goto("/day/")
    page.get_by_role("main").get_by_role("link", name="Bring in an archive").click()
    check_accessibility(page)

    choose_and_read(page, "linkedin")
    expect(page).to_have_url(re.compile(r"/uploads/\d+/$"))
    expect(page.get_by_role("heading", name="Your index, before and after")).to_be_visible()
    expect(page.locator("#upload")).not_to_have_attribute("hx-trigger", re.compile("."))
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    check_accessibility(page)
    assert no_sideways(page)
    assert not Activity.objects.exists()

    page.get_by_label("Headline says whom you help").check()
    page.get_by_role("button", name=re.compile("Take in")).click()
    expect(page.get_by_role("heading", name="Taken in")).to_be_visible(timeout=A_MOMENT)
    check_accessibility(page)
    assert Activity.objects.filter(seller=ana.seller).count() > 50
    assert Holding.objects.get().kind.code == "profile_headline"

    page.reload()
    page.get_by_role("button", name="Take the import back").click()
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
    assert not Activity.objects.exists()
    page.get_by_role("link", name="All imports").click()
    expect(page.get_by_role("main")).to_contain_text("taken back")
    assert no_sideways(page)


def test_too_large_a_file_is_not_even_sent(page, live_server, ana, enter):
    enter(ana)
    page.goto("/uploads/")
    page.locator("form[data-upload]").evaluate("form => (form.dataset.most = '100')")

    page.locator("[type=file]").set_input_files(file_of("linkedin-connections"))

    expect(page.locator("[data-too-large]")).to_be_visible()
    page.get_by_role("button", name="Read the file").click()
    expect(page).to_have_url(re.compile("/uploads/$"))
    assert not Upload.objects.exists()


def test_a_file_dropped_on_the_form_is_chosen(page, live_server, ana, enter):
    enter(ana)
    page.goto("/uploads/")

    page.locator("form[data-upload]").evaluate(
        """form => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["Date,Link\\n"], "Shares.csv"));
            form.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
            form.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }"""
    )

    assert page.locator("[type=file]").evaluate("field => field.files[0].name") == "Shares.csv"


def test_it_works_without_scripts(browser, live_server, ana):
    client = Client()
    client.force_login(ana)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()

    page.goto("/uploads/")
    page.locator("[type=file]").set_input_files(file_of("linkedin-connections"))
    page.get_by_role("button", name="Read the file").click()

    expect(page).to_have_url(re.compile(r"/uploads/\d+/$"))
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="Cancelled")).to_be_visible()
    context.close()


def test_an_administrator_says_whose_a_seat_is(page, live_server, ana, root, enter, celery_worker_process):
    enter(root)
    page.goto("/uploads/seats/")
    choose_and_read(page, "sales-navigator")
    page.get_by_role("link", name="Say whose they are").click()
    check_accessibility(page)

    page.get_by_label(f"Seat {SEATS[0]}", exact=True).select_option("Ana Nowak")
    page.get_by_role("button", name=f"Save the seller of seat {SEATS[0]}").click()

    expect(page.locator("[role=status]")).to_contain_text(f"Seat {SEATS[0]}: Ana Nowak.")
    assert Seat.objects.get().seller == ana.seller


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_state_is_accessible_and_fits(page, live_server, ana, enter, scheme):
    page.emulate_media(color_scheme=scheme)
    enter(ana)
    for state in UploadState.values:
        problem = "encrypted" if state == UploadState.FAILED else ""
        upload = upload_of(ana, state=state, problem=problem)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"/uploads/{upload.pk}/")
            check_accessibility(page)
            assert no_sideways(page), (state, width)

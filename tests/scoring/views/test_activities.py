"""Logging, correcting, deleting and bringing back, with and without htmx."""

import datetime
import uuid

import pytest
from django.urls import reverse

from scoring import intake
from scoring.models import Activity, Kind, Score
from ssi_dashboard import clock

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "day"}
SHEET = {"HTTP_HX_REQUEST": "true"}
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def comment(ana, today):
    kind = Kind.objects.get(code="comment_posted")
    entry = intake.Entry(kind=kind, day=today, link="https://example.com/post", note="on prices", network="x")
    return intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=today)


def post(client, name, *args, headers=None, **data):
    return client.post(reverse(name, args=args), data, **(headers or {}))


def press(client, *, headers=None, **said):
    """Press a chip, or send the form with more."""
    data = {"kind": "comment_posted", "token": str(uuid.uuid4()), **said}
    return post(client, "activities", headers=headers, **data)


def news(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_two_clicks_log_an_act_of_today(signed_in, ana, today):
    response = press(signed_in)

    assert response.status_code == 302
    assert response["Location"] == reverse("my-day")
    logged = Activity.objects.get()
    assert (logged.seller, logged.kind.code, logged.day, logged.quantity) == (
        ana.seller,
        "comment_posted",
        today,
        1,
    )
    assert Score.objects.get(day=today).ssi > 0


def test_the_message_says_the_new_index_and_what_it_gained(signed_in, today):
    press(signed_in)
    first = Score.objects.get(day=today).ssi

    response = press(signed_in, headers=HTMX)

    now = Score.objects.get(day=today).ssi
    assert f"Index {now / 100:.2f}, +{(now - first) / 100:.2f}." in news(response)


def test_htmx_gets_the_region_with_the_new_row(signed_in, today):
    response = press(signed_in, headers=HTMX)

    assert response.status_code == 200
    assert "<html" not in response.text
    assert f'id="activity-{Activity.objects.get().pk}"' in response.text
    assert response["HX-Replace-Url"] == reverse("my-day")
    assert 'hx-swap-oob="innerHTML"' in response.text


def test_from_the_sheet_come_the_news_and_an_event_for_the_page(signed_in):
    response = press(signed_in, headers=SHEET)

    assert response.status_code == 200
    assert response["HX-Trigger"] == "activity-logged"
    assert "Logged: Substantive comment" in response.text
    assert "Add details" in response.text
    assert '<section id="day"' not in response.text


def test_a_form_may_lead_back_to_its_own_page(signed_in):
    response = press(
        signed_in, headers={"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "tips"}, next=reverse("tips")
    )

    assert response.status_code == 302
    assert response["Location"] == reverse("tips")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_form_cannot_lead_to_another_site(signed_in, elsewhere):
    response = press(signed_in, next=elsewhere)

    assert response["Location"] == reverse("my-day")


def test_the_same_token_twice_is_one_act(signed_in, today):
    token = str(uuid.uuid4())
    press(signed_in, token=token)
    score = Score.objects.get(day=today).ssi

    response = press(signed_in, token=token, headers=HTMX)

    assert Activity.objects.count() == 1
    assert Score.objects.get(day=today).ssi == score
    assert "logged already" in news(response)


def test_everything_can_be_said_at_once(signed_in, today):
    yesterday = today - ONE_DAY

    response = press(
        signed_in, day=yesterday, quantity=3, network="linkedin", link="example.com/a", note="about prices"
    )

    logged = Activity.objects.get()
    assert response["Location"].endswith(f"?day={yesterday}")
    assert (logged.day, logged.quantity, logged.network) == (yesterday, 3, "linkedin")
    assert (logged.link, logged.note) == ("https://example.com/a", "about prices")


def test_a_scheme_in_capitals_is_kept_as_the_database_wants_it(signed_in):
    press(signed_in, link="HTTPS://example.com/Post")

    assert Activity.objects.get().link == "https://example.com/Post"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.com/file", "data:text/html,x"])
def test_a_link_leads_to_the_web_or_is_refused(signed_in, link):
    response = press(signed_in, link=link, note="keep me", quantity=7)

    assert response.status_code == 422
    assert "Use http:// or https://" in response.text
    assert 'value="keep me"' in response.text
    assert 'value="7"' in response.text
    assert not Activity.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_tomorrow_is_refused_and_the_limit_named(signed_in, today, headers):
    response = press(signed_in, day=today + ONE_DAY, note="keep me", headers=headers)

    assert response.status_code == 422
    assert "the latest is" in response.context["form"].errors["day"][0]
    assert 'value="keep me"' in response.text


def test_the_limit_of_400_days_is_named(signed_in, today):
    assert press(signed_in, day=today - 400 * ONE_DAY).status_code == 302

    response = press(signed_in, day=today - 401 * ONE_DAY)

    assert response.status_code == 422
    assert "logged back to" in response.context["form"].errors["day"][0]


@pytest.mark.parametrize("quantity", ["0", "1001", "-1", "many"])
def test_a_quantity_is_1_to_1000(signed_in, quantity):
    response = press(signed_in, quantity=quantity)

    assert response.status_code == 422
    assert "quantity" in response.context["form"].errors
    assert f'value="{quantity}"' in response.text


def test_a_network_is_one_of_the_kind(signed_in):
    response = press(signed_in, kind="executive_connected", network="instagram")

    assert response.status_code == 422
    assert response.context["form"].errors["network"] == ["This activity counts on: LinkedIn."]


@pytest.mark.parametrize(
    "wrong", [{"kind": "profile_photo"}, {"kind": "juggling"}, {"kind": ""}, {"token": "x"}]
)
def test_nonsense_is_refused_not_guessed(signed_in, wrong):
    assert press(signed_in, **wrong).status_code == 422
    assert not Activity.objects.exists()


def test_from_the_sheet_a_refusal_is_told(signed_in):
    response = press(signed_in, kind="juggling", headers=SHEET)

    assert response.status_code == 422
    assert "Choose an activity." in response.text
    assert response["HX-Trigger"] == "activity-refused"


def test_the_row_turns_into_its_form(signed_in, comment):
    response = signed_in.get(
        reverse("activity", args=[comment.pk]),
        HTTP_HX_REQUEST="true",
        HTTP_HX_TARGET=f"activity-{comment.pk}",
    )

    assert f'<li class="row editing" id="activity-{comment.pk}"' in response.text
    assert 'value="on prices"' in response.text
    assert "None" not in response.text


def test_without_scripts_the_form_is_a_page(signed_in, comment):
    response = signed_in.get(reverse("activity", args=[comment.pk]))

    assert "<html" in response.text
    assert "<h1>Edit an activity</h1>" in response.text
    offered = [code for code, _ in response.context["form"].fields["network"].widget.choices]
    assert offered == ["", "linkedin", "x", "facebook", "instagram", "other"]


def test_only_the_networks_of_the_kind_are_offered(signed_in, ana, today):
    entry = intake.Entry(kind=Kind.objects.get(code="executive_connected"), day=today)
    met = intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=today)

    form = signed_in.get(reverse("activity", args=[met.pk])).context["form"]

    assert [code for code, _ in form.fields["network"].widget.choices] == ["", "linkedin"]


def change(client, activity, *, headers=None, **said):
    data = {
        "kind": activity.kind.code,
        "day": activity.day,
        "quantity": activity.quantity,
        "network": activity.network,
        "link": activity.link,
        "note": activity.note,
        **said,
    }
    return post(client, "activity", activity.pk, headers=headers, **data)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_an_act_is_corrected_and_scored_again(signed_in, comment, today, headers):
    before = Score.objects.get(day=today).ssi

    response = change(signed_in, comment, quantity=5, headers=headers)

    assert response.status_code == (200 if headers else 302)
    assert Activity.objects.get().quantity == 5
    assert Score.objects.get(day=today).ssi > before


def test_a_correction_that_is_refused_keeps_the_row_open(signed_in, comment):
    response = change(signed_in, comment, link="ftp://example.com/", headers=HTMX)

    assert response.status_code == 422
    assert response["HX-Retarget"] == f"#activity-{comment.pk}"
    assert "Use http:// or https://" in response.text
    assert Activity.objects.get().link == "https://example.com/post"


def test_moved_to_the_future_is_refused_on_the_page(signed_in, comment, today):
    response = change(signed_in, comment, day=today + ONE_DAY)

    assert response.status_code == 422
    assert "the latest is" in response.text


@pytest.mark.parametrize("name", ["activity", "activity-deletion", "activity-restoration"])
def test_a_colleagues_act_is_not_there(client, ada, comment, name):
    client.force_login(ada)

    assert client.post(reverse(name, args=[comment.pk]), {}).status_code == 404
    assert client.get(reverse("activity", args=[comment.pk])).status_code == 404
    assert Activity.objects.get().deleted_at is None


def test_a_manager_reaches_none_of_it_here(client, bruno, comment):
    client.force_login(bruno)

    assert press(client).status_code == 404
    assert client.post(reverse("activity-deletion", args=[comment.pk])).status_code == 404


@pytest.mark.parametrize("name", ["activity-deletion", "activity-restoration"])
def test_what_changes_something_is_never_a_get(signed_in, comment, name):
    assert signed_in.get(reverse(name, args=[comment.pk])).status_code == 405


def test_whoever_comes_to_log_without_an_act_is_led_to_the_day(signed_in):
    response = signed_in.get(reverse("activities"))

    assert response.url == reverse("my-day")
    assert not Activity.objects.exists()


def test_who_has_left_is_told_no_index(signed_in, ana, today):
    ana.seller.left_on = today
    ana.seller.save()

    response = press(signed_in, headers=HTMX)

    assert "Logged:" in news(response)
    assert "Index" not in news(response)

"""How people come in, and what stops others."""

import pytest
from django.core import mail
from django.urls import reverse

from teams.models import User
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client, email, password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def test_by_e_mail_and_password_in_any_case(client, ana):
    response = sign_in(client, "Ana@Example.com")

    assert response.status_code == 302
    assert response.url == reverse("home")


def test_too_many_wrong_passwords_stop_further_tries(client, ana):
    for _n in range(5):
        assert sign_in(client, "ana@example.com", "wrong").status_code == 200

    blocked = sign_in(client, "ana@example.com")

    assert blocked.status_code in (200, 429)
    assert "_auth_user_id" not in client.session


def test_unknown_and_known_people_get_the_same_words(client, ana):
    known = sign_in(client, "ana@example.com", "wrong").context["form"].errors
    unknown = sign_in(client, "nobody@example.com", "wrong").context["form"].errors

    assert known == unknown


def test_nobody_signs_up_by_themselves(client, db):
    data = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}

    response = client.post(reverse("account_signup"), data)

    assert response.status_code == 200
    assert not User.objects.exists()


def test_a_forgotten_password_is_set_anew_by_mail(client, ana):
    client.post(reverse("account_reset_password"), {"email": "ana@example.com"})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)

    page = client.get(link, follow=True)
    again = "another password, long enough"
    client.post(page.redirect_chain[-1][0], {"password1": again, "password2": again})

    assert sign_in(client, "ana@example.com", again).status_code == 302


def test_whether_somebody_is_known_is_not_told_by_the_reset_page(client, ana):
    known = client.post(reverse("account_reset_password"), {"email": "ana@example.com"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("on_loopback", [True, False])
def test_demo_people_come_in_on_loopback_only(client, ana, settings, on_loopback):
    User.objects.filter(pk=ana.pk).update(is_demo=True)
    settings.ON_LOOPBACK = on_loopback

    sign_in(client, "ana@example.com")

    assert (client.get(reverse("my-day")).status_code == 200) == on_loopback


def test_a_demo_session_ends_when_the_site_opens_up(client, ana, settings):
    User.objects.filter(pk=ana.pk).update(is_demo=True)
    client.force_login(ana)
    settings.ON_LOOPBACK = False

    assert client.get(reverse("my-day")).status_code == 302


def test_who_is_made_inactive_is_out_at_once(client, ana):
    client.force_login(ana)
    User.objects.filter(pk=ana.pk).update(is_active=False)

    assert client.get(reverse("my-day")).status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_to_no_other_site(client, ana, elsewhere):
    response = client.post(
        f"{LOGIN}?next={elsewhere}", {"login": "ana@example.com", "password": PASSWORD, "next": elsewhere}
    )

    assert response.status_code == 302
    assert response.url == reverse("home")

import pytest
from django.urls import reverse

from teams.models import User

pytestmark = pytest.mark.django_db


def page(model, name="changelist", *args):
    return reverse(f"admin:teams_{model}_{name}", args=args)


def test_a_person_is_made_with_or_without_a_password(client, administrator):
    names = {"first_name": "Ewa", "last_name": "Mazur"}
    secret = "fourteen small stones"

    client.post(page("user", "add"), {"email": "Ewa@Example.com", **names})
    client.post(page("user", "add"), {"email": "ida@example.com", "password1": secret, "password2": secret})

    assert not User.objects.get(email="ewa@example.com").has_usable_password()
    assert User.objects.get(email="ida@example.com").check_password(secret)


@pytest.mark.parametrize(
    "passwords", [("short", "short"), ("fourteen small stones", ""), ("", "fourteen small stones")]
)
def test_a_bad_or_half_password_is_refused(client, root, passwords):
    client.force_login(root)

    response = client.post(
        page("user", "add"),
        {"email": "ewa@example.com", "password1": passwords[0], "password2": passwords[1]},
    )

    assert response.status_code == 200
    assert not User.objects.filter(email="ewa@example.com").exists()


def test_an_address_that_is_taken_in_other_letters_is_refused(client, administrator, ana):
    response = client.post(page("user", "add"), {"email": "ANA@example.com"})

    assert "Somebody has this e-mail already." in response.content.decode()


def test_a_new_password_is_set_for_somebody(client, administrator, ana):
    address = reverse("admin:auth_user_password_change", args=[ana.pk])
    assert client.get(address).status_code == 200

    secret = "fourteen small stones"
    client.post(address, {"password1": secret, "password2": secret, "usable_password": "true"})

    ana.refresh_from_db()
    assert ana.check_password(secret)


def test_only_a_superuser_makes_or_changes_one(client, adam, root, ana):
    client.force_login(adam)
    person = {"email": "ana@example.com", "theme": "system", "is_active": "on", "is_superuser": "on"}

    client.post(page("user", "change", ana.pk), person)
    ana.refresh_from_db()
    assert not ana.is_superuser
    assert client.post(page("user", "change", root.pk), person).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 403
    assert client.post(page("user", "delete", root.pk), {"post": "yes"}).status_code == 403


def test_nobody_shuts_themselves_out(client, either):
    person = {"email": either.email, "theme": "system", "first_name": "New"}

    client.post(page("user", "change", either.pk), person)

    either.refresh_from_db()
    assert (either.first_name, either.is_active, either.is_staff) == ("New", True, True)
    assert client.post(page("user", "delete", either.pk), {"post": "yes"}).status_code == 403


def test_whose_changes_are_in_the_log_stays(client, root, adam):
    client.force_login(adam)
    client.post(page("industry", "add"), {"name": "Retail"})
    client.force_login(root)

    response = client.post(page("user", "delete", adam.pk), {"post": "yes"})

    assert User.objects.filter(pk=adam.pk).exists()
    assert "Entries in the log: 1" in response.content.decode()


def test_the_demo_mark_is_only_read(client, administrator, ana, retail):
    client.post(page("user", "change", ana.pk), {"email": ana.email, "theme": "system", "is_demo": "on"})
    client.post(page("industry", "change", retail.pk), {"name": "Shops", "is_demo": "on"})

    ana.refresh_from_db()
    retail.refresh_from_db()
    assert (ana.is_demo, retail.is_demo, retail.name) == (False, False, "Shops")

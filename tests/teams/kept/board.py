"""A board as a browser asks for it, again and again."""

import re

from django.test import Client
from django.urls import reverse

HTMX = {"HX-Request": "true"}


def board(client, *, of="north", headers=None, **query):
    return client.get(reverse("leaderboard", args=[of]), query, headers=headers or {})


def entered(person):
    client = Client()
    client.force_login(person)
    return client


def version_of(response):
    return re.search(rb"[?;]v=(\w+)", response.content)[1].decode()


def news(client, version, *, of="north"):
    """Whether the page that asks for news of itself gets some."""
    answer = board(client, of=of, headers=HTMX, v=version)
    assert answer.status_code in (200, 204)
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code == 200


def set_(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()

"""Boards of long and short lists, asked for as the pages do."""

import csv
import io
from dataclasses import replace

from django.urls import reverse

from teams.access import Reach
from teams.comparison import average_of, averages_by_day
from teams.leaderboard import Viewer, board
from teams.listing import Listing
from teams.tree import Tree
from tests.teams.crowd import DAY, WEEK_AGO


def viewer_of(user):
    own = getattr(user, "seller", None)
    return Viewer(seller=own and own.pk, reach=Reach(user, today=DAY), today=DAY)


def lists(north, retail):
    return [Listing.everybody(), Listing.industry(retail.pk), Listing.team(north.pk, Tree())]


def board_of(listing, viewer, day=DAY, compared_to=WEEK_AGO):
    return board(listing, day=day, compared_to=compared_to, viewer=viewer)


def team(of):
    return Listing.team(of.pk, Tree())


def by_day(of):
    newest = average_of(team(of), DAY)
    return averages_by_day(team(of), first=WEEK_AGO, last=DAY, newest=newest)


def whole(shown):
    return shown.listed().rows[0 : shown.n]


def as_live(places):
    """Without what only the night's rows say."""
    return [replace(place, rank_now=None) for place in places]


def get(client, of="north", headers=None, **query):
    address = reverse("leaderboard", args=[of]) if of else reverse("organisation")
    return client.get(address, query, headers=headers or {})


def file_rows(client, of="north", **query):
    name = "leaderboard-file" if of else "organisation-file"
    response = client.get(reverse(name, args=[of] if of else []), {"format": "csv", **query})
    assert response.status_code == 200
    content = response.getvalue() if response.streaming else response.content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

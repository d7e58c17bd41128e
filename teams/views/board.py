"""The board of a team, as a page and as a file."""

import hashlib
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET

from scoring import night
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region
from teams import access, board_page, exports, following, leaderboard
from teams.board_page import Asked
from teams.forms.board import BoardForm
from teams.leaderboard import Board, Viewer
from teams.models import Team
from teams.tree import Tree


@require_GET
def leaderboard_page(request: HttpRequest, slug: str) -> HttpResponse:
    team = _visible_team(request, slug)
    published = night.published_day()
    tree = Tree()
    frame = {"team": team, "teams_near": _teams_near(request, team, tree)}
    if published is None:
        return render_page(request, "teams/board.html", {**frame, "published": None})
    asked = _asked(request, team, tree, published)
    version = _version(asked.board)
    if request.GET.get("v") == version:
        return HttpResponse(status=204)
    context = frame | board_page.rows(asked) | board_page.averages(asked) | _network(request)
    context |= {"published": published, "version": version}
    response = render_page(request, "teams/board.html", context)
    if wants_region(request) and "v" not in request.GET:
        query = asked.selection.query()
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response


@require_GET
def leaderboard_file(request: HttpRequest, slug: str) -> HttpResponse:
    """All rows that the page would show, over all its pages, in its order."""
    team = _visible_team(request, slug)
    published, kind = night.published_day(), request.GET.get("format", "csv")
    if published is None or kind not in exports.FORMATS:
        raise Http404
    asked = _asked(request, team, Tree(), published)
    content = exports.board_file(asked.listed, kind=kind, title=team.slug)
    name = f"board-{team.slug}-{asked.board.day.isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=exports.FORMATS[kind], headers=headers)


def _visible_team(request: HttpRequest, slug: str) -> Team:
    return get_object_or_404(access.visible_teams(request.user, today=clock.today()), slug=slug)


def _asked(request: HttpRequest, team: Team, tree: Tree, published: date) -> Asked:
    today, own = clock.today(), access.seller_of(request.user)
    form = BoardForm(request.GET, team=team, tree=tree, published=published)
    selection = form.selection()
    day, compared_to = leaderboard.days_of(selection.period, published=published)
    viewer = Viewer(
        seller=own.pk if own else None,
        coached=access.coached_sellers(request.user, today=today),
        followable=following.followable(request.user, today=today),
    )
    language = translation.get_language() or "en"
    board = leaderboard.board(
        tree.below(team.pk), day=day, compared_to=compared_to, viewer=viewer, language=language
    )
    chosen = next((sub.pk for _depth, sub in form.sub_teams if sub.slug == selection.team), None)
    listed = board.listed(
        query=selection.q,
        team_ids=None if chosen is None else tree.below(chosen),
        sort=selection.sort,
        language=language,
    )
    return Asked(team, tree, form, selection, board, listed)


def _version(board: Board) -> str:
    """The same as long as the board is: what the page asks with to hear of news only."""
    return hashlib.blake2b(repr(board).encode(), digest_size=8).hexdigest()


def _network(request: HttpRequest) -> dict[str, Any]:
    own, today = access.seller_of(request.user), clock.today()
    if own is None:
        return {"network": None}
    followed = [
        {"seller": colleague.pk, "name": colleague.name, "followed": True}
        for colleague in following.followed_by(own, today=today)
    ]
    return {"network": {"followers": following.followers_of(own, today=today), "followed": followed}}


def _teams_near(request: HttpRequest, team: Team, tree: Tree) -> list[dict[str, Any]]:
    """The boards one step away: the team above, the sub-teams, and the other topmost ones."""
    visible = {near.pk: near for near in access.visible_teams(request.user, today=clock.today())}
    above = [visible[team.parent_id]] if team.parent_id in visible else []
    tops = [near for near in visible.values() if near.parent_id not in visible] if not above else []
    below = [near for near in tree.children(team.pk) if near.pk in visible]
    links = [("above", above), ("beside", [near for near in tops if near.pk != team.pk]), ("below", below)]
    return [
        {"step": step, "name": near.name, "url": reverse("leaderboard", args=[near.slug])}
        for step, nears in links
        for near in sorted(nears, key=lambda near: near.name)
    ]

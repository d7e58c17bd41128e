"""The boards of a team, of the organisation and of an industry, as pages and as files."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET

from scoring.prepared import prepared
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region
from teams import access, board_page, exports, following, freshness
from teams.access import Reach
from teams.board_page import Asked, Subject
from teams.kept import published_day
from teams.leaderboard import Viewer
from teams.models import Team
from teams.page_cache import Version, kept_while_fresh, of_this_moment
from teams.tree import Node


def _of_team(slug: str) -> Sequence[str]:
    return [freshness.of_team(slug)]


def _of_everybody() -> Sequence[str]:
    return [freshness.EVERYBODY]


@require_GET
@kept_while_fresh(_of_team)
@prepared()
def leaderboard_page(request: HttpRequest, slug: str, version: Version) -> HttpResponse:
    return _page(request, _of_a_team(request, slug, version), version)


@require_GET
@kept_while_fresh(_of_everybody)
@prepared()
def organisation_page(request: HttpRequest, version: Version) -> HttpResponse:
    return _page(request, _of_the_organisation(request, version), version)


@require_GET
def leaderboard_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    version = of_this_moment()
    return _file(request, _of_a_team(request, slug, version), version)


@require_GET
def organisation_file(request: HttpRequest) -> HttpResponseBase:
    version = of_this_moment()
    return _file(request, _of_the_organisation(request, version), version)


def _of_a_team(request: HttpRequest, slug: str, version: Version) -> Subject:
    reach, team = _reach(request, version), get_object_or_404(Team, slug=slug)
    if not reach.sees(team.pk):
        raise Http404
    return Subject(reach, team)


def _of_the_organisation(request: HttpRequest, version: Version) -> Subject:
    """For those only who may see everybody."""
    reach = _reach(request, version)
    if not reach.everywhere:
        raise Http404
    return Subject(reach)


def _reach(request: HttpRequest, version: Version) -> Reach:
    """Where the person may look; the frame around the page asks for it too."""
    reach = version.viewer_part("reach", make=lambda: Reach(request.user, today=clock.today()), size=2_000)
    access.keep_reach(request, reach)
    return reach


def _page(request: HttpRequest, subject: Subject, version: Version) -> HttpResponse:
    published = published_day()
    frame = {"title": subject.name, "teams_near": _teams_near(subject, version), "published": published}
    if published is None:
        return render_page(request, "teams/board.html", frame)
    asked = _asked(request, subject, published, version)
    network = version.viewer_part("network", make=lambda: _network(request), size=20_000)
    sub_teams = {"sub_teams": _sub_teams(request, asked, version)}
    context = frame | board_page.rows(asked) | _averages(asked, version) | network | sub_teams
    response = render_page(request, "teams/board.html", context | {"version": version})
    if wants_region(request) and "v" not in request.GET:
        query = asked.selection.query()
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response


def _averages(asked: Asked, version: Version) -> dict[str, Any]:
    """The averages with their charts, made once for all who look at the board."""
    board, listing = asked.board, asked.listing
    key = (listing.of, listing.key, board.day, board.compared_to, bool(board.places))
    return version.shared_part("averages", *key, make=lambda: board_page.averages(asked), size=100_000)


def _sub_teams(request: HttpRequest, asked: Asked, version: Version) -> str:
    """The choice of a sub-team; there may be hundreds, and a night changes none."""
    chosen = asked.selection.team

    def make() -> str:
        context = {"path": request.path, "sub_teams": asked.form.sub_teams, "chosen": chosen}
        return render_to_string("teams/_sub_teams.html", context)

    return version.viewer_part("sub-teams", request.path, chosen, make=make, size=20_000)


def _file(request: HttpRequest, subject: Subject, version: Version) -> HttpResponseBase:
    """All rows that the page would show, over all its pages, in its order."""
    published, kind = published_day(), request.GET.get("format", "csv")
    if published is None:
        raise Http404
    asked = _asked(request, subject, published, version)
    if kind not in asked.formats:
        raise Http404
    content = exports.board_file(asked.listed.rows, kind=kind, title=subject.slug)
    name = f"board-{subject.slug}-{asked.board.day.isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    answer = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    return answer(content, content_type=exports.FORMATS[kind], headers=headers)


def _asked(request: HttpRequest, subject: Subject, published: date, version: Version) -> Asked:
    own, today = access.seller_of(request.user), clock.today()
    viewer = Viewer(seller=own.pk if own else None, reach=subject.reach, today=today, version=version)
    language = translation.get_language() or "en"
    return board_page.ask(subject, request.GET, published=published, viewer=viewer, language=language)


def _network(request: HttpRequest) -> dict[str, Any]:
    own, today = access.seller_of(request.user), clock.today()
    if own is None:
        return {"network": None}
    followed = [
        {"seller": colleague.pk, "name": colleague.name, "followed": True}
        for colleague in following.followed_by(own, today=today)
    ]
    return {"network": {"followers": following.followers_of(own, today=today), "followed": followed}}


def _teams_near(subject: Subject, version: Version) -> str:
    """Links to the boards one step away: Django takes its time for each address."""

    def make() -> str:
        return render_to_string("teams/_teams_near.html", {"teams_near": _near(subject)})

    return version.viewer_part("teams near", subject.team and subject.team.pk, make=make, size=20_000)


def _near(subject: Subject) -> list[dict[str, Any]]:
    """The boards one step away: above, below, and where nothing is above the other topmost ones."""
    reach, team = subject.reach, subject.team
    tree = reach.tree
    if team is None:
        return _links("below", tree.children(None))
    above = [near for near in tree.above(team.pk)[1:2] if reach.sees(near.pk)]
    tops = [] if above else [near for near in _topmost(reach) if near.pk != team.pk]
    below = [near for near in tree.children(team.pk) if reach.sees(near.pk)]
    links = _links("above", above) + _links("beside", tops) + _links("below", below)
    if reach.everywhere and not above:
        links.insert(0, {"step": "above", "name": Subject(reach).name, "url": reverse("organisation")})
    return links


def _topmost(reach: Reach) -> list[Node]:
    """The teams that a person sees without seeing the one above."""
    if reach.everywhere:
        return reach.tree.children(None)
    seen = [reach.tree.node(pk) for pk in reach.own | reach.managed]
    return [node for node in seen if node.parent_id is None or not reach.sees(node.parent_id)]


def _links(step: str, nears: Sequence[Node]) -> list[dict[str, Any]]:
    return [
        {"step": step, "name": near.name, "url": reverse("leaderboard", args=[near.slug])}
        for near in sorted(nears, key=lambda near: near.name)
    ]

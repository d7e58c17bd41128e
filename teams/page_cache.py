"""Pages that nobody changed cost nothing: an unchanged one is not sent again, a known one not made again.

A page is one person's in one session: its key has whatever it may depend on. It is kept in the memory of the
process for some minutes. Browsers keep none (`no-store`: after signing out, Back must not show it), so that
they never ask with an ETag themselves; the page says its version where it asks for news of itself, and
clients that keep what they get have the ETag.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

from ssi_dashboard import clock
from ssi_dashboard.pages import keep_private, wants_region
from teams import freshness
from teams.shelf import Shelf

MOST_BYTES = 48 * 1024 * 1024
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Version:
    """What a page is made of, as one word: the same as long as the page says the same to the person.

    Parts of it are kept by themselves: `shared` is what is the same for everybody who looks at the subject in
    the same language, `viewer` what is the person's own, whatever they look at, `night` what only a night, or
    a new ranking of one, can change.
    """

    own: str
    shared: str
    viewer: str
    night: str
    is_kept: bool = True

    def __str__(self) -> str:
        return self.own

    def shared_part(self, *key: object, make: Callable[[], Part], size: int) -> Part:
        """What was made for the same key, which is all that it depends on besides; about so many bytes."""
        return self._part(self.shared, key, make, size)

    def viewer_part(self, *key: object, make: Callable[[], Part], size: int) -> Part:
        return self._part(self.viewer, key, make, size)

    def night_part(self, *key: object, make: Callable[[], Part], size: int) -> Part:
        return self._part(self.night, key, make, size)

    def _part(self, of: str, key: object, make: Callable[[], Part], size: int) -> Part:
        if not self.is_kept:
            return make()
        whole_key = _digest(of, key)
        part = _parts.get(whole_key)
        if part is None:
            part = make()
            _parts.put(whole_key, part, size=size)
        return part


class Page(NamedTuple):
    """An answer of 200 as the view gave it, before the middleware added what is of one request."""

    content: bytes
    headers: tuple[tuple[str, str], ...]

    def answer(self) -> HttpResponse:
        return HttpResponse(self.content, headers=dict(self.headers))


_pages = Shelf[Page](MOST_BYTES, freshness.LIFETIME_SECONDS)
_parts = Shelf[Any](MOST_BYTES, freshness.LIFETIME_SECONDS)


def kept_while_fresh(
    subjects_of: Callable[..., Sequence[str]],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Decorate a view of pages that change with people, nights and the subjects named for its address.

    The view takes `version`, and its page asks htmx for news of itself with `v=<version>`: 204 when there are
    none. A page with messages is neither kept nor passed over, so that each is shown, once. In a transaction
    one may read what never comes true: nothing is kept then.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, **named: Any) -> HttpResponse:
            if connection.in_atomic_block:
                return view(request, version=of_this_moment(), **named)
            person = freshness.of_person(request.user.pk)
            reading = freshness.read(person, freshness.PEOPLE, freshness.NIGHT, *subjects_of(**named))
            version = _version(request, reading)
            if f"v={version.own}" in _asked(request) and wants_region(request):
                return keep_private(HttpResponse(status=204))
            known = None if has_messages(request) else _known(request, _key(request, version))
            return known or _made(request, reading, version, lambda: view(request, version=version, **named))

        return answer

    return decorate


def has_messages(request: HttpRequest) -> bool:
    """Whether messages wait to be shown; counting them does not take them."""
    return len(get_messages(request)) > 0


def _known(request: HttpRequest, key: str) -> HttpResponse | None:
    tag = _tag(key)
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return keep_private(HttpResponse(status=304, headers={"ETag": tag}))
    page = _pages.get(key)
    return page and page.answer()


def _made(
    request: HttpRequest, reading: freshness.Reading, version: Version, view: Callable[[], HttpResponse]
) -> HttpResponse:
    had_messages = has_messages(request)
    response = view()
    is_plain = response.status_code == 200 and not response.cookies
    if is_plain and not had_messages and not has_messages(request) and reading.keep():
        # Not before the view: only now a new browser has the secret that its forms are checked against.
        key = _key(request, version)
        response.headers["ETag"] = _tag(key)
        page = Page(response.content, tuple(response.headers.items()))
        _pages.put(key, page, size=len(page.content))
    return response


def of_this_moment() -> Version:
    """For what is made once and not kept."""
    return Version(secrets.token_hex(8), "", "", "", is_kept=False)


def _version(request: HttpRequest, reading: freshness.Reading) -> Version:
    own, people, night, *subjects = reading.numbers.values()
    today, language = clock.today().isoformat(), request.LANGUAGE_CODE
    common = _digest(request.path, today, language, people, night, *subjects)
    viewer = _digest(request.user.pk, today, language, people, own)
    return Version(_digest(viewer, common), common, viewer, _digest(night))


def _key(request: HttpRequest, version: Version) -> str:
    """The version, and what else the bytes depend on: the session and its secret, and what is asked how."""
    asked = _asked(request)
    rest = [part for part in asked if not part.startswith("v=")]
    return _digest(
        version.own,
        request.session.session_key,
        request.META.get("CSRF_COOKIE"),
        request.META.get("HTTP_HOST"),
        rest,
        len(rest) < len(asked),
        bool(request.htmx),  # type: ignore[attr-defined]
        wants_region(request),
    )


def _asked(request: HttpRequest) -> list[str]:
    """As it stands in the address: `request.GET` takes longer, and an unchanged page needs nothing else."""
    return request.META.get("QUERY_STRING", "").split("&")


def _tag(key: str) -> str:
    return f'W/"{key}"'


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()

"""One way to write an address of the web, for comparing: nothing follows it."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode

LONGEST = 2000  # characters
ADDRESS = re.compile(
    r"(?:https?://)?(?P<host>[^\s/?#@:]+)(?::\d{0,5})?(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.IGNORECASE | re.DOTALL,
)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]+")
# Parts of a host that say how or where somebody looks, not at what.
DOORS = re.compile(
    r"^(?:www|m|mobile|touch|web|[a-z]{2})\.(?=(?:linkedin|twitter|x|facebook|instagram)\.com$)|^www\."
)
# The only queries that say which page it is.
TELLING = {"id", "v", "fbid", "story_fbid", "p", "commenturn", "dashcommenturn"}
LINKEDIN_POST = re.compile(
    r"/posts/.*[-_](?P<sort>activity|share|ugcpost)-(?P<id>\d{15,25})(?:-[\w-]*)?", re.IGNORECASE
)
STATUS = re.compile(r"^/(?:i/web|i|[^/]+)/status(?:es)?/(\d+)(?:/.*)?$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def plain_address(address: str) -> str:
    """Write an address without scheme, tracking and doors; "" for what is no address of the web."""
    found = ADDRESS.fullmatch(address.strip()) if len(address) <= LONGEST else None
    host = _host(found["host"]) if found else ""
    if not found or not host:
        return ""
    path = found["path"] or ""
    path = _path(host, unquoted(path).rstrip("/"))
    query = found["query"] and urlencode(sorted(_telling(found["query"])))
    return f"{host}{path}?{query}" if query else f"{host}{path}"


@lru_cache(maxsize=1024)
def _host(written: str) -> str:
    host = written.lower().rstrip(".")
    if not HOST.fullmatch(host):
        return ""
    host = DOORS.sub("", host)
    return "x.com" if host == "twitter.com" else host


def unquoted(address: str) -> str:
    """Undo the quoting of an address; colons, which are what networks quote, quickly."""
    if "%" not in address:
        return address
    address = address.replace("%3A", ":").replace("%3a", ":")
    return unquote(address, errors="replace") if "%" in address else address


def _telling(query: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(query, max_num_fields=50, errors="replace")
    except ValueError:
        return []
    return [pair for pair in pairs if pair[0].lower() in TELLING]


def _path(host: str, path: str) -> str:
    """Bring the addresses that a network has for one thing to one."""
    if host == "linkedin.com":
        if path.startswith("/posts/") and (found := LINKEDIN_POST.fullmatch(path)):
            return f"/feed/update/urn:li:{found['sort'].lower()}:{found['id']}"
        return path.lower()
    if host == "x.com" and (found := STATUS.match(path)):
        return f"/i/status/{found[1]}"
    return path

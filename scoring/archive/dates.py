"""When something was, in all the ways in which archives write it."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

EARLIEST = date(1990, 1, 1)
LONGEST = 300  # characters
MOST_SECONDS = 10**11  # since 1970; what is more are milliseconds
PIVOT = 69  # of years with two digits: 68 is 2068, 69 is 1969

# The forms that `day_of` and `moment_of` are told; without any, all are tried in this order.
# 2026-02-09, 2026-02-09 01:21:47, 2025-06-01 14:03:22 UTC, 2024-03-05T14:02:11.000Z, 2023/06/20 13:05:02 UTC
ISO = "iso"
DAY_MONTH = "day_month"  # 08 Feb 2026, 4-Apr-21, 8 luty 2026, 08.02.2026
JAVA = "java"  # Sat Sep 05 08:12:14 UTC 2026
TWITTER = "twitter"  # Tue Mar 05 14:02:11 +0000 2024
US = "us"  # 1/29/26, 2:37 PM
US_DASHED = "us_dashed"  # 02-28-2026 17:05:00, as Sales Navigator writes
MONTH_YEAR = "month_year"  # Jan 2024: its first day
PROSE = "prose"  # ... on April 12, 2026 at 8:03 AM (GMT)

Moment = date | datetime  # a datetime is always in UTC


class NoDay(ValueError):
    """It says no day, or none that can be: `code` is "no_day", "too_early" or "future"."""

    def __init__(self, code: str = "no_day") -> None:
        super().__init__(code)
        self.code = code


def day_of(text: str, *forms: str, zone: str, today: date | None = None) -> date:
    """Read a day in a zone; a moment without a zone of its own is in UTC, a mere day is taken as it is.

    Raises NoDay; days after `today` only when it is told.
    """
    return day_in(moment_of(text, *forms), zone=zone, today=today)


def day_of_seconds(seconds: object, *, zone: str, today: date | None = None) -> date:
    """Read the seconds since 1970 of a JSON file, a number or digits. Raises NoDay."""
    return day_in(moment_of_seconds(seconds), zone=zone, today=today)


def day_in(moment: Moment, *, zone: str, today: date | None = None) -> date:
    """The day of a moment in a zone. Raises NoDay."""
    try:
        day = moment.astimezone(_zone(zone)).date() if isinstance(moment, datetime) else moment
    except OverflowError:
        raise NoDay from None
    if day < EARLIEST:
        raise NoDay("too_early")
    if today is not None and day > today:
        raise NoDay("future")
    return day


def moment_of_seconds(seconds: object) -> datetime:
    """Read the seconds since 1970. Raises NoDay."""
    if isinstance(seconds, str) and re.fullmatch(r"[0-9]{1,12}", seconds, re.ASCII):
        seconds = int(seconds)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds < MOST_SECONDS:
        raise NoDay
    if seconds <= 0:
        raise NoDay("too_early")
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))


@lru_cache(maxsize=4096)
def moment_of(text: str, *forms: str) -> Moment:
    """Read a moment in UTC, or a day where no time is told. Raises NoDay."""
    text = text.strip()
    if (not forms or ISO in forms) and (plain := _plainly_iso(text)):
        return plain
    if text and len(text) <= LONGEST:
        for form in forms or _FORMS:
            for pattern in _FORMS[form]:
                match = pattern.search(text)
                if match is not None and (moment := _made(match)) is not None:
                    return moment
    raise NoDay


def _plainly_iso(text: str) -> datetime | None:
    """Read the most frequent form, 2026-02-09 01:21:47 in UTC, in a fifth of the time that a search takes."""
    told = text.removesuffix(" UTC")
    if len(told) != 19 or not told.isascii() or told[4::3] not in ("-- ::", "// ::"):
        return None
    try:
        return datetime.fromisoformat(told.replace("/", "-")).replace(tzinfo=UTC)
    except ValueError:
        return None


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _made(match: re.Match[str]) -> Moment | None:
    """Make a moment of the parts that a form found; None when there is no such day or time."""
    told = match.groupdict()
    try:
        day = date(_year(told["year"]), _month(told["month"]), int(told.get("day") or 1))
        if not told.get("hour"):
            return day
        minute, second = int(told["minute"]), min(int(told["second"] or 0), 59)  # 60 is a leap second
        at = time(_hour(told["hour"], told["half"]), minute, second, tzinfo=_offset(told))
        return datetime.combine(day, at).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year >= PIVOT else 2000
    return year


def _hour(digits: str, half: str | None) -> int:
    hour = int(digits)
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError
    return hour % 12 + 12 * (half in "Pp")


def _offset(told: dict[str, str | None]) -> timezone:
    offset = told.get("offset")
    if not offset or offset[0] not in "+-":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


@lru_cache(maxsize=256)
def _month(word: str) -> int:
    """Read a month by its number or its name in English, Italian or Polish. Raises ValueError."""
    if word.isdecimal():
        return int(word)
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    month = MONTHS.get("".join(char for char in plain if char.isalpha()))
    if month is None:
        raise ValueError
    return month


_NAMES = {
    1: "jan january gen gennaio sty styczen stycznia",
    2: "feb february febbraio lut luty lutego",
    3: "mar march marzo marzec marca",
    4: "apr april aprile kwi kwiecien kwietnia",
    5: "may mag maggio maj maja",
    6: "jun june giu giugno cze czerwiec czerwca",
    7: "jul july lug luglio lip lipiec lipca",
    8: "aug august ago agosto sie sierpien sierpnia",
    9: "sep sept september set sett settembre wrz wrzesien wrzesnia",
    10: "oct october ott ottobre paz pazdziernik pazdziernika",
    11: "nov november novembre lis listopad listopada",
    12: "dec december dic dicembre gru grudzien grudnia",
}
MONTHS = {name: number for number, names in _NAMES.items() for name in names.split()}


_TIME = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*\(?(?P<offset>UTC|GMT|Z|[+-][0-9]{2}:?[0-9]{2})\)?)?"
)
_DAY, _WORD = r"(?P<day>[0-9]{1,2})", r"(?P<month>[^\W\d_]+)"
_NUMBER = r"(?P<month>[0-9]{1,2})"
_YEAR, _ANY_YEAR = r"(?P<year>[0-9]{4})", r"(?P<year>[0-9]{4}|[0-9]{2})"
_UNIX = rf"^[^\W\d_]+ {_WORD} +{_DAY} {_TIME} {_YEAR}$"
_FORMS = {
    form: tuple(map(re.compile, patterns))
    for form, patterns in {
        ISO: (rf"^{_YEAR}(?P<sign>[-/.]){_NUMBER}(?P=sign){_DAY}(?:[T ,]+{_TIME})?$",),
        DAY_MONTH: (
            rf"^{_DAY}[-/. ]+{_WORD}\.?[-/., ]+{_ANY_YEAR}(?:[ ,]+{_TIME})?$",
            rf"^{_DAY}\. ?{_NUMBER}\. ?{_ANY_YEAR}(?:[ ,]+{_TIME})?$",
        ),
        JAVA: (_UNIX,),
        TWITTER: (_UNIX,),
        US: (rf"^{_NUMBER}/{_DAY}/{_ANY_YEAR}(?:,?\s+{_TIME})?$",),
        US_DASHED: (rf"^{_NUMBER}-{_DAY}-{_YEAR}(?: {_TIME})?$",),
        MONTH_YEAR: (rf"^{_WORD}\.?[- ]{_ANY_YEAR}$",),
        PROSE: (rf"{_WORD}\.? {_DAY}, {_YEAR}(?:,? (?:at )?{_TIME})?",),
    }.items()
}

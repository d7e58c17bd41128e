"""Days as archives of every era, language and spreadsheet write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.archive import dates
from scoring.archive.dates import NoDay, day_in, day_of, day_of_seconds, moment_of

ROME = "Europe/Rome"


def reason(read, *arguments, **more):
    with pytest.raises(NoDay) as no_day:
        read(*arguments, **{"zone": ROME, **more})
    return no_day.value.code


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("08 Feb 2026", dates.DAY_MONTH, date(2026, 2, 8)),
        ("8 lut 2026", dates.DAY_MONTH, date(2026, 2, 8)),
        ("1 września 2025", dates.DAY_MONTH, date(2025, 9, 1)),
        ("31 PAŹ 2025", dates.DAY_MONTH, date(2025, 10, 31)),
        ("9 lug. 2024", dates.DAY_MONTH, date(2024, 7, 9)),
        ("4-Apr-21", dates.DAY_MONTH, date(2021, 4, 4)),
        ("08.02.2026", dates.DAY_MONTH, date(2026, 2, 8)),
        ("8. 2. 2026 14:03", dates.DAY_MONTH, datetime(2026, 2, 8, 14, 3, tzinfo=UTC)),
        ("2026-02-09", dates.ISO, date(2026, 2, 9)),
        ("2026-02-09 01:21:47", dates.ISO, datetime(2026, 2, 9, 1, 21, 47, tzinfo=UTC)),
        ("2025-06-01 14:03:22 UTC", dates.ISO, datetime(2025, 6, 1, 14, 3, 22, tzinfo=UTC)),
        ("2023/06/20 13:05:02 UTC", dates.ISO, datetime(2023, 6, 20, 13, 5, 2, tzinfo=UTC)),
        ("2024-03-05T14:02:11.000Z", dates.ISO, datetime(2024, 3, 5, 14, 2, 11, tzinfo=UTC)),
        ("2024-03-05T23:02:11-05:00", dates.ISO, datetime(2024, 3, 6, 4, 2, 11, tzinfo=UTC)),
        ("Sat Sep 05 08:12:14 UTC 2026", dates.JAVA, datetime(2026, 9, 5, 8, 12, 14, tzinfo=UTC)),
        ("Tue Mar 05 14:02:11 +0000 2024", dates.TWITTER, datetime(2024, 3, 5, 14, 2, 11, tzinfo=UTC)),
        ("1/29/26, 2:37 PM", dates.US, datetime(2026, 1, 29, 14, 37, tzinfo=UTC)),
        ("1/29/26, 12:07\u202fAM", dates.US, datetime(2026, 1, 29, 0, 7, tzinfo=UTC)),
        ("1/29/2026 14:37", dates.US, datetime(2026, 1, 29, 14, 37, tzinfo=UTC)),
        ("1/1/24", dates.US, date(2024, 1, 1)),
        ("02-28-2026 17:05:00", dates.US_DASHED, datetime(2026, 2, 28, 17, 5, tzinfo=UTC)),
        ("Jan 2024", dates.MONTH_YEAR, date(2024, 1, 1)),
        ("gen-24", dates.MONTH_YEAR, date(2024, 1, 1)),
        (
            "You uploaded a video on April 12, 2026 at 8:03 AM (GMT)",
            dates.PROSE,
            datetime(2026, 4, 12, 8, 3, tzinfo=UTC),
        ),
    ],
)
def test_every_form_is_read_alone_and_among_all(text, form, expected):
    assert moment_of(f" {text} ", form) == expected
    assert moment_of(text) == expected


def test_every_month_has_its_names_in_three_languages():
    english = "January February March April May June July August September October November December"
    italian = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
    polish = (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    )
    short = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    abbreviated = "sty lut mar kwi maj cze lip sie wrz paź lis gru"
    tronco = "gen feb mar apr mag giu lug ago set ott nov dic"
    for names in (english, italian, polish, short, abbreviated, tronco):
        found = [moment_of(f"3 {name} 2025").month for name in names.split()]
        assert found == list(range(1, 13)), names


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "soon", "N/A", "29 Feb 2023", "2023-02-29", "31.04.2025", "13/13/25", "99/99/99"),
        *("2026-02-09 25:00:00", "2026-02-09 10:61", "1/29/26, 13:37 PM", "1/29/26, 0:07 AM"),
        *("0000-00-00", "2026-00-01", "٢٠٢٦-٠٢-٠٩", "²026-02-09", "08 Foo 2026", "Sat Sep 05 2026", "1e999"),
        *("9" * 100_000, "08 Feb 2026" * 100, "\ud800", "2026-02-09\0", "2026-02/09", "2024-02-30T00:00:00Z"),
        "2024-03-05T14:02:11+99:99",
    ],
)
def test_what_is_no_day_is_said_to_be_none(text):
    assert reason(day_of, text) == "no_day"


@pytest.mark.parametrize("text", ["0001-01-01", "1 Jan 0001", "0001-01-01 00:00:00", "1989-12-31", "5/4/70"])
def test_days_before_networks_are_too_early(text):
    assert reason(day_of, text) == "too_early"


def test_the_last_moment_of_the_calendar_is_no_crash():
    assert reason(day_of, "9999-12-31 23:59:59") == "no_day"
    assert reason(day_of, "9999-12-31T23:59:59-14:00") == "no_day"
    assert reason(day_of, "9999-12-31", today=date(2026, 11, 22)) == "future"
    assert day_of("29 Feb 2024", zone=ROME) == date(2024, 2, 29)


def test_a_moment_is_a_day_of_the_organisations_zone():
    assert day_of("2026-02-08 23:30:00", zone=ROME) == date(2026, 2, 9)
    assert day_of("2026-02-08 23:30:00", zone="America/New_York") == date(2026, 2, 8)
    assert day_of("2026-02-08", zone="America/New_York") == date(2026, 2, 8)


def test_tomorrow_is_no_day_of_an_act():
    today = date(2026, 2, 8)

    assert day_of("08 Feb 2026", zone=ROME, today=today) == today
    assert reason(day_of, "09 Feb 2026", today=today) == "future"
    assert reason(day_of, "2026-02-08 23:30:00", today=today) == "future"


@pytest.mark.parametrize("seconds", [1770510600, 1770510600.9, "1770510600"])
def test_seconds_are_a_moment(seconds):
    assert day_of_seconds(seconds, zone=ROME) == date(2026, 2, 8)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        *((None, "no_day"), (True, "no_day"), ("", "no_day"), ("soon", "no_day"), ("٣", "no_day")),
        *(([], "no_day"), ({}, "no_day"), (float("nan"), "no_day"), (float("inf"), "no_day")),
        *((1770510600000, "no_day"), (10**400, "no_day"), (0, "too_early"), (-1, "too_early")),
        *((float("-inf"), "too_early"), (-(10**400), "too_early"), (1, "too_early"), (5e9, "future")),
    ],
)
def test_seconds_that_are_no_moment_are_said_to_be_none(seconds, code):
    assert reason(day_of_seconds, seconds, today=date(2026, 11, 22)) == code


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1990, 1, 2), date(2068, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%d-%b-%y"]))
def test_every_day_is_read_as_it_was_written(day, form):
    assert day_of(day.strftime(form), zone=ROME) == day


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("0123456789-/., :TZ+JanFebPMUTC\u202f٣ł"), max_size=30))
def test_any_text_is_a_day_or_none(text):
    try:
        found = day_in(moment_of(text), zone=ROME)
    except NoDay:
        found = date(2000, 1, 1)

    assert found >= dates.EARLIEST

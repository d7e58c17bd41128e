"""Tips that fit: low pillars, unused kinds, turns of two weeks."""

import itertools
from datetime import date, timedelta

from scoring.fitting import TURN_DAYS, fitting_tips
from scoring.formula.history import History, Span
from scoring.formula.pillar import score
from tests.scoring.formula.strategies import catalogue_formula

DAY = date(2026, 11, 20)
FORMULA = catalogue_formula()


def tips(history=None, *, on=DAY, without=(), hidden=()):
    return fitting_tips(history or History(), on=on, formula=FORMULA, without=without, hidden=hidden)


def test_a_high_pillar_gets_no_tip_and_the_lowest_comes_first():
    history = History(
        holdings={code: [Span(DAY)] for code, kind in FORMULA.kinds.items() if kind.standing},
        tallies={"article_published": {DAY: 2}, "comment_posted": {DAY: 10}, "people_search": {DAY: 5}},
    )

    found = [tip.pillar for tip in tips(history)]

    figures = score(history, on=DAY, formula=FORMULA)
    assert figures.brand >= 5000
    assert found == sorted(["find", "engage", "relate"], key=lambda name: getattr(figures, name))


def test_what_was_used_within_30_days_or_is_held_is_not_told():
    tip = next(tip for tip in tips() if not tip.standing)

    used = tips(History(tallies={tip.kind: {DAY - timedelta(days=29): 1}}))
    long_ago = tips(History(tallies={tip.kind: {DAY - timedelta(days=30): 1}}))

    assert tip.kind not in [tip.kind for tip in used]
    assert tip.kind in [tip.kind for tip in long_ago]
    held = {code: [Span(DAY)] for code in FORMULA.kinds if code.startswith("profile_")}
    assert not [tip for tip in tips(History(holdings=held)) if tip.standing]


def test_what_is_unwanted_or_hidden_leaves_its_turn_to_the_next():
    first = tips()

    others = tips(without={first[0].kind}, hidden={first[1].code})

    assert first[0].kind != others[0].kind
    assert first[1].code != others[1].code
    assert [tip.pillar for tip in others] == [tip.pillar for tip in first]


def test_no_tip_is_shown_for_more_than_two_weeks_while_there_are_others():
    for pillar in range(4):
        shown = [tips(on=DAY + timedelta(days=n))[pillar].text for n in range(20 * TURN_DAYS)]

        longest = run = 1
        for before, now in itertools.pairwise(shown):
            run = run + 1 if now == before else 1
            longest = max(longest, run)
        assert longest == TURN_DAYS
        assert len(set(shown)) >= 6


def test_the_same_day_shows_the_same():
    assert tips() == tips()


def test_all_are_about_something_one_can_do():
    for turn in range(20):
        for tip in tips(on=DAY + turn * timedelta(days=TURN_DAYS)):
            assert FORMULA.kinds[tip.kind].minutes
            assert FORMULA.kinds[tip.kind].pillar == tip.pillar
            assert tip.gain > 0

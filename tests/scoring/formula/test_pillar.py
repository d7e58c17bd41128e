import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import by_pillar
from scoring.formula.history import History
from scoring.formula.pillar import PillarScores, hundredths, index, pillar, pillar_slope, score, scores
from tests.scoring.formula.strategies import SMALL, START, acts, catalogue_formula, days, histories, without

worths = st.floats(0, 1e6)
gaps = st.floats(0.1, 1e4)

A_WEEK = {
    "people_search": 25, "connection_request_personalised": 7, "lead_saved": 10, "visitor_review": 2,
    "account_saved": 2, "prospect_profile_viewed": 20, "lead_activity_monitored": 5, "content_shared": 2,
    "comment_posted": 25, "post_recommended": 10, "comment_replied": 5, "group_contribution": 1,
    "connection_accepted": 4, "executive_connected": 1, "message_sent": 15, "message_reply_received": 5,
    "customer_checkin": 2, "colleague_supported": 2, "meeting_booked": 1, "endorsement_received": 1,
}  # fmt: skip
A_MONTH = {"article_published": 1, "profile_refreshed": 1}


def reference(formula, *, part=1.0, standing=1.0):
    """The worth of the reference week, kept up until it settles; a part of it, and of the standing points."""
    fades = {**dict.fromkeys(A_WEEK, 2 ** (-7 / 30)), **dict.fromkeys(A_MONTH, 2**-1)}
    worth = {
        code: part * formula.kinds[code].points * times / (1 - fades[code])
        for code, times in {**A_WEEK, **A_MONTH}.items()
    }
    held = {code: standing * kind.points for code, kind in formula.kinds.items() if kind.standing}
    return by_pillar({**worth, **held}, formula=formula)


def test_the_reference_week_kept_up_gives_a_leader():
    formula = catalogue_formula()

    ssi = scores(reference(formula), formula=formula).ssi

    assert round(ssi / 100, 1) == 77.6


def test_a_fifth_of_the_reference_week_gives_an_ordinary_index():
    formula = catalogue_formula()

    ssi = scores(reference(formula, part=0.2, standing=0.5), formula=formula).ssi

    assert round(ssi / 100, 1) == 28.7


def test_the_reference_week_takes_437_minutes():
    kinds = catalogue_formula().kinds

    assert sum(times * (kinds[code].minutes or 0) for code, times in A_WEEK.items()) == 437


def test_no_history_scores_nothing():
    assert score(History(), on=START, formula=SMALL) == PillarScores(0, 0, 0, 0, 0)


def test_every_gap_closes_half_of_what_is_missing():
    assert [pillar(gaps * 30.0, gap_points=30.0) for gaps in range(4)] == [0, 50, 75, 87.5]


@given(worths, gaps)
def test_a_pillar_lies_between_0_and_100(raw, gap_points):
    assert 0 <= pillar(raw, gap_points=gap_points) <= 100


@given(st.floats(0, 50, exclude_max=True), gaps)
def test_a_pillar_is_below_100_while_its_worth_is_below_50_gaps(gaps_of_worth, gap_points):
    raw = min(gaps_of_worth * gap_points, np.nextafter(50 * gap_points, 0))

    assert pillar(raw, gap_points=gap_points) < 100


@pytest.mark.parametrize(
    ("raw", "gap_points"),
    [(-0.1, 30), (float("nan"), 30), (np.array([1.0, -1.0]), 30), (1.0, 0), (1.0, -30), (1.0, float("nan"))],
)
def test_a_negative_worth_or_gap_is_refused(raw, gap_points):
    with pytest.raises(ValueError, match="must"):
        pillar(raw, gap_points=gap_points)


@given(st.lists(st.tuples(worths, worths, worths, worths), min_size=1, max_size=20))
def test_many_sellers_score_as_each_alone(sellers):
    columns = dict(zip(PILLARS, np.array(sellers).T, strict=True))

    together = scores(columns, formula=SMALL)

    alone = [scores(dict(zip(PILLARS, seller, strict=True)), formula=SMALL) for seller in sellers]
    assert np.array(together).T.tolist() == [list(each) for each in alone]


def test_the_ssi_comes_from_pillars_that_are_not_rounded():
    raw = {name: -SMALL.gap_points[name] * np.log2(1 - 0.50004) for name in PILLARS}

    assert scores(raw, formula=SMALL) == PillarScores(5000, 5000, 5000, 5000, 5000)
    assert hundredths(index(50.004, 50.004, 50.004, 50.008)) == 5001


@pytest.mark.parametrize(
    ("points", "rounded"),
    [(0.0, 0), (2.675, 268), (1.005, 101), (77.605 - 1e-6, 7760),
     (77.605 - 1e-10, 7761), (100.0, 10000)],
)  # fmt: skip
def test_points_are_rounded_half_up(points, rounded):
    assert hundredths(points) == rounded
    assert hundredths(np.array([points, points])).tolist() == [rounded, rounded]


@given(
    st.lists(acts, max_size=20).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))), days
)
def test_the_order_of_logging_does_not_matter(orders, on):
    first, second = (History().with_acts(order) for order in orders)

    assert score(first, on=on, formula=SMALL) == score(second, on=on, formula=SMALL)


@given(histories(), acts, days)
def test_one_more_act_never_lowers_a_score(history, act, on):
    before = score(history, on=on, formula=SMALL)

    after = score(history.with_acts([act]), on=on, formula=SMALL)

    assert all(more >= less for more, less in zip(after, before, strict=True))


@given(histories().filter(lambda history: history.tallies), days, st.data())
def test_a_deletion_never_raises_a_score(history, on, data):
    code = data.draw(st.sampled_from(sorted(history.tallies)))
    day = data.draw(st.sampled_from(sorted(history.tallies[code])))
    before = score(history, on=on, formula=SMALL)

    after = score(without(history, code, day), on=on, formula=SMALL)

    assert all(less <= more for less, more in zip(after, before, strict=True))


@given(st.floats(0, 2000), st.floats(-1, 3).filter(bool), st.floats(0.5, 500))
def test_the_slope_times_what_is_added_is_what_the_pillar_gains(raw, share, gap_points):
    added = raw * share if share < 0 else 100 * share

    gain = pillar_slope(raw, added, gap_points=gap_points) * added

    difference = pillar(raw + added, gap_points=gap_points) - pillar(raw, gap_points=gap_points)
    assert gain == pytest.approx(difference, abs=1e-9)


@given(st.floats(0, 2000), st.floats(1e-9, 1e-6), st.floats(0.5, 500))
def test_next_to_nothing_has_the_slope_of_nothing_and_all_of_it_does_not_overflow(raw, added, gap_points):
    slope = pillar_slope(raw, 0, gap_points=gap_points)

    assert pillar_slope(raw, added, gap_points=gap_points) == pytest.approx(slope, rel=1e-5)
    assert pillar_slope(1e6, -1e6, gap_points=0.01) == pytest.approx(1e-4)

"""The arithmetic of the benchmarks: what a ratio, its spread and a goal are."""

import pytest

from bench.harness import Goal, Pairs, Size, WrongResult, check, in_turn, percentile, seconds, spread, timed


def test_a_ratio_is_the_median_of_those_of_the_pairs():
    pairs = Pairs(ours=[2.0, 9.0, 4.0], floor=[1.0, 3.0, 4.0])

    ratio = pairs.ratio

    assert (ratio.value, ratio.least, ratio.most, ratio.runs) == (2.0, 1.0, 3.0, 3)


def test_how_many_times_faster_is_told_by_pair_too():
    assert Pairs(ours=[1.0, 2.0, 1.0], floor=[10.0, 10.0, 30.0]).times_faster.value == 10.0


def test_two_things_take_turns_after_a_round_that_does_not_count():
    done = []

    def ours():
        done.append("A")
        return float(len(done))

    def floor():
        done.append("B")
        return float(len(done))

    pairs = in_turn(ours, floor, runs=2)

    assert "".join(done) == "ABABAB"
    assert (pairs.ours, pairs.floor) == ([3.0, 5.0], [4.0, 6.0])


def test_a_spread_goes_from_the_least_to_the_most():
    measure = spread([3.0, 1.0, 2.0, 5.0])

    assert (measure.value, measure.least, measure.most, measure.runs) == (2.5, 1.0, 5.0, 4)


@pytest.mark.parametrize(
    ("goal", "value", "is_met"),
    [
        (Goal(5), 5.0, True),
        (Goal(5), 5.1, False),
        (Goal(40, at_least=True), 40.0, True),
        (Goal(40, at_least=True), 39.9, False),
    ],
)
def test_a_goal_is_met_on_its_limit(goal, value, is_met):
    assert goal.is_met(value) is is_met


def test_a_timed_thing_gives_seconds():
    assert 0 < timed(lambda: sum(range(1000)))() < 5


def test_a_wrong_result_is_never_timed():
    check("two", 2, 2)

    with pytest.raises(WrongResult, match="two: 3 instead of 2"):
        check("two", 3, 2)


def test_a_percentile_is_one_of_the_values():
    values = [float(n) for n in range(1, 101)]

    assert (percentile(values, 0.5), percentile(values, 0.99), percentile([7.0], 0.99)) == (50.0, 99.0, 7.0)


@pytest.mark.parametrize(
    ("value", "told"), [(2.5, "2.5 s"), (0.0123, "12.3 ms"), (0.000456, "456 µs"), (61.7, "61.7 s")]
)
def test_durations_are_told_with_three_figures(value, told):
    assert seconds(value) == told


def test_growth_is_told_against_a_tenth():
    assert Size(sellers=1_000_000, runs=5, slow_runs=3).fewer == 100_000

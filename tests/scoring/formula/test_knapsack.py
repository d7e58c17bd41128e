from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.knapsack import Bag, Choice, Frontier

choices = st.builds(Choice, st.integers(1, 8), st.integers(0, 20), st.booleans())
items = st.lists(st.lists(choices, max_size=3), max_size=3)


def rising(step):
    """Worth is good for less and less, and for the same here and there."""
    return lambda worth: (np.sqrt(worth) * step).astype(np.int64)


def every_pick(bags, *, budget, limit):
    for pick in product(*(product(*([None, *ways] for ways in bag.items)) for bag in bags)):
        taken = [choice for in_bag in pick for choice in in_bag if choice]
        if (
            sum(choice.cost for choice in taken) <= budget
            and sum(choice.limited for choice in taken) <= limit
        ):
            yield pick, sum(choice.cost for choice in taken)


def value_of(bags, pick):
    worths = [sum(choice.worth for choice in in_bag if choice) for in_bag in pick]
    return sum(int(bag.value(np.array([worth]))[0]) for bag, worth in zip(bags, worths, strict=True))


@given(items, items, st.integers(0, 30), st.integers(0, 3))
def test_every_point_of_the_frontier_is_the_best_of_all_picks(first, second, budget, limit):
    bags = [Bag(first, rising(3)), Bag(second, rising(7))]
    all_picks = [(value_of(bags, pick), cost) for pick, cost in every_pick(bags, budget=budget, limit=limit)]

    frontier = Frontier(bags, budget=budget, limit=limit)

    for most in range(budget + 1):
        assert frontier.best(most) == max(value for value, cost in all_picks if cost <= most)


@given(items, items, st.integers(0, 30), st.integers(0, 3), st.integers(0, 200))
def test_the_least_cost_of_a_value_is_that_of_the_cheapest_pick_that_is_as_good(
    first, second, budget, limit, value
):
    bags = [Bag(first, rising(3)), Bag(second, rising(7))]
    costs = [
        cost for pick, cost in every_pick(bags, budget=budget, limit=limit) if value_of(bags, pick) >= value
    ]

    least = Frontier(bags, budget=budget, limit=limit).least(value)

    assert least == min(costs, default=least)
    assert (least <= budget) == bool(costs)


@given(st.lists(items, min_size=4, max_size=4), st.integers(0, 20), st.integers(0, 2))
def test_four_bags_are_picked_from_as_from_two(four, budget, limit):
    bags = [Bag(some[:1], rising(n)) for n, some in enumerate(four, 2)]
    all_picks = [(value_of(bags, pick), cost) for pick, cost in every_pick(bags, budget=budget, limit=limit)]
    best = max(value for value, _cost in all_picks)
    frontier = Frontier(bags, budget=budget, limit=limit)

    pick = frontier.picks(budget)

    assert value_of(bags, pick) == best == frontier.best(budget)
    assert sum(choice.cost for in_bag in pick for choice in in_bag if choice) == min(
        cost for value, cost in all_picks if value == best
    )


@given(items, items, st.integers(0, 30), st.integers(0, 3))
def test_the_picks_are_worth_what_the_frontier_says_at_the_least_cost(first, second, budget, limit):
    bags = [Bag(first, rising(3)), Bag(second, rising(7))]
    frontier = Frontier(bags, budget=budget, limit=limit)

    pick = frontier.picks(budget)

    taken = [choice for in_bag in pick for choice in in_bag if choice]
    best = value_of(bags, pick)
    assert best == frontier.best(budget)
    assert sum(choice.limited for choice in taken) <= limit
    assert sum(choice.cost for choice in taken) == min(
        cost for other, cost in every_pick(bags, budget=budget, limit=limit) if value_of(bags, other) == best
    )


def test_of_equal_items_the_earlier_one_is_picked():
    bags = [Bag([[Choice(2, 5)], [Choice(2, 5)], [Choice(2, 5)]], rising(1))]

    assert Frontier(bags, budget=4, limit=0).picks(4) == [[Choice(2, 5), Choice(2, 5), None]]


def test_of_equal_bags_the_earlier_one_gets_more():
    bags = [Bag([[Choice(2, 9)]], rising(1)), Bag([[Choice(2, 9)]], rising(1))]

    assert Frontier(bags, budget=3, limit=0).picks(3) == [[Choice(2, 9)], [None]]


def test_what_is_good_for_nothing_costs_nothing():
    bags = [Bag([[Choice(1, 5)]], lambda worth: np.full(worth.shape, 100))]

    assert Frontier(bags, budget=9, limit=1).picks(9) == [[None]]

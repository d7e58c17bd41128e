"""The seven figures of LinkedIn's own page: what they are called, and what they may be."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scoring.formula.catalogue import PILLARS

OFFICIAL_FIELDS = (*PILLARS, "total", "industry_top", "network_top")
TOPS = ("industry_top", "network_top")
MOST = {**dict.fromkeys(PILLARS, 25), "total": 100}
OPENED_TO_EVERYBODY = date(2015, 8, 3)  # the day on which LinkedIn showed everybody their index
MOST_DECIMALS = 3  # LinkedIn shows a component as 12.275
MOST_ROUNDED_OFF = Decimal(1)  # and the total as a whole number
HUNDREDTH = Decimal("0.01")


def rounded(figure: Decimal) -> Decimal:
    """Two decimals, half up, as they are kept."""
    return figure.quantize(HUNDREDTH, ROUND_HALF_UP)


def is_possible(name: str, figure: Decimal) -> bool:
    """Whether LinkedIn may show it under that name: a component, the total or a top percentage."""
    if name in MOST:
        return 0 <= figure <= MOST[name]
    return 1 <= figure <= 100 and figure == figure.to_integral_value()


def sum_of_four(figures: Mapping[str, Decimal]) -> Decimal:
    return sum((figures[pillar] for pillar in PILLARS), Decimal(0))


def is_sum(total: Decimal, added: Decimal) -> bool:
    """Whether a total as LinkedIn shows it may be that of components that add up to this."""
    return abs(total - added) <= MOST_ROUNDED_OFF

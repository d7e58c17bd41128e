"""What is known of one seller: tallies by day, holdings and leave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """Days from first on; until is the first day that no longer belongs, None when there is no end."""

    first: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class History:
    """One seller's acts, held items and leave.

    tallies are quantities by day of each event kind, holdings the spans of each standing kind, both by the
    code of the kind. Overlapping spans count once.
    """

    tallies: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    holdings: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    leave: Sequence[Span] = ()

    def held_on(self, day: date) -> set[str]:
        """Give the codes of the standing kinds that hold on a day."""
        return {code for code, spans in self.holdings.items() if any(span.covers(day) for span in spans)}

    def changes_after(self, day: date) -> date | None:
        """Give the first later day on which a held item begins or ends, as far as that is known."""
        ends = (end for spans in self.holdings.values() for span in spans for end in span if end is not None)
        return min((end for end in ends if end > day), default=None)

    def with_acts(self, acts: Iterable[tuple[str, date, int]]) -> "History":
        """Add acts of event kinds: code, day and quantity. Raises ValueError for a quantity below 1."""
        changed: dict[str, dict[date, int]] = {}
        for code, day, quantity in acts:
            if quantity < 1:
                raise ValueError("an act has a quantity of 1 or more")
            if code not in changed:
                changed[code] = dict(self.tallies.get(code, {}))
            by_day = changed[code]
            by_day[day] = by_day.get(day, 0) + quantity
        return replace(self, tallies={**self.tallies, **changed})

    def with_holding(self, code: str, span: Span) -> "History":
        """Add a span in which a standing kind holds."""
        return replace(self, holdings={**self.holdings, code: (*self.holdings.get(code, ()), span)})

    def without(self, other: "History") -> "History":
        """Take out acts and spans of holdings, those that are there; leave stays."""
        tallies = {
            code: {day: max(0, n - other.tallies.get(code, {}).get(day, 0)) for day, n in by_day.items()}
            for code, by_day in self.tallies.items()
        }
        holdings = {
            code: tuple(span for span in spans if span not in other.holdings.get(code, ()))
            for code, spans in self.holdings.items()
        }
        return replace(self, tallies=tallies, holdings=holdings)

    def up_to(self, last: date) -> "History":
        """Leave out what began after a day; ends of holdings, and leave, stay as they are known."""
        tallies = {
            code: {day: quantity for day, quantity in by_day.items() if day <= last}
            for code, by_day in self.tallies.items()
        }
        holdings = {
            code: tuple(span for span in spans if span.first <= last) for code, spans in self.holdings.items()
        }
        return replace(self, tallies=tallies, holdings=holdings)

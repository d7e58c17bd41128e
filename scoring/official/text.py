"""The text of LinkedIn's page, as somebody copies it, to the seven figures that it shows.

A number belongs to the name that it touches, with nothing between them but signs, blanks and a word like
`points`. Whether numbers stand before or after their names shows in how a run of both begins and ends.
Nothing is guessed: what could belong to two names, or is said twice and differently, is left out and told.
The page also shows the averages of one's industry and network, in the same words; they are read past.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise
from operator import attrgetter

from scoring.formula.catalogue import PILLARS
from scoring.official import words as words
from scoring.official.figures import MOST_DECIMALS, OFFICIAL_FIELDS, TOPS, is_possible

LONGEST_TEXT = 20_000  # characters; the page has about 2,000
OWN = "own"
# The parts of the page; one that speaks of others goes by the rank that it tells besides.
PARTS = {"part_own": OWN, "part_industry": "industry_top", "part_network": "network_top"}
OTHER_RANK = "other_top"
SCALES = {
    **dict.fromkeys(PILLARS, ("", "25")),
    "total": ("", "100"),
    **dict.fromkeys((*TOPS, OTHER_RANK), ("%",)),
}

_NUMBER = (
    r"(?<![0-9])(?<![0-9][.,])[0-9]{1,3}(?:[.,][0-9]{1,6})?(?![0-9]|[.,][0-9])"
    rf"(?:\s*(?P<scale>{words.PERCENT}|{words.OUT_OF}))?"
)
_TOKEN = re.compile(
    "|".join(
        rf"(?P<{name}>{pattern})"
        for name, pattern in {
            "average": words.whole(words.AVERAGE),
            f"name_{OTHER_RANK}": words.whole(words.OTHER_RANK),
            "part_industry": words.whole(words.INDUSTRY_PART),
            "part_network": words.whole(words.NETWORK_PART),
            "part_own": words.whole(words.OWN_PART),
            **{f"name_{name}": words.whole(pattern) for name, pattern in words.NAMES.items()},
            "numeral": r"(?<![^\n])[^\S\n]*[1-9][.)](?=[^\S\n])",
            "change": r"\+\s?[0-9]+(?:[.,][0-9]+)?\s*%?",
            "number": _NUMBER,
            "top": words.whole(words.TOP),
            "between": rf"{words.whole(words.POINTS)}|{words.OUT_OF}",
            "word": r"\w+",
            "line": r"\n",
        }.items()
    )
)


@dataclass(frozen=True)
class Reading:
    """The figures that a text shows, by the names of the form's fields, and those it shows in two ways."""

    figures: dict[str, Decimal | int] = field(default_factory=dict)
    unclear: dict[str, list[Decimal]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.figures and not self.unclear

    @property
    def missing(self) -> list[str]:
        """What the text says nothing about, in the order of the form."""
        return [name for name in OFFICIAL_FIELDS if name not in self.figures and name not in self.unclear]


@dataclass(frozen=True)
class _Item:
    """A name or a number of the page, where it stands, and whether it touches the item before it."""

    line: int
    part: str
    touches: bool
    name: str = ""  # nothing for a number
    value: Decimal = Decimal(0)
    scale: str = ""  # "%", "25", "100" or nothing
    in_sentence: bool = False  # as in "you rank in the top 3%"

    def fits(self, other: "_Item") -> bool:
        """Whether one is a name and the other a number that it may have."""
        if bool(self.name) == bool(other.name):
            return False
        name, number = (self, other) if self.name else (other, self)
        return number.scale in SCALES[name.name] and is_possible(name.name, number.value)


def read_official(text: str) -> Reading:
    """Find the figures in what was copied from the page; any text is read, none raises."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for name, value in _found(_items(words.plain_words(text[:LONGEST_TEXT]))):
        found[name].append(value)
    reading = Reading()
    for name in OFFICIAL_FIELDS:
        if values := found.get(name):
            finest = max(values, key=_decimals)
            if all(_agree(value, finest) for value in values):
                reading.figures[name] = int(finest) if name in TOPS else _cut(finest)
            else:
                reading.unclear[name] = sorted(set(values))
    return reading


class _Page:
    """Goes through the tokens of a page and notes names and numbers."""

    def __init__(self) -> None:
        self.items: list[_Item] = []
        self._line = 0
        self._part = OWN
        self._touches = False  # nothing but signs since the last name or number
        self._after_word = False  # on this line
        self._top = False

    def take(self, kind: str, found: str, scale: str | None) -> None:
        if kind == "number":
            self._number(found, scale or "")
        elif kind.startswith("name_"):
            self._name(kind.removeprefix("name_"), found)
        elif kind in PARTS:
            self._part = PARTS[kind]
            self._break()
        elif kind == "top":
            self._top = True
        elif kind == "line":
            self._after_word = False
        elif kind in ("word", "average", "change"):
            self._break()
        self._line += found.count("\n")

    def _name(self, name: str, found: str) -> None:
        if name == "total" and words.OWN_WORDS.intersection(found.split()):
            self._part = OWN
        self._add(_Item(self._line, self._part, self._touches, name=name))

    def _number(self, found: str, scale: str) -> None:
        digits = found[: -len(scale)] if scale else found
        self._add(
            _Item(
                self._line,
                self._part,
                self._touches,
                value=Decimal(digits.strip().replace(",", ".")),
                scale="%" if self._top else _scale(scale),
                in_sentence=self._top and self._after_word,
            )
        )

    def _add(self, item: _Item) -> None:
        self.items.append(item)
        self._touches, self._after_word, self._top = True, False, False

    def _break(self) -> None:
        self._touches, self._after_word, self._top = False, True, False


def _items(text: str) -> list[_Item]:
    page = _Page()
    for match in _TOKEN.finditer(text):
        page.take(match.lastgroup or "", match.group(), match["scale"])
    return page.items


def _scale(said: str) -> str:
    return next((scale for scale in ("100", "25") if said.endswith(scale)), "%" if said else "")


def _found(items: Sequence[_Item]) -> Iterator[tuple[str, Decimal]]:
    """Give every figure of oneself, as often as the page shows it."""
    for run in _runs(items):
        if len(run) == 1 and run[0].in_sentence and run[0].part != OWN:
            yield run[0].part, run[0].value
        for name, number in _pairs(run):
            if name.part == OWN or name.name in TOPS:
                yield name.name, number.value
    yield from (("total", item.value) for item in items if item.scale == "100" and item.part == OWN)


def _runs(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Give names and numbers in turn, as long as each touches and fits the one before."""
    run: list[_Item] = []
    for item in items:
        if run and not _goes_on(run, item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _goes_on(run: Sequence[_Item], item: _Item) -> bool:
    if not item.touches or not item.fits(run[-1]) or item.in_sentence:
        return False
    # A sentence that tells a rank has its own end: `You rank in the top 3% in your industry.`
    return not run[0].in_sentence or (len(run) == 1 and item.line == run[0].line)


def _pairs(run: Sequence[_Item]) -> list[tuple[_Item, _Item]]:
    """Give the names of a run with their numbers.

    A run that begins and ends alike does not show whether numbers come first: then its lines may. A name
    between two numbers of one line gets both, and is unclear; a number between two names belongs to none.
    """
    if bool(run[0].name) != bool(run[-1].name):
        pairs = zip(run[::2], run[1::2], strict=True)
        return [(one, other) if one.name else (other, one) for one, other in pairs]
    if run[0].line != run[-1].line:
        lines = groupby(run, key=attrgetter("line"))
        return [pair for _line, part in lines for pair in _pairs(list(part))]
    if run[0].name:
        return []
    return [(one, other) if one.name else (other, one) for one, other in pairwise(run)]


def _cut(value: Decimal) -> Decimal:
    return _to(MOST_DECIMALS, value) if _decimals(value) > MOST_DECIMALS else value


def _decimals(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)


def _agree(value: Decimal, finest: Decimal) -> bool:
    """Whether the page shows the same number, here perhaps with fewer decimals."""
    return value == _to(_decimals(value), finest)


def _to(decimals: int, value: Decimal) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)

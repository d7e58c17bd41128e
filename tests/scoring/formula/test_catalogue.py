import pytest

from scoring.formula.catalogue import PILLARS, CapPeriod, InvalidKind, Nature, read_catalogue
from tests.scoring.formula.strategies import CATALOGUE, event, standing

HEADING = "code,pillar,nature,name,networks,points,cap,cap_period,minutes,plan_per_week\n"


@pytest.fixture
def catalogue():
    with CATALOGUE.open(encoding="utf-8") as lines:
        return read_catalogue(lines)


def test_the_catalogue_has_fifty_kinds_in_four_pillars(catalogue):
    assert len(catalogue) == 50
    assert [pillar for pillar in PILLARS if any(kind.pillar == pillar for kind in catalogue)] == list(PILLARS)


def test_every_event_of_the_catalogue_has_a_cap_and_no_standing_kind_has(catalogue):
    assert all((kind.cap is None) == kind.standing for kind in catalogue)


def test_a_row_is_read_whole():
    row = "article,brand,event,Long-form article,linkedin other,9,2,week,120,0.25\n"

    (kind,) = read_catalogue([HEADING, row])

    assert (kind.code, kind.pillar, kind.nature, kind.name) == (
        "article",
        "brand",
        Nature.EVENT,
        "Long-form article",
    )
    assert (kind.points, kind.cap, kind.cap_period) == (9.0, 2, CapPeriod.WEEK)
    assert (kind.minutes, kind.plan_per_week, kind.networks) == (120, 0.25, ("linkedin", "other"))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("a,fame,event,A,x,1,1,day,,\n", "line 2: a: fame is not a pillar"),
        ("a,brand,deed,A,x,1,1,day,,\n", "line 2: .*deed"),
        ("a,brand,event,A,pigeon,1,1,day,,\n", "line 2: a: pigeon is not a network"),
        ("a,brand,event,A,x,many,1,day,,\n", "line 2: .*many"),
        ("a,brand,event,A,x,1,1,year,,\n", "line 2: .*year"),
        ("a,brand,event\n", "line 2"),
        ("a,brand,event,A,x,1,1,day,,\na,brand,event,A,x,1,1,day,,\n", "line 3: a was there before"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row, fault):
    with pytest.raises(InvalidKind, match=fault):
        read_catalogue((HEADING + row).splitlines(keepends=True))


@pytest.mark.parametrize(
    "out_of_range",
    [
        lambda: event("a", "brand", -1, 1, CapPeriod.DAY),
        lambda: event("a", "brand", 1001, 1, CapPeriod.DAY),
        lambda: event("a", "brand", float("nan"), 1, CapPeriod.DAY),
        lambda: event("a", "brand", 1, 1),
        lambda: event("a", "brand", 1, None, CapPeriod.DAY),
        lambda: event("a", "brand", 1, 0, CapPeriod.DAY),
        lambda: event("a", "brand", 1, minutes=0),
        lambda: event("a", "brand", 1, plan_per_week=0),
        lambda: standing("a", "nowhere", 1),
    ],
)
def test_a_kind_that_contradicts_itself_is_refused(out_of_range):
    with pytest.raises(InvalidKind):
        out_of_range()

"""What the documents say with figures, computed anew."""

import datetime
import re
from pathlib import Path

from scoring.formula.catalogue import PILLARS, read_catalogue
from scoring.formula.decay import raw
from scoring.formula.explain import contributions
from scoring.formula.history import History, Span
from scoring.formula.pillar import score
from scoring.formula.version import DEFAULT_GAP_POINTS, DEFAULT_HALF_LIFE_DAYS, Formula

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime.date(2026, 11, 20)
FIRST = Span(datetime.date(2026, 10, 1))


def formula():
    with (ROOT / "scoring" / "data" / "catalogue.csv").open(encoding="utf-8") as lines:
        kinds = {kind.code: kind for kind in read_catalogue(lines)}
    return Formula(half_life_days=DEFAULT_HALF_LIFE_DAYS, gap_points=DEFAULT_GAP_POINTS, kinds=kinds)


def example():
    history = History().with_holding("profile_photo", FIRST).with_holding("profile_headline", FIRST)
    return history.with_acts(
        [
            ("comment_posted", DAY, 3),
            ("comment_posted", datetime.date(2026, 10, 21), 12),
            ("meeting_booked", datetime.date(2026, 11, 5), 1),
        ]
    )


def test_the_worked_example_is_what_the_formula_says():
    text = (ROOT / "docs" / "formula.md").read_text(encoding="utf-8")
    worth, found = raw(example(), on=DAY, formula=formula()), score(example(), on=DAY, formula=formula())

    for pillar in PILLARS:
        line = next(line for line in text.splitlines() if re.match(rf"\| {pillar} \| \d", line))
        assert f"| {worth[pillar]:.2f} |" in line
        assert f"{getattr(found, pillar) / 100:.2f} |" in line
    assert f"**{found.ssi / 100:.2f}**" in text
    by_kind = contributions(example(), on=DAY, formula=formula())
    assert sum(by_kind.values()) == found.ssi
    photo, headline, comments, meeting = (
        f"{by_kind[code] / 100:.2f}"
        for code in ("profile_photo", "profile_headline", "comment_posted", "meeting_booked")
    )
    assert f"photo {photo}, headline {headline},\ncomments {comments}, meeting {meeting}; " in text
    assert f"together {found.ssi / 100:.2f}" in text


def test_the_readme_names_only_files_and_commands_that_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    for name in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / name).exists(), name
    for command in re.findall(r"manage\.py (\w+)", text):
        found = [*ROOT.glob(f"*/management/commands/{command}.py")]
        assert found or command in {"migrate", "createsuperuser", "changepassword", "shell"}, command

"""Every format and era by a name of its own."""

from collections.abc import Callable
from functools import partial

from scoring.samples import facebook, instagram, linkedin, mastodon, plain, sales_navigator, x
from scoring.samples.recipe import Recipe, Sample

Make = Callable[[Recipe], Sample]


def _linkedin() -> dict[str, Make]:
    formats: dict[str, Make] = {"linkedin": linkedin.archive}
    for era in linkedin.ERAS:
        formats[f"linkedin-basic-{era}"] = partial(linkedin.archive, era=era, complete=False)
        formats[f"linkedin-complete-{era}"] = partial(linkedin.archive, era=era)
    formats["linkedin-numbered"] = partial(linkedin.archive, era="2023", numbered=True)
    formats |= {f"linkedin-{_dashed(name)}": partial(linkedin.single, name=name) for name in linkedin.SINGLE}
    formats["linkedin-connections-resaved"] = partial(linkedin.single, name="Connections.csv", resaved=True)
    return formats


def _dashed(name: str) -> str:
    return name.removesuffix(".csv").lower().replace("_", "-").replace(" ", "-")


FORMATS: dict[str, Make] = {
    **_linkedin(),
    "x": x.archive,
    "x-older": partial(x.archive, older=True),
    "mastodon": mastodon.archive,
    "mastodon-outbox": mastodon.outbox,
    "mastodon-following": mastodon.following,
    "facebook": facebook.archive,
    "facebook-before": partial(facebook.archive, root="before"),
    "facebook-older": partial(facebook.archive, root="older"),
    "instagram": instagram.archive,
    "instagram-older": partial(instagram.archive, root="older"),
    "sales-navigator": sales_navigator.activities,
    "activities-csv": plain.table_of_activities,
    "activities-xlsx": plain.workbook_of_activities,
}

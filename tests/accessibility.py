"""Asks axe whether people can use a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}

# What still fades in has the contrast of a moment, which nobody reads by.
STILL = """() => Promise.allSettled(
  document.getAnimations().filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
    .map((one) => one.finished)
)"""


def check_accessibility(page: Page) -> None:
    """Fail on anything that axe calls serious or critical on the page once it stands still."""
    page.evaluate(STILL)
    found = Axe().run(page).response["violations"]
    grave = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        f"    {node['html'][:200]}\n    {node.get('failureSummary', '')}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]
    assert not grave, f"{page.url} fails {len(grave)} checks of accessibility:\n" + "\n".join(grave)

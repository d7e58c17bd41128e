import pytest

from tests.accessibility import check_accessibility

PAGE = """<!doctype html><html lang="en"><title>A page</title>
<style>
  p { color: %s; animation: fade 1s }
  @keyframes fade { from { opacity: 0.2 } to { opacity: 0.3 } }
</style>
<main><h1>A page</h1><p>Words that fade in</p></main></html>"""


def test_what_fades_in_is_judged_by_how_it_stays(page):
    page.set_content(PAGE % "black")

    check_accessibility(page)


def test_what_stays_faint_is_told(page):
    page.set_content(PAGE % "silver")

    with pytest.raises(AssertionError, match="color-contrast"):
        check_accessibility(page)

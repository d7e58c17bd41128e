"""What is vendored is what its manifest says, and fits the Python packages that feed it."""

import hashlib
import json
import re
from pathlib import Path

from plotly.offline import get_plotlyjs_version

STATIC = Path(__file__).resolve().parents[2] / "static"
TEMPLATES = STATIC.parent / "templates"
MANIFEST = json.loads((STATIC / "vendor" / "manifest.json").read_text(encoding="utf-8"))


def test_every_vendored_file_is_what_the_manifest_says():
    hashes = {entry["file"]: entry["sha256"] for entry in MANIFEST}

    found = {file: hashlib.sha256((STATIC / file).read_bytes()).hexdigest() for file in hashes}

    assert found == hashes


def test_every_file_in_vendor_is_in_the_manifest():
    named = {entry[key] for entry in MANIFEST for key in ("file", "licence_file")} | {"vendor/manifest.json"}

    present = {f"vendor/{path.name}" for path in (STATIC / "vendor").iterdir()}

    assert present <= named


def test_every_licence_text_is_there():
    texts = [(STATIC / entry["licence_file"]).read_text(encoding="utf-8") for entry in MANIFEST]

    assert all("Permission" in text for text in texts)


def test_plotly_in_the_browser_is_the_one_that_python_writes_for():
    (bundle,) = (entry for entry in MANIFEST if entry["package"] == "plotly.js-basic-dist-min")

    head = (STATIC / bundle["file"]).read_text(encoding="utf-8")[:200]

    assert bundle["version"] == get_plotlyjs_version()
    assert f"v{bundle['version']}" in head


def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawing = (STATIC / "img" / "icons.svg").read_text(encoding="utf-8")
    sprite = set(re.findall(r'<symbol id="([^"]+)"', drawing))
    named = {
        name
        for template in TEMPLATES.rglob("*.html")
        for name in re.findall(r'"_icon\.html" with name="([^"]+)"', template.read_text(encoding="utf-8"))
    }

    assert named
    assert named <= sprite

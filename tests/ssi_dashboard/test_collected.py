import os

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from ssi_dashboard.collected import collect_static_files


@pytest.fixture
def house(settings, tmp_path):
    """One static file, to be hashed and compressed."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "ssi_dashboard.collected.CollectedFiles"},
    }
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "site.css").write_text("body { color: black }\n" * 100)
    return tmp_path


def collected(house):
    return {file.name for file in (house / "static").iterdir() if file.name.startswith("site.")}


def test_files_are_hashed_and_compressed_once(house):
    assert collect_static_files() is True
    assert len(collected(house)) == 4  # plain and hashed, each also compressed

    assert collect_static_files() is False


def test_the_address_of_a_file_is_made_once(house):
    collect_static_files()
    address = staticfiles_storage.url("site.css")

    assert address.removeprefix("/static/") in collected(house) - {"site.css"}
    assert staticfiles_storage.url("site.css") is address


def test_a_change_collects_anew_and_leaves_nothing_old(house):
    collect_static_files()
    before = collected(house)
    source = house / "source" / "site.css"
    source.write_text("body { color: white }\n" * 100)
    os.utime(source, (0, 0))  # what counts is that it differs, not that it is newer

    assert collect_static_files() is True
    assert len(collected(house)) == 4
    assert collected(house) != before


def test_a_collection_that_went_missing_is_made_again(house):
    collect_static_files()
    for file in (house / "static").iterdir():
        file.unlink()
    (house / "static").rmdir()

    assert collect_static_files() is True

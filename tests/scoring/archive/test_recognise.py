"""What an upload is, told by what it holds."""

import importlib
import zipfile

import pytest

from scoring.archive.container import open_archive
from scoring.archive.found import Refused
from scoring.archive.recognise import READERS, reader_of
from tests.scoring.archive.test_container import encrypt

CONNECTIONS = (
    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,Example,,,,,08 Feb 2026\n"
)
OUTBOX = (
    b'{"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection", "orderedItems": []}'
)
ACTOR = b'{"type": "Person", "id": "https://social.example/users/ada"}'
TWEETS = (
    b'window.YTD.tweets.part0 = [{"tweet": {"id_str": "1", "created_at": "Tue Mar 05 14:02:11 +0000 2024"}}]'
)
ACCOUNT = b'window.YTD.account.part0 = [{"account": {"accountId": "1", "username": "ada"}}]'
SALES = b"activityId,activityType,createdAt,seatId,memberIdentityKey\n1,SAVED_LEAD,02-08-2026 10:00:00,7,x\n"
PLAIN = b"kind,day\ncomment_posted,2026-02-08\n"
FRIENDS = b'{"friends_v2": [{"name": "Ada", "timestamp": 1770510600}]}'
FOLLOWED = b'{"href": "https://x.example", "timestamp": 1770510600}'
FOLLOWING = b'{"relationships_following": [{"string_list_data": [' + FOLLOWED + b"]}]}"


@pytest.fixture
def upload(tmp_path):
    """It is called after nothing that it might be."""
    return tmp_path / "upload"


def write(path, content):
    if isinstance(content, bytes):
        path.write_bytes(content)
        return
    with zipfile.ZipFile(path, "w") as zipped:
        for name, text in content.items():
            zipped.writestr(name, text)


def name_of(path):
    with open_archive(path) as archive:
        return reader_of(archive).NAME


def refusal(path):
    with pytest.raises(Refused) as refused:
        name_of(path)
    return refused.value.code


@pytest.mark.parametrize("name", READERS)
def test_every_reader_is_there(name):
    reader = importlib.import_module(f"scoring.archive.{name}")

    assert reader.NAME
    assert callable(reader.owns)
    assert callable(reader.read)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"Connections.csv": CONNECTIONS}, "linkedin"),
        ({"Basic_LinkedInDataExport/connections.csv": CONNECTIONS, "a.jpg": b"\0"}, "linkedin"),
        (CONNECTIONS, "linkedin"),
        (b"\xef\xbb\xbf" + CONNECTIONS.replace(b",", b";"), "linkedin"),
        ({"data/tweets.js": TWEETS, "data/account.js": ACCOUNT}, "x"),
        ({"outbox.json": OUTBOX, "actor.json": ACTOR}, "mastodon"),
        (OUTBOX, "mastodon"),
        ({"connections/friends/your_friends.json": FRIENDS}, "facebook"),
        ({"connections/followers_and_following/following.json": FOLLOWING}, "instagram"),
        (SALES, "sales_navigator"),
        (PLAIN, "plain"),
    ],
)
def test_an_upload_is_known_by_what_it_holds(upload, content, name):
    write(upload, content)

    assert name_of(upload) == name


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"hello", "unknown"),
        (b"a,b\n1,2\n", "unknown"),
        (b"%PDF-1.7 nothing for us", "unknown"),
        (b"[1, 2]", "unknown"),
        (b"{" * 1000, "unknown"),
        (bytes(range(256)) * 10, "unknown"),
        (b"<!doctype html><title>x</title>", "unknown"),
        ({"a.txt": b"hello"}, "unknown"),
        ({"start_here.html": b"<p>", "posts/your_posts.html": b"<p>"}, "only_pages"),
        ({"Connections.csv": b"", "Shares.csv": b"nothing"}, "unknown"),
    ],
)
def test_what_is_nothing_of_ours_is_refused(upload, content, code):
    write(upload, content)

    assert refusal(upload) == code


def test_a_file_that_tells_what_an_archive_is_may_be_locked(upload):
    write(upload, {"Connections.csv": CONNECTIONS, "a.jpg": b"\0"})
    encrypt(upload, only=b"Connections.csv")

    assert refusal(upload) == "encrypted"


def test_a_file_that_tells_what_an_archive_is_may_be_damaged(upload):
    write(upload, {"Connections.csv": CONNECTIONS, "a.jpg": b"\0"})
    upload.write_bytes(upload.read_bytes().replace(b"Ada", b"Eda"))

    assert refusal(upload) in {"unreadable", "unknown"}


def test_another_file_of_the_archive_may_be_damaged(upload):
    write(upload, {"Shares.csv": b"Date,ShareLink\n2026-02-09,SENTINEL\n", "Connections.csv": CONNECTIONS})
    upload.write_bytes(upload.read_bytes().replace(b"SENTINEL", b"SENTINAL"))

    assert name_of(upload) == "linkedin"

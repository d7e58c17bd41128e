"""messages.csv: what the owner wrote, what was answered, and who the owner is."""

import random
from datetime import date

import pytest

from scoring.archive.found import Act
from tests.scoring.archive.linkedin.archives import acts, kinds, marks, read, rows, skipped

ANA = ("Ana Rossi", "https://www.linkedin.com/in/ana")
NORA = ("Nora Lindqvist", "https://www.linkedin.com/in/nora")
OTTO = ("Otto Brandt", "https://www.linkedin.com/in/otto")
DOE = ("Jon Doe, Ph.D.", "https://www.linkedin.com/in/doe")
PROFILE = "First Name,Last Name,Headline,Summary\nAna,Rossi,,\n"
COLUMNS = (
    *("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS"),
    *("DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"),
)
EARLY = [name for name in COLUMNS if name not in ("RECIPIENT PROFILE URLS", *COLUMNS[-3:])]


def said(when, sender, *others, conversation="2-a", **more):
    return {
        "CONVERSATION ID": conversation,
        "FROM": sender[0],
        "SENDER PROFILE URL": sender[1],
        "TO": ",".join(name for name, _url in others),
        "RECIPIENT PROFILE URLS": ",".join(url for _name, url in others),
        "DATE": f"2026-06-{when} UTC",
        "FOLDER": "INBOX",
        "IS MESSAGE DRAFT": "No",
        "CONTENT": "Words",
    } | more


def table(messages, columns=COLUMNS, *, quoted=True, end="\n"):
    def cell(text):
        return f'"{text.replace(chr(34), chr(34) * 2)}"' if quoted or "," in text or "\n" in text else text

    lines = [columns, *([message.get(name, "") for name in columns] for message in messages)]
    return end.join(",".join(map(cell, line)) for line in lines)


def archive(messages, **more):
    return {"Profile.csv": PROFILE, "messages.csv": table(messages, **more)}


TALK = [
    said("03 08:00:00", NORA, ANA),  # nobody asked
    said("03 09:00:00", ANA, NORA),
    said("03 09:05:00", ANA, NORA, CONTENT='One\nmore, "really"'),
    said("03 10:00:00", NORA, ANA),
    said("03 10:01:00", NORA, ANA),
    said("04 07:00:00", ANA, NORA),
    said("06 07:00:00", NORA, ANA),
    said("03 12:00:00", ANA, OTTO, conversation="2-b"),
]


def test_one_message_a_day_and_conversation_and_the_first_answers(tmp_path):
    found = read(tmp_path, archive(TALK))

    assert [(act.kind, act.day) for act in acts(found)] == [
        ("message_sent", date(2026, 6, 3)),
        ("message_reply_received", date(2026, 6, 3)),
        ("message_sent", date(2026, 6, 4)),
        ("message_reply_received", date(2026, 6, 6)),
        ("message_sent", date(2026, 6, 3)),
    ]
    assert rows(found)["messages.csv"] == 8


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_rows_does_not_matter(tmp_path, seed):
    shuffled = random.Random(seed).sample(TALK, k=len(TALK))

    assert marks(read(tmp_path, archive(shuffled))) == marks(read(tmp_path, archive(TALK)))


@pytest.mark.parametrize(
    "more", [{"columns": EARLY}, {"quoted": False}, {"end": "\r\n"}, {"columns": EARLY, "quoted": False}]
)
def test_every_era_gives_the_same_marks(tmp_path, more):
    assert marks(read(tmp_path, archive(TALK, **more))) == marks(read(tmp_path, archive(TALK)))


def test_a_newer_archive_adds_only_what_is_newer(tmp_path):
    older = marks(read(tmp_path, archive(TALK[:3])))

    assert older < marks(read(tmp_path, archive(TALK)))


@pytest.mark.parametrize(
    "nobodys",
    [
        {"IS MESSAGE DRAFT": "Yes"},
        {"IS CONVERSATION DRAFT": "Yes"},
        {"FOLDER": "SPAM"},
        {"SENDER PROFILE URL": "", "CONTENT": '<p class="spinmail-quill-editor__spin-break">Buy</p>'},
    ],
)
def test_drafts_spam_and_advertisements_are_nobodys_business(tmp_path, nobodys):
    messages = [TALK[1] | nobodys, said("03 10:00:00", NORA, ANA)]

    assert acts(read(tmp_path, archive(messages))) == []


def test_an_advertisement_answers_nothing(tmp_path):
    sold = {"SENDER PROFILE URL": "", "CONTENT": '<p class="spinmail-x">Buy</p>'}

    assert kinds(read(tmp_path, archive([TALK[1], TALK[3] | sold]))) == ["message_sent"]


def test_somebody_who_left_has_no_address_and_answers_all_the_same(tmp_path):
    left = TALK[3] | {"FROM": "LinkedIn Member", "SENDER PROFILE URL": ""}

    assert kinds(read(tmp_path, archive([TALK[1], left]))) == ["message_sent", "message_reply_received"]


def test_a_group_with_commas_in_names_is_one_conversation(tmp_path):
    messages = [said("03 09:00:00", ANA, DOE, NORA), said("03 10:00:00", DOE, ANA, NORA)]

    assert kinds(read(tmp_path, archive(messages))) == ["message_sent", "message_reply_received"]


def test_the_owner_is_who_sent_the_invitations(tmp_path):
    invitations = (
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
        f'A. R.,Nora,"6/1/26, 2:37 PM",,OUTGOING,{ANA[1]},{NORA[1]}\n'
    )

    found = read(tmp_path, {"Invitations.csv": invitations, "messages.csv": table(TALK)})

    assert kinds(found).count("message_sent") == 3


def test_a_namesake_is_not_the_owner(tmp_path):
    namesake = ("Ana Rossi", "https://www.linkedin.com/in/another-ana")
    messages = [*TALK, said("07 09:00:00", namesake, ANA, conversation="2-c")]

    assert marks(read(tmp_path, archive(messages))) == marks(read(tmp_path, archive(TALK)))


@pytest.mark.parametrize("columns", [COLUMNS, EARLY])
def test_in_a_lone_file_the_owner_is_who_is_everywhere(tmp_path, columns):
    assert marks(read(tmp_path, table(TALK, columns))) == marks(read(tmp_path, archive(TALK)))


def test_where_nothing_tells_the_owner_the_file_is_skipped(tmp_path):
    found = read(tmp_path, table(TALK[:7]))

    assert acts(found) == []
    assert skipped(found) == [(0, "FROM", "no_owner", "")]
    assert rows(found) == {"messages.csv": 7}


def test_a_file_of_only_a_header_is_no_trouble(tmp_path):
    found = read(tmp_path, table([]))

    assert found[-1].rows == 0
    assert skipped(found) == []


def test_a_message_without_a_moment_is_skipped(tmp_path):
    found = read(tmp_path, archive([*TALK, TALK[1] | {"DATE": "yesterday"}]))

    assert skipped(found) == [(11, "DATE", "no_day", "yesterday")]


def test_the_day_is_that_of_the_organisations_zone(tmp_path):
    found = read(tmp_path, archive([said("03 23:30:00", ANA, NORA)]), zone="Europe/Warsaw")

    assert [act.day for act in acts(found)] == [date(2026, 6, 4)]


def test_nothing_of_a_message_leaves_but_kind_day_and_marks(tmp_path):
    found = read(tmp_path, archive(TALK))

    told = {str(value) for one in found if isinstance(one, Act) for value in (one.link, one.seat)}
    assert told == {""}

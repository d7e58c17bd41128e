"""Mastodon's archive, or its outbox alone."""

from datetime import datetime
from typing import Any

from scoring.samples.draft import Draft
from scoring.samples.packing import table, tree, zipped
from scoring.samples.recipe import Recipe, Sample
from scoring.samples.talk import count_talk, talk

SITE = "https://social.example"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CONTEXT = "https://www.w3.org/ns/activitystreams"
LIKES, BOOKMARKS, FOLLOWS = 5, 1, 2  # a week


def archive(recipe: Recipe) -> Sample:
    draft = Draft(recipe, "mastodon")
    members = {
        "actor.json": tree(_actor(draft)),
        "outbox.json": tree(_outbox(draft)),
        "likes.json": tree(_list(draft, "likes.json", "post_recommended", LIKES)),
        "bookmarks.json": tree(_list(draft, "bookmarks.json", "insight_saved", BOOKMARKS)),
        "media_attachments/files/1.png": b"\x89PNG no picture",
    }
    name = f"archive-{recipe.last:%Y%m%d}120000-{draft.chance.getrandbits(128):032x}.zip"
    return draft.sample(name, zipped(members), "other")


def outbox(recipe: Recipe) -> Sample:
    draft = Draft(recipe, "outbox")
    return draft.sample("outbox.json", tree(_outbox(draft)), "other")


def following(recipe: Recipe) -> Sample:
    """The list of followed accounts, which one downloads by itself."""
    draft, rows = Draft(recipe, "mastodon following"), []
    for _moment in draft.moments("following", FOLLOWS):
        draft.act("person_followed", None)
        rows.append(
            [f"{draft.handle('following_accounts.csv Account address')}@social.example", "true", "false", ""]
        )
    header = ["Account address", "Show boosts", "Notify on new posts", "Languages"]
    return draft.sample("following_accounts.csv", table(header, rows), "other")


def _own(draft: Draft) -> str:
    return f"{SITE}/users/{draft.owner.handle}"


def _actor(draft: Draft) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": _own(draft),
        "type": "Person",
        "preferredUsername": draft.owner.handle,
        "name": draft.owner.name,
        "summary": f"<p>{draft.words('actor.json summary')}</p>",
        "icon": {"type": "Image", "mediaType": "image/png", "url": "avatar.png"},
        "attachment": [{"type": "PropertyValue", "value": draft.words("actor.json attachment")}],
    }


def _outbox(draft: Draft) -> dict[str, Any]:
    rows = [row for moment in draft.moments("outbox", 12) for row in _activity(draft, moment)]
    for moment in draft.moments("direct", 1):
        rows += _conversation(draft, moment)
    rows.sort(key=lambda row: row["published"])
    return {
        "@context": CONTEXT,
        "id": "outbox.json",
        "type": "OrderedCollection",
        "totalItems": len(rows),
        "orderedItems": rows,
    }


def _activity(draft: Draft, moment: datetime) -> list[dict[str, Any]]:
    luck = draft.chance.random()
    if luck < 0.15:
        draft.act("content_reshared", moment)
        return [_announce(draft, moment, f"{SITE}/users/{draft.handle('outbox.json boosted')}/statuses/1")]
    if luck < 0.2:
        return [_announce(draft, moment, f"{_own(draft)}/statuses/{draft.number()}")]
    row = _create(draft, moment, to=[PUBLIC], cc=[f"{_own(draft)}/followers"])
    if luck < 0.5:
        draft.act("comment_posted", moment)
        row["object"]["inReplyTo"] = f"{SITE}/users/{draft.handle('outbox.json inReplyTo')}/statuses/2"
    elif luck < 0.6:
        row["object"]["inReplyTo"] = f"{_own(draft)}/statuses/{draft.number()}"
    else:
        draft.act("content_shared", moment)
        row["object"]["type"] = "Question" if luck < 0.65 else "Note"
        if luck > 0.8:  # unlisted
            row["to"], row["cc"] = row["cc"], row["to"]
    return [row]


def _announce(draft: Draft, moment: datetime, what: str) -> dict[str, Any]:
    return _row(draft, "Announce", moment, to=[PUBLIC], cc=[f"{_own(draft)}/followers"]) | {"object": what}


def _create(draft: Draft, moment: datetime, *, to: list[str], cc: list[str]) -> dict[str, Any]:
    note = {
        "id": f"{_own(draft)}/statuses/{draft.number()}",
        "type": "Note",
        "summary": draft.words("outbox.json summary"),
        "inReplyTo": None,
        "published": _spelled(moment),
        "attributedTo": _own(draft),
        "to": to,
        "cc": cc,
        "content": f"<p>{draft.words('outbox.json content')}</p>",
        "tag": [{"type": "Mention", "name": f"@{draft.handle('outbox.json tag')}"}],
    }
    return _row(draft, "Create", moment, to=to, cc=cc) | {"object": note}


def _row(draft: Draft, kind: str, moment: datetime, *, to: list[str], cc: list[str]) -> dict[str, Any]:
    number = f"{_own(draft)}/statuses/{draft.number()}/activity"
    said = {"id": number, "type": kind, "actor": _own(draft)}
    return {**said, "published": _spelled(moment), "to": to, "cc": cc}


def _conversation(draft: Draft, begun: datetime) -> list[dict[str, Any]]:
    """The outbox has one side of it only: no reply is known."""
    partner = f"{SITE}/users/{draft.handle('outbox.json to')}"
    own = [turn for turn in talk(draft, begun) if turn.own]
    count_talk(draft, own)
    return [_create(draft, turn.moment, to=[partner], cc=[]) for turn in own]


def _spelled(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def _list(draft: Draft, name: str, kind: str, a_week: float) -> dict[str, Any]:
    links = []
    for _moment in draft.moments(name, a_week):
        draft.act(kind, None)
        links.append(f"{SITE}/users/{draft.handle(f'{name} user')}/statuses/{draft.number()}")
    facts = {"@context": CONTEXT, "id": name, "type": "OrderedCollection"}
    return {**facts, "totalItems": len(links), "orderedItems": links}

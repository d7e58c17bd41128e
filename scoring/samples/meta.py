"""What Facebook's and Instagram's archives share: their zip, and conversations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from scoring.samples.draft import Draft
from scoring.samples.packing import mojibake, zipped
from scoring.samples.talk import count_talk, talk

PICTURE = b"\xff\xd8\xff\xe0 no picture \xff\xd9"


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def packed(root: str, files: Mapping[str, Any]) -> bytes:
    """The files below a root ("" for an old archive), texts written as Meta does, and a picture."""
    members = {f"{root}{name}": mojibake(value) for name, value in files.items()}
    picture = f"{root}media/1.jpg"
    return zipped({**members, picture: PICTURE}, stored=frozenset({picture}))


def conversations(draft: Draft, a_week: float) -> dict[str, Any]:
    files: dict[str, Any] = {}
    for moment in draft.moments("conversations", a_week):
        turns, partner = talk(draft, moment), draft.person("message_1.json")
        folder = f"messages/inbox/{draft.handle('message_1.json thread')}"
        count_talk(draft, turns)
        messages = [
            {
                "sender_name": draft.owner.name if turn.own else partner.name,
                "timestamp_ms": seconds(turn.moment) * 1000 + draft.chance.randrange(1000),
                "content": draft.words("message_1.json content"),
                "type": "Generic",
                "is_geoblocked_for_viewer": False,
            }
            for turn in turns
        ]
        files[f"{folder}/message_1.json"] = {
            "participants": [{"name": partner.name}, {"name": draft.owner.name}],
            "messages": messages[::-1],
            "title": partner.name,
            "thread_path": folder.removeprefix("messages/"),
        }
    return files

"""Who wrote when in a conversation, without a word of it: what was sent, and what was answered."""

from array import array
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from scoring.archive.dates import Moment, day_of_seconds
from scoring.archive.desk import Desk
from scoring.archive.found import Act

NOON = time(12, tzinfo=UTC)


class Message(NamedTuple):
    at: int  # milliseconds since 1970
    own: bool


class Conversation:
    """The moments of its messages, 8 bytes each; the same moment from the same side is the same message."""

    def __init__(self) -> None:
        self._moments = array("q")

    def add(self, at: int, *, own: bool) -> None:
        """Note a message of so many milliseconds since 1970."""
        self._moments.append(at * 2 + (not own))

    def __iter__(self) -> Iterator[Message]:
        """Give the messages, the oldest first."""
        before = None
        for moment in sorted(self._moments):
            if moment != before:
                yield Message(moment >> 1, not moment & 1)
            before = moment


def acts_of(
    conversation: Conversation, desk: Desk, *, file: str, line: int, name: str, zone: str
) -> Iterator[Act]:
    """Give the owner's first message of each day, and every answer to what they wrote.

    An answer is the first message from others behind one of the owner's; what else follows it is not. The
    moments must be such as `Desk` takes; name is what stands for the conversation in every archive.
    """
    is_awaited = False
    sent = date.min
    for message in conversation:
        day = day_of_seconds(message.at // 1000, zone=zone)
        if message.own and day > sent:
            mark = desk.mark("message", name, day.isoformat())
            yield desk.act(file, line, "message_sent", day, mark)
            sent = day
        elif is_awaited and not message.own:
            mark = desk.mark("answer", name, message.at)
            yield desk.act(file, line, "message_reply_received", day, mark)
        is_awaited = message.own


def milliseconds(moment: Moment) -> int:
    """Milliseconds since 1970; of a mere day, its noon, which is that day in nearly every zone."""
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, NOON)
    return int(whole.timestamp()) * 1000

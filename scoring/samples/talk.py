"""Conversations: who wrote when, and what of it is an act."""

from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from scoring.samples.draft import Draft

MOST_TURNS = 6
LONGEST_PAUSE = 3 * 24 * 60 * 60  # seconds


class Turn(NamedTuple):
    moment: datetime
    own: bool


def talk(draft: Draft, begun: datetime) -> list[Turn]:
    """A conversation that begins at a moment, the oldest turn first; none of them after the last day."""
    chance = Random(draft.chance.random())  # its own: a talk that is cut short changes nothing after it
    turns, moment, own = [], begun, chance.random() < 0.6
    for _n in range(chance.randint(1, MOST_TURNS)):
        turns.append(Turn(moment, own))
        pause = chance.choice((600, LONGEST_PAUSE))
        moment += timedelta(seconds=chance.randint(60, pause))
        own = not own if chance.random() < 0.7 else own
        if draft.day(moment) > draft.recipe.last:
            break
    return turns


def count_talk(draft: Draft, turns: list[Turn]) -> None:
    """One message sent a day, and a reply whenever the other side answers what the owner wrote."""
    sent: set[date] = set()
    awaited = False
    for turn in turns:
        day = draft.day(turn.moment)
        if turn.own and day not in sent:
            sent.add(day)
            draft.act("message_sent", day)
        elif not turn.own and awaited:
            draft.act("message_reply_received", day)
        awaited = turn.own

"""Conversations whose owner is found out when all of them are known: who took part, and who wrote when."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from scoring.archive.conversations import Conversation

DELETED = "linkedinmember"  # the name of everybody who left


class Talks:
    """Messages as numbers alone, 20 bytes each; who takes part, and in what, is kept once."""

    def __init__(self) -> None:
        self._conversations: dict[str, int] = {}
        self._people: dict[str, int] = {}  # by address, and for lack of one by name
        self._addresses: dict[str, set[int]] = {}  # of those who go by a name
        self._names: dict[int, set[str]] = {}  # of those who have an address
        self._present: set[tuple[int, int]] = set()  # who takes part in what
        self._own: set[int] = set()
        self._where, self._who, self._lines = array("i"), array("i"), array("i")
        self._moments = array("q")

    def __bool__(self) -> bool:
        return bool(self._where)

    def add(
        self, conversation: str, *, at: int, line: int, address: str, name: str, others: Iterable[str]
    ) -> None:
        """Note a message of so many milliseconds since 1970.

        Of the sender the address, "" if it is not told, and the name; of the others the addresses.
        """
        where = self._conversations.setdefault(conversation, len(self._conversations))
        who = self._person(address or _by_name(name))
        if address:
            self._addresses.setdefault(name, set()).add(who)
            self._names.setdefault(who, set()).add(name)
        self._present.add((where, who))
        self._present.update((where, self._person(other)) for other in others)
        self._where.append(where)
        self._who.append(who)
        self._lines.append(line)
        self._moments.append(at)

    def _person(self, told: str) -> int:
        return self._people.setdefault(told, len(self._people))

    def settle_owner(self, *, addresses: Iterable[str], name: str) -> bool:
        """Find whose messages these are: by address, by name, or as the one who is everywhere."""
        known = {self._people[address] for address in addresses if address in self._people}
        self._own = known or self._named(name) or self._everywhere()
        names = {name, *(other for who in self._own for other in self._names.get(who, ()))}
        self._own |= {self._people[told] for told in map(_by_name, names) if told in self._people}
        return bool(self._own)

    def _named(self, name: str) -> set[int]:
        """Of several addresses under the owner's name, a namesake's has fewer conversations."""
        if name and (candidates := self._addresses.get(name)):
            counts, told = self._counts(), list(self._people)
            return {max(candidates, key=lambda who: (counts[who], told[who]))}
        one = self._people.get(_by_name(name)) if name else None
        return set() if one is None else {one}

    def _everywhere(self) -> set[int]:
        """Whoever takes part in more than half of the conversations, and in two at least; or nobody."""
        counts = self._counts()
        counts.pop(self._people.get(_by_name(DELETED), -1), None)
        first, second = [*counts.most_common(2), (0, 0), (0, 0)][:2]
        is_clear = first[1] > max(1, second[1]) and first[1] * 2 > len(self._conversations)
        return {first[0]} if is_clear else set()

    def _counts(self) -> Counter[int]:
        return Counter(who for _where, who in self._present)

    def __iter__(self) -> Iterator[tuple[str, int, Conversation]]:
        """Give, once the owner is settled, what stands for each conversation, and its first line."""
        told = list(self._conversations)
        in_order = sorted(range(len(self._where)), key=self._where.__getitem__)
        for where, places in groupby(in_order, self._where.__getitem__):
            conversation, line = Conversation(), 0
            for place in places:
                conversation.add(self._moments[place], own=self._who[place] in self._own)
                line = min(line or self._lines[place], self._lines[place])
            yield told[where], line, conversation


def _by_name(name: str) -> str:
    """What stands for somebody without an address."""
    return f"name {name}"

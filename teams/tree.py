"""The tree of teams: who is below whom, and what a team's path is called."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from teams import freshness
from teams.models import Team

SEPARATOR = "/"


class Node(NamedTuple):
    """What the tree knows of a team; the names are those of the model."""

    pk: int
    parent_id: int | None
    name: str
    slug: str


class _Chart(NamedTuple):
    nodes: Mapping[int, Node]
    children: Mapping[int | None, list[int]]  # by name


class Tree:
    """Today's teams; only lookups, and one query when a team changed since the last time it was read."""

    def __init__(self) -> None:
        self._nodes, self._children = _chart.newest()

    def node(self, team_id: int) -> Node:
        """Raises KeyError for a team that is not there."""
        return self._nodes[team_id]

    def below(self, team_id: int) -> set[int]:
        """The team and all that are part of it."""
        return self.below_any([team_id])

    def below_any(self, team_ids: Iterable[int]) -> set[int]:
        return set(self._below(team_ids))

    def few_below(self, team_ids: Iterable[int], *, most: int) -> set[int] | None:
        """The same, unless they are more than so many: of a thousand not all are looked for."""
        found = set(islice(self._below(team_ids), most + 1))
        return found if len(found) <= most else None

    def _below(self, team_ids: Iterable[int]) -> Iterator[int]:
        found: set[int] = set()
        waiting = list(team_ids)
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                yield pk
                waiting += self._children.get(pk, [])

    def above(self, team_id: int | None) -> list[Node]:
        """The team and those that it is part of, nearest first; empty for no team."""
        found: list[Node] = []
        node = self._nodes.get(team_id) if team_id else None
        while node is not None and node not in found:
            found.append(node)
            node = self._nodes.get(node.parent_id) if node.parent_id else None
        return found

    def path(self, team_id: int | None) -> str:
        """The names from the top down, as in `North/Store 12`; empty for no team."""
        return SEPARATOR.join(node.name for node in reversed(self.above(team_id)))

    def children(self, team_id: int | None) -> list[Node]:
        return [self._nodes[pk] for pk in self._children.get(team_id, [])]

    def first(self, team_ids: Iterable[int]) -> Node | None:
        """Of some teams the one that `walk` meets first."""

        def names(node: Node) -> list[str]:
            return [above.name for above in reversed(self.above(node.pk))]

        return min((self._nodes[pk] for pk in team_ids if pk in self._nodes), key=names, default=None)

    def walk(self) -> Iterator[tuple[int, Node]]:
        """Every team after the one above it, with its depth from 0."""
        waiting = [(0, pk) for pk in reversed(self._children.get(None, []))]
        while waiting:
            depth, pk = waiting.pop()
            yield depth, self._nodes[pk]
            waiting += [(depth + 1, child) for child in reversed(self._children.get(pk, []))]


def _read() -> _Chart:
    rows = Team.objects.order_by().values_list("pk", "parent_id", "name", "slug")
    nodes = {row[0]: Node(*row) for row in rows.iterator(chunk_size=5000)}
    children: dict[int | None, list[int]] = {}
    for node in sorted(nodes.values(), key=lambda node: node.name):
        children.setdefault(node.parent_id, []).append(node.pk)
    return _Chart(nodes, children)


# Thousands of teams take a while to be read.
_chart = freshness.Kept(freshness.TREE, _read)

"""The tree of teams, read once: who is below whom, and what a team's path is called."""

from collections.abc import Iterable, Iterator

from teams.models import Team

SEPARATOR = "/"


class Tree:
    """Today's teams; one query, then only lookups. Teams are few: thousands fit easily."""

    def __init__(self, teams: Iterable[Team] | None = None) -> None:
        self._teams = {team.pk: team for team in (Team.objects.all() if teams is None else teams)}
        self._children: dict[int | None, list[int]] = {}
        for team in self._teams.values():
            self._children.setdefault(team.parent_id, []).append(team.pk)

    def below(self, team_id: int) -> set[int]:
        """The team and all that are part of it."""
        found, waiting = set(), [team_id]
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting += self._children.get(pk, [])
        return found

    def below_any(self, team_ids: Iterable[int]) -> set[int]:
        return set().union(*(self.below(pk) for pk in team_ids))

    def path(self, team_id: int | None) -> str:
        """The names from the top down, as in `North/Store 12`; empty for no team."""
        names: list[str] = []
        seen: set[int] = set()
        while team_id in self._teams and team_id not in seen:
            seen.add(team_id)
            team = self._teams[team_id]
            names.append(team.name)
            team_id = team.parent_id
        return SEPARATOR.join(reversed(names))

    def children(self, team_id: int | None) -> list[Team]:
        return sorted((self._teams[pk] for pk in self._children.get(team_id, [])), key=lambda team: team.name)

    def walk(self) -> Iterator[tuple[int, Team]]:
        """Every team after the one above it, with its depth from 0."""
        waiting = [(0, team) for team in reversed(self.children(None))]
        while waiting:
            depth, team = waiting.pop()
            yield depth, team
            waiting += [(depth + 1, child) for child in reversed(self.children(team.pk))]

"""How Odoo's gamification updates its goals, in our words and on our activities.

The pattern (read in its public code): a goal for each user and definition, here each seller and event kind.
One by one: a count and a write for each goal. In batch: one grouped count for each definition and period,
whose groups are matched with the goals by two nested loops, then one write for each goal that changed.
"""

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from bench.harness import stopwatch

TABLE = """
    CREATE TABLE peer_goal (
        id bigserial PRIMARY KEY, user_id int NOT NULL, definition_id smallint NOT NULL,
        start_date date NOT NULL, current double precision NOT NULL DEFAULT 0,
        target_goal double precision NOT NULL DEFAULT 20, state varchar NOT NULL DEFAULT 'inprogress',
        last_update date
    )
"""
GOALS = """
    INSERT INTO peer_goal (user_id, definition_id, start_date)
    SELECT u, d, %s FROM unnest(%s::int[]) u, unnest(%s::smallint[]) d
"""
COUNT = """
    SELECT count(*) FROM scoring_activity
    WHERE seller_id = %s AND kind_id = %s AND deleted_at IS NULL AND day >= %s AND day <= %s
"""
GROUPED = """
    SELECT seller_id, count(*) FROM scoring_activity
    WHERE kind_id = %s AND deleted_at IS NULL AND seller_id = ANY(%s) AND day >= %s AND day <= %s
    GROUP BY seller_id
"""
WRITE = "UPDATE peer_goal SET current = %s, state = %s, last_update = %s WHERE id = %s"

Goal = tuple[int, int, float, float]  # key, user, current, target


class Odoo:
    def __init__(self, sellers: Sequence[int], kinds: Sequence[int], *, first: date, today: date) -> None:
        self._kinds = list(kinds)
        self._first, self._today = first, today
        self.matching_seconds = 0.0  # of the batch: what its two nested loops took
        self.compared = 0
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS peer_goal")
            cursor.execute(TABLE)
            cursor.execute(GOALS, [first, list(sellers), self._kinds])
            cursor.execute("CREATE INDEX ON peer_goal (definition_id)")
            cursor.execute("ANALYZE peer_goal")

    def one_by_one(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for kind in self._kinds:
                for key, user, current, target in self._goals(kind):
                    cursor.execute(COUNT, [user, kind, self._first, self._today])
                    (value,) = cursor.fetchone()
                    self._write(key, value, current=current, target=target)

    def in_batch(self) -> None:
        self.matching_seconds, self.compared = 0.0, 0
        with transaction.atomic(), connection.cursor() as cursor:
            for kind in self._kinds:
                goals = self._goals(kind)
                cursor.execute(GROUPED, [kind, [user for _, user, _, _ in goals], self._first, self._today])
                for goal, value in self._matched(goals, cursor.fetchall()):
                    key, _user, current, target = goal
                    self._write(key, value, current=current, target=target)

    def _matched(self, goals: list[Goal], groups: list[tuple[int, int]]) -> list[tuple[Goal, int]]:
        found = []
        with stopwatch() as took:
            for goal in goals:
                for user, value in groups:
                    if user == goal[1]:
                        found.append((goal, value))
        self.matching_seconds += took[0]
        self.compared += len(goals) * len(groups)
        return found

    def _goals(self, kind: int) -> list[Goal]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, user_id, current, target_goal FROM peer_goal WHERE definition_id = %s", [kind]
            )
            return cursor.fetchall()

    def _write(self, key: int, value: float, *, current: float, target: float) -> None:
        if value != current:
            state = "reached" if value >= target else "inprogress"
            with connection.cursor() as cursor:
                cursor.execute(WRITE, [value, state, self._today, key])

    def values(self) -> dict[tuple[int, int], float]:
        """What the goals say now, by user and definition."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT user_id, definition_id, current FROM peer_goal")
            return {(user, kind): current for user, kind, current in cursor.fetchall()}

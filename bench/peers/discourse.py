"""How Discourse's gamification plugin keeps its leaderboards, in our words and on our activities.

The pattern (read in its public code): scores by user and day. Each night the rows since ten days ago are
deleted and inserted again out of one aggregate query for each scorable kind, UNION ALL, grouped by user and
day; each hour the same since today. Then six materialized views a leaderboard, one a period, each the sum of
the days of all users with a window rank, are refreshed CONCURRENTLY. There is no fading and no cap.

One table of activities, with an index on kind and day, stands for the plugin's many source tables.
"""

from datetime import date, timedelta

from django.db import connection, transaction

from scoring.formula.version import Formula
from scoring.rulebook import kind_codes

SINCE_DAYS = 10
PERIOD_DAYS = {"all_time": None, "yearly": 365, "quarterly": 91, "monthly": 30, "weekly": 7, "daily": 1}
TABLES = (
    "CREATE INDEX peer_kind_day ON scoring_activity (kind_id, day)",
    """CREATE TABLE peer_scores (
        id bigserial PRIMARY KEY, user_id int NOT NULL, date date NOT NULL, score int NOT NULL
    )""",
    "CREATE UNIQUE INDEX peer_scores_user_date ON peer_scores (user_id, date)",
    "CREATE INDEX peer_scores_date ON peer_scores (date)",
)
SCORABLE = """
    SELECT a.seller_id AS user_id, a.day AS date, sum(a.quantity) * {points} AS points
    FROM scoring_activity a WHERE a.kind_id = {kind} AND a.deleted_at IS NULL AND a.day >= '{since}'
    GROUP BY 1, 2
"""
SCORES = """
    INSERT INTO peer_scores (user_id, date, score)
    SELECT source.user_id, source.date, sum(source.points) FROM ({scorables}) AS source
    JOIN teams_seller s ON s.id = source.user_id JOIN teams_user u ON u.id = s.user_id
    WHERE u.is_active GROUP BY 1, 2
    ON CONFLICT (user_id, date) DO UPDATE SET score = EXCLUDED.score
"""
VIEW = """
    CREATE MATERIALIZED VIEW peer_{period} AS
    WITH people AS (SELECT s.id FROM teams_seller s JOIN teams_user u ON u.id = s.user_id WHERE u.is_active),
    scores AS (SELECT * FROM peer_scores WHERE date >= '{first}' AND date <= '{today}')
    SELECT people.id AS user_id, sum(coalesce(scores.score, 0)) AS total_score,
           rank() OVER (ORDER BY sum(coalesce(scores.score, 0)) DESC) AS position
    FROM people JOIN scores ON scores.user_id = people.id
    GROUP BY people.id ORDER BY position, user_id
"""


class Discourse:
    def __init__(self, formula: Formula, *, today: date) -> None:
        keys = {code: key for key, code in kind_codes().items()}
        events = [kind for kind in formula.kinds.values() if not kind.standing]
        # Its multipliers are whole numbers.
        self.points = {keys[kind.code]: max(1, round(kind.points)) for kind in events}
        self._today = today

    def prepare(self) -> None:
        """Make its tables and views, and bring all days up to now: what was there before a night."""
        self._run(*TABLES)
        self.score(since=date(1990, 1, 1))
        for period, days in PERIOD_DAYS.items():
            first = date(1990, 1, 1) if days is None else self._today - timedelta(days=days)
            self._run(VIEW.format(period=period, first=first, today=self._today))
            self._run(f"CREATE UNIQUE INDEX peer_{period}_user ON peer_{period} (user_id)")

    def nightly(self) -> None:
        self.score(since=self._today - timedelta(days=SINCE_DAYS))
        self.refresh()

    def hourly(self) -> None:
        self.score(since=self._today)
        self.refresh()

    def score(self, *, since: date) -> None:
        scorables = " UNION ALL ".join(
            SCORABLE.format(kind=kind, points=points, since=since) for kind, points in self.points.items()
        )
        with transaction.atomic():
            self._run(f"DELETE FROM peer_scores WHERE date >= '{since}'", SCORES.format(scorables=scorables))

    def refresh(self) -> None:
        for period in PERIOD_DAYS:
            self._run(f"REFRESH MATERIALIZED VIEW CONCURRENTLY peer_{period}")

    def totals(self, period: str) -> dict[int, tuple[int, int]]:
        """The total and the position of each user."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT user_id, total_score, position FROM peer_{period}")
            return {user: (int(total), position) for user, total, position in cursor.fetchall()}

    def _run(self, *statements: str) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

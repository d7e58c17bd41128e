"""The day that tests call today."""

import datetime

TODAY = datetime.date(2026, 11, 20)
NOON = datetime.datetime(2026, 11, 20, 11, tzinfo=datetime.UTC)


def days_ago(n: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=n)

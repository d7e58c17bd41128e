"""The peers' patterns are made of what only PostgreSQL has: on SQLite they are left out."""

import pytest
from django.db import connection


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor != "postgresql":
        left_out = [item for item in items if item.path.name == "test_peers.py"]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)

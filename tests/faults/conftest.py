"""There is nothing between a worker and an SQLite file that could be cut: these tests are left out there."""

from pathlib import Path

import pytest
from django.db import connection

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor != "postgresql":
        left_out = [item for item in items if item.path.is_relative_to(HERE)]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)

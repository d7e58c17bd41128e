import pytest

from ssi_dashboard import clock
from tests.moments import TODAY
from tests.teams.crowd import publish, score
from tests.teams.kept.board import board, entered, version_of


@pytest.fixture(autouse=True)
def published(transactional_db, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    publish()


@pytest.fixture
def known(ana, ada):
    """The client of Ana, who has seen her board, and its version."""
    score(ana, 6000)
    score(ada, 5000)
    client = entered(ana)
    return client, version_of(board(client))

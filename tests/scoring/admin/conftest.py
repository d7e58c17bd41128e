import uuid

import pytest

from scoring import intake
from scoring.models import Formula, Kind, OfficialScore
from tests.administrators import adam, administrator, either, noon
from tests.moments import TODAY

__all__ = ["adam", "administrator", "either", "noon"]


@pytest.fixture
def activity(ana):
    """Two comments of Ana's today."""
    entry = intake.Entry(Kind.objects.get(code="comment_posted"), TODAY, quantity=2)
    return intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=TODAY)


@pytest.fixture
def in_force(db):
    return Formula.objects.get()


@pytest.fixture
def draft(in_force, root):
    return in_force.copy(name="Next year", by=root)


@pytest.fixture
def official(ana):
    return OfficialScore.objects.create(
        seller=ana.seller, day=TODAY, brand=10, find=11, engage=12, relate=13, total=46, industry_top=9
    )

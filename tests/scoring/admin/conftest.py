import uuid

import pytest

from scoring import intake
from scoring.models import Correction, Formula, Kind, OfficialScore
from scoring.models.correction import Cause
from tests.administrators import adam, administrator, either, noon
from tests.moments import TODAY, days_ago

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
def correction(ana, root):
    """The root person deleted something of Ana's that had counted for eight days."""
    return Correction.objects.create(
        seller=ana.seller,
        made_by=root,
        cause=Cause.DELETED,
        first=days_ago(9),
        last=days_ago(2),
        days=8,
        most=-123,
    )


@pytest.fixture
def official(ana):
    return OfficialScore.objects.create(
        seller=ana.seller, day=TODAY, brand=10, find=11, engage=12, relate=13, total=46, industry_top=9
    )

"""How a night is cut into parts, and what is left of one that fails."""

from datetime import timedelta

import pytest

from scoring import night
from scoring.models import Score
from teams.models import Seller, User
from tests.moments import NOON, TODAY, days_ago


@pytest.mark.parametrize(
    ("keys", "parts"),
    [
        ([], []),
        ([45], [(40, 59)]),
        ([1, 19], [(0, 19)]),
        ([5, 41], [(0, 19), (20, 59)]),  # two keys are a tenth of a part: one is a short rest
        ([5, 42], [(0, 19), (20, 39), (40, 59)]),
    ],
)
def test_parts_have_all_keys_and_a_short_rest_goes_with_the_one_before(db, keys, parts):
    for key in keys:
        user = User.objects.create(email=f"{key}@example.com")
        Seller.objects.create(pk=key, user=user, joined_on=days_ago(9))
    (run,) = night.open_runs(today=TODAY)

    night.start(run, now=NOON, chunk=20)

    assert list(run.chunks.values_list("first_seller", "last_seller")) == parts


def test_a_part_that_fails_while_it_is_written_leaves_nothing(ana, monkeypatch):
    (run,) = night.open_runs(today=TODAY)
    night.start(run, now=NOON)
    for part in night.waiting_chunks(run, now=NOON):
        night.work(part, now=NOON, today=TODAY)
    night.advance(run, now=NOON)
    (part,) = night.waiting_chunks(run, now=NOON)

    with monkeypatch.context() as patch:
        patch.setattr("scoring.bulk._close", fail)
        with pytest.raises(OSError, match="the disk"):
            night.work(part, now=NOON, today=TODAY)

    assert not Score.objects.on(TODAY).exists()
    night.complete(run, now=NOON + night.LEASE + timedelta(seconds=1), today=TODAY)
    assert Score.objects.on(TODAY).count() == 1


def fail(*_args, **_named):
    raise OSError("the disk is gone")

import pytest

from tests.moments import days_ago
from tests.scoring.live.rebuild import catch_up, put_tally


@pytest.fixture
def seller(ana):
    """Somebody with a past, whose sums were built three days ago, and who was scored every night since."""
    put_tally(ana.seller, "comment_posted", days_ago(20), 4)
    put_tally(ana.seller, "campaign_launched", days_ago(5), 1)
    catch_up(ana.seller.pk)
    return ana.seller.pk

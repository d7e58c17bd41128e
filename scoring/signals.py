"""What others may want to hear of: sent after the commit, and losing one loses nothing but freshness."""

from django.dispatch import Signal

scores_changed = Signal()  # seller_ids: whose scores were written; None when it is everybody's, after a night

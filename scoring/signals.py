"""What others may want to hear of: sent after the commit, and losing one loses nothing but freshness."""

from django.dispatch import Signal

# seller_ids: whose scores were written; None when it is everybody's, after a night. teams: every team that
# these scores count for; None where the writer does not know them.
scores_changed = Signal()

# A version of the formula was given its day.
rules_changed = Signal()

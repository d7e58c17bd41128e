"""What a change did to the index, said in the same words everywhere."""

from datetime import date

from django.utils.translation import gettext as _

from scoring.contributions import ssi_of
from ssi_dashboard.numbers import shown


def with_index(sentence: str, seller_id: int, *, before: int | None, today: date) -> str:
    """Add to a sentence what the index is now, and what it gained; nothing for somebody who has left."""
    now = ssi_of(seller_id, on=today)
    if now is None or before is None:
        return sentence
    if now == before:
        return _("%(sentence)s The index stays at %(ssi)s.") % {"sentence": sentence, "ssi": shown(now)}
    words = _("%(sentence)s Index %(ssi)s, %(gain)s.")
    return words % {"sentence": sentence, "ssi": shown(now), "gain": shown(now - before, signed=True)}

"""When is an act that comes in the same as one that is known? See "Identity" in docs/formula.md."""

import hashlib
import uuid
from datetime import date


def content_digest(*, kind: str, day: date, quantity: int, network: str, link: str) -> uuid.UUID:
    """A digest of what makes an imported row the act that it is, beside its seller; the note is not part."""
    return uuid.UUID(hex_digest(kind, day.isoformat(), quantity, network, link))


def hex_digest(kind: str, day: str, quantity: int, network: str, link: str) -> str:
    """The same digest in 32 hexadecimal digits; the day is written in ISO form.

    The parts are length-prefixed, so that no two different rows share one text.
    """
    amount = str(quantity)
    text = (
        f"{len(kind)}:{kind}{len(day)}:{day}{len(amount)}:{amount}{len(network)}:{network}{len(link)}:{link}"
    )
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

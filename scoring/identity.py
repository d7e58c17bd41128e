"""When is an act that comes in the same as one that is known? See "Identity" in docs/formula.md."""

import hashlib
import uuid
from datetime import date


def content_digest(*, kind: str, day: date, quantity: int, network: str, link: str) -> uuid.UUID:
    """A digest of what makes an imported row the act that it is, beside its seller; the note is not part.

    The parts are length-prefixed, so that no two different rows share one text.
    """
    parts = (kind, day.isoformat(), str(quantity), network, link)
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return uuid.UUID(bytes=hashlib.blake2b(text.encode(), digest_size=16).digest())

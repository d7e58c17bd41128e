"""Keyed fingerprints: the same act gives the same mark, and nobody without the key can guess back from it."""

import hmac

from scoring.archive.addresses import plain_address

LENGTH = 32  # hexadecimal digits of the HMAC that are kept


class Marks:
    """The marks of one seller, under the key of this installation and that seller."""

    def __init__(self, key: bytes) -> None:
        self._keyed = hmac.new(key, digestmod="sha256")

    def act(self, family: str, *parts: str | int) -> str:
        """Give 32 hexadecimal digits for an act: what sort of identity it is, and what makes it that act.

        Each part is preceded by its length, so that no two lists of parts are told alike.
        """
        told = [str(part).encode("utf-8", "surrogatepass") for part in (family, *parts)]
        keyed = self._keyed.copy()
        keyed.update(b"".join([b"%d:%b" % (len(part), part) for part in told]))
        return keyed.hexdigest()[:LENGTH]

    def link(self, address: str) -> str:
        """Give the same 32 digits for every way to write an address; "" for what is none."""
        plain = plain_address(address)
        return self.act("link", plain) if plain else ""

"""Keyed fingerprints: the same act gives the same mark, and nobody without the key can guess back from it."""

from hashlib import sha256

from scoring.archive.addresses import plain_address

LENGTH = 32  # hexadecimal digits of the HMAC that are kept


class Marks:
    """The marks of one seller, under the key of this installation and that seller."""

    def __init__(self, key: bytes) -> None:
        # HMAC-SHA256 (RFC 2104) with what depends on the key alone done once, since there are two a row.
        # A key has 32 bytes.
        block = key.ljust(sha256().block_size, b"\0")
        self._inner, self._outer = (sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))

    def act(self, family: str, *parts: str | int) -> str:
        """Give 32 hexadecimal digits for an act: what sort of identity it is, and what makes it that act.

        Each part is preceded by its length, so that no two lists of parts are told alike.
        """
        told = "".join([f"{len(part)}:{part}" for part in map(str, (family, *parts))])
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(told.encode("utf-8", "surrogatepass"))
        outer.update(inner.digest())
        return outer.hexdigest()[:LENGTH]

    def link(self, address: str) -> str:
        """Give the same 32 digits for every way to write an address; "" for what is none."""
        plain = plain_address(address)
        return self.act("link", plain) if plain else ""

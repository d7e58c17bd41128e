"""Columns of whole numbers as bytes, each number in as few of them as the largest of its column needs.

Places on a short list take a byte or two, so that a ranking hands less to those who write.
"""

from collections.abc import Sequence

import numpy as np

WIDTHS = (np.int8, np.int16, np.int32)


def pack(columns: Sequence[np.ndarray]) -> bytes:
    """Pack columns of one length, of numbers from -1 on: the widths, a byte a column, then the columns."""
    narrowed = [_narrowed(column) for column in columns]
    return bytes(column.itemsize for column in narrowed) + b"".join(column.tobytes() for column in narrowed)


def _narrowed(column: np.ndarray) -> np.ndarray:
    most = column.max(initial=0)
    return column.astype(next(width for width in WIDTHS if most <= np.iinfo(width).max))


def unpack(data: bytes, *, columns: int) -> list[np.ndarray]:
    """Give the columns again; they can only be read."""
    widths, at = data[:columns], columns
    length = (len(data) - columns) // sum(widths)
    found = []
    for width in widths:
        found.append(np.frombuffer(data, dtype=f"i{width}", count=length, offset=at))
        at += width * length
    return found

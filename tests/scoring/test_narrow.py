"""What is packed comes out again, and takes no more room than its largest number needs."""

import numpy as np
import pytest

from scoring import narrow

COLUMNS = [
    np.array([-1, 0, 127], dtype=np.int32),
    np.array([128, -1, 32_767], dtype=np.int32),
    np.array([5, 32_768, 2_147_483_647], dtype=np.int32),
]


def test_what_is_packed_comes_out_again():
    data = narrow.pack(COLUMNS)

    found = narrow.unpack(data, columns=3)

    assert [column.tolist() for column in found] == [column.tolist() for column in COLUMNS]
    assert len(data) == 3 + 3 * (1 + 2 + 4)


@pytest.mark.parametrize("size", [0, 1])
def test_few_rows_are_as_good(size):
    found = narrow.unpack(narrow.pack([column[:size] for column in COLUMNS]), columns=3)

    assert [column.tolist() for column in found] == [column[:size].tolist() for column in COLUMNS]

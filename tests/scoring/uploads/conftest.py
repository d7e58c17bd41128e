"""What tests of uploads share."""

import pytest

from scoring.uploads import files as upload_files
from tests.scoring.uploads.door import files


@pytest.fixture(autouse=True)
def _an_empty_folder():
    yield
    for name in files():
        upload_files.remove(name)

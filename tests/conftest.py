"""What the tests of several rooms share."""

import pytest

from catalog import sync
from tests.readme.lists import REAL_LIST


@pytest.fixture
def real_list(db) -> bytes:
    """The database filled with the real list, whose text this is."""
    data = REAL_LIST.read_bytes()
    report = sync.import_readme(data, who="Kim", source_name="README.md")
    assert report.stopped == ()
    return data

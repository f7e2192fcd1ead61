"""Li sits at the desk; the real list lies on it."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from catalog import sync
from tests.admin.desk import Desk

LIST = Path(__file__).parents[2] / "fixtures" / "awesome-plm.md"


@pytest.fixture
def desk(client, db) -> Desk:
    client.force_login(get_user_model().objects.create_superuser("Li", password="Li"))
    return Desk(client)


@pytest.fixture
def real_list(db) -> bytes:
    """The database filled with the real list, whose text this is."""
    data = LIST.read_bytes()
    sync.import_readme(data, who="Kim", source_name="README.md")
    return data

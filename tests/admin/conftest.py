"""Li sits at the desk; where a test asks for it, the real list lies on it."""

import pytest
from django.contrib.auth import get_user_model

from tests.admin.desk import Desk


@pytest.fixture
def desk(client, db) -> Desk:
    client.force_login(get_user_model().objects.create_superuser("Li", password="Li"))
    return Desk(client)

"""A program at the door."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories


@pytest.fixture
def cast(db) -> SimpleNamespace:
    return factories.small_catalog()


@pytest.fixture
def ask(client):
    """What the API answers to a question; the status is part of it."""

    def answer(address: str, status: int = 200, **question: object) -> Any:
        response = client.get(f"/api/v1/{address}", question)
        assert response.status_code == status, response.content.decode()
        assert response["Content-Type"] == "application/json"
        return response.json()

    return answer


@pytest.fixture
def names(ask):
    """The names, or titles, that the first page of a list holds, in its order."""

    def listed(address: str, **question: object) -> list[str]:
        rows = ask(address, **question)["results"]
        return [row["name"] if "name" in row else row["title"] for row in rows]

    return listed

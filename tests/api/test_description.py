"""The API as a document: for programs in OpenAPI, for people in docs/api.md."""

import json
import re
from pathlib import Path

import pytest
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from catalog.api.description import description

GUIDE = Path(__file__).parent.parent.parent / "docs" / "api.md"


@pytest.fixture(scope="module")
def document():
    return json.loads(description().text)


def test_the_document_is_valid_openapi_and_nothing_was_guessed(capfd):
    description.cache_clear()
    validate_schema(json.loads(description().text))
    # drf-spectacular writes there what it could not find out.
    assert "Warning" not in capfd.readouterr().err


def test_the_document_holds_every_address_of_the_records(document):
    assert set(document["paths"]) == {
        "/api/v1/organisations/",
        "/api/v1/organisations/{slug}/",
        "/api/v1/models/",
        "/api/v1/models/{slug}/",
        "/api/v1/resources/",
        "/api/v1/resources/{id}/",
    }
    assert all(list(path) == ["get"] for path in document["paths"].values())


def test_the_document_is_served_and_not_sent_twice(client):
    response = client.get("/api/v1/schema/")
    assert response["Content-Type"] == "application/vnd.oai.openapi+json"
    assert response.content == description().text
    again = client.get("/api/v1/schema/", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_document_is_made_once(client, monkeypatch):
    client.get("/api/v1/schema/")
    monkeypatch.setattr(SchemaGenerator, "get_schema", None)
    assert client.get("/api/v1/schema/").status_code == 200


def _schema_of(document, answer):
    return document["components"]["schemas"][answer["$ref"].rpartition("/")[2]]


@pytest.mark.parametrize("noun", ["organisations", "models", "resources"])
def test_an_answer_has_the_fields_that_the_document_says(client, real_list, document, noun):
    path = document["paths"][f"/api/v1/{noun}/"]["get"]
    page = _schema_of(document, path["responses"]["200"]["content"]["application/json"]["schema"])
    record = _schema_of(document, page["properties"]["results"]["items"])
    answer = client.get(f"/api/v1/{noun}/").json()
    assert set(answer) == set(page["properties"])
    assert answer["results"]
    for row in answer["results"]:
        assert set(row) == set(record["properties"]) == set(record["required"])


def test_the_examples_of_the_guide_find_something(client, real_list):
    guide = GUIDE.read_text(encoding="utf-8")
    examples = re.findall(r"https://plm\.example\.org(/[^' ]+)", guide)
    assert len(examples) == 7
    for address in examples:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.json().get("results", True), address


def test_the_addresses_of_the_guide_are_there(client, real_list):
    addresses = set(re.findall(r"`(/api/v1/[^`]*)`", GUIDE.read_text(encoding="utf-8")))
    assert len(addresses) == 7
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_guide_names_every_parameter_and_the_sizes_of_a_page(document):
    guide = GUIDE.read_text(encoding="utf-8")
    for path in document["paths"].values():
        for parameter in path["get"].get("parameters", []):
            name = parameter["name"]
            assert f"`{name}`" in guide or parameter["in"] == "path" or name == "page", name
    assert "pages of 50 (`page_size` up to 200)" in guide


def test_every_address_below_v1_is_of_the_api():
    below = [p for p in get_resolver().url_patterns if str(p.pattern).startswith("api/")]
    assert [str(pattern.pattern) for pattern in below] == ["api/v1/"]

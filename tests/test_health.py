"""`/healthz` tells a monitor whether the site can work."""

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_a_well_site_says_ok(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_plain_http_and_a_strange_host_name_are_no_obstacle(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["plm.example.org"]
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200
    assert client.get("/", headers={"host": "10.0.0.7"}).status_code == 400


def test_a_silent_database_is_a_503_with_a_sentence(client, monkeypatch):
    def refuse():
        raise OperationalError("connection to server at 10.0.0.9 failed for user postgres")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content.startswith(b"The database does not answer")
    assert b"10.0.0.9" not in response.content
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_database_without_tables_is_not_well(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO django_migrations_away")
    assert client.get("/healthz").status_code == 503


def test_it_only_reads(client):
    assert client.post("/healthz").status_code == 405

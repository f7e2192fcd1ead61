"""Every writer takes one lock, and takes it first."""

import sqlite3
import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from catalog import changes
from catalog.models import Catalogue, Change, Organisation
from tests.changes.memory import edit
from tests.factories import small_catalog

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return small_catalog()


def is_lock(sql: str) -> bool:
    return sql.startswith(f'UPDATE "{Catalogue._meta.db_table}"')


JOBS = {
    "record": lambda cast, _: edit(lambda r: r.update(cast.byt5, note="a")),
    "undo": lambda _, change_set: changes.undo(change_set, who="Li"),
    "restore": lambda cast, _: changes.restore("model", cast.t5.pk, who="Li"),
}


@pytest.mark.parametrize("job", JOBS)
def test_nothing_that_will_be_written_is_read_before_the_lock_is_taken(job, cast):
    change_set = edit(lambda r: r.delete(cast.t5))
    with CaptureQueriesContext(connection) as captured:
        JOBS[job](cast, change_set)
    statements = [query["sql"] for query in captured]
    lock = next(n for n, sql in enumerate(statements) if is_lock(sql))
    tables = [row_class._meta.db_table for row_class in changes.TABLES.values()]
    assert not any(f'"{table}"' in sql for table in tables for sql in statements[:lock])
    assert any(f'"{table}"' in sql for table in tables for sql in statements[lock:])


@pytest.mark.parametrize("job", ["undo", "restore"])
def test_the_changes_to_put_back_are_read_under_the_lock(job, cast):
    change_set = edit(lambda r: r.delete(cast.t5))
    with CaptureQueriesContext(connection) as captured:
        JOBS[job](cast, change_set)
    statements = [query["sql"] for query in captured]
    lock = next(n for n, sql in enumerate(statements) if is_lock(sql))
    inserted = next(n for n, sql in enumerate(statements) if sql.startswith("INSERT"))
    table = Change._meta.db_table
    assert any(f'FROM "{table}"' in sql for sql in statements[lock:inserted])


def test_the_first_writer_of_all_takes_the_lock_too():
    Catalogue.objects.all().delete()
    edit(lambda r: r.create(Organisation(name="Google", slug="google")))
    assert Catalogue.objects.get().generation == 1


@pytest.mark.django_db(transaction=True)
def test_two_writers_wait_for_each_other(tmp_path, monkeypatch):
    if connection.vendor == "sqlite":
        # Memory cannot be shared as a file is: the threads get a copy of the database in one.
        connection.ensure_connection()
        with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
            connection.connection.backup(copy)
            # As every database of a site since its first connection: two at once cannot change it.
            copy.execute("PRAGMA journal_mode=WAL")
        copy.close()
        monkeypatch.setitem(connections.settings["default"], "NAME", str(tmp_path / "copy.sqlite3"))
    failures: list[BaseException] = []
    counted: list[int] = []

    def write() -> None:
        try:
            for _ in range(10):
                with changes.record(who="Li", origin="command") as recording:
                    number = Organisation.objects.count()
                    recording.create(Organisation(name=f"O{number}", slug=f"o{number}"))
            counted.append(Organisation.objects.count())
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert max(counted) == 20

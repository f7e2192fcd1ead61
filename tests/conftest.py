"""What the tests of several rooms share."""

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper
from django.template import Context, Template
from django.test.signals import template_rendered
from django.utils.safestring import SafeString

from catalog import sync
from tests.readme.lists import REAL_LIST

# Where the shell forbids bytecode, each worker would rewrite every test's asserts anew, and each
# command that a test starts would compile the whole application: a quarter of the suite's time.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-with-database",
        action="store_true",
        help="leave out what has nothing to do with a database, and is the same on each",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("only_with_database"):
        config.hook.pytest_deselected(items=[i for i in items if not _uses_a_database(i)])
        items[:] = filter(_uses_a_database, items)


def _uses_a_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or not {"db", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: let the collector look at what comes, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _only_pages_are_noted(django_test_environment) -> None:
    """For `response.context`: Django would copy the context of each of a form's 200 templates."""

    def render(template: Template, context: Context) -> SafeString:
        is_of_a_form = (template.name or "").startswith("django/forms/")
        if context.template is template and not is_of_a_form:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    # In the place of Django's own, which it takes away again by itself.
    Template._render = render


@pytest.fixture
def shared_database(db, tmp_path, monkeypatch) -> Iterator[None]:
    """A database that really commits, for threads and for children that are killed.

    SQLite's is in a file, for memory cannot be shared as a file is; PostgreSQL's is the test's,
    whose mark says transaction=True there.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = tmp_path / "shared.sqlite3"
    path.write_bytes(connection.connection.serialize())
    alias, in_memory = DEFAULT_DB_ALIAS, connections[DEFAULT_DB_ALIAS]
    monkeypatch.setitem(connections.settings[alias], "NAME", str(path))
    connections[alias] = connections.create_connection(alias)
    yield
    connection.close()
    connections[alias] = in_memory


_rows_of_the_real_list: dict[str, list[tuple]] = {}


@pytest.fixture
def real_list(db) -> bytes:
    """The database filled with the real list, whose text this is.

    It is imported once in each process; after that the same rows are put back.
    """
    data = REAL_LIST.read_bytes()
    row_classes = list(apps.get_app_config("catalog").get_models(include_auto_created=True))
    is_empty = not any(row_class._base_manager.exists() for row_class in row_classes)
    if is_empty and _rows_of_the_real_list:
        with connection.cursor() as cursor:
            for table, rows in _rows_of_the_real_list.items():
                _put(cursor, table, rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), row_classes):
                cursor.execute(statement)
        return data
    report = sync.import_readme(data, who="Kim", source_name="README.md")
    assert report.stopped == ()
    if is_empty:
        with connection.cursor() as cursor:
            for row_class in row_classes:
                table = row_class._meta.db_table
                cursor.execute(f"SELECT * FROM {table} ORDER BY {row_class._meta.pk.column}")
                _rows_of_the_real_list[table] = cursor.fetchall()
    return data


def _put(cursor: CursorWrapper, table: str, rows: list[tuple]) -> None:
    """As they came out of the database: making Django's objects of them takes ten times longer."""
    if rows:
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

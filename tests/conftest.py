"""What the tests of several rooms share."""

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.template import Context, Template
from django.test.signals import template_rendered
from django.utils.safestring import SafeString

from catalog import sync
from tests.beginnings import begun
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
    # Begun last, one of them would be waited for while the other cores have nothing left to do.
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def _uses_a_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or not {"db", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: let the collector look at what comes, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_sessionfinish() -> None:
    """Pytest looks for what died unheard five times over: the first time is enough."""
    gc.collect()
    gc.freeze()


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


@pytest.fixture
def real_list(db) -> bytes:
    """The database filled with the real list, whose text this is."""
    data = REAL_LIST.read_bytes()
    report = begun(
        "real list", lambda: sync.import_readme(data, who="Kim", source_name="README.md")
    )
    assert report.stopped == ()
    return data

"""A backup is whole, readable by its owner alone, and never damages what is there."""

import sqlite3
import subprocess
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from catalog.management.commands import backup

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite's files")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about pg_dump")

# A backup is made by a connection that sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def li():
    return get_user_model().objects.create_user("li")


def back_up(target: Path, *options: str) -> str:
    out = StringIO()
    call_command("backup", str(target), *options, stdout=out)
    return out.getvalue()


def users_in(copy: Path) -> list[str]:
    """The names of the users in a copy, read with the database's own tools."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy)) as database:
            return [name for (name,) in database.execute("SELECT username FROM auth_user")]
    restored = subprocess.run(
        ["pg_restore", "--data-only", "--table=auth_user", "--file=-", copy],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = restored.stdout.partition("FROM stdin;\n")[2].partition("\\.")[0]
    return [row.split("\t")[4] for row in rows.splitlines()]


def test_the_copy_holds_the_rows(li, tmp_path):
    said = back_up(tmp_path / "copy")
    assert users_in(tmp_path / "copy") == ["li"]
    assert said == (
        f"Wrote {tmp_path / 'copy'}: {(tmp_path / 'copy').stat().st_size:,} bytes, checked.\n"
    )


def test_nothing_else_is_left_in_the_folder_and_only_its_owner_may_read_it(li, tmp_path):
    back_up(tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_overwritten(li, tmp_path):
    (tmp_path / "copy").write_text("the last good one")
    with pytest.raises(CommandError, match="is there already: choose another name, or add --force"):
        back_up(tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "the last good one"


def test_force_overwrites_it(li, tmp_path):
    (tmp_path / "copy").write_text("an old one")
    back_up(tmp_path / "copy", "--force")
    assert users_in(tmp_path / "copy") == ["li"]


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_failing_copy_leaves_no_half_file(li, tmp_path, monkeypatch, force):
    def fail(unfinished: Path) -> None:
        unfinished.write_bytes(b"half")
        raise CommandError("the disk is full")

    monkeypatch.setattr(backup, "_copy_sqlite", fail)
    monkeypatch.setattr(backup, "_dump_postgresql", fail)
    with pytest.raises(CommandError, match="the disk is full"):
        back_up(tmp_path / "copy", *force)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_appears_meanwhile_is_kept(li, tmp_path, monkeypatch):
    def meanwhile(unfinished: Path) -> None:
        (tmp_path / "copy").write_text("of somebody else")

    monkeypatch.setattr(backup, "_copy_sqlite", meanwhile)
    monkeypatch.setattr(backup, "_dump_postgresql", meanwhile)
    with pytest.raises(CommandError, match="appeared meanwhile"):
        back_up(tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "of somebody else"


@pytest.mark.parametrize(
    ("name", "sentence"), [(".", "is a folder"), ("no/such/copy", "There is no folder")]
)
def test_a_bad_place_is_refused(tmp_path, name, sentence):
    with pytest.raises(CommandError, match=sentence):
        back_up(tmp_path / name)


@on_sqlite
def test_the_database_itself_is_never_the_target(tmp_path, monkeypatch):
    database = tmp_path / "db.sqlite3"
    database.write_bytes(b"precious")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
    with pytest.raises(CommandError, match="is the database itself"):
        back_up(database, "--force")
    assert database.read_bytes() == b"precious"


@on_sqlite
def test_a_missing_database_is_not_backed_up_as_an_empty_one(tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "typo.sqlite3"))
    monkeypatch.setattr(connection, "is_in_memory_db", lambda: False)
    with pytest.raises(CommandError, match=r"There is no database .*typo\.sqlite3"):
        back_up(tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def database_file(tmp_path, monkeypatch):
    """A database in a file, as a site has it, in the place of the tests' own one in memory."""
    path = tmp_path / "original"
    with closing(sqlite3.connect(path)) as original:
        original.execute("PRAGMA journal_mode=WAL")
        original.execute("CREATE TABLE auth_user (username)")
        original.executemany("INSERT INTO auth_user VALUES (?)", [("li",)] * 1000)
        original.commit()
    site = DatabaseWrapper({**connection.settings_dict, "NAME": path}, "site")
    monkeypatch.setattr(backup, "connection", site)
    yield path
    site.close()


@on_sqlite
def test_what_a_busy_writer_has_not_committed_is_not_in_the_copy(database_file, tmp_path):
    with closing(sqlite3.connect(database_file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO auth_user VALUES ('not committed')")
        back_up(tmp_path / "copy")
    assert users_in(tmp_path / "copy") == ["li"] * 1000


@on_sqlite
def test_the_copy_is_one_file_without_a_write_ahead_log(database_file, tmp_path):
    back_up(tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@on_sqlite
def test_no_copy_is_kept_of_a_damaged_database(database_file, tmp_path):
    with database_file.open("r+b") as file:
        file.seek(2 * 4096)  # the third page holds rows
        file.write(b"\xff" * 4096)
    with pytest.raises(CommandError, match=r"damaged|failed"):
        back_up(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@on_sqlite
def test_no_copy_is_kept_of_an_empty_database(database_file, tmp_path):
    with closing(sqlite3.connect(database_file)) as database:
        database.execute("DROP TABLE auth_user")
        database.commit()
    with pytest.raises(CommandError, match="is empty: is DATABASE_URL right"):
        back_up(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@on_postgresql
def test_a_missing_pg_dump_is_said_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="pg_dump is missing: install PostgreSQL's client"):
        back_up(tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


@on_postgresql
def test_a_failing_pg_dump_is_quoted(tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "no_such_database")
    with pytest.raises(CommandError, match=r'pg_dump failed: .*"no_such_database" does not exist'):
        back_up(tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []

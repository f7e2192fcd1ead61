"""`manage.py backup FILE`: a whole copy of the database, made while the site is in use.

How to restore one is in docs/operate.md.
"""

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper


class Command(BaseCommand):
    help = "Copy the whole database to FILE while the site is in use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where the copy goes")
        parser.add_argument("--force", action="store_true", help="replace FILE if it is there")

    def handle(self, *, file: str, force: bool, **options: Any) -> None:
        target = Path(file)
        _refuse_a_bad_place(target, force=force)
        with _appearing_whole(target, force=force) as unfinished:
            if connection.vendor == "sqlite":
                _copy_sqlite(unfinished)
            else:
                _dump_postgresql(unfinished)
        self.stdout.write(f"Wrote {target}: {target.stat().st_size:,} bytes, checked.")


def _refuse_a_bad_place(target: Path, *, force: bool) -> None:
    if target.is_dir():
        raise CommandError(f"{target} is a folder: write the name of a file in it.")
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}: make it first.")
    if not target.exists():
        return
    database = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and os.path.exists(database) and target.samefile(database):
        raise CommandError(f"{target} is the database itself: choose another name.")
    if not force:
        raise CommandError(f"{target} is there already: choose another name, or add --force.")


@contextmanager
def _appearing_whole(target: Path, *, force: bool) -> Iterator[Path]:
    """A temporary file beside `target` that takes its name at the end, or is gone if that fails.

    Only its owner may read it: it holds the hashes of the passwords.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise CommandError(f"Cannot write to {target.parent}: {error.strerror}.") from None
    unfinished = Path(name)
    try:
        yield unfinished
        os.fsync(handle)
        if force:
            os.replace(unfinished, target)
        else:
            os.link(unfinished, target)  # unlike replace it fails if somebody else was quicker
    except FileExistsError:
        raise CommandError(f"{target} appeared meanwhile: choose another name.") from None
    except OSError as error:
        raise CommandError(f"Cannot write {target}: {error.strerror}.") from None
    finally:
        os.close(handle)
        unfinished.unlink(missing_ok=True)


def _copy_sqlite(unfinished: Path) -> None:
    site = cast(DatabaseWrapper, connection)
    database = site.settings_dict["NAME"]
    if not site.is_in_memory_db() and not os.path.exists(database):
        raise CommandError(f"There is no database {database}: is DATABASE_URL right?")
    site.ensure_connection()
    # Opened as Django opens it, for the constraints call its REGEXP and the check asks them all;
    # but without OPTIONS: a copy needs no write-ahead log of its own.
    copy = DatabaseWrapper({**site.settings_dict, "NAME": unfinished, "OPTIONS": {}}, "copy")
    try:
        copy.ensure_connection()
        site.connection.backup(copy.connection)
        # What was copied has the original's write-ahead log switched on; off again it is one file.
        copy.connection.execute("PRAGMA journal_mode=DELETE")
        [(verdict,)] = copy.connection.execute("PRAGMA integrity_check(1)").fetchall()
        [(tables,)] = copy.connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except sqlite3.Error as error:
        raise CommandError(f"The copy failed: {error}.") from None
    finally:
        copy.close()
    if verdict != "ok":
        raise CommandError(f"The database is damaged, no copy is kept: {verdict}")
    if not tables:
        raise CommandError(f"The database {database} is empty: is DATABASE_URL right?")


def _dump_postgresql(unfinished: Path) -> None:
    # psql takes its user, host, port and name as pg_dump does; the password is in the environment,
    # where other users of the machine do not see it.
    settings = connection.settings_dict
    (_, *address), secrets = connection.client.settings_to_cmd_args_env(settings, [])
    environment = {**os.environ, **(secrets or {})}
    _run(["pg_dump", "--format=custom", f"--file={unfinished}", *address], environment)
    _run(["pg_restore", "--list", str(unfinished)], environment)


def _run(command: list[str], environment: dict[str, str]) -> None:
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise CommandError(
            f"{command[0]} is missing: install PostgreSQL's client programs "
            "(on Debian and Ubuntu: apt install postgresql-client)."
        ) from None
    except subprocess.CalledProcessError as failure:
        raise CommandError(f"{command[0]} failed: {failure.stderr.strip()}") from None

"""The commands as an operator runs them: a process, a database file, an exit status."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.readme.lists import ROOT


@pytest.fixture
def database(db, tmp_path) -> Callable[[], Path]:
    """Puts the test's database into a file, with all that it holds by then, for processes."""
    if connection.vendor != "sqlite":
        pytest.skip("the processes have a file of SQLite, whatever the tests have")

    def in_a_file() -> Path:
        path = tmp_path / "db.sqlite3"
        # Not .backup(), which would wait for the end of the test's transaction.
        path.write_bytes(connection.connection.serialize())
        return path

    return in_a_file


def environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "DEBUG": "1",
        "LIST": "",
        "DJANGO_SETTINGS_MODULE": "plmsite.settings",
    }


def manage(
    database: Path, *words: str | Path, **options: object
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *words],
        env=environment(database),
        capture_output=True,
        check=False,
        **options,
    )

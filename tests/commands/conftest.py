"""The commands as an operator runs them: a process, a database file, an exit status."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.readme.lists import ROOT

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """A database with tables and without rows; copied, because migrating takes long."""
    database = tmp_path_factory.mktemp("migrated") / "db.sqlite3"
    done = _manage(database, "migrate", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    return database


@pytest.fixture
def manage(migrated, tmp_path) -> Run:
    """`manage.py` with a database of this test's own."""
    database = tmp_path / "db.sqlite3"
    shutil.copy(migrated, database)
    return lambda *words, **options: _manage(database, *words, **options)


def environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "DEBUG": "1",
        "LIST": "",
        "DJANGO_SETTINGS_MODULE": "plmsite.settings",
    }


def _manage(
    database: Path, *words: str | Path, **options: object
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *words],
        env=environment(database),
        capture_output=True,
        check=False,
        **options,
    )

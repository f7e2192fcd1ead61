"""The commands as an operator runs them: a process, a database file, an exit status."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.management import execute_from_command_line
from django.db import connection

from tests.sync.killing import child_doing, exit_status_of


class Done(NamedTuple):
    status: int
    out: bytes
    errors: bytes


@pytest.fixture
def manage(shared_database, tmp_path) -> Callable[..., Done]:
    """`manage.py` with these words, in a process that is a copy of this one: see child_doing."""
    streams = [tmp_path / name for name in ("stdin", "stdout", "stderr")]

    def run(*words: Any, given: bytes = b"", database: Path | None = None) -> Done:
        for stream in streams:
            stream.write_bytes(given if stream.name == "stdin" else b"")

        def commanded() -> None:
            for number, stream in enumerate(streams):
                os.dup2(os.open(stream, os.O_RDWR), number)
            sys.stdin, sys.stdout, sys.stderr = map(os.fdopen, range(3), "rww")
            if database is not None:
                connection.settings_dict["NAME"] = str(database)
            status: Any = 0
            try:
                execute_from_command_line(["manage.py", *map(str, words)])
            except SystemExit as end:
                status = end.code
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

        status = exit_status_of(child_doing(commanded))
        _, out, errors = (stream.read_bytes() for stream in streams)
        return Done(status, out, errors)

    return run

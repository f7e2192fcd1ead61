"""A file is replaced in one step; texts are compared line by line."""

from __future__ import annotations

import difflib
import errno
import glob
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

_SECONDS_OF_A_WRITER: Final = 3600


def replace_file(path: Path, data: bytes) -> bool:
    """Write the file whole or not at all, and only if it differs; whether it did.

    Whoever reads the path sees the old bytes or the new ones, also after a crash. A link stays
    one: its target is written. The file keeps its permissions and, if we may, its owner. Raises
    OSError, also for what is there and is no file.
    """
    path = path.resolve()
    old = path.stat() if path.exists() else None
    if old is not None and not stat.S_ISREG(old.st_mode):
        # The system would not mind: root could put a file in the place of a device.
        raise FileExistsError(errno.EEXIST, "It is no file, and is not replaced by one", str(path))
    if old is not None and path.read_bytes() == data:
        return False
    _clear_away_after(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if old is not None:
            with suppress(OSError):
                os.chown(name, old.st_uid, old.st_gid)
        os.chmod(name, 0o666 & ~_umask() if old is None else stat.S_IMODE(old.st_mode))
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return True


def _clear_away_after(path: Path) -> None:
    """What writers left that were killed; nobody takes so long for a file."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.new"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - _SECONDS_OF_A_WRITER:
                left.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Or a crash could forget the new name. Not every system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def diff(old: bytes, new: bytes, name: str = "README.md") -> Iterator[str]:
    """A unified diff without context and dates; lines end at `\\n` only."""
    return difflib.unified_diff(
        old.decode("utf-8", "replace").split("\n"),
        new.decode("utf-8", "replace").split("\n"),
        f"a/{name}",
        f"b/{name}",
        lineterm="",
        n=0,
    )


def changed_lines(old: bytes, new: bytes) -> int:
    """How many lines an edit changes: those it adds or those it removes, whichever are more."""
    added = removed = 0
    for line in islice(diff(old, new), 2, None):  # behind the names
        added += line.startswith("+")
        removed += line.startswith("-")
    return max(added, removed)


def unknown_lines(known: bytes, text: bytes) -> list[tuple[int, str]]:
    """The lines of a text, by their numbers, that the known text does not have."""
    have = set(known.split(b"\n"))
    return [
        (number, line.decode("utf-8", "replace"))
        for number, line in enumerate(text.split(b"\n"), 1)
        if line.strip() and line not in have
    ]

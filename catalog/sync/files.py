"""A file is replaced in one step; texts are compared line by line."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write the file whole or not at all, and only if it differs; a link's target is written.

    Whoever reads the path sees the old bytes or the new ones, also after a crash.
    """
    path = path.resolve()
    if path.exists() and path.read_bytes() == data:
        return
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


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
    for line in diff(old, new):
        added += line.startswith("+") and not line.startswith("+++ b/")
        removed += line.startswith("-") and not line.startswith("--- a/")
    return max(added, removed)


def unknown_lines(known: bytes, text: bytes) -> list[tuple[int, str]]:
    """The lines of a text, by their numbers, that the known text does not have."""
    have = set(known.split(b"\n"))
    return [
        (number, line.decode("utf-8", "replace"))
        for number, line in enumerate(text.split(b"\n"), 1)
        if line.strip() and line not in have
    ]

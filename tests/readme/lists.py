"""The lists that the laws are tried on: ours, those that others wrote, and those of PLM_LISTS.

PLM_LISTS names further folders, as PATH does; every `*.md` below them takes part.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from catalog.readme import ListDocument, ListRefused, decode, parse

ROOT = Path(__file__).parent.parent.parent
REAL_LIST = ROOT / "fixtures" / "awesome-plm.md"
LISTS = ROOT / "tests" / "lists"
NEWEST = LISTS / "DEROOCE__Awesome-Pretrained-Language-Model__README.md"


def version(commit: str) -> ListDocument:
    """The real list as it was at this commit."""
    return read(LISTS / "history" / f"DEROOCE__README@{commit}.md")


@cache
def read(path: Path) -> ListDocument:
    """Read once in each process: a document is immutable."""
    return parse(decode(path.read_bytes()))


def paths() -> Iterator[Path]:
    yield REAL_LIST
    for path in sorted(LISTS.rglob("*.md")):
        if path.name != "NOTICE.md":
            yield path
    for folder in os.environ.get("PLM_LISTS", "").split(os.pathsep):
        if folder:
            yield from sorted(path for path in Path(folder).rglob("*.md") if path.is_file())


def documents() -> Iterator[tuple[Path, ListDocument]]:
    """Every list that is not refused; a refusal is the only way out of the laws."""
    for path in paths():
        try:
            yield path, read(path)
        except ListRefused:
            continue

"""Images that stand for a repository, such as its stars: a newcomer gets its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from catalog.readme.meaning import Link, Thing

_REPOSITORY: Final = re.compile(rb"github\.com/([\w.-]+/[\w.-]+)")


def repository(text: bytes) -> bytes:
    """`owner/name` in an address at GitHub; nothing if there is none."""
    found = _REPOSITORY.search(text)
    return found[1].removesuffix(b".git") if found is not None else b""


def repository_of(things: Iterable[Thing]) -> bytes:
    """The repository of the first link that leads to one."""
    links = (thing for thing in things if isinstance(thing, Link))
    return next(filter(None, (repository(link.url.encode()) for link in links)), b"")


def for_another(text: bytes, here: bytes, there: bytes) -> bytes:
    """Text that shows a repository, such as its stars, for another one."""
    return text.replace(here, there) if here and there else text

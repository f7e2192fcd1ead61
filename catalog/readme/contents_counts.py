"""What the numbers behind the lines of the contents count: entries or links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from catalog.readme.document import ContentsLine, ListDocument
from catalog.readme.meaning import Address, Branch, Entry, Link, walk


def _entries(branch: Branch) -> int:
    return sum(isinstance(child, Entry) for child in branch.children)


def _all_entries(branch: Branch) -> int:
    return sum(isinstance(thing, Entry) for _, thing in walk(branch.children))


def _lowest_entries(branch: Branch) -> int:
    below = (thing for _, thing in walk(branch.children) if isinstance(thing, Entry))
    return sum(not any(isinstance(child, Entry) for child in thing.children) for thing in below)


def _links(branch: Branch) -> int:
    return sum(isinstance(thing, Link) for _, thing in walk(branch.children))


_MEASURES: Final = (_entries, _all_entries, _lowest_entries, _links)


def measure_of(
    document: ListDocument, lines: Sequence[ContentsLine], line_of: Mapping[Address, int]
) -> Callable[[Branch], int] | None:
    """What most of the numbers count; None if no measure is that of most."""
    counted: list[tuple[Branch, int]] = []
    for address, number in line_of.items():
        count, thing = lines[number].number, document.thing(address)
        if count is not None and not isinstance(thing, Link):
            counted.append((thing, int(document.raw[slice(*count)])))
    for measure in _MEASURES:
        if sum(measure(thing) == number for thing, number in counted) * 2 > len(counted):
            return measure
    return None

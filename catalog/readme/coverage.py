"""Who owns the links of a list: records, contents, prose, or nobody."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from catalog.readme.blocks import Inline
from catalog.readme.meaning import Branch, Link, Section
from catalog.readme.places import BranchPlace, Span


class Coverage(NamedTuple):
    """How many links each owner holds; together they are all links of the text."""

    in_records: int
    in_contents: int
    in_prose: int
    in_kept: int

    @property
    def total(self) -> int:
        return sum(self)


def count_links(
    sections: Iterable[Section], texts: Iterable[Span], found: Iterable[Inline]
) -> Coverage:
    """The links of each owner: those of records in the tree, those of prose by place.

    What leads to another place of the page counts as contents, wherever it stands.
    """
    prose = list(texts)
    in_records = 0
    said: list[Span] = []
    waiting: list[Branch] = list(sections)
    while waiting:
        branch = waiting.pop()
        if branch.place is not None and branch.place.note_lines is not None:
            prose.append(branch.place.note_lines)
        if branch.place is not None:
            said += _texts_within(branch.place)
        for child in branch.children:
            if isinstance(child, Link):
                in_records += 1
            else:
                waiting.append(child)
    links = [inline for inline in found if inline.kind != "image"]
    starts = [link.start for link in links if not link.url.startswith("#")]
    in_prose = _number_within(starts, prose)
    in_records += _number_within(starts, said)
    in_kept = len(starts) - in_records - in_prose
    return Coverage(in_records, len(links) - len(starts), in_prose, in_kept)


def _texts_within(place: BranchPlace) -> Iterator[Span]:
    """The notes and facts in the line of an entry."""
    parts = place.parts if place.row is None else chain.from_iterable(place.row.parts)
    for part in parts:
        if part.link < 0 and part.key != "other":
            yield Span(part.start, part.end)


def _number_within(starts: list[int], spans: Iterable[Span]) -> int:
    return sum(bisect_left(starts, end) - bisect_left(starts, start) for start, end in spans)

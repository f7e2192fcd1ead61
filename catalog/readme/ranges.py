"""A text is changed by replacing ranges of its bytes; what no range covers is copied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Replacement(NamedTuple):
    """New bytes for a range; an empty range is a place to insert them."""

    start: int
    end: int
    new: bytes


def replaced(
    raw: bytes, replacements: Iterable[Replacement], start: int = 0, end: int | None = None
) -> bytes:
    """The bytes from `start` to `end` after the replacements.

    What is inserted at one place stands in the order in which it is given, before what begins
    there. Where ranges overlap the outer one holds: it was written with the inner one in mind.
    What is taken away may begin in another range and end behind it: a paragraph and a table that
    both go both take the blank lines between them along.
    """
    stop = len(raw) if end is None else end
    pieces: list[bytes] = []
    at = start
    for begin, finish, new in in_order(replacements):
        if begin >= at:
            pieces += (raw[at:begin], new)
            at = finish
        elif not new:
            at = max(at, finish)
    pieces.append(raw[at:stop])
    return b"".join(pieces)


def in_order(replacements: Iterable[Replacement]) -> list[Replacement]:
    """From the begin of the text to its end: insertions first, and outer ranges before inner."""
    return sorted(replacements, key=lambda one: (one.start, one.end > one.start, -one.end))

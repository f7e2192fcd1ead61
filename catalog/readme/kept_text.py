"""Kept text beside what is written anew: it belongs to the file, and goes with its thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from catalog.readme.document import ListDocument
from catalog.readme.meaning import Branch, Entry
from catalog.readme.places import BranchPlace, Span
from catalog.readme.repositories import repository_of
from catalog.readme.slots import place_of

_BLANK_LINES: Final = re.compile(rb"(?:[ \t]*\r?\n)+")


class Kept(NamedTuple):
    """The kept text of a thing: runs of whole lines, without blank ones around each."""

    lead: tuple[bytes, ...] = ()
    """What stands before its first child,"""
    rest: tuple[bytes, ...] = ()
    """and what stands behind that."""


def kept_of(document: ListDocument, thing: Branch) -> Kept:
    """The kept text within the lines of a thing, but not within those of its children.

    The titles of its tables are left out: rows that are written anew get titles of their own.
    """
    lines = place_of(thing).lines
    inner = sorted(_spans_of_children(thing))
    first = inner[0].start if inner else lines.end
    lead: list[bytes] = []
    rest: list[bytes] = []
    for start, end in _outside(_kept_within(document, lines), inner):
        text = _trimmed(document.raw[start:end])
        (lead if start < first else rest).append(text)
    return Kept(tuple(filter(None, lead)), tuple(filter(None, rest)))


def pictures_of(raw: bytes, thing: Branch, wanted: Branch) -> Iterator[bytes]:
    """The pictures in the line of a thing, which no record holds and which shall stay there.

    Those of a repository that it had, such as its stars, go with that.
    """
    here = repository_of(thing.children)
    gone = b"" if here == repository_of(wanted.children) else here
    for part in thing.place.parts if thing.place is not None else ():
        picture = raw[part.start : part.end]
        is_picture = part.key == "other" and picture.startswith((b"![", b"[!["))
        if is_picture and (not gone or gone not in picture):
            yield picture


def _spans_of_children(thing: Branch) -> Iterator[Span]:
    for child in thing.children:
        place = place_of(child)
        yield place.lines
        if isinstance(child, Entry) and isinstance(place, BranchPlace) and place.row is not None:
            yield Span(place.row.table.start, place.row.table.rows_start)


def _kept_within(document: ListDocument, lines: Span) -> Iterator[Span]:
    kept = document.kept
    number = bisect_left(kept, lines.start, key=lambda piece: piece.end)
    while number < len(kept) and kept[number].start < lines.end:
        yield Span(max(kept[number].start, lines.start), min(kept[number].end, lines.end))
        number += 1


def _outside(spans: Iterator[Span], inner: list[Span]) -> Iterator[Span]:
    """What of these spans is in none of the inner ones, both in order."""
    number = 0
    for start, end in spans:
        while number < len(inner) and inner[number].end <= start:
            number += 1
        at = start
        for hole in inner[number:]:
            if hole.start >= end:
                break
            if hole.start > at:
                yield Span(at, hole.start)
            at = max(at, hole.end)
        if at < end:
            yield Span(at, end)


def _trimmed(text: bytes) -> bytes:
    blanks = _BLANK_LINES.match(text)
    return text[blanks.end() if blanks is not None else 0 :].rstrip()

"""A list file, understood: what it says, and who owns each of its bytes."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from catalog.readme.anchors import Anchors
from catalog.readme.blocks import Inline
from catalog.readme.coverage import Coverage, count_links
from catalog.readme.html_headings import ids_within
from catalog.readme.meaning import (
    Address,
    Link,
    Meaning,
    Section,
    Thing,
    walk,
    without_places,
)
from catalog.readme.places import BranchPlace, Span
from catalog.readme.reading import TooLong
from catalog.readme.source import BYTE_ORDER_MARK_SIZE, unmarked

__all__ = ["ContentsLine", "Coverage", "Heading", "ListDocument", "Piece"]

_UNSAFE: Final = ("javascript:", "vbscript:", "data:")


class Piece(NamedTuple):
    """A run of whole lines with one owner: "record", "contents", "prose" or "kept"."""

    owner: str
    start: int
    end: int


class ContentsLine(NamedTuple):
    """A line of the table of contents that links to a heading."""

    lines: Span
    """With the lines below it, if it has some."""
    text: Span
    target: Span
    """The address as it is written, `#google`."""
    anchor: str
    own_end: int
    """Where it ends itself, without those below it."""
    separator: bytes = b""
    """What stands before such a link, if the links of the contents share lines or are HTML."""
    number: Span | None = None
    """That behind it, which counts what its heading holds."""
    is_html: bool = False

    def moved(self, by: int) -> ContentsLine:
        """The same line further down."""

        def span(was: Span) -> Span:
            return Span(was.start + by, was.end + by)

        return self._replace(
            lines=span(self.lines),
            text=span(self.text),
            target=span(self.target),
            own_end=self.own_end + by,
            number=None if self.number is None else span(self.number),
        )


class Heading(NamedTuple):
    """Any heading of the text."""

    start: int
    text: Span


@dataclass(frozen=True)
class ListDocument:
    """A list file, understood: immutable, and every part of it knows its bytes."""

    raw: bytes
    title: str
    introduction: str
    sections: tuple[Section, ...]
    texts: Mapping[str, Span]
    """The ranges of "title" and "introduction", if the file has them."""
    prose: Mapping[str, Span]
    """The lines of both."""
    contents: tuple[ContentsLine, ...]
    headings: tuple[Heading, ...]
    section_level: int
    """Of the headings that are organisations: 2 for `##`."""
    organisations: frozenset[str]
    """The names of those that were known before it was read."""
    badges: Mapping[str, str]
    """The image with which this list states a kind."""
    inlines: tuple[Inline, ...]
    """All links and images of the text."""
    is_list: bool
    """Whether there is a list item, a table row or a linked heading in it."""
    too_long: tuple[TooLong, ...]
    """What is kept text only because no record has room for it."""

    @property
    def text(self) -> str:
        return self.raw.decode()

    @cached_property
    def meaning(self) -> Meaning:
        return Meaning(self.title, self.introduction, without_places(self.sections))

    def says(self, meaning: Meaning) -> bool:
        """Whether this is what it says; quicker than to compare its own meaning with it."""
        return Meaning(self.title, self.introduction, self.sections) == meaning

    @cached_property
    def things(self) -> Sequence[tuple[Address, Thing]]:
        """All that it says with the addresses, in the order of the list."""
        return tuple(walk(self.sections))

    @cached_property
    def coverage(self) -> Coverage:
        return count_links(self.sections, self.prose.values(), self.inlines)

    @cached_property
    def unsafe(self) -> tuple[tuple[int, str], ...]:
        """Line and address of each link that runs a program instead of leading somewhere."""
        found: list[tuple[int, str]] = []
        line, at = 1, 0
        for inline in self.inlines:
            if inline.kind != "image" and inline.url.lstrip().lower().startswith(_UNSAFE):
                line += self.raw.count(b"\n", at, inline.start)
                at = inline.start
                found.append((line, inline.url))
        return tuple(found)

    @cached_property
    def anchors(self) -> dict[str, int]:
        """Where each anchor of the page leads: the first byte of its heading.

        Those that the file gives itself (`<h2 id="models">`) stand behind those of the texts.
        """
        anchors = Anchors()
        found = {
            anchors.next(unmarked(self.raw[text.start : text.end].decode())): start
            for start, text in self.headings
        }
        for start, text in self.headings:
            for one in ids_within(self.raw[start : text.end].decode()):
                found.setdefault(one, start)
        return found

    def heading_at(self, anchor: str) -> int:
        """Where the heading begins that an anchor means, in whichever case; -1 for none."""
        start = self.anchors.get(anchor, -1)
        return start if start >= 0 else self._anchors_in_small_letters.get(anchor.lower(), -1)

    @cached_property
    def _anchors_in_small_letters(self) -> dict[str, int]:
        return {anchor.lower(): start for anchor, start in reversed(self.anchors.items())}

    @cached_property
    def partition(self) -> tuple[Piece, ...]:
        """Every byte of the text with its one owner, in order, in whole lines."""
        owned = [("prose", lines) for lines in self.prose.values()]
        owned += [("contents", line.lines) for line in self.contents]
        for _, thing in self.things:
            owned += _owned(thing, self.raw)
        owned.sort(key=lambda one: one[1])
        pieces: list[Piece] = []
        at = 0
        if owned and owned[0][1].start <= BYTE_ORDER_MARK_SIZE and self.raw.startswith(BOM_UTF8):
            owned[0] = (owned[0][0], Span(0, owned[0][1].end))
        for owner, lines in [*owned, ("kept", Span(len(self.raw), len(self.raw)))]:
            if lines.start > at:
                pieces.append(Piece("kept", at, lines.start))
            start = max(lines.start, at)
            if lines.end > start:
                if pieces and pieces[-1].owner == owner:
                    start = pieces.pop().start
                pieces.append(Piece(owner, start, lines.end))
            at = max(at, lines.end)
        return tuple(pieces)

    @cached_property
    def kept(self) -> tuple[Span, ...]:
        """The lines that no record holds, but for those that are blank throughout."""
        return tuple(
            Span(start, end)
            for owner, start, end in self.partition
            if owner == "kept" and self.raw[start:end].strip()
        )

    def thing(self, address: Address) -> Thing:
        """What stands at an address of the meaning, with its place."""
        thing: Thing = self.sections[address[0]]
        for index in address[1:]:
            assert not isinstance(thing, Link)
            thing = thing.children[index]
        return thing

    def kept_within(self, lines: Span) -> Span | None:
        """The first text within these lines that no record holds; None if there is none."""
        for piece in self.kept:
            start, end = max(piece.start, lines.start), min(piece.end, lines.end)
            if self.raw[start:end].strip():
                return Span(start, end)
        return None

    def line(self, offset: int) -> int:
        """The number, from 1, of the line that holds this byte."""
        return bisect_left(self._line_ends, offset) + 1

    @cached_property
    def _line_ends(self) -> array[int]:
        """Found once: whoever asks for one line mostly asks for as many as there are entries."""
        return array("L", (match.start() for match in re.finditer(b"\n", self.raw)))


def _owned(thing: Thing, raw: bytes) -> Iterator[tuple[str, Span]]:
    """The lines that a thing owns itself."""
    place = thing.place
    assert place is not None
    if isinstance(place, BranchPlace):
        yield "record", place.head
        for part in place.parts if place.form == "heading" else ():
            yield "record", part.lines(raw)
        if place.note_lines is not None:
            yield "prose", place.note_lines
    else:
        yield "record", place.lines

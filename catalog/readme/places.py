"""Where things stand in the source: positions of UTF-8 bytes.

Places hold plain numbers, because a long list has a hundred thousand of them; ranges are made
when somebody asks. Lines are whole lines with their line ends.
"""

from __future__ import annotations

from typing import NamedTuple

from catalog.readme.source import Inline


class Span(NamedTuple):
    """A range of bytes."""

    start: int
    end: int


class BranchPlace(NamedTuple):
    """Where an organisation or an entry stands."""

    form: str
    """How it is written: "heading" or "item"."""
    start: int
    """The begin of its first line,"""
    marker: int
    """of the marker in it, `## ` or `* `,"""
    text: int
    """and of what stands behind that."""
    name_start: int
    name_end: int
    head_end: int
    """The end of the lines that name it,"""
    end: int
    """and of all its lines: with what is below it, and with its note wherever that stands."""
    note: Span | None = None
    """The text of its note."""
    note_lines: Span | None = None

    @property
    def lines(self) -> Span:
        return Span(self.start, self.end)

    @property
    def head(self) -> Span:
        return Span(self.start, self.head_end)

    @property
    def name(self) -> Span:
        return Span(self.name_start, self.name_end)


class LinkPlace(NamedTuple):
    """Where a link stands."""

    form: str
    """How it is written: "item", "head" (in the line of its owner) or "paragraph"."""
    start: int
    """The begin of its first line, which it may share with other links,"""
    marker: int
    """of the marker in it,"""
    text: int
    """and of what stands behind that."""
    end: int
    """The end of its last line."""
    stated_start: int
    stated_end: int
    """All that states it, from its label to its remark."""
    link: Inline
    badge: Inline | None
    label_end: int
    """Its label begins where it is stated; -1 if it has none."""
    remark: Span | None

    @property
    def lines(self) -> Span:
        return Span(self.start, self.end)

    @property
    def stated(self) -> Span:
        return Span(self.stated_start, self.stated_end)


Place = BranchPlace | LinkPlace

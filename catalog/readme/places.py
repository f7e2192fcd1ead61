"""Where things stand in the source: positions of UTF-8 bytes.

Places hold plain numbers, because a long list has a hundred thousand of them; ranges are made
when somebody asks. Lines are whole lines with their line ends.
"""

from __future__ import annotations

from typing import NamedTuple

from catalog.readme.blocks import Inline


class Span(NamedTuple):
    """A range of bytes."""

    start: int
    end: int


Range = tuple[int, int]
"""The same without its names, which double the cost: for what is read and forgotten."""


class Part(NamedTuple):
    """A slot in the line of an entry: what stands there, and its bytes."""

    key: str
    """What it holds: "name", "note", "link", "tail" (a link behind the note), a fact, or "other"
    for what no record holds and what stays, such as an image."""
    outer_start: int
    """Where its own marks begin, `**` or `[`,"""
    start: int
    """and the value inside them."""
    end: int
    outer_end: int
    link: int = -1
    """The index of the link among the children of the entry; -1 for text."""

    def outer(self, raw: bytes) -> tuple[bytes, bytes]:
        """Its marks: what stands before the value and behind it."""
        return raw[self.outer_start : self.start], raw[self.end : self.outer_end]

    def lines(self, raw: bytes) -> Span:
        """The lines that it stands on."""
        end = raw.find(b"\n", self.outer_end) + 1 or len(raw)
        return Span(raw.rfind(b"\n", 0, self.outer_start) + 1, end)


class Column(NamedTuple):
    """A column of a table: its title, and what stands below it."""

    title: str
    role: str
    """"name", "note", "fact" or "links"."""
    fact: str
    """The fact that its words state, and the label of its links if their kind does not say it."""
    kind: str
    """The kind of its links; empty if their addresses tell."""
    label: str
    start: int
    """The bytes of its title between the pipes, with the padding."""
    end: int
    rule_start: int
    """The same for `:---` below it."""
    rule_end: int

    @property
    def context(self) -> str:
        """What says the kind of the links in it: their titles, or else its own."""
        return f"title {self.kind}".rstrip() if not self.label else ""


class Table(NamedTuple):
    """A table of entries, shared by the places of its rows."""

    start: int
    rows_start: int
    """Behind the lines of its titles."""
    end: int
    columns: tuple[Column, ...]
    name: int
    """The number of the column with the names."""

    def is_like(self, other: Table) -> bool:
        """Whether it has the same titles."""
        return [one.title for one in self.columns] == [one.title for one in other.columns]


class RowPlace(NamedTuple):
    """The cells of a row."""

    table: Table
    cells: tuple[Range, ...]
    """Between the pipes, with the padding."""
    parts: tuple[tuple[Part, ...], ...]
    """What stands in each cell."""


class BranchPlace(NamedTuple):
    """Where an organisation or an entry stands."""

    form: str
    """How it is written: "heading", "item", "row" (of a table) or "paragraph"."""
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
    """The text of its note, if that has lines of its own."""
    note_lines: Span | None = None
    parts: tuple[Part, ...] = ()
    """The slots of a paragraph or of an item's line, if more stands in it than a name and links;
    of a heading the facts below it."""
    row: RowPlace | None = None

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
    """All that states it, from its label or its bracket to its remark."""
    link: Inline
    badge: Inline | None
    label_end: int
    """Its label begins where it is stated; -1 if it has none."""
    remark: Span | None
    context: str = ""
    """What says its kind where no badge does: "title" for the words of its title, a kind for the
    column or the label that it stands below, "title dataset" for its title or else that kind;
    empty for its address."""

    @property
    def lines(self) -> Span:
        return Span(self.start, self.end)

    @property
    def stated(self) -> Span:
        return Span(self.stated_start, self.stated_end)


Place = BranchPlace | LinkPlace

"""Entries that are paragraphs below a heading, each said as one line of an item says it.

    **Title** \\
    *Authors* \\
    Venue. [[Paper](url)] \\
    3 Aug 2023

    [name](url) (MIT) is a library that does something.

A title with authors, venue, date or links in brackets is an entry wherever it stands. A link with a
sentence behind it may as well be prose: it is an entry among others of its kind only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from catalog import titles
from catalog.readme.blocks import Block, Inline
from catalog.readme.dialects import nested
from catalog.readme.dialects.authors import fact_of
from catalog.readme.dialects.line import read_line
from catalog.readme.dialects.prose import is_marked_as_name
from catalog.readme.dialects.runs import Context
from catalog.readme.dialects.said import Said
from catalog.readme.meaning import Entry
from catalog.readme.places import BranchPlace, Part
from catalog.readme.reading import Reading
from catalog.readme.source import plain_text

_BOLD: Final = (b"**", b"__")
_OF_PAPERS: Final = frozenset({"authors", "venue", "released"})
_COLONS: Final = (":", "：")
_SEPARATORS: Final = frozenset(":：-–—,，")
# A single sentence behind a link is an entry only in a list where so many headings hold more.
_FEWEST_HEADINGS: Final = 2


class Paragraphs(NamedTuple):
    """What the paragraphs below the headings of a text are, by the numbers of their blocks."""

    entries: dict[int, Entry]
    unread: set[int]
    """Those among entries that begin as one but cannot be read: neither entries nor notes."""


class _Found(NamedTuple):
    """What a paragraph says, if it is an entry."""

    number: int
    """That of its block."""
    said: Said
    is_sure: bool
    """Whether it is one wherever it stands."""


class _Group(NamedTuple):
    """The paragraphs below one heading."""

    found: list[_Found]
    unread: list[int]
    """What begins as an entry but is none."""
    prose: list[int]
    """What does not, and shows words or nothing but pictures."""

    def is_common(self, reading: Reading, blocks: Sequence[Block]) -> bool:
        """Whether most of it is entries."""
        others = len(self.unread) + sum(
            plain_text(reading.text(blocks[number].first, blocks[number].last)) != ""
            for number in self.prose
        )
        return len(self.found) > others


def read_paragraphs(reading: Reading, blocks: Sequence[Block]) -> Paragraphs:
    """The entries among these blocks that are paragraphs."""
    groups = [group for group in _groups(reading, blocks) if group.found]
    common = [group.is_common(reading, blocks) for group in groups]
    number = sum(
        is_common and len(group.found) > 1 for group, is_common in zip(groups, common, strict=True)
    )
    read = Paragraphs({}, set())
    for group, is_common in zip(groups, common, strict=True):
        is_one = is_common and (len(group.found) > 1 or number >= _FEWEST_HEADINGS)
        entries = [one for one in group.found if is_one or one.is_sure]
        read.entries.update(
            (one.number, _entry(reading, blocks[one.number], one.said)) for one in entries
        )
        if entries:
            read.unread.update(group.unread)
    return read


def _groups(reading: Reading, blocks: Sequence[Block]) -> Iterator[_Group]:
    """What the paragraphs below each heading say; below one that is a link, they are about that."""
    group = _Group([], [], [])
    is_below = False
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            if any(group):
                yield group
                group = _Group([], [], [])
            is_below = not block.inlines or not any(
                _leads_away(reading, one) for one in block.inlines
            )
        elif is_below and block.kind == "paragraph" and block.first >= 0:
            begins = _begins_as_entry(reading, block)
            one = _read(reading, block, number) if begins else None
            if one is not None:
                group.found.append(one)
            elif begins:
                group.unread.append(number)
            else:
                group.prose.append(number)
    yield group


def _leads_away(reading: Reading, inline: Inline) -> bool:
    return not inline.url.startswith("#") and not reading.is_picture(inline)


def _begins_as_entry(reading: Reading, block: Block) -> bool:
    """Whether words in bold or a link stand at its begin, and it is not only links."""
    first = block.first
    if not block.inlines or reading.start_of_own_line(block.start) < 0:
        return False
    if block.inlines[0].start != first:
        return reading.raw[first : first + 2] in _BOLD
    return not nested.read_paragraph(reading, block)


def _read(reading: Reading, block: Block, number: int) -> _Found | None:
    if is_marked_as_name(reading.text(block.first, block.last)):
        return None
    said = read_line(reading, block, _line(reading, block))
    if said is None or not said.links or not _is_name(reading, said):
        return None
    links = [part for part in said.parts if part.link >= 0 and part.key != "name"]
    if not all(_is_kind(reading, part) for part in links):
        return None
    if said.note:
        return _Found(number, said, False) if _is_described(reading, said) else None
    is_sure = _is_paper(said)
    return _Found(number, said, is_sure) if is_sure or (links and not said.facts) else None


def _line(reading: Reading, block: Block) -> Context:
    start, end = reading.start_of_own_line(block.start), reading.end_of_line(block.last)
    return start, block.first, block.first, end, "", ""


def _is_name(reading: Reading, said: Said) -> bool:
    """Whether the words in bold, or the link, name something: no label, no date of news."""
    part = said.parts[0]
    if part.key != "name":
        return False
    within = reading.text(part.end, part.outer_end)
    behind = reading.raw[part.outer_end : part.outer_end + 4].decode("utf-8", "ignore")
    name = plain_text(said.name).strip("[]() ")
    meant = titles.meant_by(name)
    return (
        not (part.link < 0 and (within + behind).lstrip("*_ ").startswith(_COLONS))
        and fact_of(name) != "released"
        and (meant is None or meant.role == titles.NAME)
        and titles.kind_of_title(name) is None
    )


def _is_paper(said: Said) -> bool:
    """Whether it says, without doubt, who wrote it, or where or when it was published."""
    facts = dict(said.facts)
    if any(key in facts and not _is_stated(facts[key]) for key in ("authors", "venue")):
        return False
    return bool(_OF_PAPERS & facts.keys())


def _is_described(reading: Reading, said: Said) -> bool:
    """Whether the name is a link, and the words behind it are apart from it and about it alone."""
    name = said.parts[0]
    behind = reading.raw[name.outer_end : name.outer_end + 4].decode("utf-8", "ignore")[:1]
    lines = said.note.split("\n")
    return (
        name.link == 0
        and (behind.isspace() or behind in _SEPARATORS)
        and not any(line.startswith("[") for line in lines)
    )


def _is_stated(value: str) -> bool:
    """Whether words can be authors or a venue, and are no part of a sentence."""
    return not value[:1].islower() or fact_of(value) != ""


def _is_kind(reading: Reading, part: Part) -> bool:
    """Whether a link beside the name stands in brackets of its own, or its title says a kind."""
    raw = reading.raw
    if part.outer_start < part.start or raw[part.start + 1 : part.start + 2] == b"[":
        return True
    title = reading.text(part.start, part.end).partition("](")[0].lstrip("[")
    return titles.kind_of_title(plain_text(title)) is not None


def _entry(reading: Reading, block: Block, said: Said) -> Entry:
    start, marker, first, end, _, _ = _line(reading, block)
    place = BranchPlace(
        "paragraph", start, marker, first, *said.name_span, end, end, None, None, tuple(said.parts)
    )
    return Entry(said.name, said.note, titles.in_order(said.facts), tuple(said.links), place)

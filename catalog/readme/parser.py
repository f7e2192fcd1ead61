"""parse(text) -> ListDocument: sections by headings, entries by the dialects, the rest kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from catalog.readme.contents import find_contents, read_contents
from catalog.readme.dialects import nested
from catalog.readme.document import ContentsLine, Coverage, Heading, ListDocument
from catalog.readme.meaning import Branch, Entry, Link, Section
from catalog.readme.places import BranchPlace, Span
from catalog.readme.reading import MAX_NAME, Note, Reading, is_single_line
from catalog.readme.source import Block, Inline, encode, plain_text, read_blocks

GRAMMAR: Final = 1
"""Raised whenever some text is read in a new way: what was agreed on before must be merged anew."""

_UNSAFE: Final = ("javascript:", "vbscript:", "data:")


def parse(text: str) -> ListDocument:
    """Understand a list. Raises ListRefused for NUL, lone surrogates and more than 20 MB."""
    raw = encode(text)
    blocks, found = read_blocks(text, raw)
    return _Parser(raw, blocks).document(found)


class _Parser:
    """Walks the blocks of a text once, from heading to heading."""

    def __init__(self, raw: bytes, blocks: list[Block]) -> None:
        self.reading = Reading(raw)
        self.blocks = blocks
        self.heads = [i for i, block in enumerate(blocks) if block.kind == "heading"]
        self.contents_at = find_contents(blocks)
        self.texts: dict[str, Span] = {}
        self.prose: dict[str, Span] = {}

    def document(self, found: list[Inline]) -> ListDocument:
        reading, blocks = self.reading, self.blocks
        level, title_at = self._level_of_sections()
        title, introduction = self._title(title_at), self._introduction(title_at)
        sections = tuple(self._sections(level, title_at))
        contents: tuple[ContentsLine, ...] = ()
        if self.contents_at >= 0:
            contents = tuple(read_contents(reading, blocks[self.contents_at]))
        return ListDocument(
            raw=reading.raw,
            title=title,
            introduction=introduction,
            sections=sections,
            texts=self.texts,
            prose=self.prose,
            contents=contents,
            headings=tuple(Heading(blocks[i].start, self._text_of(i)) for i in self.heads),
            section_level=level,
            badges=reading.badges,
            coverage=_coverage(sections, len(contents), self.prose.values(), found),
            is_list=any(map(_may_be_of_a_list, blocks)),
            unsafe=tuple(
                (reading.raw.count(b"\n", 0, inline.start) + 1, inline.url)
                for inline in found
                if inline.kind != "image" and inline.url.lstrip().lower().startswith(_UNSAFE)
            ),
            too_long=tuple(reading.too_long[at] for at in sorted(reading.too_long)),
        )

    # Which headings are organisations.

    def _level_of_sections(self) -> tuple[int, int]:
        """The level of the headings that are organisations, and the index of the title, or -1.

        It is the highest level at which headings hold entries or links themselves, unless that
        is rare: less than a third as often as at the level where it is most frequent. Where no
        heading does, headings that hold nothing but quotes count.
        """
        heads = self.heads
        first = self.blocks[heads[0]] if heads else None
        title_at = heads[0] if first is not None and first.level == 1 and first.first >= 0 else -1
        holding: dict[int, int] = {}
        quoting: dict[int, int] = {}
        for head, end in pairwise([*heads, len(self.blocks)]):
            if head == title_at and len(heads) > 1:
                continue
            content = [self.blocks[i] for i in range(head + 1, end) if i != self.contents_at]
            level = self.blocks[head].level
            if any(block.kind == "list" or self._links_of(block) for block in content):
                holding[level] = holding.get(level, 0) + 1
            elif all(block.kind == "quote" for block in content) and self.contents_at != head + 1:
                quoting[level] = quoting.get(level, 0) + 1
        if len(heads) == 1 and title_at >= 0 and any(b.kind == "list" for b in self.blocks):
            return 1, -1
        if holding:
            most = max(holding.values())
            return min(level for level, times in holding.items() if times * 3 >= most), title_at
        return min(quoting, default=2), title_at

    def _links_of(self, block: Block) -> list[Link]:
        return nested.read_paragraph(self.reading, block) if block.kind == "paragraph" else []

    # The list's own words.

    def _title(self, title_at: int) -> str:
        if title_at < 0:
            return ""
        block = self.blocks[title_at]
        self.texts["title"] = span = self._text_of(title_at)
        self.prose["title"] = Span(self.reading.start_of_line(block.start), self._end(block))
        return self.reading.text(*span)

    def _introduction(self, title_at: int) -> str:
        """The first paragraph below the title, before any other heading."""
        for block in self.blocks[title_at + 1 :] if title_at >= 0 else ():
            if block.kind == "heading":
                break
            if block.kind == "paragraph" and (note := self.reading.note(block)) is not None:
                self.texts["introduction"] = note.span
                self.prose["introduction"] = note.lines
                return note.text
        return ""

    def _text_of(self, head: int) -> Span:
        heading = self.blocks[head]
        if heading.first < 0:
            return Span(heading.end, heading.end)
        return self.reading.trimmed(heading.first, heading.last)

    def _end(self, block: Block) -> int:
        return self.reading.end_of_line(block.end)

    # Organisations, and what they hold.

    def _sections(self, level: int, title_at: int) -> Iterator[Section]:
        tops = [i for i in self.heads if self.blocks[i].level <= level]
        for head, end in pairwise([*tops, len(self.blocks)]):
            branch = self._branch(head, end, 0) if head != title_at else None
            if branch is not None and (self.blocks[head].level == level or branch.children):
                yield Section(branch.name, branch.note, branch.children, branch.place)

    def _branch(self, head: int, end: int, depth: int) -> Entry | None:
        """What a heading and the blocks up to `end` say; None if they are kept text.

        `depth` is 0 for an organisation; a heading below it is an entry like any other.
        """
        heading, span = self.blocks[head], self._text_of(head)
        name = self.reading.text(*span)
        if heading.inlines or not name.strip() or not is_single_line(name):
            return None
        if self.reading.start_of_own_line(heading.start) < 0:
            return None
        if not self.reading.has_room(name, MAX_NAME, span.start):
            return None
        children: list[Entry | Link] = []
        note: Note | None = None
        holds_prose = False
        at = head + 1
        while at < end:
            block, stop = self.blocks[at], at + 1
            if block.kind == "heading":
                stop = self._end_of_branch(at, end)
                family = self._branch(at, stop, depth + 1)
                children += [family] if family is not None else []
            elif block.kind == "list" and at != self.contents_at:
                for item in block.children:
                    children += nested.read_item(self.reading, item, depth + 1, is_top=True)
            elif links := self._links_of(block):
                children += links
            else:
                found = self.reading.note(block)
                is_free = found is not None and not _is_given(found, children)
                note = found if note is None and is_free else note
            holds_prose = holds_prose or block.kind != "quote"
            at = stop
        if holds_prose and not children:
            return None
        place = BranchPlace(
            "heading",
            self.reading.start_of_line(heading.start),
            heading.start,
            span.start,
            span.start,
            span.end,
            head_end=self._end(heading),
            end=self._end(self.blocks[end - 1]),
            note=note.span if note else None,
            note_lines=note.lines if note else None,
        )
        return Entry(name, note.text if note else "", (), tuple(children), place)

    def _end_of_branch(self, head: int, end: int) -> int:
        """The first heading behind this one that is not below it, or `end`."""
        level = self.blocks[head].level
        for at in range(head + 1, end):
            if self.blocks[at].kind == "heading" and self.blocks[at].level <= level:
                return at
        return end


def _is_given(note: Note, children: list[Entry | Link]) -> bool:
    """Give a note to the entry right before it if it begins with that entry's name."""
    entry = children[-1] if children else None
    if not isinstance(entry, Entry) or entry.note or not begins_with(note.text, entry.name):
        return False
    assert entry.place is not None
    place = entry.place._replace(end=note.lines.end, note=note.span, note_lines=note.lines)
    children[-1] = replace(entry, note=note.text, place=place)
    return True


def begins_with(text: str, name: str) -> bool:
    """Whether a note's text begins with this name as a word."""
    plain, name = plain_text(text), plain_text(name)
    if not name or not plain.startswith(name):
        return False
    after = plain[len(name) : len(name) + 1]
    return not (after.isalnum() and after.isascii())


def _may_be_of_a_list(block: Block) -> bool:
    if block.kind == "heading":
        return any(inline.kind != "image" for inline in block.inlines)
    return block.kind in ("list", "table")


def _coverage(
    sections: Iterable[Section], in_contents: int, texts: Iterable[Span], found: list[Inline]
) -> Coverage:
    """Count the links of each owner: those of records in the tree, those of prose by place."""
    prose = list(texts)
    in_records = 0
    waiting: list[Branch] = list(sections)
    while waiting:
        branch = waiting.pop()
        if branch.place is not None and branch.place.note_lines is not None:
            prose.append(branch.place.note_lines)
        for child in branch.children:
            if isinstance(child, Link):
                in_records += 1
            else:
                waiting.append(child)
    starts = [inline.start for inline in found if inline.kind != "image"]
    in_prose = sum(bisect_left(starts, end) - bisect_left(starts, start) for start, end in prose)
    in_kept = len(starts) - in_records - in_contents - in_prose
    return Coverage(in_records, in_contents, in_prose, in_kept)

"""parse(text) -> ListDocument: sections by headings, entries by the dialects, the rest kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import dropwhile, pairwise
from typing import Final

from catalog import titles
from catalog.readme.blocks import Block, Inline
from catalog.readme.collector import collector_at_rest
from catalog.readme.contents import find_contents, is_way_round, leads_around, read_contents
from catalog.readme.dialects import items, labelled, nested, table
from catalog.readme.dialects.below import Below, is_address
from catalog.readme.dialects.names import begins_with, is_name, marked
from catalog.readme.dialects.paragraphs import read_paragraphs
from catalog.readme.dialects.plain import read_plain_list
from catalog.readme.dialects.related import announces_links, read_related
from catalog.readme.dialects.runs import as_own, read_link
from catalog.readme.document import ContentsLine, Heading, ListDocument
from catalog.readme.headings import Headings
from catalog.readme.html_headings import take_html_headings
from catalog.readme.lost_items import without_lost_items
from catalog.readme.meaning import Entry, Link, Section, is_linked
from catalog.readme.places import BranchPlace, Part, Span
from catalog.readme.plain_lists import PlainList
from catalog.readme.reading import MAX_NAME, Note, Reading
from catalog.readme.source import encode, plain_text, read_blocks

GRAMMAR: Final = 12
"""Raised whenever some text is read in a new way: what was agreed on before must be merged anew."""

_LINE_END: Final = re.compile(r"\s*[\r\n]\s*")
# They would close a heading of ours, and be no part of its title.
_CLOSING_HASHES: Final = re.compile(r"(?:^|\s)#+\Z")


def parse(text: str, organisations: Collection[str] = ()) -> ListDocument:
    """Understand a list. Raises ListRefused for NUL, lone surrogates and more than 20 MB.

    `organisations` are the names of those that the list has had so far: headings of their level
    stay organisations, although now more may be held by others or nothing but prose be left.
    """
    with collector_at_rest():
        return _parsed(text, encode(text), frozenset(organisations))


def _parsed(text: str, raw: bytes, organisations: frozenset[str]) -> ListDocument:
    """A function of its own, so that its blocks are gone before the collector is back."""
    blocks, found = read_blocks(text, raw)
    take_html_headings(blocks, raw)
    return _Parser(raw, without_lost_items(blocks, raw), organisations).document(found)


class _Parser:
    """Walks the blocks of a text once, from heading to heading."""

    def __init__(self, raw: bytes, blocks: list[Block], organisations: frozenset[str]) -> None:
        self.organisations = organisations
        self.reading = Reading(raw)
        self.blocks = blocks
        self.contents_at = find_contents(blocks)
        self.paragraphs = read_paragraphs(self.reading, blocks)
        self.headings = Headings(self.reading, blocks, self.contents_at, self.paragraphs.entries)
        self.heads = self.headings.at
        self.texts: dict[str, Span] = {}
        self.prose: dict[str, Span] = {}

    def document(self, found: list[Inline]) -> ListDocument:
        reading, blocks = self.reading, self.blocks
        level, title_at = self.headings.levels(self.organisations)
        self.headings.sink_years(level)
        title, introduction = self._title(title_at), self._introduction(title_at)
        sections = tuple(self._sections(level, title_at))
        if title_at >= 0:  # headings that are links are entries of what stands above them
            sections = tuple(dropwhile(is_linked, sections))
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
            headings=tuple(
                Heading(blocks[i].start, said.text) for i, said in self.headings.said.items()
            ),
            section_level=level,
            organisations=self.organisations,
            badges=reading.badges,
            inlines=tuple(found),
            is_list=bool(self.paragraphs.entries) or any(map(_may_be_of_a_list, blocks)),
            too_long=tuple(reading.too_long[at] for at in sorted(reading.too_long)),
        )

    # The list's own words.

    def _title(self, title_at: int) -> str:
        if title_at < 0:
            return ""
        block = self.blocks[title_at]
        span = self.headings.said[title_at].text
        title = _LINE_END.sub(" ", self.reading.text(*span)).strip(" ")
        if _CLOSING_HASHES.search(title):
            return ""
        self.texts["title"] = span
        self.prose["title"] = Span(self.reading.start_of_line(block.start), self._end(block))
        return title

    def _introduction(self, title_at: int) -> str:
        """The first paragraph below the title, before any other heading."""
        for block in self.blocks[title_at + 1 :] if title_at >= 0 else ():
            if block.kind == "heading":
                break
            if leads_around(self.reading.raw, block):
                continue
            if block.kind == "paragraph" and (note := self.reading.note(block)) is not None:
                self.texts["introduction"] = note.span
                self.prose["introduction"] = note.lines
                return note.text
        return ""

    def _end(self, block: Block) -> int:
        return self.reading.end_of_line(block.end)

    # Organisations, and what they hold.

    def _sections(self, level: int, title_at: int) -> list[Section]:
        tops = [i for i in self.heads if self.blocks[i].level <= level]
        ends = dict(pairwise([*tops, len(self.blocks)]))
        ends.pop(title_at, None)
        found: dict[int, Section] = {}
        for head, end in ends.items():
            branch = self._branch(head, end, 0)
            if branch is not None and (self.blocks[head].level == level or branch.children):
                found[head] = _as_section(branch)
        emptied = self.organisations - {section.name for section in found.values()}
        for head, end in ends.items() if emptied else ():
            name = self.reading.text(*self.headings.said[head].name)
            if head in found or name not in emptied:
                continue
            branch = self._branch(head, end, 0, is_known=True)
            if branch is not None:
                found[head] = _as_section(branch)
                emptied -= {name}
        return [found[head] for head in sorted(found)]

    def _branch(self, head: int, end: int, depth: int, *, is_known: bool = False) -> Entry | None:
        """What a heading and the blocks up to `end` say; None if they are kept text.

        `depth` is 0 for an organisation; a heading below it is an entry like any other. A known
        organisation is one although nothing but prose is left of it.
        """
        reading, heading, said = self.reading, self.blocks[head], self.headings.said[head]
        start = reading.start_of_own_line(heading.start)
        if (said.is_aside and not is_known) or start < 0:
            return None
        own = self._own_link(head) if said.link is not None else None
        if own is None and said.holds_link:
            return None
        span = said.name
        if own is not None:
            assert own.place is not None
            span = nested.title_span(reading, own.place.link)
        name = reading.text(*span)
        if not reading.has_room(name, MAX_NAME, span.start):
            return None
        if not is_name(name) or not plain_text(name):
            return None
        children, note, facts, holds_prose = self._content(head + 1, end, depth, own)
        if holds_prose and not children and not facts and not is_known:
            return None
        head_end = reading.end_of_line(heading.end)
        place = BranchPlace(
            "heading",
            start,
            heading.start,
            said.text.start,
            *span,
            head_end,
            reading.end_of_line(self.blocks[end - 1].end) if end - 1 > head else head_end,
            note.span if note else None,
            note.lines if note else None,
            tuple([part for _, _, part in facts]),
        )
        stated = titles.in_order((fact, value) for fact, value, _ in facts) if facts else ()
        return Entry(name, note.text if note else "", stated, tuple(children), place)

    def _content(
        self, at: int, end: int, depth: int, own: Link | None
    ) -> tuple[list[Entry | Link], Note | None, list[tuple[str, str, Part]], bool]:
        """What the blocks below a heading say: children, note, facts; whether there is prose."""
        children: list[Entry | Link] = [own] if own is not None else []
        note: Note | None = None
        facts: list[tuple[str, str, Part]] = []
        holds_prose = False
        while at < end:
            block, stop = self.blocks[at], at + 1
            if block.kind == "heading":
                stop = self._end_of_branch(at, end)
                family = self._branch(at, stop, depth + 1)
                children += [family] if family is not None else []
            elif block.kind == "list" and at != self.contents_at:
                said: dict[int, Below] = {}
                if depth:
                    said, note = self._said_in_items(block, facts, note, _first_link(children))
                children += self._items(at, depth, own if depth else None, said)
            elif block.kind == "table":
                children += table.read_table(self.reading, block)
            elif at in self.paragraphs.entries:
                children.append(self.paragraphs.entries[at])
            elif at in self.paragraphs.unread:
                pass
            elif links := self._links_of(block):
                children += links
            elif is_way_round(self.reading.raw, block):
                pass
            elif depth and (lines := self._labelled(block, facts, note, _first_link(children))):
                children += [link for one in lines for link in one.links]
                note = self._take((one for one in lines if one.key), facts, note)
            else:
                found = None if self._is_title_of_list(at, end) else self.reading.note(block)
                is_free = (
                    found is not None
                    and not _is_given(found, children)
                    and (block.kind == "quote" or len(children) <= (own is not None))
                )
                note = found if note is None and is_free else note
            holds_prose = holds_prose or block.kind != "quote"
            at = stop
        return children, note, facts, holds_prose

    def _said_in_items(
        self,
        block: Block,
        facts: list[tuple[str, str, Part]],
        note: Note | None,
        own: Link | None,
    ) -> tuple[dict[int, Below], Note | None]:
        """The labelled items that are facts of the heading above, and its note if it has one."""
        keys = _keys(facts, note)
        said = labelled.read_labelled_items(self.reading, block, keys, is_linked=own is not None)
        return said, self._take(said.values(), facts, note)

    def _labelled(
        self,
        block: Block,
        facts: list[tuple[str, str, Part]],
        note: Note | None,
        own: Link | None,
    ) -> list[Below]:
        """What the labels of a paragraph say of the heading above."""
        keys = _keys(facts, note)
        lines = labelled.read_labelled_lines(self.reading, block, keys)
        return lines or labelled.read_fact(self.reading, block, keys, is_linked=own is not None)

    def _take(
        self, said: Iterable[Below], facts: list[tuple[str, str, Part]], note: Note | None
    ) -> Note | None:
        """Add facts to those of a heading; its note, which may be among them."""
        for one in said:
            part = one.parts[0]
            if one.key == "note":
                note = Note(one.value, Span(part.start, part.end), part.lines(self.reading.raw))
            else:
                facts.append((one.key, one.value, part))
        return note

    def _items(
        self, at: int, depth: int, own: Link | None, said: Collection[int]
    ) -> list[Entry | Link]:
        """What the items of a list below a heading say, but for those that are said already."""
        block = self.blocks[at]
        if not depth and isinstance(block, PlainList) and block.leads_away:
            return read_plain_list(self.reading, block)
        found: list[Entry | Link] = []
        is_announced = own is not None and announces_links(self.reading, self.blocks[at - 1])
        for item in block.children:
            if item.start in said:
                continue
            is_link = own is not None or bool(said) or (depth > 0 and is_address(item))
            read = items.read_item(self.reading, item, depth + 1, is_top=not is_link)
            if is_announced and not any(isinstance(one, Link) for one in read):
                read = [*read_related(self.reading, item)] or read
            found += read
        return found

    def _is_title_of_list(self, at: int, end: int) -> bool:
        """Whether a paragraph is all in bold, and a list or a table stands right behind it."""
        block = self.blocks[at]
        if block.kind != "paragraph" or at + 1 == end:
            return False
        outer, inner = marked(self.reading.raw, *self.reading.trim(block.first, block.last))
        is_bold = inner[0] - outer[0] == len(b"**")
        return is_bold and self.blocks[at + 1].kind in ("list", "table")

    def _links_of(self, block: Block) -> list[Link]:
        return nested.read_paragraph(self.reading, block) if block.kind == "paragraph" else []

    def _own_link(self, head: int) -> Link | None:
        """The link that the name of a heading is."""
        said, heading = self.headings.said[head], self.blocks[head]
        assert said.link is not None
        start, end = self.reading.start_of_line(heading.start), self._end(heading)
        line = (start, heading.start, heading.first, end, "", "")
        behind = [one for one in heading.inlines if one.start >= said.link.start]
        one = read_link(self.reading, behind, said.text.end, line)
        return None if one is None else as_own(one.link)

    def _end_of_branch(self, head: int, end: int) -> int:
        """The first heading behind this one that is not below it, or `end`."""
        level = self.blocks[head].level
        for at in range(head + 1, end):
            if self.blocks[at].kind == "heading" and self.blocks[at].level <= level:
                return at
        return end


def _first_link(children: Sequence[Entry | Link]) -> Link | None:
    return next((child for child in children[:1] if isinstance(child, Link)), None)


def _as_section(branch: Entry) -> Section:
    return Section(branch.name, branch.note, branch.children, branch.place)


def _keys(facts: list[tuple[str, str, Part]], note: Note | None) -> set[str]:
    """What is said of a heading so far."""
    return {fact for fact, _, _ in facts} | ({"note"} if note is not None else set())


def _is_given(note: Note, children: list[Entry | Link]) -> bool:
    """Give a note to the entry right before it if it begins with that entry's name."""
    entry = children[-1] if children else None
    if not isinstance(entry, Entry) or entry.note or not begins_with(note.text, entry.name):
        return False
    assert entry.place is not None
    place = entry.place._replace(end=note.lines.end, note=note.span, note_lines=note.lines)
    children[-1] = Entry(entry.name, note.text, entry.facts, entry.children, place)
    return True


def _may_be_of_a_list(block: Block) -> bool:
    if block.kind == "heading":
        return any(inline.kind != "image" for inline in block.inlines)
    return block.kind in ("list", "table")

"""The table of contents: where it is, in whatever of its styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from catalog.readme.blocks import Block
from catalog.readme.dialects.nested import title_span, url_span
from catalog.readme.document import ContentsLine, ListDocument
from catalog.readme.meaning import Address, Link, Thing
from catalog.readme.places import BranchPlace, Span
from catalog.readme.plain_lists import PlainLine, PlainList
from catalog.readme.reading import Reading


def find_contents(blocks: Sequence[Block]) -> int:
    """The index of the first list whose items, at all depths, are links to headings; -1: none."""
    for at, block in enumerate(blocks):
        if isinstance(block, PlainList):
            if all(map(_leads_to_heading, block.lines)):
                return at
        elif block.kind == "list" and block.children and _is_contents(block):
            return at
    return -1


def _leads_to_heading(line: PlainLine) -> bool:
    """Whether it is a link to another place of the page, and nothing else."""
    if line.link is None or (line.link.start, line.link.end) != (line.first, line.last):
        return False
    return line.link.url.startswith("#")


def _is_contents(block: Block) -> bool:
    for item in block.children:
        if not item.children or item.children[0].kind != "paragraph":
            return False
        head, *below = item.children
        if len(head.inlines) != 1:
            return False
        link = head.inlines[0]
        if link.start != head.first or link.end != head.last:
            return False
        if link.kind != "link" or link.url[:1] != "#":
            return False
        if below and not all(part.kind == "list" and _is_contents(part) for part in below):
            return False
    return True


# **[back to top](#top)**, ([top](#top))
_AROUND_WAYS: Final = b" *_()[]|"
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_BETWEEN_WAYS: Final = re.compile(rb"<[^<>]*>|[|/*_()\[\]-]")
_MOST_WORDS_BESIDE_WAYS: Final = 2


def is_way_round(raw: bytes, block: Block) -> bool:
    """Whether a paragraph only leads elsewhere on the page, such as back to its top."""
    if block.kind != "paragraph" or not block.inlines:
        return False
    first, last = block.inlines[0], block.inlines[-1]
    are_ways = all(one.kind == "link" and one.url.startswith("#") for one in block.inlines)
    around = raw[block.first : first.start] + raw[last.end : block.last]
    return are_ways and not around.strip(_AROUND_WAYS)


def read_contents(reading: Reading, block: Block) -> Iterator[ContentsLine]:
    """The lines of the table of contents, each with those below it."""
    if isinstance(block, PlainList):
        yield from _read_plain_contents(block.lines)
        return
    for item in block.children:
        head, *below = item.children
        link = head.inlines[0]
        target = url_span(reading.raw, link) or Span(link.end, link.end)
        own_end = reading.end_of_line(head.end)
        end = reading.end_of_line(item.end) if below else own_end
        lines = Span(reading.start_of_line(item.start), end)
        yield ContentsLine(lines, title_span(reading, link), target, link.url[1:], own_end)
        for part in below:
            yield from read_contents(reading, part)


def _read_plain_contents(lines: Sequence[PlainLine]) -> Iterator[ContentsLine]:
    """The same of a plain list."""
    for number, line in enumerate(lines):
        last = number
        while last + 1 < len(lines) and lines[last + 1].depth > line.depth:
            last += 1
        link = line.link
        assert link is not None
        text = Span(link.inner_start, link.inner_start + len(line.title.encode()))
        target = Span(link.inner_end + len("]("), link.end - len(")"))
        whole = Span(line.start, lines[last].end)
        yield ContentsLine(whole, text, target, link.url[1:], line.end)


def leads_around(raw: bytes, block: Block) -> bool:
    """Whether the links of a paragraph are several and all lead elsewhere on the page.

    Or whether they are all that it says, and lead to other pages of the list, as those in other
    languages: `English | [中文](README_zh.md)`.
    """
    links = [one for one in block.inlines if one.kind != "image"]
    if len(links) > 1 and all(one.url.startswith("#") for one in links):
        return True
    if not links or any(_ELSEWHERE.match(one.url) for one in links):
        return False
    ends = [block.first, *(one.end for one in block.inlines)]
    starts = [*(one.start for one in block.inlines), block.last]
    between = b" ".join(raw[end:start] for end, start in zip(ends, starts, strict=True))
    return len(_BETWEEN_WAYS.sub(b" ", between).split()) <= _MOST_WORDS_BESIDE_WAYS


# Contents that are no list: links in a line, a table, HTML, or with a count behind each.

_LINK: Final = re.compile(
    rb"""\[(?P<text>(?:[^\[\]\\\n]|\\.)*)\]\((?P<target>\#[^\s()]*)\)
    | <a\s[^<>]*?href=["'](?P<address>\#[^"'<>]*)["'][^<>]*>(?P<words>[^<>]*)</a>""",
    re.VERBOSE,
)
_COUNT: Final = re.compile(
    rb"""[ \t]*(?: \((\d+)[^()\n]*\)
    | [-:|][ \t]*(\d+)(?=[ \t]*(?:\||\r?\n|$))
    | <su[bp]>(\d+)</su[bp]> )""",
    re.VERBOSE,
)


def contents_of(document: ListDocument) -> tuple[ContentsLine, ...]:
    """The lines of the contents, in whatever style.

    Links that are no list are those of the first kept text with so many.

    They lead to half of the organisations at least, and to two.
    """
    if document.contents:
        return document.contents
    headed: dict[int, int] | None = None
    for start, end in document.kept:
        if _LINK.search(document.raw, start, end) is None:
            continue
        if headed is None:
            headed = {place.marker: len(at) for at, place in headings_of(document.sections)}
        found = []
        depths = []
        for match in _LINK.finditer(document.raw, start, end):
            is_html = match["address"] is not None
            target = Span(*match.span("address" if is_html else "target"))
            anchor = document.raw[target.start + 1 : target.end].decode()
            depth = headed.get(document.heading_at(anchor))
            if depth is not None:
                text = Span(*match.span("words" if is_html else "text"))
                found.append((match, text, target, anchor, is_html))
                depths.append(depth)
        if depths.count(1) >= max(2, len(document.sections) / 2):
            return tuple(_lines_of_links(document.raw, found, depths))
    return ()


def _lines_of_links(
    raw: bytes,
    found: Sequence[tuple[re.Match[bytes], Span, Span, str, bool]],
    depths: Sequence[int],
) -> Iterator[ContentsLine]:
    counts = [_COUNT.match(raw, match.end()) for match, *_ in found]
    ends = [
        match.end() if count is None else count.end()
        for (match, *_), count in zip(found, counts, strict=True)
    ]
    for number, (match, text, target, anchor, is_html) in enumerate(found):
        last = number
        while last + 1 < len(found) and depths[last + 1] > depths[number]:
            last += 1
        count = counts[number]
        yield ContentsLine(
            Span(match.start(), ends[last]),
            text,
            target,
            anchor,
            ends[number],
            raw[ends[number - 1] : match.start()] if number else b"",
            None if count is None else Span(*count.span(count.lastindex or 0)),
            is_html,
        )


def headings_of(
    things: Iterable[Thing], above: Address = ()
) -> Iterator[tuple[Address, BranchPlace]]:
    """The address of each heading that is an organisation or an entry, and its place."""
    for number, thing in enumerate(things):
        if (
            not isinstance(thing, Link)
            and thing.place is not None
            and thing.place.form == "heading"
        ):
            yield (*above, number), thing.place
            yield from headings_of(thing.children, (*above, number))

"""The table of contents: where it is, and how it follows the organisations in its own style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalog.readme.dialects.nested import title_span, url_span
from catalog.readme.document import ContentsLine, ListDocument
from catalog.readme.places import Span
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.reading import Reading
from catalog.readme.renderer import in_link
from catalog.readme.source import Block

# Reading.


def find_contents(blocks: Sequence[Block]) -> int:
    """The index of the first list whose items, at all depths, are links to headings; -1: none."""
    for at, block in enumerate(blocks):
        if block.kind == "list" and block.children and _is_contents(block):
            return at
    return -1


def _is_contents(block: Block) -> bool:
    for item in block.children:
        if not item.children or item.children[0].kind != "paragraph":
            return False
        head, *below = item.children
        if len(head.inlines) != 1:
            return False
        link = head.inlines[0]
        is_whole_line = (link.start, link.end) == (head.first, head.last)
        if link.kind != "link" or not link.url.startswith("#") or not is_whole_line:
            return False
        if not all(part.kind == "list" and _is_contents(part) for part in below):
            return False
    return True


def is_way_round(block: Block) -> bool:
    """Whether a paragraph only leads elsewhere on the page, such as back to its top."""
    if block.kind != "paragraph" or not block.inlines:
        return False
    first, last = block.inlines[0], block.inlines[-1]
    are_ways = all(one.kind == "link" and one.url.startswith("#") for one in block.inlines)
    return are_ways and first.start == block.first and last.end == block.last


def read_contents(reading: Reading, block: Block) -> Iterator[ContentsLine]:
    """The lines of the table of contents, each with those below it."""
    for item in block.children:
        head, *below = item.children
        link = head.inlines[0]
        target = url_span(reading.raw, link) or Span(link.end, link.end)
        lines = Span(reading.start_of_line(item.start), reading.end_of_line(item.end))
        yield ContentsLine(lines, title_span(reading, link), target, link.url[1:])
        for part in below:
            yield from read_contents(reading, part)


# Following.


def follow_contents(
    before: ListDocument, after: ListDocument, origins: Sequence[int | None]
) -> str:
    """The text of `after`, its contents following the organisations that came, went or changed.

    `after` is `before` with patched organisations; `origins` tells for each of them which one of
    `before` it was. A line that led to an organisation leads to it again, and its text follows a
    rename; what was wrong before is left as it is.
    """
    if len(after.contents) != len(before.contents):
        return after.text
    line_of, further = _lines_of_sections(before)
    names = [section.name for section in before.sections]
    stayed = [origin for origin in origins if origin is not None]
    is_moved = stayed != sorted(stayed)
    return _rearranged(after, line_of, origins, names, further=further, is_moved=is_moved)


def refresh_contents(document: ListDocument) -> str:
    """The text with a line in its contents for each organisation, in their order.

    What is missing is added, a line with an organisation's name leads to it, and other lines that
    lead nowhere are taken away. A list whose contents name no organisation stays as it is.
    """
    line_of, _ = _lines_of_sections(document)
    dead = {n for n, line in enumerate(document.contents) if line.anchor not in document.anchors}
    text_of = {number: document.raw[slice(*document.contents[number].text)] for number in dead}
    for index, section in enumerate(document.sections):
        named = [number for number in sorted(dead) if text_of[number] == section.name.encode()]
        if index not in line_of and named:
            line_of[index] = named[0]
            dead.discard(named[0])
    origins = [index if index in line_of else None for index in range(len(document.sections))]
    names = [section.name for section in document.sections]
    return _rearranged(document, line_of, origins, names, dead=dead)


def _rearranged(
    document: ListDocument,
    line_of: Mapping[int, int],
    origins: Sequence[int | None],
    names: Sequence[str],
    *,
    further: Mapping[int, int] | None = None,
    dead: Iterable[int] = (),
    is_moved: bool = True,
) -> str:
    """Put the lines of organisations into the slots of such lines, in the order of the list.

    Where none of them moved, each line stays, even if their order is not that of the list.

    `line_of` tells which line is that of an organisation, by what `origins` calls it; `names` tells
    what it was called then; `further` lines lead to organisations as well, and stay. Lines of
    organisations that are gone go, and so do the `dead`.
    """
    if not line_of:
        return document.text
    raw, contents = document.raw, document.contents
    slots = iter(sorted(line_of[o] for o in origins if o is not None and o in line_of))
    anchors = {start: anchor for anchor, start in document.anchors.items()}
    free = {*line_of.values(), *dead}
    above = contents[min(line_of.values())]
    behind = above.lines.start
    replacements: list[Replacement] = []
    target_of: dict[int | None, str] = {}
    for section, origin in zip(document.sections, origins, strict=True):
        assert section.place is not None
        target = target_of[origin] = f"#{anchors[section.place.marker]}"
        if origin is None:
            line = _rewritten(raw, above, section.name, target, is_alone=True)
            replacements.append(Replacement(behind, behind, line))
        elif origin in line_of:
            slot = next(slots) if is_moved else line_of[origin]
            free.discard(slot)
            name = section.name if section.name != names[origin] else None
            if slot == line_of[origin]:
                replacements += _redirected(contents[slot], name, target)
            else:
                line = _rewritten(raw, contents[line_of[origin]], name, target)
                replacements.append(Replacement(*contents[slot].lines, line))
            above, behind = contents[slot], contents[slot].lines.end
    replacements += [Replacement(*contents[slot].lines, b"") for slot in free]
    for number, origin in (further or {}).items():
        if origin in target_of:
            replacements.append(Replacement(*contents[number].target, target_of[origin].encode()))
    return replaced(raw, replacements).decode()


def _lines_of_sections(document: ListDocument) -> tuple[dict[int, int], dict[int, int]]:
    """Which line of the contents is that of which organisation; which others lead to which.

    The first is by organisation, the second by line, each by its number.
    """
    at = {s.place.marker: number for number, s in enumerate(document.sections) if s.place}
    line_of: dict[int, int] = {}
    further: dict[int, int] = {}
    for number, line in enumerate(document.contents):
        section = at.get(document.anchors.get(line.anchor, -1))
        if section is not None and line_of.setdefault(section, number) != number:
            further[number] = section
    return line_of, further


def _redirected(line: ContentsLine, name: str | None, target: str) -> Iterator[Replacement]:
    """What changes in a line that stays where it is."""
    if name is not None:
        yield Replacement(*line.text, in_link(name).encode())
    if target != f"#{line.anchor}":
        yield Replacement(*line.target, target.encode())


def _rewritten(
    raw: bytes, line: ContentsLine, name: str | None, target: str, *, is_alone: bool = False
) -> bytes:
    """A line, alone or with those below it, that leads to another heading."""
    lines, text = line.lines, line.text
    end = lines.end
    if is_alone:
        end = raw.find(b"\n", line.target.end, lines.end) + 1 or lines.end
    said = raw[text.start : text.end] if name is None else in_link(name).encode()
    between = raw[text.end : line.target.start]
    return (
        raw[lines.start : text.start]
        + said
        + between
        + target.encode()
        + raw[line.target.end : end]
    )

"""The real list's own form: `* Name`, below it `  * [title](url) ![badge] (remark)`.

Reads a list item, or a paragraph of links, into things with places. What it does not understand
it leaves alone, and the parser keeps that text: a wrong slot is worse than none.
"""

from __future__ import annotations

from typing import Final, Protocol

from catalog import titles
from catalog.identifiers import is_web_address
from catalog.readme.blocks import Block, Inline
from catalog.readme.dialects.names import is_name
from catalog.readme.meaning import Entry, Link
from catalog.readme.places import BranchPlace, LinkPlace, Span
from catalog.readme.reading import (
    BLANK_CHARACTERS,
    BLANKS,
    MAX_NAME,
    MAX_TITLE,
    MAX_URL,
    Reading,
    is_single_line,
)
from catalog.readme.source import plain_text

MAX_DEPTH: Final = 32
_COLONS: Final = ":："
LINKS: Final = frozenset({"link", "bare", "autolink"})
_BETWEEN_LINKS: Final = frozenset({"", ",", "/", "|", "·", "&", "、", "，"})
_NOTHING: Final = frozenset({""})
_BEHIND_LINKS: Final = frozenset({"", ".", "。", ",", ";", "，", "；"})
# What may open a link of its own in a paragraph: `[[site](url)] [[code](url)]`. Some hide it from
# Markdown, but not what closes it.
_OPENINGS: Final = (b"", b"[", b"\\[")
CLOSINGS: Final = (b"]", b"\\]")


_Line = tuple[str, int, int, int, int]
"""The first line of an item, or a paragraph of links, as LinkPlace has it: from form to end."""
_Label = tuple[str, int, int]
"""The words before the first link, their start and end."""


# An item.


class ReadItem(Protocol):
    """Reads an item or a table below an item, in whichever dialect it is written."""

    def __call__(self, reading: Reading, item: Block, depth: int) -> list[Entry | Link]: ...


def read_item(
    reading: Reading, item: Block, depth: int, read_below: ReadItem, *, is_top: bool = False
) -> list[Entry | Link]:
    """What an item says: an entry, or links of the entry around it; nothing if that is unclear.

    `is_top` says that it stands right below a heading. There an item that is a link is an entry;
    further down it is one only if something stands below it, or if its label repeats its title.
    """
    parts = item.children
    if depth > MAX_DEPTH or not parts or parts[0].kind != "paragraph" or parts[0].first < 0:
        return []
    text = parts[0]
    inlines = text.inlines
    start = reading.start_of_own_line(item.start)
    if start < 0:  # but behind another marker, or in a quote
        return []
    label = None
    if not inlines or inlines[0].start != text.first:
        label = _read_label(reading, text)
        if label is None:
            return []
    end = reading.end_of_line(text.last)
    repeats = label is not None and inlines != [] and title_of(reading, inlines[0]) == label[0]
    if is_top or repeats or not inlines or (len(parts) > 1 and _has_list(parts)):
        own = inlines[0] if inlines and (repeats or label is None) else None
        line = ("head", start, item.start, text.first, end)
        return _read_entry(reading, item, depth, line, read_below, label, own)
    if len(parts) > 1:  # prose below a link: whose?
        return []
    line = ("item", start, item.start, text.first, end)
    return [*_read_links(reading, inlines, text.last, line, label)]


def _has_list(parts: list[Block]) -> bool:
    return any(part.kind == "list" for part in parts)


def _read_label(reading: Reading, text: Block) -> _Label | None:
    """The words that an item begins with: all of them, or those before a link; None if prose."""
    end = text.inlines[0].start if text.inlines else text.last
    label = reading.raw[text.first : end].decode().rstrip(BLANK_CHARACTERS)
    if label and label[-1] in _COLONS:
        label = label.rstrip(_COLONS + BLANK_CHARACTERS)
    elif text.inlines:
        return None
    if not label or label.isspace() or not is_single_line(label):
        return None
    if not label[0].isalpha() and not is_name(label):  # behind the box of a task
        return None
    if text.inlines and label[0] + label[-1] == "[]":  # the definition of a reference begins so
        return None
    if not reading.has_room(label, MAX_NAME, text.first):
        return None
    return label, text.first, text.first + len(label.encode())


def _read_entry(
    reading: Reading,
    item: Block,
    depth: int,
    line: _Line,
    read_below: ReadItem,
    label: _Label | None,
    own: Inline | None,
) -> list[Entry | Link]:
    """An entry that is named by its label, or by its `own` link, or by both."""
    text, *below = item.children
    children: list[Entry | Link] = []
    if text.inlines:
        children += _read_links(reading, text.inlines, text.last, line, own=own)
        if not children:
            return []
    if label is None:
        assert own is not None
        if depth > 1 and own.kind != "link":
            return []  # an address further down names nothing
        label = (title_of(reading, own), *reading.trim(own.inner_start, own.inner_end))
        if not reading.has_room(label[0], MAX_NAME, label[1]):
            return []
        if label[0][:1] == "<" and not plain_text(label[0]):
            return []  # a picture in HTML names nothing
    note = None
    for part in below:
        if part.kind == "list":
            for child in part.children:
                children += read_below(reading, child, depth + 1)
        elif part.kind == "table":
            children += read_below(reading, part, depth + 1)
        elif part.kind == "paragraph" and (links := read_paragraph(reading, part)):
            children += links
        elif note is None:
            note = reading.note(part)
    _, start, marker, first, head_end = line
    end = reading.end_of_line(item.end) if below else head_end
    name, name_start, name_end = label
    said, span, lines = note if note is not None else ("", None, None)
    place = BranchPlace(
        "item", start, marker, first, name_start, name_end, head_end, end, span, lines
    )
    return [Entry(name, said, (), tuple(children), place)]


# A run of links.


def read_paragraph(reading: Reading, block: Block) -> list[Link]:
    """The links of a paragraph that holds nothing else; none if it does."""
    opening = reading.raw[block.first : block.inlines[0].start] if block.inlines else None
    if opening not in _OPENINGS:
        return []
    start, end = reading.start_of_own_line(block.start), reading.end_of_line(block.last)
    if start < 0:
        return []
    line = ("paragraph", start, block.first, block.first, end)
    return _read_links(reading, block.inlines, block.last, line, bracket=opening)


def read_labelled(reading: Reading, text: Block) -> list[Link]:
    """`Paper: [title](url)`, a line of a paragraph: its links, the first with the label."""
    label, start = _read_label(reading, text), reading.start_of_own_line(text.first)
    if label is None or start < 0:
        return []
    line = ("paragraph", start, text.first, text.first, reading.end_of_line(text.last))
    return _read_links(reading, text.inlines, text.last, line, label)


def _read_links(
    reading: Reading,
    inlines: list[Inline],
    end: int,
    line: _Line,
    label: _Label | None = None,
    own: Inline | None = None,
    bracket: bytes = b"",
) -> list[Link]:
    """A run of `[title](url) ![badge] (remark)` up to `end`; none if other text stands between.

    The label is that of the first link; a kind that it says holds for the others too, unless
    their titles say one. An `own` link has the name of its entry as its title. `bracket` is what
    opens before each, and closes behind it.
    """
    links: list[Link] = []
    kind = titles.kind_of_title(label[0]) if label is not None else None
    at, context = 0, kind or ""
    while at < len(inlines):
        behind = at + 1
        while behind < len(inlines) and is_picture(reading, inlines[behind], line):
            behind += 1
        is_last = behind == len(inlines)
        stop = end if is_last else inlines[behind].start - len(bracket)
        if not is_last and reading.raw[stop : inlines[behind].start] != bracket:
            return []
        link = _read_link(
            reading,
            inlines[at:behind],
            stop,
            _BEHIND_LINKS if is_last else _BETWEEN_LINKS,
            line,
            label if at == 0 else None,
            context,
            bracket,
            is_own=inlines[at] is own,
        )
        if link is None:
            return []
        links.append(link)
        at, context = behind, f"title {kind}" if kind else ""
    return links


def _read_link(
    reading: Reading,
    inlines: list[Inline],
    end: int,
    separators: frozenset[str],
    line: _Line,
    label: _Label | None,
    context: str,
    bracket: bytes,
    *,
    is_own: bool,
) -> Link | None:
    """One link, the pictures behind it, and the text up to the next link.

    A picture that leads somewhere, such as the stars of a repository, belongs to the link.
    """
    raw, link = reading.raw, inlines[0]
    title, url, begin = title_of(reading, link), link.url, link.start - len(bracket)
    if link.kind not in LINKS or link.has_image or not is_storable(reading, title, url, begin):
        return None
    badge, kind, at = None, None, _behind_bracket(raw, link.end) if bracket else link.end
    if at < 0:
        return None
    pictures = inlines[1:]
    while pictures and not raw[at : pictures[0].start].strip():
        image = pictures.pop(0)
        stated = reading.kind_stated(image) if kind is None and image.kind == "image" else None
        if image.kind == "image" and (badge is None or stated is not None):
            badge, kind = image, stated
        at = image.end
    remark, remark_span = "", None
    rest_end = pictures[0].start if pictures else end
    rest = raw[at:rest_end].decode().strip() if at < rest_end else ""
    if rest[:1] == "(":
        last = _closing(rest)
        if last < 0:
            return None
        opening = raw.index(b"(", at)
        at = opening + len(rest[: last + 1].encode())
        remark_span = reading.trimmed(opening + 1, at - 1)
        remark, rest = reading.text(*remark_span), rest[last + 1 :].strip()
    if rest not in (_NOTHING if pictures else separators) or not is_single_line(remark):
        return None
    if pictures and not _are_pictures(raw, pictures, end, separators):
        return None
    said, label_end = "", -1
    if label is not None:
        said, begin, label_end = label
    form, start, marker, text, line_end = line
    place = LinkPlace(
        form, start, marker, text, line_end, begin, at, link, badge, label_end, remark_span, context
    )
    kind = kind or titles.kind_said(context, title, url)
    return Link("" if is_own else title, url, kind, said, remark, place)


def _behind_bracket(raw: bytes, at: int) -> int:
    """The end of what closes a bracket here; -1 if nothing does."""
    return next((at + len(one) for one in CLOSINGS if raw.startswith(one, at)), -1)


def is_picture(reading: Reading, inline: Inline, line: _Line) -> bool:
    """Whether a reader sees only an image; beside a name, one that is a link is a part itself."""
    if inline.kind == "image" or line[0] == "head":
        return inline.kind == "image"
    return reading.is_picture(inline)


def _are_pictures(raw: bytes, pictures: list[Inline], end: int, separators: frozenset[str]) -> bool:
    """Whether nothing else stands behind a remark, up to the next link."""
    gaps = zip(pictures, [*(one.start for one in pictures[1:]), end], strict=True)
    rests = [raw[one.end : behind].decode().strip() for one, behind in gaps]
    return not any(rests[:-1]) and rests[-1] in separators


def _closing(text: str) -> int:
    """The index of the bracket that closes the first one; -1 if none does."""
    first = text.find(")")
    if text.find("(", 1, first) < 0:
        return first
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return index
    return -1


def title_of(reading: Reading, link: Inline) -> str:
    """The text of a link; one that runs over several lines is put on one."""
    title = reading.raw[link.inner_start : link.inner_end].strip(BLANKS).decode()
    return title if is_single_line(title) else " ".join(title.split())


def title_span(reading: Reading, link: Inline) -> Span:
    return reading.trimmed(link.inner_start, link.inner_end)


def url_span(raw: bytes, link: Inline) -> Span | None:
    """The address of a link as it is written; None if it is not written as it reads."""
    find = raw.rfind if link.has_image else raw.find
    opening = find(b"](", link.inner_end, link.end)
    if link.kind != "link" or opening < 0:
        return None
    start, url = opening + 2, link.url.encode()
    while start < link.end and raw[start] in BLANKS:
        start += 1
    return Span(start, start + len(url)) if raw.startswith(url, start) else None


def opening_of_remark(raw: bytes, at: int, limit: int) -> int:
    """Where a bracket opens right behind `at`; -1 if none does."""
    while at < limit and raw[at] in BLANKS:
        at += 1
    return at if at < limit and raw[at : at + 1] == b"(" else -1


def is_storable(reading: Reading, title: str, url: str, at: int) -> bool:
    """Whether it is a web address with a title, and a record has room for both."""
    return (
        bool(title.strip())
        and is_web_address(url)
        and is_single_line(url)
        and (
            len(title) + len(url) <= MAX_TITLE  # which is less than an address may have
            or (reading.has_room(title, MAX_TITLE, at) and reading.has_room(url, MAX_URL, at))
        )
    )

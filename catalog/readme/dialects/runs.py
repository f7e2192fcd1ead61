"""Links in a row, as cells of tables and lines of papers have them: `[[pdf](url)] [[code](url)]`.

What stands between them says nothing: commas, brackets, line breaks. Each becomes a link with its
place and a part that knows the brackets round it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from catalog import titles
from catalog.readme.dialects import nested
from catalog.readme.meaning import Link
from catalog.readme.places import LinkPlace, Part, Span
from catalog.readme.reading import MAX_TITLE, Reading, is_single_line
from catalog.readme.source import Inline, plain_text

# What may stand between two links, or between a link and the end, without a meaning of its own.
BETWEEN: Final = re.compile(
    rb"(?: [\s,;/|&+\[\]()*_.-] | \xc2\xa0 | \xc2\xb7 | \xe3\x80\x81 | \xef\xbc\x8c | \xef\xbc\x9b"
    rb"| \xe2\x80\xa2 | \xef\xbc\x88 | \xef\xbc\x89 | \xe3\x80\x82 | <br\s*/?>"
    rb"| <!--(?:(?!-->).)*--> )*",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_AT_END: Final = frozenset(bytes([one]) for one in b" \t\r\n\x0b\x0c,;|.[(+&/:-")
_WIDE_AT_END: Final = frozenset("，；：、（【–—―".encode()[i : i + 3] for i in range(0, 27, 3))
_OPENING: Final = {b"[": b"]", b"(": b")"}


class Context(NamedTuple):
    """The line or the cell that a run of links stands in."""

    start: int
    marker: int
    text: int
    end: int
    kind: str = ""
    """As LinkPlace has it."""
    label: str = ""


def read_run(
    reading: Reading, inlines: list[Inline], start: int, end: int, context: Context
) -> list[tuple[Link, Part]] | None:
    """The links between two places that hold nothing but links; None if there is other text."""
    raw = reading.raw
    read: list[tuple[Link, Part]] = []
    at = start
    index = 0
    while index < len(inlines):
        behind = index + 1
        while behind < len(inlines) and inlines[behind].kind == "image":
            behind += 1
        if not is_between(raw, at, inlines[index].start):
            return None
        if inlines[index].kind == "image":
            at = inlines[index].end
            index += 1
            continue
        limit = inlines[behind].start if behind < len(inlines) else end
        one = read_link(reading, inlines[index:behind], limit, context)
        if one is None:
            return None
        read.append(one)
        at = one[1].outer_end
        for image in inlines[index + 1 : behind]:
            if image.start >= at:
                if not is_between(raw, at, image.start):
                    return None
                at = image.end
        index = behind
    return read if is_between(raw, at, end) else None


def trimmed_end(raw: bytes, start: int, end: int) -> int:
    """The end without separators, opening brackets and line breaks before it."""
    while end > start:
        if raw[end - 1 : end] in _AT_END:
            end -= 1
        elif raw[end - 3 : end] in _WIDE_AT_END and end - 3 >= start:
            end -= 3
        elif (
            raw[end - 1 : end] == b">" and (tag := raw.rfind(b"<br", max(start, end - 6), end)) >= 0
        ):
            end = tag
        else:
            break
    return end


def is_between(raw: bytes, start: int, end: int) -> bool:
    return start >= end or BETWEEN.fullmatch(raw, start, end) is not None


def read_link(
    reading: Reading, inlines: list[Inline], limit: int, context: Context
) -> tuple[Link, Part] | None:
    """A link with the badge and the remark behind it, and the brackets that stand round it."""
    raw, inline = reading.raw, inlines[0]
    title, url = nested.title_of(reading, inline), inline.url
    if inline.kind not in nested.LINKS or not nested.is_storable(reading, title, url, inline.start):
        return None
    if inline.has_image and not plain_text(title):
        return None
    badge, stated, end = None, None, inline.end
    for image in inlines[1:]:
        if raw[end : image.start].strip():
            break
        stated = reading.kind_stated(image)
        if stated is None:
            break
        badge, end = image, image.end
        break
    remark, span = "", None
    opening = nested.opening_of_remark(raw, end, limit)
    if opening >= 0 and (closing := closing_bracket(raw, opening, limit)) >= 0:
        inside = reading.trimmed(opening + 1, closing)
        text = reading.text(*inside)
        if text and is_single_line(text) and not _holds_link(raw, opening, closing):
            remark, span, end = text, inside, closing + 1
    kind = stated or titles.kind_said(context.kind, title, url)
    place = LinkPlace(
        "head",
        context.start,
        context.marker,
        context.text,
        context.end,
        inline.start,
        end,
        inline,
        badge,
        -1,
        span,
        context.kind,
    )
    outer_start, outer_end = inline.start, end
    while (closing_mark := _OPENING.get(raw[outer_start - 1 : outer_start])) is not None:
        if raw[outer_end : outer_end + 1] != closing_mark:
            break
        outer_start, outer_end = outer_start - 1, outer_end + 1
    link = Link(title, url, kind, context.label, remark, place)
    return link, Part("link", outer_start, inline.start, end, outer_end)


def closing_bracket(raw: bytes, opening: int, limit: int) -> int:
    """Where the bracket that opens here is closed; -1 if it is not."""
    depth = 0
    for at in range(opening, min(limit, opening + MAX_TITLE)):
        byte = raw[at]
        depth += (byte == 0x28) - (byte == 0x29)
        if depth == 0:
            return at
    return -1


def _holds_link(raw: bytes, start: int, end: int) -> bool:
    return b"](" in raw[start:end] or b"://" in raw[start:end]


def as_own(link: Link) -> Link:
    """The link as that of the entry whose name is its title."""
    return Link("", link.url, link.kind, "", link.remark, link.place)


def span_of_title(reading: Reading, link: Link) -> Span:
    assert link.place is not None
    return nested.title_span(reading, link.place.link)

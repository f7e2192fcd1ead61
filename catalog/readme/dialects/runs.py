"""Links in a row, as cells of tables and lines of papers have them: `[[pdf](url)] [[code](url)]`.

What stands between them says nothing: commas, brackets, line breaks. Each becomes a link with its
place and a part that knows the brackets round it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from catalog import titles
from catalog.identifiers import is_web_address
from catalog.readme.blocks import Inline
from catalog.readme.dialects import nested
from catalog.readme.dialects.pictured import pictured
from catalog.readme.meaning import Link
from catalog.readme.places import LinkPlace, Part, Span
from catalog.readme.reading import MAX_TITLE, Reading, is_single_line
from catalog.readme.source import plain_text

# What may stand between two links, or between a link and the end, without a meaning of its own.
BETWEEN: Final = re.compile(
    rb"(?: &nbsp;|\xc2\xa0 | [\s,;/|&+\[\]()*_.-] | \xc2\xb7 | \xe3\x80\x81 | \xef\xbc\x8c"
    rb"| \xef\xbc\x9b | \xe2\x80\xa2 | \xef\xbc\x88 | \xef\xbc\x89 | \xe3\x80\x82 | <br\s*/?>"
    rb"| \\(?=[ \t]*\r?\n)"
    rb"| <!--(?:(?!-->).)*--> )*",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_BETWEEN_AS_ONE: Final = frozenset(b" \t\r\n\x0b\x0c,;/|&+[]()*_.-")
_AT_END: Final = frozenset(bytes([one]) for one in b" \t\r\n\x0b\x0c,;|.[(+&/:-")
_WIDE_AT_END: Final = frozenset("，；：、（【–—―".encode()[i : i + 3] for i in range(0, 27, 3))
_BACKSLASH: Final = 0x5C
# At the end of a line it breaks that, as `<br>` does; with blanks behind it is meant to.
_BREAK: Final = re.compile(rb"\\[ \t]*\r?\n")
_MARKS: Final = frozenset(b"*_")
# They say what a link is, but are no kind of their own.
_OF_NO_KIND: Final = frozenset(
    {"bilibili", "poster", "ppt", "slide", "slides", "talk", "video", "videos", "youtube"}
)
_OPENING: Final = {b"[": b"]", b"(": b")"}


Context = tuple[int, int, int, int, str, str]
"""The line or the cell that a run of links stands in: its start, marker, text and end as LinkPlace
has them, what says their kind, and their label."""


class Standing(NamedTuple):
    """A link, and where the brackets round it stand."""

    link: Link
    start: int
    end: int

    def part(self, key: str, number: int) -> Part:
        """The slot of the link, which is its entry's child with this number."""
        place = self.link.place
        assert place is not None
        return Part(key, self.start, place.stated_start, place.stated_end, self.end, number)


def read_run(
    reading: Reading, inlines: list[Inline], start: int, end: int, context: Context
) -> list[Standing] | None:
    """The links between two places that hold nothing but links; None if there is other text."""
    raw = reading.raw
    read: list[Standing] = []
    at = start
    index, number = 0, len(inlines)
    while index < number:
        inline = inlines[index]
        if not is_between(raw, at, inline.start):
            return None
        if inline.kind == "image" or is_to_come(reading, inline):
            at = inline.end
            index += 1
            continue
        behind = behind_images(inlines, index)
        limit = inlines[behind].start if behind < number else end
        link = pictured(reading, inline) or inline
        one = read_link(reading, [link, *inlines[index + 1 : behind]], limit, context)
        if one is None:
            return None
        read.append(one)
        at = one.end
        for image in inlines[index + 1 : behind]:
            if image.start >= at:
                if not is_between(raw, at, image.start):
                    return None
                at = image.end
        index = behind
    return read if is_between(raw, at, end) else None


def is_to_come(reading: Reading, inline: Inline) -> bool:
    """Whether it keeps the place of a link that leads to no page of the web yet: `[code]()`."""
    if inline.kind != "link" or is_web_address(inline.url):
        return False
    title = reading.text(inline.inner_start, inline.inner_end)
    return titles.kind_of_title(plain_text(title)) is not None


def say_kinds(reading: Reading, links: list[Inline]) -> bool:
    """Whether each title says what is there, or stands in brackets of its own."""
    return all(
        reading.is_picture(link) or _is_bracketed(reading.raw, link) or _says_what(reading, link)
        for link in links
    )


def _says_what(reading: Reading, link: Inline) -> bool:
    """Whether a title says what is there: `[paper](..)`, `[slides](..)`, `[YouTube](..)`."""
    title = plain_text(reading.text(link.inner_start, link.inner_end))
    return titles.kind_of_title(title) is not None or title.casefold() in _OF_NO_KIND


def are_in_brackets(raw: bytes, links: list[Inline]) -> bool:
    """Whether each stands in square brackets, or has a title that does."""
    return all(one.kind == "image" or _is_bracketed(raw, one) for one in links)


def _is_bracketed(raw: bytes, link: Inline) -> bool:
    return b"[" in (raw[link.start - 1 : link.start], raw[link.inner_start : link.inner_start + 1])


def are_apart(run: list[Standing]) -> bool:
    """Whether each stands in brackets of its own."""
    return all(start < link.place.stated_start for link, start, _ in run if link.place)


def first_link(inlines: list[Inline]) -> Inline | None:
    for inline in inlines:
        if inline.kind != "image":
            return inline
    return None


def behind_images(inlines: list[Inline], index: int) -> int:
    """The index behind an inline and the images that follow it."""
    index += 1
    while index < len(inlines) and inlines[index].kind == "image":
        index += 1
    return index


def trimmed_end(raw: bytes, start: int, end: int) -> int:
    """The end without separators, opening brackets and line breaks before it."""
    while end > start:
        if raw[end - 1 : end] in _AT_END:
            end -= 1
        elif raw[end - 3 : end] in _WIDE_AT_END and end - 3 >= start:
            end -= 3
        elif raw[end - 1] == _BACKSLASH and _BREAK.match(raw, end - 1):
            end -= 1
        elif (
            raw[end - 1 : end] == b">" and (tag := raw.rfind(b"<br", max(start, end - 6), end)) >= 0
        ):
            end = tag
        else:
            break
    return end


def is_between(raw: bytes, start: int, end: int) -> bool:
    if end - start < 2:
        return start >= end or raw[start] in _BETWEEN_AS_ONE
    return BETWEEN.fullmatch(raw, start, end) is not None


def read_link(
    reading: Reading, inlines: list[Inline], limit: int, context: Context
) -> Standing | None:
    """A link with the badge and the remark behind it, and the brackets that stand round it."""
    raw, inline = reading.raw, inlines[0]
    title, url = nested.title_of(reading, inline), inline.url
    if inline.kind not in nested.LINKS or not nested.is_storable(reading, title, url, inline.start):
        return None
    if inline.has_image and not plain_text(title):
        return None
    start, end = inline.start, inline.end
    badge, stated = None, None
    if len(inlines) > 1 and not raw[end : inlines[1].start].strip():
        stated = reading.kind_stated(inlines[1])
        if stated is not None:
            badge, end = inlines[1], inlines[1].end
    remark, span = "", None
    opening = nested.opening_of_remark(raw, end, limit)
    if opening >= 0 and (closing := closing_bracket(raw, opening, limit)) >= 0:
        inside = reading.trimmed(opening + 1, closing)
        text = reading.text(*inside)
        if text and is_single_line(text) and not _holds_link(raw, opening, closing):
            remark, span, end = text, inside, closing + 1
    line_start, marker, line_text, line_end, said_by, label = context
    kind = stated or titles.kind_said(said_by, title, url)
    place = LinkPlace(
        "head",
        line_start,
        marker,
        line_text,
        line_end,
        start,
        end,
        inline,
        badge,
        -1,
        span,
        said_by,
    )
    while (closing_mark := _OPENING.get(raw[start - 1 : start])) is not None:
        if raw[end : end + 1] != closing_mark:
            break
        start, end = start - 1, end + 1
    return Standing(Link(title, url, kind, label, remark, place), start, end)


def within_marks(raw: bytes, one: Standing) -> Standing:
    """The link with the marks right round it: `*[reviews](url)*`."""
    start, end = one.start, one.end
    while raw[start - 1] in _MARKS and raw[end : end + 1] == raw[start - 1 : start]:
        start, end = start - 1, end + 1
    return one._replace(start=start, end=end)


def behind_bracket(raw: bytes, run: list[Standing]) -> int:
    """Where the bracket ends that links share, `[[pdf](url), [code](url)]`; -1 if there is none."""
    if not run or raw[run[0].start - 1 : run[0].start] != b"[":
        return -1
    at = run[-1].end
    while raw[at : at + 1] == b" ":
        at += 1
    return at + 1 if raw[at : at + 1] == b"]" else -1


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

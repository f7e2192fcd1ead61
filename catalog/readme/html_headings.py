"""Headings that are written as HTML: `<h2 id="models">Models</h2>` on a line of its own.

Who reads the page sees no difference, so what stands below them is read alike. What is new is
written as Markdown; what moves keeps its tag and its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from catalog.readme.blocks import Block
from catalog.readme.places import Place

# The closing tag as people mistype it, `<h2/>`, is taken too, as browsers do.
_TAGGED: Final = (
    rb"<h(?P<level>[1-6])(?:[ \t][^<>\n]*)?>"
    rb"(?P<inside>(?:(?!</?h[1-6]\b)[^\n])*)"
    rb"<(?:/h(?P=level)|h(?P=level)[ \t]*/)[ \t]*>"
)
_HEADING: Final = re.compile(_TAGGED + rb"\s*", re.IGNORECASE)
_ON_A_LINE: Final = re.compile(rb"^[ \t]*" + _TAGGED + rb"[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_TAG: Final = re.compile(rb"<[^<>]*>")
_LEVEL: Final = re.compile(r"(?i)(</?h)[1-6](?=[\s/>])")
_OPENING: Final = re.compile(r"(?i)<h([1-6])")
_ID: Final = re.compile(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)")


def take_html_headings(blocks: Iterable[Block], raw: bytes) -> None:
    """Make a heading of each HTML block that is one, with words in it.

    A block of several lines stays what it is: nobody could say where its heading ends. But the
    first heading may stand among pictures, as in `<div align="center">` at the head of a list.
    """
    is_first = True
    for block in blocks:
        if block.kind == "html":
            found = _HEADING.fullmatch(raw, block.start, block.end)
            if found is not None:
                _take(block, raw, found)
            elif is_first and (found := _among_pictures(raw, block.start, block.end)) is not None:
                block.start, block.end = found.span()
                _take(block, raw, found)
        is_first = is_first and block.kind != "heading"


def _take(block: Block, raw: bytes, found: re.Match[bytes]) -> None:
    if not _TAG.sub(b"", found["inside"]).strip():
        return
    start, end = found.span("inside")
    block.kind, block.level = "heading", int(found["level"])
    block.first = end - len(raw[start:end].lstrip())
    block.last = start + len(raw[start:end].rstrip())


def _among_pictures(raw: bytes, start: int, end: int) -> re.Match[bytes] | None:
    """The heading on one of these lines, if the others show no words."""
    found = _ON_A_LINE.search(raw, start, end)
    if found is None or _TAG.sub(b"", raw[start : found.start()] + raw[found.end() : end]).strip():
        return None
    return found


def ids_within(text: str) -> list[str]:
    """The anchors that HTML tags in a text give."""
    return _ID.findall(text) if "<" in text else []


def hashes_of(raw: bytes, place: Place) -> str:
    """What a Markdown heading of the same level begins with."""
    marker = raw[place.marker : place.text].decode()
    tag = _OPENING.match(marker)
    return marker if tag is None else f"{'#' * int(tag[1])} "


def is_html(raw: bytes, place: Place) -> bool:
    """Whether a heading is written as HTML."""
    return raw[place.marker : place.marker + 1] == b"<"


def at_level(text: bytes, level: int) -> bytes:
    """The lines of such a heading with another level."""
    head, end, rest = text.decode().partition("\n")
    head = _LEVEL.sub(lambda tag: f"{tag[1]}{level}", head)
    return f"{head}{end}{rest}".encode()

"""What is to be read of an item's text: with a number before it, without what serves the page.

`* 4. Surveys` is two lists to Markdown, and one item to a reader, who does not see the anchor of
`* <a id="java">Java</a> | [Back](#contents)`, and takes the link back for no part of it.
"""

from __future__ import annotations

import re
from typing import Final

from catalog.readme.blocks import Block
from catalog.readme.reading import Reading

_ON_ONE_LINE: Final = re.compile(rb"(?:[*+-]|\d{1,9}[.)]) {1,4}")
_NUMBER: Final = re.compile(rb"\d{1,9}[.)] {1,4}")
_ANCHOR: Final = re.compile(
    rb"<(?P<tag>a|span)\s+(?:id|name)\s*=(?P<words>[^<>]*)>(?P<closed></(?P=tag)>)?\s*"
)
_END_OF_ANCHOR: Final = re.compile(rb"\s*</(?P<tag>a|span)>\s*\Z")
_BEFORE_WAY: Final = re.compile(rb"\s*(?:[|(\[-]|\xc2\xb7|\xe2\x80[\x93\x94])\s*\Z")
_BEHIND_WAY: Final = re.compile(rb"[\s)\]]*")
_WORD: Final = re.compile(r"\w")
_BLANKS: Final = re.compile(rb"(?<!\s)\s*\Z")
_HASH: Final = 0x23
_LONGEST_SIGN: Final = 16


def take_text(reading: Reading, item: Block) -> None:
    """Make a text of what an item begins with, if a reader sees one: a heading, a number."""
    text = item.children[0]
    if text.kind == "list":
        _take_number(reading, item)
    elif text.kind == "heading" and reading.raw[text.start] == _HASH:
        text.kind = "paragraph"


def _take_number(reading: Reading, item: Block) -> None:
    """Make one item of a bullet and a number on the same line, if words follow them.

    Two numbered lines behind one bullet are a list of their own, and stay one.
    """
    numbered, *below = item.children
    if len(numbered.children) != 1:
        return
    inner = numbered.children[0]
    bullet = _ON_ONE_LINE.match(reading.raw, item.start)
    if bullet is None or bullet.end() != inner.start or not inner.children:
        return
    text, *further = inner.children
    number = _NUMBER.match(reading.raw, inner.start)
    if text.kind != "paragraph" or number is None or number.end() != text.first:
        return
    if text.inlines and text.inlines[0].start == text.first:
        return
    text.start = text.first = inner.start
    item.children = [text, *further, *below]


def leave_ways_out(reading: Reading, text: Block) -> None:
    """Let the text end before links to other places of the page, and begin behind an anchor.

    Such a link stands behind a sign of its own, or has no words: the text goes on without it.
    """
    raw, inlines = reading.raw, text.inlines
    while inlines and inlines[-1].url[:1] == "#" and inlines[-1].kind == "link":
        way = inlines[-1]
        sign = _BEFORE_WAY.search(raw, max(text.first, way.start - _LONGEST_SIGN), way.start)
        if sign is None and _WORD.search(raw[way.inner_start : way.inner_end].decode()) is None:
            sign = _BLANKS.search(raw, text.first, way.start)
        if sign is None or sign.start() <= text.first:
            break
        if _BEHIND_WAY.fullmatch(raw, way.end, text.last) is None:
            break
        text.last = sign.start()
        inlines.pop()
    anchor = _ANCHOR.match(raw, text.first, text.last)
    if anchor is None or anchor.end() == text.last or b"href" in anchor["words"]:
        return
    if anchor["closed"] is None:
        end = _END_OF_ANCHOR.search(raw, max(text.first, text.last - _LONGEST_SIGN), text.last)
        if end is None or end["tag"] != anchor["tag"]:
            return
        text.last = end.start()
    text.first = anchor.end()

"""Items whose text begins with a number: `* 4. Surveys`, which Markdown takes for two lists."""

from __future__ import annotations

import re
from typing import Final

from catalog.readme.reading import Reading
from catalog.readme.source import Block

_ON_ONE_LINE: Final = re.compile(rb"(?:[*+-]|\d{1,9}[.)]) {1,4}")
_NUMBER: Final = re.compile(rb"\d{1,9}[.)] {1,4}")


def take_number(reading: Reading, item: Block) -> None:
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

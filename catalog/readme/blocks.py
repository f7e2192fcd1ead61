"""What a text is made of before anybody asks what it says: blocks, and the links in them.

Positions are offsets of UTF-8 bytes. A long list has a hundred thousand of both. Without
`__init__`, which runs apart from its caller, making one costs half as much.
"""

from __future__ import annotations

from typing import Any, Final

HOLDERS: Final = frozenset({"document", "list", "item", "quote", "table", "row"})
"""The kinds of blocks that hold others, and no text of their own."""
_NOTHING: Final[Any] = ()  # where nothing can be; a tuple, so that nobody adds to it


class Inline:
    """A link or an image inside a block, with the range of the whole and of its inner text.

    `kind` says how it is written: "link", "reference", "autolink", "bare" or "image".
    `has_image` says that there is a further image or link inside it.
    """

    __slots__ = ("end", "has_image", "inner_end", "inner_start", "kind", "start", "url")

    kind: str
    start: int
    end: int
    inner_start: int
    inner_end: int
    url: str
    has_image: bool


def new_inline(kind: str, start: int, end: int, inner_start: int, url: str) -> Inline:
    """One without an inner text so far."""
    inline = Inline()
    inline.kind = kind
    inline.start = start
    inline.end = end
    inline.inner_start = inline.inner_end = inner_start
    inline.url = url
    inline.has_image = False
    return inline


class Block:
    """A block with its byte range; one that holds text also has its links and images, in order.

    `first` and `last` bound what a reader sees of the text; -1 where there is none. `level` is that
    of a heading.
    """

    __slots__ = ("children", "end", "first", "inlines", "kind", "last", "level", "start")

    kind: str
    start: int
    end: int
    level: int
    children: list[Block]
    inlines: list[Inline]
    first: int
    last: int


def new_block(kind: str, start: int, end: int) -> Block:
    """A block without anything in it so far."""
    block = Block()
    block.kind = kind
    block.start = start
    block.end = end
    block.level = 0
    block.first = block.last = -1
    if kind in HOLDERS:
        block.children, block.inlines = [], _NOTHING
    else:
        block.children, block.inlines = _NOTHING, []
    return block

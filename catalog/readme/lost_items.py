"""Items that Markdown does not see: `-[T5](url)`, without the blank behind the bullet.

Such a line runs on from the item above it, and the lines below it seem to be that item's. Nobody
may tell them apart for sure, so they are kept text, and the item above ends before them.
"""

from __future__ import annotations

import re
from typing import Final

from catalog.readme.blocks import Block
from catalog.readme.dialects.nested import MAX_DEPTH

_LOST: Final = re.compile(rb"^(?P<indent>[ \t]*)-\[[^\[\]\n]+\]\(", re.MULTILINE)


def without_lost_items(blocks: list[Block], raw: bytes) -> list[Block]:
    """The blocks without lost items, and each item ended before one that runs on from it."""
    if b"-[" not in raw:
        return blocks
    left: list[Block] = []
    lost_at = -1  # the column of a lost item right above
    for block in blocks:
        if block.kind == "list":
            _cut_list(block, raw, 0)
            while lost_at >= 0 and block.children and _column(block.children[0], raw) > lost_at:
                del block.children[0]
        start = block.start - _column(block, raw)
        is_lost = block.kind == "paragraph" and _LOST.match(raw, start) is not None
        lost_at = _column(block, raw) if is_lost else -1
        if not is_lost and (block.children or block.kind != "list"):
            left.append(block)
    return left


def _column(block: Block, raw: bytes) -> int:
    return block.start - raw.rfind(b"\n", 0, block.start) - 1


def _cut_list(block: Block, raw: bytes, depth: int) -> re.Match[bytes] | None:
    """The lost item, if the rest of the list is that item's; else None."""
    if depth > MAX_DEPTH:
        return None
    for number, item in enumerate(block.children):
        lost = _cut_item(item, raw, depth)
        if lost is None:
            continue
        if len(lost["indent"]) < _column(item, raw):  # it stands beside an item further out
            del block.children[number + 1 :]
            block.end = lost.start() - 1
            return lost
    return None


def _cut_item(item: Block, raw: bytes, depth: int) -> re.Match[bytes] | None:
    """End an item before the lost one in it."""
    for number, part in enumerate(item.children):
        lost = None
        if part.kind == "list":
            lost = _cut_list(part, raw, depth + 1)
        elif part.kind == "paragraph" and part.first >= 0:
            lost = _LOST.search(raw, part.first, part.last)
        if lost is None:
            continue
        del item.children[number + 1 :]
        at = lost.start() - 1
        if part.kind == "paragraph":
            part.last = part.first + len(raw[part.first : at].rstrip())
            part.end = min(part.end, part.last)
            part.inlines = [one for one in part.inlines if one.end <= at]
        item.end = at
        return lost
    return None

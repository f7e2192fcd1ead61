"""Items below `Related links:`, each a link, whatever else it says.

    - [StableVicuna](url) a fine-tune of Vicuna
    - A playground that runs on [Basaran](url): [chatglm:6b](url)

Elsewhere the first would be an entry with a note, and the second a sentence. Words behind the link
are its remark, even without brackets; a link within its label is left out of the label.
"""

from __future__ import annotations

import re
from typing import Final

from catalog import titles
from catalog.readme.blocks import Block, Inline
from catalog.readme.dialects import nested
from catalog.readme.meaning import Link
from catalog.readme.places import LinkPlace, Span
from catalog.readme.reading import MAX_NAME, MAX_TITLE, Reading, is_single_line

_ANNOUNCED: Final = re.compile(r"(?:\w+ ){0,2}links?\s*:|(?:相关|其他)?链接\s*[:：]", re.IGNORECASE)
_COLONS: Final = (":", "：")


def announces_links(reading: Reading, block: Block) -> bool:
    """Whether a paragraph says that links follow, and nothing else."""
    if block.kind != "paragraph" or block.inlines or block.first < 0:
        return False
    return _ANNOUNCED.fullmatch(reading.text(block.first, block.last).strip()) is not None


def read_related(reading: Reading, item: Block) -> list[Link]:
    """The link that such an item is; nothing if it is none."""
    text = item.children[0] if len(item.children) == 1 else None
    start = reading.start_of_own_line(item.start)
    if text is None or text.kind != "paragraph" or not text.inlines or start < 0:
        return []
    *within, link = text.inlines
    badge, kind = None, None
    if link.kind == "image" and within and not reading.raw[within[-1].end : link.start].strip():
        badge, kind = link, reading.kind_stated(link)
        *within, link = within
    title = nested.title_of(reading, link)
    are_links = all(one.kind in nested.LINKS and not one.has_image for one in (*within, link))
    if not are_links or not nested.is_storable(reading, title, link.url, link.start):
        return []
    end = link.end if badge is None else badge.end
    label, remark = _label(reading, text, within, link), _remark(reading, end, text.last)
    if label is None or remark is None or bool(label) == (remark.end > remark.start):
        return []
    place = LinkPlace(
        "item",
        start,
        item.start,
        text.first,
        reading.end_of_line(text.last),
        text.first,
        remark.end,
        link,
        badge,
        text.first + len(_before_colon(reading, text, link).encode()) if label else -1,
        None if label else remark,
    )
    kind = kind or titles.kind_said("", title, link.url)
    return [Link(title, link.url, kind, label, reading.text(*remark), place)]


def _before_colon(reading: Reading, text: Block, link: Inline) -> str:
    words = reading.text(text.first, link.start).rstrip()
    return words[:-1].rstrip() if words.endswith(_COLONS) else ""


def _label(reading: Reading, text: Block, within: list[Inline], link: Inline) -> str | None:
    """The words before the link, with the texts of the links in them; None if they are no label."""
    if link.start == text.first:
        return ""
    label, at = "", text.first
    for one in within:
        label += reading.text(at, one.start) + nested.title_of(reading, one)
        at = one.end
    label += reading.text(at, link.start)
    label = label.rstrip()[:-1].rstrip()
    if not _before_colon(reading, text, link):
        return None
    return label if is_single_line(label) and len(label) <= MAX_NAME else None


def _remark(reading: Reading, at: int, end: int) -> Span | None:
    """The words behind the link, which may be none; None if they cannot be a remark."""
    span = reading.trimmed(at, end)
    words = reading.text(*span)
    if not words:
        return Span(at, at)
    is_remark = words[0].isalnum() and is_single_line(words) and len(words) <= MAX_TITLE
    return span if is_remark else None

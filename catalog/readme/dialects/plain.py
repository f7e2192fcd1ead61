"""The items that most of the real list is: `* Name`, and `* [title](url) ![badge]`.

They are known at a glance, and read in a third of the time that the dialects need, who would say
the same of them: a test holds that. Whatever says more is theirs.
"""

from __future__ import annotations

import re
from typing import Final

from catalog import titles
from catalog.identifiers import is_web_address
from catalog.readme.blocks import Block
from catalog.readme.dialects.nested import MAX_DEPTH, ReadItem, title_of
from catalog.readme.meaning import Entry, Link
from catalog.readme.places import BranchPlace, LinkPlace, Span
from catalog.readme.reading import BLANKS, MAX_TITLE, Reading

# A few words: no sentence, label, note or mark. A word of dashes would begin a note.
_NAME: Final = re.compile(
    r"[A-Za-z\u3400-\u9fff][\w.+/&,\u3400-\u9fff-]{0,30}"
    r"(?: (?!-)\(?[\w.+/&),\u3400-\u9fff-]{1,30}){0,6}(?<![.,-])",
    re.ASCII,
)
_REMARK: Final = re.compile(
    rb"\s*(?P<bracket>\(\s*(?P<remark>[^\s()](?:[^()\r\n]*[^\s()])?)\s*\))\s*"
)
_LONGEST: Final = 30  # with Chinese characters; more of them are a sentence
_BLANK: Final = 0x20
# Places are tuples of many names: made so, each costs a third of what a call with names costs.
_tuple: Final = tuple.__new__


def read_name(reading: Reading, item: Block, depth: int, read_item: ReadItem) -> Entry | None:
    """An entry that is a few words, with nothing below it or with a list of plain items.

    What stands behind an item that has something below itself may be of any form.
    """
    parts, raw = item.children, reading.raw
    text = parts[0]
    if text.inlines or text.kind != "paragraph" or len(parts) > 2:
        return None
    first, last = text.first, text.last
    while raw[last - 1] == _BLANK:
        last -= 1
    name = raw[first:last].decode()
    if _NAME.fullmatch(name) is None or (len(name) > _LONGEST and not name.isascii()):
        return None
    start = reading.start_of_own_line(item.start)
    if start < 0:
        return None
    head_end = end = raw.find(b"\n", last) + 1 or len(raw)
    children: list[Entry | Link] = []
    if len(parts) == 2:
        if parts[1].kind != "list" or depth == MAX_DEPTH:
            return None
        end = reading.end_of_line(item.end)
        are_leaves = True
        for child in parts[1].children:
            are_leaves = are_leaves and len(child.children) == 1
            if not are_leaves:
                children += read_item(reading, child, depth + 1)
                continue
            one = read_link(reading, child) or read_name(reading, child, depth + 1, read_item)
            if one is None:
                return None
            children.append(one)
    place = _tuple(
        BranchPlace,
        ("item", start, item.start, first, first, last, head_end, end, None, None, (), None),
    )
    return Entry(name, "", (), tuple(children), place)


def read_link(reading: Reading, item: Block) -> Link | None:
    """A link of the entry around it, with nothing behind it but a badge and a remark."""
    text = item.children[0]
    inlines = text.inlines
    if not inlines or len(item.children) > 1:
        return None
    raw, link, badge, kind = reading.raw, inlines[0], None, None
    url, last = link.url, link.end
    if link.start != text.first or link.kind != "link" or link.has_image:
        return None
    if len(inlines) == 2:
        badge = inlines[1]
        if badge.kind != "image" or raw[last : badge.start].strip(BLANKS):
            return None
        last = badge.end
    remark, remark_span = "", None
    if last != text.last:
        found = _REMARK.fullmatch(raw, last, text.last)
        if found is None:
            return None
        last, remark_span = found.end("bracket"), Span(*found.span("remark"))
        remark = reading.text(*remark_span)
    title = raw[link.inner_start : link.inner_end].decode()
    if "\n" in title:
        title = title_of(reading, link)
    if not title or title.strip() != title:
        return None
    if not (title.isprintable() and url.isprintable() and is_web_address(url)):
        return None
    if len(title) + len(url) > MAX_TITLE:
        return None
    start = reading.start_of_own_line(item.start)
    if start < 0:
        return None
    if badge is not None:
        kind = reading.kind_stated(badge)
    end = raw.find(b"\n", last) + 1 or len(raw)
    first = text.first
    place = _tuple(
        LinkPlace,
        ("item", start, item.start, first, end, first, last, link, badge, -1, remark_span, ""),
    )
    return Link(title, url, kind or titles.kind_said("", title, url), "", remark, place)

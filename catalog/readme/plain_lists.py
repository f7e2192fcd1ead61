"""Lists that need no parser: `* Name`, and below it `  * [title](url) ![badge] (remark)`.

Most of the real list is written so. Such a list is found in the bytes, and its lines say all that
it holds, in half of the time that the library takes to say the same in events. What says more, or
may be read in two ways, is left to the library: a name in bold, an address alone, a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from catalog.readme.blocks import Block, Inline, new_block, new_inline

# A few words: no sentence, label, note or mark. A word of dashes would begin a note. A record has
# room for the longest, and for the longest title with its address.
_NAME: Final = rb"""(?P<name> [A-Za-z\x80-\xff] [\w.+/&,\x80-\xff-]{0,30}
    (?: [ ] (?!-) \(? [\w.+/&),\x80-\xff-]{1,30} ){0,6} (?<! [.,-] ) )"""
_URL: Final = rb"[^\x00-\x20()<>\\`;\x7f-\xff]{1,500}"
_LINK: Final = (
    rb"""(?P<link> \[
    (?P<title> [^\x00-\x20\[\]\\`<>\x7f] (?: [^\x00-\x1f\[\]\\`<>\x7f]{0,250}
        [^\x00-\x20\[\]\\`<>\x7f] | ) ) \n?
    \] \( (?P<url> (?: https?://(?!/) | \# ) %s ) \) )"""
    % _URL
)
_BADGE: Final = rb"(?P<badge> !\[ [^\r\n\[\]\\`<>]* \] \( (?P<image> %s ) \) )" % _URL
_REMARK: Final = rb"\( (?P<remark> [A-Za-z0-9'] (?: [A-Za-z0-9,'! -]* [A-Za-z0-9!] )? ) \)"
# An empty choice is tried in a fifth less time than `?`.
_SAID: Final = rb"""(?: %s | ) (?: (?(name) :[ ]* ) %s
    (?: [ ]* %s | ) (?: [ ]* (?: \n [ ]* | ) %s | ) | )""" % (_NAME, _LINK, _BADGE, _REMARK)
_ITEMS: Final = {
    bullet: re.compile(
        rb"""(?P<indent> [ ]* ) \%s [ ]{1,4} (?P<said> %s )
        (?P<end> [ ]* (?: \n | \Z ) ) (?: [ \n]* \n | )"""
        % (bullet, _SAID),
        re.VERBOSE,
    )
    for bullet in (b"*", b"+", b"-")
}
_CHINESE: Final = re.compile(r"[\w\u3400-\u9fff.+/&,() -]{1,30}", re.ASCII)  # more are a sentence
_BARE_LINK: Final = "www."
_BEGIN: Final = re.compile(rb"\n *\n(?P<indent> *)(?P<bullet>[*+-]) ")
_HEADING: Final = re.compile(rb"#{1,6} ")
_AROUND_URL: Final = len(b"]()")
_BLANK: Final = 0x20
_LINE_END: Final = 0x0A
# What begins so may belong to the list above it.
_OF_LISTS: Final = b" \t\r\n\x0b\x0c*+-0123456789"
_BEHIND_LISTS: Final = _OF_LISTS + b"["  # the library adds the definition of a reference to it
_MOST_BLANKS: Final = 3  # behind more of them, a line goes on with the words above
_DEEPEST: Final = 15
_tuple: Final = tuple.__new__  # costs a third of what a call with names costs


class PlainLine(NamedTuple):
    """An item of a plain list: a name, a link, or a name and a link of it."""

    depth: int
    """Below how many others it stands."""
    start: int
    marker: int
    first: int
    """Here begins what it says,"""
    last: int
    """and here it ends."""
    end: int
    name: str
    title: str
    link: Inline | None
    badge: Inline | None
    remark: tuple[int, int]
    """Where its words begin and end; -1 without one."""


class PlainList(Block):
    """A list whose lines say it all: the blocks in it are made when somebody asks for them."""

    __slots__ = ("lines", "links")

    lines: list[PlainLine]
    links: list[Inline]
    """All links and badges of the lines."""

    @property
    def leads_away(self) -> bool:
        """Whether none of its links leads to another place of the page."""
        return not any(one.url.startswith("#") for one in self.links)

    def __getattr__(self, name: str) -> Any:
        if name != "children":
            raise AttributeError(name)
        self.children = _items(self.lines, self.end)
        return self.children


def find_plain_lists(raw: bytes) -> Iterator[PlainList]:
    """The plain lists that stand below a blank line, and in no other list.

    For the caller to see: they may be something else, such as lines of code.
    """
    at = 0
    while (blank := _BEGIN.search(raw, at)) is not None:
        at = blank.start("indent")
        found = None
        if _parts_lists(raw, blank.start()):
            found = _read(raw, at, _ITEMS[blank["bullet"]])
        if found is not None:
            at = found.end
            yield found


def _parts_lists(raw: bytes, at: int) -> bool:
    """Whether no list goes on behind the text up to `at`: a heading, or a line by itself.

    Such a line stands at the left margin, below a blank line, and is no item: lists end before it.
    """
    while at and raw[at - 1] in b" \n":
        at -= 1
    start = raw.rfind(b"\n", 0, at) + 1
    if _HEADING.match(raw, start) is not None:
        return True
    above = start - 1
    while above > 0 and raw[above - 1] == _BLANK:
        above -= 1
    return above > 0 and raw[above - 1] == _LINE_END and raw[start] not in _OF_LISTS


def _read(raw: bytes, at: int, item: re.Pattern[bytes]) -> PlainList | None:
    """The list that begins here; None if anything in it may say more."""
    lines: list[PlainLine] = []
    links: list[Inline] = []
    columns = [0]  # where the words begin of what the next line may stand below
    least, most = 0, _DEEPEST  # how deep that may be
    is_apart = False
    while (found := item.match(raw, at)) is not None:
        marker = found.end("indent")
        column = marker - at
        while column < columns[-1]:
            columns.pop()
        depth = len(columns) - 1
        if column > columns[-1] + _MOST_BLANKS or not least <= depth <= most:
            return None
        line = _line(found, depth, at, marker, links)
        if line is None:
            return None
        least, most = 0, _DEEPEST
        if depth and line.link is not None:
            if line.name:
                least = depth + 1  # with nothing below it, a name before a link is its label
            else:
                most = depth  # nothing stands below a link
        lines.append(line)
        columns.append(line.first - at)
        at = found.end()
        is_apart = at > line.end
    if not lines or least or not _ends(raw, at, is_apart=is_apart):
        return None
    block = PlainList()
    block.kind, block.start, block.end, block.level = "list", lines[0].marker, at, 0
    block.first = block.last = -1
    block.inlines = []
    block.lines, block.links = lines, links
    return block


def _line(
    found: re.Match[bytes], depth: int, start: int, marker: int, links: list[Inline]
) -> PlainLine | None:
    """What an item says, whose link and badge join the others; None if it may say more."""
    said, title, url, image = found.group("name", "title", "url", "image")
    (first, last), end, name = found.span("said"), found.end("end"), ""
    if said is not None:
        name = said.decode()
        if _BARE_LINK in name or not (name.isascii() or _CHINESE.fullmatch(name)):
            return None
    if title is None:
        if not name:
            return None
        return _tuple(
            PlainLine, (depth, start, marker, first, last, end, name, "", None, None, (-1, -1))
        )
    words = title.decode()
    if words == name or not (words.isascii() or words.isprintable()):
        return None  # `T5: [T5](url)` says its name once
    opening, closing = found.span("link")
    link = new_inline("link", opening, closing, opening + 1, url.decode())
    link.inner_end = closing - len(url) - _AROUND_URL
    links.append(link)
    badge = None
    if image is not None:
        opening, closing = found.span("badge")
        badge = new_inline("image", opening, closing, opening + 2, image.decode())
        badge.inner_end = closing - len(image) - _AROUND_URL
        links.append(badge)
    remark = found.span("remark")
    return _tuple(
        PlainLine, (depth, start, marker, first, last, end, name, words, link, badge, remark)
    )


def _ends(raw: bytes, at: int, *, is_apart: bool) -> bool:
    """Whether a list ends before `at`, where no item stands; `is_apart` by a blank line."""
    if at == len(raw):
        return True
    return raw[at] not in _BEHIND_LISTS if is_apart else _HEADING.match(raw, at) is not None


def _items(lines: list[PlainLine], end: int) -> list[Block]:
    """The items of a list that ends at `end`, as the library gives them."""
    items: list[Block] = []
    above: list[Block] = []  # what the next line may stand below
    for line in lines:
        while len(above) > line.depth:
            _close(above.pop(), line.start)
        text = new_block("paragraph", line.first, line.last)
        text.first, text.last = line.first, line.last
        text.inlines = [one for one in (line.link, line.badge) if one is not None]
        item = new_block("item", line.marker, line.last)
        item.children.append(text)
        siblings = items
        if above:
            parts = above[-1].children
            if len(parts) == 1:
                parts.append(new_block("list", line.marker, line.last))
            siblings = parts[1].children
        siblings.append(item)
        above.append(item)
    while above:
        _close(above.pop(), end)
    return items


def _close(item: Block, end: int) -> None:
    """End an item, and the list in it, before the next line."""
    item.end = end
    for part in item.children[1:]:
        part.end = end

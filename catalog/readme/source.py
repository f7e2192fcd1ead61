"""Text in, blocks with byte ranges out: the only module that knows the parser library.

pyromark (pulldown-cmark) is the one parser we found that gives exact positions for inlines. It
has one maintainer, so nothing outside this module may see its events. All positions are UTF-8
byte offsets.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Any, Final

import pyromark

from catalog.readme.addresses import Addresses
from catalog.readme.blocks import HOLDERS, Block, Inline, new_block, new_inline
from catalog.readme.plain_lists import PlainList, find_plain_lists

OPTIONS: Final = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)

_BLOCKS: Final = {
    "Document": "document",
    "Paragraph": "paragraph",
    "Heading": "heading",
    "List": "list",
    "Item": "item",
    "BlockQuote": "quote",
    "CodeBlock": "code",
    "HtmlBlock": "html",
    "Table": "table",
    "TableHead": "row",
    "TableRow": "row",
    "TableCell": "cell",
    "Rule": "rule",
}
_BYTE_ORDER_MARK: Final = "\ufeff"
BYTE_ORDER_MARK_SIZE: Final = len(_BYTE_ORDER_MARK.encode())
_START: Final = attrgetter("start")
_TRIES: Final = 2  # with all plain lists, and without those that stand in code
_BLANKS: Final = frozenset(b" \t\r\n")
_BACKSLASH: Final = 0x5C
_LINKS: Final = {"Inline": "link", "Autolink": "autolink", "Email": "autolink"}
_HOLDS_BARE_LINKS: Final = frozenset({"paragraph", "heading", "cell"})


MAX_BYTES: Final = 20_000_000


class ListRefused(ValueError):
    """The text cannot be taken at all; the message says why and how to mend it."""


def decode(data: bytes) -> str:
    """The text of a file, or ListRefused: too large, not UTF-8, or with NUL."""
    _refuse_size(len(data))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ListRefused(
            f"Line {line} is not UTF-8 (byte {error.start}): save the file as UTF-8."
        ) from error
    _refuse_nul(data)
    return text


def encode(text: str) -> bytes:
    """The bytes of a text, or ListRefused, as `decode`."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ListRefused(f"Character {error.start} is half a surrogate pair.") from error
    _refuse_nul(data)
    _refuse_size(len(data))
    return data


def _refuse_size(size: int) -> None:
    if size > MAX_BYTES:
        raise ListRefused(f"The text has {size:,} bytes; at most {MAX_BYTES:,} are read.")


def _refuse_nul(data: bytes) -> None:
    at = data.find(b"\0")
    if at >= 0:
        line = data.count(b"\n", 0, at) + 1
        raise ListRefused(f"Line {line} holds a NUL character: is this a text file?")


def read_blocks(text: str, raw: bytes) -> tuple[list[Block], list[Inline]]:
    """The blocks of the text, and all links and images in it, wherever they stand."""
    lists = [*find_plain_lists(raw)]
    for _ in range(_TRIES) if lists else ():
        blocks, found = _read_blocks(_without(raw, lists), raw)
        blocks += lists
        blocks.sort(key=_START)
        inside = _inside(blocks)
        if not inside:
            for one in lists:
                found += one.links
            found.sort(key=_START)
            return blocks, found
        lists = [one for one in lists if one.start not in inside]
    return _read_blocks(text, raw)


def _inside(blocks: list[Block]) -> set[int]:
    """Where blocks begin that stand in others: lists that are code, a comment or parts of lists."""
    inside: set[int] = set()
    end = 0
    for block in blocks:
        if block.start < end:
            inside.add(block.start)
        end = max(end, block.end)
    return inside


def _without(raw: bytes, lists: list[PlainList]) -> str:
    """The text with a line of blanks in the place of each of these."""
    rest = bytearray(raw)
    for one in lists:
        rest[one.start : one.end] = b"\n".rjust(one.end - one.start)
    return rest.decode()


def _read_blocks(text: str, raw: bytes) -> tuple[list[Block], list[Inline]]:
    """The same by the library alone.

    One flat loop, because every list goes through here event by event and calls would cost more
    than what they do.
    """
    if text.startswith(_BYTE_ORDER_MARK):
        text = "\n" * BYTE_ORDER_MARK_SIZE + text[1:]  # as many bytes, and nothing in them
    parent = root = _new_block("Document", 0, len(raw), raw)
    parents: list[Block] = []
    leaf: Block | None = None  # the block that takes inlines just now
    outer = new_inline("", 0, 0, 0, "")  # the last link or image, around what starts before its end
    found: list[Inline] = []
    addresses = Addresses(raw)
    event: Any
    value: Any
    detail: Any
    for event, place in pyromark.events_with_range(text, options=OPTIONS, merge_text=True):
        if "End" in event:
            value = event["End"]
            if value.__class__ is dict or value in _BLOCKS:
                parent = parents.pop()
                leaf = None
            continue
        start, end = place["start"], place["end"]
        if start < outer.end:
            if end > outer.inner_end:
                outer.inner_end = end
            if "Start" in event and ("Image" in event["Start"] or "Link" in event["Start"]):
                outer.has_image = True
            continue
        if "Start" in event:
            value, detail = event["Start"], None
            if value.__class__ is dict:
                value, detail = value.popitem()
            if value in _BLOCKS:
                block = _new_block(value, start, end, raw)
                parent.children.append(block)
                parents.append(parent)
                parent = block
                leaf = None if block.kind in HOLDERS else block
                if value == "Heading":
                    parent.level = int(detail["level"][1])
                continue
            inline, words = _inline(value, detail, start, end), ""
        elif "Text" in event:
            inline, words = None, event["Text"]
        elif event == "Rule":
            parent.children.append(_new_block(event, start, end, raw))
            leaf = None
            continue
        elif "TaskListMarker" in event:
            continue
        else:
            inline, words = None, ""
            # Behind a link an image in HTML is one as in Markdown; elsewhere it is a part of words.
            is_behind_link = "InlineHtml" in event and leaf is not None and leaf.inlines
            if is_behind_link and event["InlineHtml"][:4].lower() == "<img":
                inline = new_inline("image", start, end, start, "")
        if leaf is None:  # the text of a tight item
            leaf = _new_block("Paragraph", start, end, raw)
            parent.children.append(leaf)
        if leaf.first < 0:
            # The library leaves the backslash out that escapes the first character.
            leaf.first = start - 1 if start and raw[start - 1] == _BACKSLASH else start
        if end > leaf.last:
            leaf.last = end
        if inline is not None:
            outer = inline
            leaf.inlines.append(inline)
            found.append(inline)
        elif leaf.kind in _HOLDS_BARE_LINKS and ("://" in words or "www." in words or "@" in words):
            for at, stop in addresses.within(start, end, leaf.first):
                bare = new_inline("bare", at, stop, at, raw[at:stop].decode("utf-8", "replace"))
                bare.inner_end = stop
                leaf.inlines.append(bare)
                found.append(bare)
    return root.children, found


def _new_block(tag: str, start: int, end: int, raw: bytes) -> Block:
    """A block without anything in it so far."""
    while start < end and raw[start] in _BLANKS:
        start += 1  # the library begins what is indented too early
    return new_block(_BLOCKS[tag], start, end)


def new_paragraph(raw: bytes, start: int, end: int, inlines: list[Inline]) -> Block:
    """A part of a paragraph as one of its own."""
    block = _new_block("Paragraph", start, end, raw)
    block.first, block.last, block.inlines = start, end, inlines
    return block


def _inline(tag: str, detail: Any, start: int, end: int) -> Inline | None:
    """The link or image that begins here; None for what only marks a text."""
    if tag == "Link":
        kind = _LINKS.get(detail["link_type"], "reference")
        return new_inline(kind, start, end, start + 1, detail["dest_url"])
    if tag == "Image":
        return new_inline("image", start, end, start + 2, detail["dest_url"])
    return None


# What people see of a piece of Markdown.

_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[\\`*_~\[\]<>]|&(?=[#\w])")


def plain_text(markdown: str) -> str:
    """The text that a reader sees of inline Markdown: no marks, no images, no addresses."""
    if "<" in markdown:  # a break parts words, and leaves nothing in the anchor of a heading
        markdown = _BREAK.sub(" ", markdown)
    return " ".join(unmarked(markdown).split())


def unmarked(markdown: str) -> str:
    """The same with all its blanks, as headings are read for their anchors."""
    if _MARKUP.search(markdown) is None:
        return markdown
    images = 0
    words: list[str] = []
    event: Any
    # A word joiner before it keeps the text from being read as a block of any other kind.
    for event in pyromark.events("\u2060" + markdown.replace("\n", " "), options=OPTIONS):
        if event.__class__ is not dict:
            continue
        name, value = event.popitem()
        if name == "Start" and "Image" in value:
            images += 1
        elif name == "End" and value == "Image":
            images -= 1
        elif (name == "Text" or name == "Code") and not images:
            words.append(value)
    return "".join(words).replace("\u2060", "")


def html(markdown: str) -> str:
    """The markup of a note for a page; the caller cleans it."""
    return pyromark.html(markdown, options=OPTIONS)

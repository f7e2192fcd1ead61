"""The lines below an entry's own that say more of it: a note, facts, authors, labelled links."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from catalog import titles
from catalog.readme.blocks import Block
from catalog.readme.dialects import nested
from catalog.readme.dialects.authors import are_names, bytes_of, fact_of, split_words
from catalog.readme.dialects.line import read_words
from catalog.readme.dialects.prose import is_marked_as_name, is_prose, label_of
from catalog.readme.meaning import Entry, Link
from catalog.readme.places import Part, Span
from catalog.readme.reading import BLANK_CHARACTERS, MAX_NAME, Reading, holds_block
from catalog.readme.source import plain_text

# `[2023/12/21] **Title** | [`: the begin of a paper's line, up to its first link.
# `(NAACL 2022) [topic] **Title**`.
_PUBLISHED: Final = re.compile(
    r"[^\w\[\]()*_`]{0,8} \([^()\n]{2,60}\) \s* (?:\[[^\[\]\n]{1,80}\]\s*)? (?:\*\*|__)(?=\w)",
    re.VERBOSE,
)
_TITLED: Final = re.compile(
    r"""(?: [\[(] \d [\d/.-]{3,9} [\])] \s* )? (?P<mark> \*{1,3} | __? ) (?=\S) [^\n]+? (?P=mark)
        [\s.,|:;-]* \[*""",
    re.VERBOSE,
)
_OF_PAPERS: Final = frozenset({"authors", "venue", "released"})


class Below(NamedTuple):
    """What one line below an entry's own says."""

    key: str
    """As Part has it; empty for links."""
    value: str
    parts: list[Part]
    links: list[Link]
    end: int
    is_quote: bool = False


def read_below(reading: Reading, blocks: list[Block], *, is_linked: bool) -> list[Below]:
    """What the lines say that directly follow; it ends with the first that is an entry itself.

    `is_linked` says that they stand below a link: then authors may do without a label.
    """
    if not blocks:
        return []
    leaves: list[tuple[Block, Block]] = []
    for block in blocks:
        if block.kind in ("paragraph", "quote"):
            leaves.append((block, block))
            continue
        if block.kind != "list":
            break
        for item in block.children:
            if len(item.children) != 1 or item.children[0].kind != "paragraph":
                return _read_leaves(reading, leaves, is_linked=is_linked)
            leaves.append((item, item.children[0]))
    return _read_leaves(reading, leaves, is_linked=is_linked)


def _read_leaves(
    reading: Reading, leaves: list[tuple[Block, Block]], *, is_linked: bool
) -> list[Below]:
    if all(text.inlines and text.inlines[0].start == text.first for _, text in leaves):
        return []  # nothing but lines that are links
    labels = [label_at(reading, text) for _, text in leaves]
    is_labelled = is_linked and any(
        label is not None and _is_title(label, text)
        for (_, text), label in zip(leaves, labels, strict=True)
    )
    found: list[Below] = []
    keys: set[str] = set()
    for (block, text), label in zip(leaves, labels, strict=True):
        if reading.start_of_own_line(block.start) < 0 or (text.first < 0 and text is not block):
            break
        if block.kind == "quote":
            one = _read_quote(reading, block, keys)
        elif _names_twice(reading, text) or (block is not text and _is_titled(reading, text)):
            break
        elif block is text:
            one = _read_paragraph(reading, text, keys)
        elif (
            label is not None
            and (one := read_labelled(reading, block, text, label, keys)) is not None
        ):
            pass
        else:
            is_first = not any(two.key not in _OF_PAPERS for two in found)
            one = _read_unlabelled(reading, block, text, keys, is_labelled=is_labelled and is_first)
        if one is None:
            break
        keys |= {part.key for part in one.parts if part.key != "other"}
        found.append(one)
    return found


def _names_twice(reading: Reading, text: Block) -> bool:
    """Whether a line is `ByT5: [ByT5](url)`, an entry of its own however long its name is."""
    if not text.inlines or text.inlines[0].kind == "image":
        return False
    name = nested.title_of(reading, text.inlines[0])
    words = reading.text(text.first, text.inlines[0].start)
    return words.rstrip(BLANK_CHARACTERS) == f"{name}:"


def _is_titled(reading: Reading, text: Block) -> bool:
    """Whether a title with marks stands before the links of a line, alone or behind where it was
    published: an entry's."""
    links = [one for one in text.inlines if one.kind != "image"]
    if not links or links[0].start - text.first > MAX_NAME:
        return False
    words = reading.text(text.first, links[0].start)
    return _TITLED.fullmatch(words) is not None or _PUBLISHED.match(words) is not None


def _read_quote(reading: Reading, quote: Block, keys: set[str]) -> Below | None:
    note = reading.note(quote)
    if note is None or "note" in keys:
        return None
    part = Part("note", note.span.start, *note.span, note.span.end)
    return Below("note", note.text, [part], [], note.span.end, is_quote=True)


def label_at(reading: Reading, text: Block) -> re.Match[str] | None:
    """The words before a colon, if they can be the title of what follows."""
    if text.first < 0:
        return None
    limit = min(text.last, text.first + 200)
    words = reading.raw[text.first : limit].decode("utf-8", "ignore")
    is_name = limit == text.last and not text.inlines and is_marked_as_name(words)
    return None if is_name else label_of(words)


def _is_title(label: re.Match[str], text: Block) -> bool:
    """Whether a label is the title of a value, and not the name before a link."""
    return titles.meant_by(label["label"].strip()) is not None or not text.inlines


def read_labelled(
    reading: Reading, item: Block, text: Block, label: re.Match[str], keys: set[str]
) -> Below | None:
    """`Keyword: alignment`, unless links follow whose kind or owner the label says."""
    start = text.first + len(label.group().encode())
    words = label["label"].strip()
    meant = titles.meant_by(words)
    links = [one for one in text.inlines if one.kind != "image"]
    is_fact = meant is not None and meant.role in ("fact", "note")
    if links and links[0].start == start and not is_fact:
        read = nested.read_item(reading, item, nested.MAX_DEPTH, _no_items)
        if read:
            return _as_links(read, text)
    value = reading.trimmed(start, text.last)
    if value.start >= value.end:
        return None
    is_note = meant is not None and meant.role == "note"
    key = "note" if is_note else titles.fact_named(words)
    if key in keys or (is_note and holds_block(reading.text(*value))):
        key = titles.own_name(words)  # as that of a second column for the same thing
    return _said(reading, key, value, value, text) if key and key not in keys else None


def _said(reading: Reading, key: str, inner: Span, outer: Span, text: Block) -> Below | None:
    lines = reading.text(*inner).split("\n")
    if any(map(holds_block, lines if key == "note" else lines[1:])):
        return None
    glue = "\n" if key == "note" else " "
    value = glue.join(line.strip(BLANK_CHARACTERS) for line in lines)
    part = Part(key, outer.start, *inner, outer.end)
    return Below(key, value, [part], [], text.last)


def _read_unlabelled(
    reading: Reading, item: Block, text: Block, keys: set[str], *, is_labelled: bool
) -> Below | None:
    """A sentence is a note; names among labelled lines are authors, and a venue has a year."""
    links = [one for one in text.inlines if one.kind != "image"]
    if links and (links[0].start == text.first or not is_prose(words_of(reading, text))):
        return _read_links(reading, item, text)
    span = reading.trimmed(text.first, text.last)
    words = reading.text(*span)
    if not text.inlines and is_marked_as_name(words):
        if titles.meant_by(words) is None:
            return None
        return Below("other", "", [Part("other", span.start, *span, span.end)], [], text.last)
    if is_prose(words_of(reading, text)) and not _is_list_of_names(words_of(reading, text)):
        return _said(reading, "note", span, span, text) if "note" not in keys else None
    if not is_labelled or text.inlines:
        return None
    key = fact_of(words) or ("authors" if are_names(words) else "")
    return _said(reading, key, span, span, text) if key and key not in keys else None


def _is_list_of_names(words: str) -> bool:
    return words.count(",") >= 2 and not words.endswith((".", "。")) and "," in words[:40]


def _read_links(reading: Reading, item: Block, text: Block) -> Below | None:
    return _as_links(nested.read_item(reading, item, nested.MAX_DEPTH, _no_items), text)


def _as_links(read: list[Entry | Link], text: Block) -> Below | None:
    """Links on a line of their own; None if it is an entry."""
    links = [one for one in read if isinstance(one, Link)]
    if not links or len(links) < len(read):
        return None
    parts: list[Part] = []
    key = f"{links[0].label}:"
    for link in links:
        place = link.place
        assert place is not None
        start, end = place.stated
        parts.append(Part(key, start, start, end, end, len(parts)))
        key = f"{links[0].label}:+"
    heads = [
        Link(one.title, one.url, one.kind, one.label, one.remark, one.place._replace(form="head"))
        for one in links
        if one.place is not None
    ]
    return Below("", "", parts, heads, text.last)


def _read_paragraph(reading: Reading, text: Block, keys: set[str]) -> Below | None:
    """A paragraph below: authors and venue, with links behind them or between."""
    if text.inlines:
        read = read_words(reading, text)
        if read is None or any(part.key in keys for part in read.parts):
            return None
        return Below("authors", "", read.parts, read.links, text.last)
    span = reading.trimmed(text.first, text.last)
    words = reading.text(*span)
    found = split_words(words)
    if found is None or any(key in keys for key, _, _ in found):
        return None
    parts = []
    for key, inner, outer in found:
        first, last = bytes_of(span, words, outer)
        parts.append(Part(key, first, *bytes_of(span, words, inner), last))
    return Below("authors", "", parts, [], text.last)


def is_address(item: Block) -> bool:
    """Whether an item is nothing but an address, with images: below an entry it is its link."""
    if len(item.children) != 1 or not item.children[0].inlines:
        return False
    text, (inline, *behind) = item.children[0], item.children[0].inlines
    is_alone = inline.kind in ("bare", "autolink") and text.first >= inline.start - 1
    return is_alone and all(one.kind == "image" for one in behind)


def words_of(reading: Reading, text: Block) -> str:
    """What a reader sees of a paragraph."""
    return plain_text(reading.text(text.first, text.last))


def _no_items(reading: Reading, item: Block, depth: int) -> list[Entry | Link]:
    return []  # a line below has nothing below itself

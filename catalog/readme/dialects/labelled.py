"""The labelled lines below a heading that say what it is: items, or those of paragraphs.

### [Gemma](url)

Parameters: 2B, 7B
License: MIT
Paper: [title](url)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from catalog import titles
from catalog.readme.blocks import Block, Inline
from catalog.readme.dialects import nested
from catalog.readme.dialects.below import Below, label_at, read_labelled, words_of
from catalog.readme.dialects.prose import is_prose
from catalog.readme.reading import Reading
from catalog.readme.source import new_paragraph

_FEWEST_KNOWN: Final = 2


def read_fact(reading: Reading, block: Block, keys: set[str], *, is_linked: bool) -> list[Below]:
    """`Tags: Full`, a paragraph below a heading; below a linked one also titles nobody knows.

    One fact or the note, or nothing. A sentence behind such words, `MOSS: A language model of Fudan
    University.`, is a note as it stands.
    """
    if block.kind != "paragraph" or reading.start_of_own_line(block.start) < 0:
        return []
    label = label_at(reading, block)
    if label is None:
        return []
    meant = titles.meant_by(label["label"].strip())
    if meant is None:
        said = words_of(reading, block)
        if not is_linked or is_prose(said[label.end() :]):
            return []
    start = block.first + len(label.group().encode())
    is_fact = meant is not None and meant.role == "fact"
    if not is_fact and any(link.start == start for link in block.inlines):
        return []  # a link with a label that nobody knows: a paragraph has no place for it
    one = read_labelled(reading, block, block, label, keys)
    if one is None or one.links or "\n" in reading.text(block.first, block.last):
        return []
    return [one]


def read_labelled_lines(reading: Reading, block: Block, keys: set[str]) -> list[Below]:
    """A paragraph of `Parameters: 7B` and `Paper: [title](url)`: what each of its lines says.

    All lines are labelled, and the titles of two are known; one alone may state links. A label
    without a value says nothing yet.
    """
    if block.kind != "paragraph" or block.first < 0:
        return []
    labels: list[tuple[Block, re.Match[str]]] = []
    for text in lines_of(reading, block):
        label = label_at(reading, text)
        if label is not None:
            labels.append((text, label))
        elif not reading.text(text.first, text.last).endswith((":", "：")):
            return []
    found: list[Below] = []
    keys, known = set(keys), 0
    for text, label in labels:
        meant = titles.meant_by(label["label"].strip())
        if meant is not None and meant.role == "name":
            return []  # `Title: T5` begins an entry of its own
        known += meant is not None
        start = text.first + len(label.group().encode())
        is_fact = meant is not None and meant.role in ("fact", "note")
        is_link = not is_fact and any(link.start == start for link in text.inlines[:1])
        links = nested.read_labelled(reading, text) if is_link else []
        one = None if links else read_labelled(reading, text, text, label, keys)
        if one is None and (links := links or nested.read_labelled(reading, text)):
            one = Below("", "", [], links, text.last)
        if one is None:
            return []
        if one.key:
            keys.add(one.key)
        found.append(one)
    is_one = len(labels) == known == 1 and bool(found[0].links)
    return found if known >= _FEWEST_KNOWN or is_one else []


def lines_of(reading: Reading, block: Block) -> Iterator[Block]:
    """The lines of a paragraph, each as one of its own."""
    at, waiting = block.first, list(reversed(block.inlines))
    while at < block.last:
        end = reading.raw.find(b"\n", at, block.last)
        end = block.last if end < 0 else end
        first, last = reading.trim(at, end)
        here: list[Inline] = []
        while waiting and waiting[-1].start < end:
            here.append(waiting.pop())
        yield new_paragraph(reading.raw, first, last, here)
        at = end + 1


def read_labelled_items(
    reading: Reading, block: Block, keys: set[str], *, is_linked: bool
) -> dict[int, Below]:
    """`- Licence: MIT`, items below a heading, by where they begin: its facts and its note.

    A title that nobody knows is one if it stands among others. Below a heading that is no link,
    where items are entries, all of them must have labels, two at least that are known. Links
    stay links.
    """
    found: dict[int, Below] = {}
    labels = {
        item.start: (item, item.children[0], label)
        for item in block.children
        if len(item.children) == 1
        and item.children[0].kind == "paragraph"
        and reading.start_of_own_line(item.start) >= 0
        and (label := label_at(reading, item.children[0])) is not None
    }
    meant = {at: titles.meant_by(label["label"].strip()) for at, (_, _, label) in labels.items()}
    known = sum(one is not None for one in meant.values())
    if known == 0 or not (is_linked or (known > 1 and len(labels) == len(block.children))):
        return found
    for at, (item, text, label) in labels.items():
        one = read_labelled(reading, item, text, label, keys)
        if one is not None and not one.links:
            keys |= {one.key}
            found[at] = one
    return found

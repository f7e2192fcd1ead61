"""Numbered items after a patch: they count on over what came between them, and over what went.

Only where they did before: `1.` before each item is a way to write a list, and stays. Most people
who put something between numbered items give those behind it their new numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from catalog.readme.blocks import Block
from catalog.readme.places import Range
from catalog.readme.ranges import Replacement, in_order, replaced
from catalog.readme.source import read_blocks

_NUMBER: Final = re.compile(rb"(\d{1,9})[.)]")
_BEGINS_NUMBERED: Final = re.compile(rb"^[ \t]*\d{1,9}[.)][ \t]", re.MULTILINE)


class _Item(NamedTuple):
    start: int
    end: int
    """Of its number."""
    number: int


class _Counts(NamedTuple):
    """Which items count, one after the other."""

    first: list[int]
    """The number with which each count begins."""
    of: dict[int, int]
    """By where an item begins, the count that it belongs to."""


def counted_on(
    before: bytes,
    replacements: Sequence[Replacement],
    after: bytes,
    *,
    is_counted: bool = True,
) -> bytes:
    """The text after these replacements, with the numbers that its items shall have.

    Where most lists of the text do not count, one with a single `1.` does not either.

    Numbers go on from one list to the next, but not from heading to heading: so no more of a long
    text is read than what stands around the changes.
    """
    changed = [
        one
        for one in replacements
        if _BEGINS_NUMBERED.search(one.new) or _BEGINS_NUMBERED.search(before, one.start, one.end)
    ]
    if not changed:
        return after
    start = before.rfind(b"\n#", 0, min(one.start for one in changed)) + 1
    last = max(one.end for one in changed)
    end = before.find(b"\n#", max(0, last - 1)) + 1 or len(before)
    counts = _counts_in(before, (start, end), is_counted=is_counted)
    moved = dict(_moved([start, *sorted(counts.of), end], replacements))
    stayed = {moved[at]: count for at, count in counts.of.items() if at in moved}
    within = moved.get(start, 0), moved.get(end, len(after))
    return replaced(after, list(_renumbered(after, within, counts.first, stayed)))


def _counts_in(raw: bytes, within: Range, *, is_counted: bool) -> _Counts:
    counts = _Counts([], {})
    for lists in _lists_in(raw, within):
        following = None
        for items in lists:
            numbers = [item.number for item in items]
            is_lone = not is_counted and numbers == [1]
            if is_lone or any(behind != number + 1 for number, behind in pairwise(numbers)):
                following = None
                continue
            if numbers[0] != following:
                counts.first.append(numbers[0])
            counts.of.update((item.start, len(counts.first) - 1) for item in items)
            following = numbers[-1] + 1
    return counts


def _moved(places: Iterable[int], replacements: Iterable[Replacement]) -> Iterator[tuple[int, int]]:
    """Each of these places, in order, that is still there, and where it is afterwards."""
    waiting = in_order(replacements)
    waiting.reverse()
    shift = end = 0
    for place in places:
        while waiting and waiting[-1].start <= place:
            one = waiting.pop()
            if one.start >= end:
                shift += len(one.new) - (one.end - one.start)
                end = one.end
        if place >= end:
            yield place, place + shift


def _renumbered(
    raw: bytes, within: Range, first: Sequence[int], counts: Mapping[int, int]
) -> Iterator[Replacement]:
    """The new numbers of each list in which something that counted is still there."""
    following = list(first)
    for lists in _lists_in(raw, within):
        for items in lists:
            count = next((counts[item.start] for item in items if item.start in counts), -1)
            for item in items if count >= 0 else ():
                if item.number != following[count]:
                    yield Replacement(item.start, item.end, str(following[count]).encode())
                following[count] += 1


def _lists_in(raw: bytes, within: Range) -> Iterator[list[list[_Item]]]:
    """The lists of numbered items in each block that holds some, in their order."""
    start, end = within
    text = raw[start:end]
    waiting = [read_blocks(text.decode(), text)[0]]
    while waiting:
        blocks = waiting.pop()
        lists = (_items_of(text, block, start) for block in blocks if block.kind == "list")
        yield [items for items in lists if items]
        waiting += [block.children for block in blocks if block.children]


def _items_of(text: bytes, block: Block, start: int) -> list[_Item]:
    """The items of a list, in a text that begins at `start`; none if they have no numbers."""
    found = (_NUMBER.match(text, item.start) for item in block.children)
    return [
        _Item(start + one.start(1), start + one.end(1), int(one[1]))
        for one in found
        if one is not None
    ]

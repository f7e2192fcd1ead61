"""merge_texts(base, ours, theirs, meaning) -> one text with all that both sides wrote.

The records are merged by meaning before, and that is `meaning`. The texts are merged line by line,
as git merges files. Where that says something else, all three are patched first until they say what
is meant: then they differ only in what no record holds, and in the form of their lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from catalog.readme.difference import compare
from catalog.readme.document import ListDocument
from catalog.readme.line_diff import Altered, altered
from catalog.readme.meaning import Meaning
from catalog.readme.parser import parse
from catalog.readme.patcher import patch, settled
from catalog.readme.texts import Unstatable

_Lines = Sequence[str]

# Of so many lines both may have added the same beside what one changed: more takes long to find.
_MOST_BESIDE: Final = 100


@dataclass(frozen=True)
class TextMerge:
    """What both sides say, with what they wrote besides."""

    document: ListDocument
    disputed: tuple[str, ...]
    """Lines that no record holds and that are not there as often as both sides together want."""


def merge_texts(
    base: ListDocument, ours: ListDocument, theirs: ListDocument, meaning: Meaning
) -> TextMerge:
    """What ours and theirs have each changed since the base, in one text that says `meaning`.

    Where both changed the same lines, those of ours are taken, or those of theirs if nothing is
    disputed only so. Raises Unstatable if one of the three texts, or what comes out, has no form
    for the meaning.
    """
    merges: list[TextMerge] = []
    for text in _texts(base, ours, theirs, meaning):
        document = parse(text, meaning.organisations)
        if document.says(settled(document, meaning)):
            merges.append(TextMerge(document, tuple(_disputed(base, ours, theirs, document))))
            if not merges[-1].disputed:
                break
    if not merges:
        raise Unstatable("The lines of both sides together say something else.")
    return min(merges, key=lambda merge: len(merge.disputed))


def _texts(
    base: ListDocument, ours: ListDocument, theirs: ListDocument, meaning: Meaning
) -> Iterator[str]:
    """What may come out, the best first."""
    sides = (base, ours, theirs)
    before, here, there = (side.text.split("\n") for side in sides)
    yield "\n".join(_merged(before, here, there, prefers_ours=True))
    before, here, there = (
        patch(side, compare(side.meaning, meaning)).split("\n") for side in sides
    )
    yield "\n".join(_merged(before, here, there, prefers_ours=True))
    yield "\n".join(_merged(before, here, there, prefers_ours=False))


def _merged(base: _Lines, ours: _Lines, theirs: _Lines, *, prefers_ours: bool) -> Iterator[str]:
    at = 0
    beside: _Lines = ()  # the region before,
    by = (False, False)  # and which sides changed it
    for start, end, here, there in _regions(altered(base, ours), altered(base, theirs)):
        between, before = base[at:start], base[start:end]
        yield from between
        lines = _chosen(
            before,
            _after(before, start, here, ours),
            _after(before, start, there, theirs),
            prefers_ours,
        )
        sides = bool(here), bool(there)
        is_parted = any(map(str.strip, between)) or (sides == by and not all(sides))
        if not is_parted:
            lines = lines[_overlap([*beside, *between], lines) :]
        yield from lines
        at, beside, by = end, lines, sides
    yield from base[at:]


def _overlap(before: _Lines, lines: _Lines) -> int:
    """With how many lines the one ends and the other begins.

    Where both sides add the same, and one of them changes the line beside it, too, these are two
    regions, and each has what was added.
    """
    most = min(len(before), len(lines), _MOST_BESIDE)
    same = (n for n in range(most, 0, -1) if list(before[-n:]) == list(lines[:n]))
    return next((n for n in same if any(map(str.strip, lines[:n]))), 0)


def _regions(
    ours: Sequence[Altered], theirs: Sequence[Altered]
) -> Iterator[tuple[int, int, list[Altered], list[Altered]]]:
    """The lines of the base that were changed, with what each side did to them.

    Where two changes only touch, each is a region of its own: neighbours in a list have no more to
    do with each other than what stands far apart.
    """
    waiting = sorted([*((one, 0) for one in ours), *((one, 1) for one in theirs)])
    start = end = -1
    did: tuple[list[Altered], list[Altered]] = ([], [])
    for change, side in waiting:
        is_within = change.start < end or change.start == change.end == start == end
        if not is_within:
            if start >= 0:
                yield start, end, *did
            start, end, did = change.start, change.end, ([], [])
        end = max(end, change.end)
        did[side].append(change)
    if start >= 0:
        yield start, end, *did


def _after(before: _Lines, start: int, changes: Sequence[Altered], new: _Lines) -> list[str]:
    """The lines of the base that begin at `start`, as one side has them."""
    lines: list[str] = []
    at = start
    for change in changes:
        lines += [*before[at - start : change.start - start], *new[change.to_start : change.to_end]]
        at = change.end
    return [*lines, *before[at - start :]]


def _chosen(before: _Lines, ours: _Lines, theirs: _Lines, prefers_ours: bool) -> _Lines:
    if len(before) == len(ours) == len(theirs) > 1:
        each = zip(before, ours, theirs, strict=True)
        return [_chosen([b], [o], [t], prefers_ours)[0] for b, o, t in each]
    if list(before) in (ours, theirs):
        return theirs if list(before) == ours else ours
    return ours if prefers_ours else theirs


def _disputed(
    base: ListDocument, ours: ListDocument, theirs: ListDocument, merged: ListDocument
) -> Iterator[str]:
    """What only one side adds or takes away counts; what both do, once or twice."""
    before, here, there, now = (
        Counter(document.text.split("\n")) for document in (base, ours, theirs, merged)
    )
    for line in dict.fromkeys(chain(_outside(ours), _outside(theirs))):
        more, still = here[line] - before[line], there[line] - before[line]
        times = {max(before[line] + more + still, 0)}
        if more * still > 0:
            times.add(max(here[line], there[line]) if more > 0 else min(here[line], there[line]))
        if not min(times) <= now[line] <= max(times):
            yield line


def _outside(document: ListDocument) -> Iterator[str]:
    """The lines that no record holds, but for blank ones."""
    for owner, start, end in document.partition:
        if owner in ("kept", "contents"):
            lines = document.raw[start:end].decode().split("\n")
            yield from (line for line in lines if line.strip())

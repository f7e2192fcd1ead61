"""Which lines differ between two texts, in ranges.

Lines that stand once in either text are what people see as the same, and are looked for first. What
is between two of them is short in a list, and so a long one takes the time of its length; a text of
which no line stands once takes the square of that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple


class Altered(NamedTuple):
    """The lines `start` to `end`, which may be none, become those of the other text from `to`."""

    start: int
    end: int
    to_start: int
    to_end: int


def altered(old: Sequence[str], new: Sequence[str]) -> list[Altered]:
    """The ranges that differ, in their order; between them the texts are equal."""
    found: list[Altered] = []
    start = to_start = 0
    for end, to_end in (*_landmarks(old, new), (len(old), len(new))):
        for a, b, c, d in _between(old[start:end], new[to_start:to_end]):
            found.append(Altered(start + a, start + b, to_start + c, to_start + d))
        start, to_start = end + 1, to_end + 1
    return found


def _landmarks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where the lines stand that each text has once: as many as have one order in both."""
    old_times, new_times = Counter(old), Counter(new)
    places = {line: place for place, line in enumerate(new) if new_times[line] == 1}
    once = [
        (number, places[line])
        for number, line in enumerate(old)
        if old_times[line] == 1 and line in places
    ]
    return _rising(once)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of the pairs as can be had in their order with the second number rising, too.

    Of two neighbours that change places the first stays: people move what they want further up.
    """
    highest: list[int] = []  # for each length, with what a row begins at best, negated to bisect
    begins: list[int] = []  # and which pair that is
    behind = [-1] * len(pairs)  # what stands behind each pair in its row
    for at in reversed(range(len(pairs))):
        place = -pairs[at][1]
        length = bisect_left(highest, place)
        highest[length : length + 1] = [place]
        begins[length : length + 1] = [at]
        behind[at] = begins[length - 1] if length else -1
    row: list[tuple[int, int]] = []
    at = begins[-1] if begins else -1
    while at >= 0:
        row.append(pairs[at])
        at = behind[at]
    return row


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Altered]:
    # As much as can be is equal before, as with git: a new paragraph stands behind the blank line.
    # And the matcher does not begin with lines that a long text repeats: it would not see the end.
    start = _equal(zip(old, new, strict=False))
    room = min(len(old), len(new)) - start
    end = min(room, _equal(zip(reversed(old), reversed(new), strict=False)))
    matcher = SequenceMatcher(None, old[start : len(old) - end], new[start : len(new) - end])
    for kind, *ranges in matcher.get_opcodes():
        if kind != "equal":
            yield Altered(*(start + at for at in ranges))


def _equal(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

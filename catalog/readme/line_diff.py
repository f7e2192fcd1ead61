"""Which lines differ between two texts, in ranges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final, NamedTuple

# Exact up to here; beyond it a matcher that weighs every blank line takes the square of the time.
_MOST_EXACT: Final = 2_000


class Altered(NamedTuple):
    """The lines `start` to `end`, which may be none, become those of the other text from `to`."""

    start: int
    end: int
    to_start: int
    to_end: int


def altered(old: Sequence[str], new: Sequence[str]) -> list[Altered]:
    """The ranges that differ, in their order; between them the texts are equal."""
    start = _equal(zip(old, new, strict=False))
    room = min(len(old), len(new)) - start
    end = min(room, _equal(zip(reversed(old), reversed(new), strict=False)))
    olds, news = old[start : len(old) - end], new[start : len(new) - end]
    is_long = len(olds) + len(news) > _MOST_EXACT
    return [
        Altered(*(start + at for at in ranges))
        for kind, *ranges in SequenceMatcher(None, olds, news, autojunk=is_long).get_opcodes()
        if kind != "equal"
    ]


def _equal(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

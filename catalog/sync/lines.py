"""Which lines of a text a change alters, by their numbers, and how many, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from catalog import readme


class Line(NamedTuple):
    """A line that goes (its number before) or comes (its number after)."""

    is_added: bool
    number: int
    text: str


@dataclass(frozen=True)
class AlteredLines:
    """The lines that differ, in blocks that stand together: in each, first those that go."""

    blocks: tuple[tuple[Line, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.blocks)

    @cached_property
    def _numbers(self) -> tuple[int, int, int, int]:
        """How many leave, are added, move and change."""
        gone, come = (
            Counter(
                line.text
                for block in self.blocks
                for line in block
                if line.is_added == is_added and line.text.strip()
            )
            for is_added in (False, True)
        )
        moved = gone & come
        changed = leaving = added = 0
        still = {False: moved.copy(), True: moved.copy()}
        for block in self.blocks:
            fresh = {False: 0, True: 0}
            for line in block:
                if still[line.is_added][line.text] > 0:
                    still[line.is_added][line.text] -= 1
                else:
                    fresh[line.is_added] += 1
            both = min(fresh.values())
            changed, leaving, added = (
                changed + both,
                leaving + fresh[False] - both,
                added + fresh[True] - both,
            )
        return leaving, added, moved.total(), changed

    @property
    def summary(self) -> str:
        """12 lines leave README.md, 1 changes."""
        return self._said("leave README.md", "are added to README.md", "in README.md")

    @property
    def counted(self) -> str:
        """README.md: 12 lines leave, 1 changes."""
        return f"README.md: {self._said('leave', 'are added', '')}"

    def _said(self, leave: str, added: str, inside: str) -> str:
        """The first part says of which file, and that lines are counted; the others do not."""
        short = ("leave", "are added", "move", "change")
        full = (leave, added, f"move {inside}".rstrip(), f"change {inside}".rstrip())
        parts: list[str] = []
        for number, first, later in zip(self._numbers, full, short, strict=True):
            if number:
                verb = later if parts else first
                noun = "" if parts else " line" if number == 1 else " lines"
                parts.append(f"{number:,}{noun} {_singular(verb) if number == 1 else verb}")
        return f"{', '.join(parts)}." if parts else "No line changes."


def _singular(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    return f"{'is' if first == 'are' else f'{first}s'} {rest}".rstrip()


def altered_lines(old: bytes, new: bytes) -> AlteredLines:
    """Lines end at `\\n` only; the last, if nothing stands behind its end, is none."""
    return AlteredLines(tuple(_blocks(_lines(old), _lines(new))))


def _lines(text: bytes) -> list[str]:
    lines = text.decode("utf-8", "replace").split("\n")
    return lines if lines[-1] else lines[:-1]


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Line, ...]]:
    for start, end, to_start, to_end in readme.altered(old, new):
        yield (
            *(Line(False, n + 1, old[n].rstrip("\r")) for n in range(start, end)),
            *(Line(True, n + 1, new[n].rstrip("\r")) for n in range(to_start, to_end)),
        )

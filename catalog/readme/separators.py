"""What stands between the parts of a line: as the line itself has it, or the nearest that has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from catalog import titles
from catalog.readme.patterns import Pattern
from catalog.readme.style import Style, width

_COMMENT: Final = re.compile(rb"<!--(?:(?!-->).)*-->", re.DOTALL)
LINKS: Final = ("link", "tail")
# What most of so many lines do, the nearest first, is how the list does it.
_MOST_ASKED: Final = 5


# The marks of what a paper says, where no other line shows them yet.
PAPER_MARKS: Final = {"authors": ("*", "*"), "venue": ("", ""), "short name": ("(**", "**)")}


@dataclass(slots=True)
class Piece:
    """A part of the line as it shall be."""

    key: str
    text: bytes
    own: int = -1
    """The number of the part in the line as it was."""

    @property
    def is_link(self) -> bool:
        return self.key in LINKS or ":" in self.key


class Separators:
    """The separators of a list: `kin` are the lines to look at, the nearest first."""

    def __init__(self, raw: bytes, style: Style, kin: Iterable[Pattern]) -> None:
        self.raw = raw
        self.style = style
        self.kin = list(kin)

    def first(
        self, key: str, fits: Callable[[Pattern, int], bool] = lambda one, number: True
    ) -> tuple[Pattern, int] | None:
        for pattern in self.kin:
            number = pattern.find(key)
            if number >= 0 and fits(pattern, number):
                return pattern, number
        return None

    def between(self, before: Piece, behind: Piece, own: Pattern | None) -> bytes:
        if own is not None and before.own >= 0 and behind.own == before.own + 1:
            return own.between(before.own, behind.own)
        if own is not None and behind.own > 0:
            return own.between(behind.own - 1, behind.own)
        asking = before.text.rstrip(b"*_`)]")[-1:] in (b"?", b"!")
        for is_alike in (True, False):
            usual = self._usual(before.key, behind.key, asking if is_alike else None)
            if usual is not None:
                return usual
        for pattern in self.kin:
            number = pattern.find(behind.key)
            if number > 0:
                return _COMMENT.sub(b"", pattern.between(number - 1, number))
        return self._default_between(before, behind)

    def _usual(self, before: str, behind: str, asking: bool | None) -> bytes | None:
        """What most lines have between these parts; `asking` of those that end in `?` or do not."""
        seen: Counter[bytes] = Counter()
        for pattern in self.kin:
            for number in range(1, len(pattern.parts)):
                first, second = pattern.parts[number - 1 : number + 1]
                if (first.key, second.key) != (before, behind):
                    continue
                last = pattern.raw[first.start : first.end][-1:]
                if asking is None or (last in (b"?", b"!")) == asking:
                    seen[_COMMENT.sub(b"", pattern.between(number - 1, number))] += 1
                break
            if seen.total() >= _MOST_ASKED:
                break
        return seen.most_common(1)[0][0] if seen else None

    def _default_between(self, before: Piece, behind: Piece) -> bytes:
        if behind.key.startswith("+") or behind.key.endswith(":"):
            place = self.kin[0].place if self.kin else None
            indent, marker = b"", b"- "
            if place is not None:
                indent = self.raw[place.start : place.marker]
                marker = self.raw[place.marker : place.text]
            plain = marker if not marker[:1].isdigit() else b"- "
            below = indent + b" " * width(marker.decode())
            label = ""
            if behind.key.startswith("+"):
                label = f"{titles.title_of(behind.key[1:])}: "
            return self.style.newline.encode() + below + plain + label.encode()
        if behind.key.endswith("+") or behind.key == "link":
            return b", "
        if behind.key in ("authors", "venue"):
            return b". "
        if behind.key == "note":
            return b" - " if before.key in ("name", "link", "other") else b" "
        return b" "

    def end(self, last: Piece, own: Pattern | None) -> bytes:
        if own is not None:
            return own.end()
        newline = self.style.newline.encode()
        for pattern in self.kin:
            if pattern.parts[-1].key == last.key:
                end = _COMMENT.sub(b"", pattern.end()).rstrip(b" \t\r\n")
                return (end if not last.text.endswith(end) else b"") + newline
        return newline

"""Bare addresses in a text, which GitHub links and the parser library does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_BARE: Final = re.compile(
    rb"(?:(?<![A-Za-z])(?:https?|ftp)://(?=[^\s<>()\[\]/.,:;!?'\"*_~])[^\s<]+)"
    rb"|(?:(?<![^\s*_~(])www\.[^\s<._-][^\s<]*)"
    rb"|(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?![\w-])(?<![-_]))",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(rb"\\.|[\[\]]")
_ENTITY_AT_END: Final = re.compile(rb"&[A-Za-z]{1,32};\Z")


class Addresses:
    """The addresses of a text, from its begin to its end."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._at = 0
        """Up to here the brackets are counted,"""
        self._open = 0
        """and so many of them are open."""

    def within(self, start: int, end: int, since: int) -> Iterator[tuple[int, int]]:
        """The addresses of a piece of text, without those in brackets.

        GitHub makes no link of `[data(https://example.org)]`. The paragraph begins at `since`.
        """
        for match in _BARE.finditer(self.raw, start, end):
            begin, stop = match.span()
            if self._is_in_brackets(begin, since) and match["mail"] is None:
                continue
            yield begin, _end_of_address(self.raw, begin, stop)

    def _is_in_brackets(self, at: int, since: int) -> bool:
        if since > self._at:
            self._at, self._open = since, 0
        for bracket in _BRACKET.finditer(self.raw, self._at, at):
            if bracket[0] == b"[":
                self._open += 1
            elif bracket[0] == b"]":
                self._open = max(0, self._open - 1)
        self._at = at
        return self._open > 0


def _end_of_address(raw: bytes, start: int, end: int) -> int:
    """The end without the punctuation that GitHub leaves outside a bare address."""
    unopened = raw.count(b")", start, end) - raw.count(b"(", start, end)
    while end > start:
        last = raw[end - 1 : end]
        if last == b")" and unopened > 0:
            unopened -= 1
            end -= 1
        elif last == b";" and (entity := _ENTITY_AT_END.search(raw, max(start, end - 34), end)):
            end = entity.start()
        elif last in (b"?", b"!", b".", b",", b":", b"*", b"_", b"~", b"'", b'"', b";"):
            end -= 1
        else:
            break
    return end

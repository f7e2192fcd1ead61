"""Where the cells of a row stand, and what a reader sees of one."""

from __future__ import annotations

import re
from typing import Final

from catalog.readme.places import Range
from catalog.readme.reading import BLANKS

_COMMENTS_FIRST: Final = re.compile(rb"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)
# Blanks that pasting brings: those that do not break, and those as wide as a Chinese character.
_PASTED: Final = ("\u00a0".encode(), "\u3000".encode())
_ASIDE: Final = frozenset(b"<>" + b"".join(_PASTED))
"""What begins or ends a comment or such a blank."""
# What people write where a row has nothing for a column, so that it does not look forgotten. Taken
# is only what says no more than that, in whichever column: `?` says that nobody knows, `❌`, `None`
# and 无 that there is none, `TBD` and "Coming soon" that there will be. That is worth knowing of a
# licence, a base model or the code, and stays a fact.
_SIGNS: Final = frozenset(
    sign.encode()
    for sign in (
        *("-", "--", "---", "\u2010", "\u2011", "\u2012", "–", "—", "——", "\u2015", "−", "－"),
        *("/", "／", "N/A", "n/a", "NA", "暂无", "&ndash;", "&mdash;", "&nbsp;"),
    )
)
_LONGEST_SIGN: Final = max(map(len, _SIGNS))


def cells_of(raw: bytes, start: int, end: int) -> list[Range]:
    """What stands between the pipes of a line, with its padding."""
    while end > start and raw[end - 1] in BLANKS:
        end -= 1
    while start < end and raw[start] in BLANKS:
        start += 1
    if raw.startswith(b"|", start, end):
        start += 1
    cells = []
    at = start
    while (pipe := raw.find(b"|", at, end)) >= 0:
        at = pipe + 1
        if raw[pipe - 1] != 0x5C or not _is_escaped(raw, pipe, start):
            cells.append((start, pipe))
            start = at
    if start < end:
        cells.append((start, end))
    return cells


def _is_escaped(raw: bytes, at: int, start: int) -> bool:
    backslashes = 0
    while at - backslashes > start and raw[at - backslashes - 1] == 0x5C:
        backslashes += 1
    return backslashes % 2 == 1


def value_of_cell(raw: bytes, start: int, end: int) -> Range:
    """What a reader sees of a cell: without its padding, and comments at its ends."""
    start, end = _stripped(raw, start, end)
    if start < end and raw[start] not in _ASIDE and raw[end - 1] not in _ASIDE:
        return start, end
    start, end = _unpadded(raw, start, end)
    if raw.startswith(b"<!--", start, end) and (before := _COMMENTS_FIRST.match(raw, start, end)):
        start = before.end()
    while raw.endswith(b"-->", start, end):
        comment = raw.rfind(b"<!--", start, end)
        if comment < 0:
            break
        start, end = _unpadded(raw, start, comment)
    return start, max(start, end)


def is_sign_for_nothing(raw: bytes, start: int, end: int) -> bool:
    return end - start <= _LONGEST_SIGN and raw[start:end] in _SIGNS


def nothing_in(raw: bytes, cell: Range) -> bytes | None:
    """How a cell says nothing: with no byte, or with a sign; None if it says something."""
    start, end = value_of_cell(raw, *cell)
    return raw[start:end] if start == end or is_sign_for_nothing(raw, start, end) else None


def _stripped(raw: bytes, start: int, end: int) -> Range:
    text = raw[start:end].rstrip(BLANKS)
    end = start + len(text)
    return end - len(text.lstrip(BLANKS)), end


def _unpadded(raw: bytes, start: int, end: int) -> Range:
    """Without blanks at both ends, of whichever sort."""
    start, end = _stripped(raw, start, end)
    while blank := next((one for one in _PASTED if raw.endswith(one, start, end)), None):
        start, end = _stripped(raw, start, end - len(blank))
    while blank := next((one for one in _PASTED if raw.startswith(one, start, end)), None):
        start, end = _stripped(raw, start + len(blank), end)
    return start, end

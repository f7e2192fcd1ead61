"""Contents in the cells of a table, several in a row: they are filled anew in reading order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from catalog.readme.document import ContentsLine
from catalog.readme.lines import end_of_line
from catalog.readme.places import Span
from catalog.readme.ranges import Replacement

_RULE: Final = re.compile(rb"[ \t]*\|?[ \t]*:?-[-:| \t]*\r?\n?")

Row = tuple[Span, list[Span]]
"""A row of the table, and its cells between the pipes."""


def grid_of(raw: bytes, lines: Sequence[ContentsLine]) -> list[Row]:
    """The rows that hold these links and no other words; none if no row holds two of them."""
    start = raw.rfind(b"\n", 0, lines[0].lines.start) + 1
    at, last = start, lines[-1].lines.end
    starts = {line.lines.start for line in lines}
    rows: list[Row] = []
    while at < last:
        end = end_of_line(raw, at)
        row = raw[at:end]
        if not row.startswith(b"|") or not row.rstrip().endswith(b"|"):
            return []
        if _RULE.fullmatch(row) is None:
            pipes = [at + match.start() for match in re.finditer(rb"(?<!\\)\|", row)]
            cells = [Span(one + 1, other) for one, other in itertools.pairwise(pipes)]
            rows.append((Span(at, end), cells))
        at = end
    for _, cells in rows:
        for start, end in cells:
            words = raw[start:end]
            if words.strip() and start + len(words) - len(words.lstrip()) not in starts:
                return []
    is_grid = any(sum(bool(raw[a:b].strip()) for a, b in cells) > 1 for _, cells in rows)
    return rows if is_grid else []


def refilled(raw: bytes, rows: Sequence[Row], links: Sequence[bytes]) -> Iterator[Replacement]:
    """These links in the cells, in further rows, or with rows behind the first taken away."""
    waiting = list(reversed(links))
    width = len(rows[-1][1])
    for number, (row, cells) in enumerate(rows):
        if number and not waiting:
            yield Replacement(*row, b"")
            continue
        for start, end in cells:
            link = waiting.pop() if waiting else b""
            if raw[start:end].strip() != link:
                text = b" " + link + b" " if link else b" "
                is_padded = raw[start:end].endswith(b"  ")
                yield Replacement(start, end, text.ljust((end - start) * is_padded))
    end = rows[-1][0].end
    newline = b"\r\n" if raw[:end].endswith(b"\r\n") else b"\n"
    while waiting:
        here = [waiting.pop() if waiting else b"" for _ in range(width)]
        cells_of_row = (b" " + link + b" " if link else b" " for link in here)
        yield Replacement(end, end, b"|" + b"|".join(cells_of_row) + b"|" + newline)

"""How far apart things stand: the blank lines between a newcomer and what is around it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from catalog.readme.html_headings import hashes_of, is_html
from catalog.readme.lines import (
    begins_item,
    behind_blanks,
    end_of_line,
    indent_at,
    is_blank,
    is_blank_before,
    needs_break,
    start_of_line_before,
)
from catalog.readme.meaning import Link, Thing
from catalog.readme.places import BranchPlace, Place
from catalog.readme.slots import Slot, place_of
from catalog.readme.style import Style

# So many neighbours show how far apart items stand.
_MOST_NEIGHBOURS: Final = 3
# So many siblings show what stands below a heading in front of another.
_MOST_ASKED: Final = 20
_DOUBLE: Final = 2
_CLOSING_LINE: Final = re.compile(
    rb"""[ \t]* (?: ([-*_]) (?: [ \t]* \1 ){2,} [ \t]* \r? $ | (?: <[bh]r[ ]*/?> \s* )+ $
        | .* (?: \]\( | href="? ) \# )""",
    re.VERBOSE,
)


def gap_between(raw: bytes, siblings: Sequence[Thing], form: str) -> int | None:
    """As many blank lines as stand between most of the nearest of this form, or the two nearest.

    `siblings` are sorted by nearness. None: no two of them follow each other.
    """
    nearest = [place_of(one) for one in siblings[:_MOST_NEIGHBOURS]]
    ranks = {place.start: rank for rank, place in enumerate(nearest)}
    found = sorted(gaps_in(raw, nearest, form), key=lambda gap: sum(ranks[at] for at in gap[1:]))
    seen = Counter(blanks for blanks, *_ in found)
    return seen.most_common(1)[0][0] if seen else None


def gap_to_kept_item(raw: bytes, place: Place) -> int | None:
    """The blank lines between an item and one right before or behind it that no record holds."""
    if place.form != "item":
        return None
    indent = indent_at(raw, place.start)
    before, behind = start_of_line_before(raw, place.start), behind_blanks(raw, place.end)
    for at, blanks in ((behind, blank_lines_at(raw, place.end)), (before, 0)):
        is_item = begins_item(raw, at) and indent_at(raw, at) == indent
        if at != place.start and is_item and not _CLOSING_LINE.match(raw, at, end_of_line(raw, at)):
            return blanks
    return None


def blank_lines_at(raw: bytes, at: int) -> int:
    """How many blank lines begin here."""
    number = 0
    while at < len(raw) and is_blank(raw, at):
        at, number = end_of_line(raw, at), number + 1
    return number


def gaps_in(raw: bytes, places: Iterable[Place], form: str) -> Iterator[tuple[int, int, int]]:
    """The blank lines between two things of this form each, and where these begin."""
    for before, behind in itertools.pairwise(sorted(places, key=lambda place: place.start)):
        between = raw[before.end : behind.start]
        if before.form == behind.form == form and not between.strip():
            yield between.count(b"\n"), before.start, behind.start


def behind_gap(raw: bytes, at: int, gap: int) -> int:
    """Past so many blank lines that are there already, if more stand behind them; else here."""
    end = at
    for _ in range(gap):
        if end == len(raw) or not is_blank(raw, end):
            return at
        end = end_of_line(raw, end)
    return end if end < len(raw) and is_blank(raw, end) else at


def behind_kept_items(raw: bytes, at: int, indent: int) -> int:
    """Past items of the same list, directly behind its last entry, that no record holds.

    So what is added last stands at the end of its list, though a line of it cannot be read.
    """
    while at < len(raw) and begins_item(raw, at) and indent_at(raw, at) == indent:
        at = end_of_line(raw, at)
        while at < len(raw) and not is_blank(raw, at) and indent_at(raw, at) > indent:
            at = end_of_line(raw, at)
    return at


def before_first(raw: bytes, slot: Slot, owner: BranchPlace | None) -> int:
    """Where something comes to stand before this one, which is the first of its owner.

    Of two blank lines above a paragraph the second parts both.
    """
    if owner is None or place_of(slot.parts[0]).form != "paragraph":
        return slot.start
    between = raw[owner.head_end : slot.start]
    is_double = not between.strip() and between.count(b"\n") == _DOUBLE
    return end_of_line(raw, owner.head_end) if is_double else slot.start


def before_closing_line(raw: bytes, at: int, siblings: Sequence[Thing]) -> int:
    """In front of lines such as `---` that stand below the last heading and not below others.

    They close what is above these headings. `siblings` are sorted by nearness to this place.
    """
    nearest = siblings[:_MOST_ASKED]
    last = next((one for one in nearest if place_of(one).end == at), None)
    closing = -1 if last is None else _closing_line(raw, last)
    if last is None or closing < 0:
        return at
    hashes = hashes_of(raw, place_of(last)).encode()
    others = (one for one in nearest if one is not last)
    behind = ((one, behind_blanks(raw, place_of(one).end)) for one in others)
    other = next((one for one, end in behind if raw.startswith(hashes, end)), None)
    return at if other is None or _closing_line(raw, other) >= 0 else closing


def _closing_line(raw: bytes, heading: Thing) -> int:
    """Where the last lines below a heading begin, if they are breaks or lead back; else -1."""
    place = place_of(heading)
    if place.form != "heading" or isinstance(heading, Link) or not heading.children:
        return -1
    begin = place_of(heading.children[-1]).end
    start = at = begin + len(raw[begin : place.end].rstrip())
    while at > begin:
        at = start_of_line_before(raw, at)
        if is_blank(raw, at):
            break
        if _CLOSING_LINE.match(raw, at, end_of_line(raw, at)) is None:
            return -1
        start = at
    return start if start < place.end and is_blank_before(raw, start) else -1


def is_open(
    raw: bytes, style: Style, at: int, owner: BranchPlace | None, *, is_item: bool = False
) -> bool:
    """Whether something can begin here: behind a blank line, or before an item as an item.

    Right below a heading items can, where most headings have them there; but not below one
    that is HTML, which would take them in.
    """
    is_below = owner is not None and at == owner.head_end and not is_html(raw, owner)
    if is_item and not style.is_open and is_below:
        return True
    return is_blank_before(raw, at) or (is_item and begins_item(raw, at))


def runs_on(raw: bytes, style: Style, at: int, owner: BranchPlace | None, *, is_item: bool) -> bool:
    """Whether what is written before this place needs a blank line behind it."""
    if owner is not None and owner.form == "item":
        return at < owner.end and needs_break(raw, at)
    is_below = owner is not None and at == owner.head_end and not style.is_open
    if is_item and is_below and raw[at : at + 1] == b"#":
        return False
    return not is_blank(raw, at) and not (is_item and begins_item(raw, at))

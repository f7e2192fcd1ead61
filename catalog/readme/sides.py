"""On which side of kept text newcomers stand, where some divides the siblings around them.

A line such as `**2023**` is nobody's, but it divides a list all the same. What it means cannot be
known. A newcomer ends the upper part, as most curators have it, unless what stands on either side
shows another: titles with numbers of the same sort, or dates that fall or rise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from catalog.readme.difference import Arranged
from catalog.readme.lines import begins_item, end_of_line, is_blank
from catalog.readme.meaning import Entry, Link, Thing
from catalog.readme.slots import Slot, Spot, place_of

# So many neighbours on each side show what stands there.
_MOST_NEIGHBOURS: Final = 3
# So many show whether a list has titles among its items.
_MOST_ASKED: Final = 20
_DATE: Final = re.compile(r"(\d{4})(?:\D(\d{1,2}))?(?:\D(\d{1,2}))?")


class _Side(NamedTuple):
    """What the nearest things on one side show, the nearest first."""

    titles: list[set[str]]
    dates: list[tuple[int, ...]]


def on_their_sides(
    raw: bytes, newcomers: Sequence[Arranged], place: Spot, slots: Sequence[Slot], number: int
) -> Iterator[tuple[Sequence[Arranged], Spot]]:
    """The newcomers in front of the slot with this number, with the spot where each run goes."""
    ahead = [slot.parts[0] for slot in slots[number : number + _MOST_NEIGHBOURS]]
    behind = [slot.parts[0] for slot in reversed(slots[max(0, number - _MOST_NEIGHBOURS) : number])]
    split = len(newcomers)
    is_whole = bool(ahead and behind) and slots[number - 1].end == place.at  # nothing is gone here
    if is_whole and _is_divided(raw, place.at, behind[0], ahead[0]):
        sides = _side(behind), _side(ahead)
        while split and _goes_ahead(_side([newcomers[split - 1].grown()]), *sides):
            split -= 1
    yield newcomers[:split], place
    if split < len(newcomers):
        yield newcomers[split:], Spot(slots[number].start, None, place.siblings)


def past_titles(raw: bytes, newcomers: Sequence[Arranged], kin: Sequence[Thing]) -> Sequence[Thing]:
    """The kin whose shape newcomers take, the nearest first.

    Numbered titles can stand in a list among the bullets that they are the titles of: what says
    more than a title is no title.
    """
    nearest = kin[0] if kin else None
    if nearest is None or place_of(nearest).form != "item" or not _is_title(nearest):
        return kin
    if any(_is_title(child.grown()) for child in newcomers):
        return kin
    is_numbered = _is_numbered(raw, nearest)
    others = [
        one
        for one in kin[:_MOST_ASKED]
        if place_of(one).form == "item" and _is_numbered(raw, one) != is_numbered
    ]
    return kin if all(map(_is_title, others)) else [*others, *kin]


def _is_title(thing: Thing) -> bool:
    """Whether it says a name, and nothing else."""
    return isinstance(thing, Entry) and not (thing.facts or thing.note or thing.children)


def _is_numbered(raw: bytes, thing: Thing) -> bool:
    place = place_of(thing)
    return raw[place.marker : place.text][:1].isdigit()


def _is_divided(raw: bytes, at: int, before: Thing, behind: Thing) -> bool:
    """Whether more than blank lines and items that cannot be read stand between two items."""
    if not place_of(before).form == place_of(behind).form == "item":
        return False
    end = place_of(behind).start
    while at < end:
        if not is_blank(raw, at) and not begins_item(raw, at) and raw[at : at + 1] not in b" \t":
            return True
        at = end_of_line(raw, at)
    return False


def _side(things: Sequence[Thing]) -> _Side:
    dates = [found for one in things if (found := _date(one))]
    return _Side([_numbered_titles(one) for one in things], dates)


def _goes_ahead(newcomer: _Side, behind: _Side, ahead: _Side) -> bool:
    """Whether a newcomer's titles are more like those ahead; if not, whether its date says so."""
    alike, other = (
        sum(len(newcomer.titles[0] & one) for one in side.titles) / len(side.titles)
        for side in (ahead, behind)
    )
    if alike != other:
        return alike > other
    if not newcomer.dates or not behind.dates or not ahead.dates:
        return False
    date, before, after = newcomer.dates[0], behind.dates[1::-1], ahead.dates[:2]
    return not _is_in_order([*before, date]) and _is_in_order([date, *after])


def _is_in_order(dates: Sequence[tuple[int, ...]]) -> bool:
    return list(dates) in (sorted(dates), sorted(dates, reverse=True))


def _numbered_titles(thing: Thing) -> set[str]:
    """Of its links, without their words and numbers: `[6 Jul 2022]` and `[19 May 2023]` have one.

    Kinds and hosts show less: papers of one year are on arXiv or not as those of the next are.
    """
    links = thing.children if isinstance(thing, Entry) else ()
    outlines = (_outline(link.title) for link in links if isinstance(link, Link))
    return {outline for outline in outlines if "0" in outline}


def _outline(title: str) -> str:
    return re.sub(r"[^\W\d]+", "a", re.sub(r"\d+", "0", title))


def _date(thing: Thing) -> tuple[int, ...]:
    released = dict(thing.facts).get("released", "") if isinstance(thing, Entry) else ""
    found = _DATE.search(released)
    return tuple(int(number) for number in found.groups() if number) if found else ()

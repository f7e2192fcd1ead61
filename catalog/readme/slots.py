"""Children stand in *slots*: the lines of one child each, or of links that share their lines.

A reorder permutes children among the slots, so that kept text and blank lines between them stay
where they are; a newcomer comes directly behind the last line of the sibling before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from catalog.readme.difference import Arranged
from catalog.readme.html_headings import hashes_of
from catalog.readme.meaning import Branch, Entry, Link, Thing, is_branchy, is_own
from catalog.readme.places import BranchPlace, LinkPlace, Place
from catalog.readme.style import Style, bullet_of, marker_beside

# So many siblings show whether a list counts its items itself.
_MOST_COUNTED: Final = 3


def place_of(thing: Thing) -> Place:
    assert thing.place is not None
    return thing.place


class Slot(NamedTuple):
    """The lines of one child, or of links that share them."""

    first: int
    """The index of the first among its parent's children."""
    parts: list[Thing]

    @property
    def start(self) -> int:
        return place_of(self.parts[0]).start

    @property
    def end(self) -> int:
        return place_of(self.parts[-1]).end


class Unit(NamedTuple):
    """Wanted children that fill one slot: one, or links that share its line as before."""

    children: list[Arranged]
    home: int | None
    """The number of the slot where they stand now; None for newcomers."""


class Spot(NamedTuple):
    """Where a newcomer goes: directly behind a sibling, or before all others."""

    at: int
    sibling: Thing | None
    siblings: Sequence[Thing]
    """All of them, for their shape."""

    def behind(self, slot: Slot) -> Spot:
        return Spot(slot.end, slot.parts[-1], self.siblings)


class Shape(NamedTuple):
    """How a thing must be written to stand where it shall stand."""

    form: str
    indent: str
    marker: str
    is_top: bool
    """Whether it stands right below a heading, or is one."""
    kin: tuple[Thing, ...] = ()
    """Its siblings, the nearest first."""


def slots_of(parts: Sequence[Thing]) -> Iterator[Slot]:
    slot: Slot | None = None
    for index, part in enumerate(parts):
        place = place_of(part)
        if place.form == "head":
            continue
        if slot is not None and slot.start == place.start:
            slot.parts.append(part)
            continue
        if slot is not None:
            yield slot
        slot = Slot(index, [part])
    if slot is not None:
        yield slot


def units_of(parent: Arranged, slots: Sequence[Slot]) -> list[Unit]:
    """The wanted children, those together that still share a line.

    Links that come apart leave their line: the first takes its slot, the others are newcomers.
    """
    home_of = {
        slot.first + i: number for number, slot in enumerate(slots) for i in range(len(slot.parts))
    }
    units: list[Unit] = []
    taken: set[int] = set()
    for child in parent.children:
        source = child.source
        is_here = source is not None and parent.source is not None and source[:-1] == parent.source
        home = home_of.get(source[-1]) if source is not None and is_here else None
        last = units[-1] if units else None
        before = last.children[-1].source if last is not None and last.home == home else None
        if home is None or home not in taken:
            units.append(Unit([child], home))
            taken |= set() if home is None else {home}
        elif last is not None and before is not None and source is not None and source > before:
            last.children.append(child)
        else:
            units.append(Unit([child], None))
    return units


def is_named_twice(entry: Branch) -> bool:
    """Whether an entry says its name and again as the text of its own link."""
    own = entry.children[0].place if entry.children and is_own(entry.children[0]) else None
    return (
        isinstance(own, LinkPlace)
        and entry.place is not None
        and own.link.start >= entry.place.name_end
    )


def is_unnumbered(raw: bytes, kin: Sequence[Thing], style: Style) -> bool:
    """Whether the nearest items all have the same number, so that Markdown does the counting.

    One item alone shows nothing: it is as most of the list are.
    """
    markers = _nearest_markers(raw, kin)
    if len(markers) == 1:
        return not style.is_counted
    return len({marker.strip() for marker in markers}) == 1


def _is_usual(raw: bytes, marker: str, style: Style, kin: Sequence[Thing]) -> bool:
    """Whether all the nearest items have this marker; one alone with more blanks is a slip."""
    nearest = _nearest_markers(raw, kin)
    is_slip = len(nearest) == 1 and len(bullet_of(marker)) > len(style.marker)
    return len(set(nearest)) == 1 and not is_slip


def _nearest_markers(raw: bytes, kin: Sequence[Thing]) -> list[bytes]:
    markers: dict[int, bytes] = {}
    for sibling in kin:
        place = place_of(sibling)
        if place.form == "item":
            markers[place.start] = raw[place.marker : place.text]
        if len(markers) == _MOST_COUNTED:
            break
    return list(markers.values())


def shape_of(
    thing: Thing,
    raw: bytes,
    style: Style,
    owner: BranchPlace | None,
    siblings: Iterable[Thing],
    behind: int,
) -> Shape:
    """The shape of the first sibling that has one, else that of a first child of its owner.

    `behind` says how many items behind that sibling it comes to stand: numbers go on.
    """
    if owner is None:
        return Shape("heading", "", style.heading, True)
    is_top = owner.form == "heading"
    kin = tuple(siblings)
    if is_top and isinstance(thing, Link):
        kin = tuple(one for one in kin if isinstance(one, Link) and place_of(one).form == "item")
        if not kin:
            return Shape("paragraph", "", "", True)
    for sibling in kin:
        place = place_of(sibling)
        if place.form == "paragraph" and isinstance(thing, Link):
            return Shape("paragraph", raw[place.start : place.marker].decode(), "", True, kin)
        marker = raw[place.marker : place.text].decode()
        if place.form == "heading" and (behind or is_branchy(thing)):
            return Shape("heading", "", hashes_of(raw, place), True, kin)
        if place.form == "row" and is_top and is_branchy(thing):
            return Shape("heading", "", f"#{hashes_of(raw, owner)}", True, kin)
        if place.form == "row" or (place.form == "paragraph" and isinstance(sibling, Entry)):
            return Shape(place.form, "", "", True, kin)
        if place.form == "item":
            indent = raw[place.start : place.marker].decode()
            on = 0 if is_unnumbered(raw, kin, style) else behind
            marker = marker.partition("#")[0] if isinstance(thing, Link) else marker
            if marker[:1] == style.marker[:1] and _is_usual(raw, marker, style, kin):
                style = replace(style, marker=bullet_of(marker))
            return Shape("item", indent, marker_beside(marker, style, on), is_top, kin)
    indent = raw[owner.start : owner.marker].decode()
    below = style.below(indent, raw[owner.marker : owner.text].decode())
    return Shape("item", "" if is_top else below, style.marker, is_top)

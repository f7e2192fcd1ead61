"""How a list writes its things: what a new thing must look like to belong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from catalog import kinds
from catalog.readme.document import ListDocument
from catalog.readme.meaning import Entry, Link, is_branchy, is_linked, walk
from catalog.readme.places import BranchPlace

_BULLET: Final = re.compile(r"[*+-][ \t]+|\d+[.)][ \t]+")
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class Style:
    """The defaults are the canonical form."""

    marker: str = "* "
    step: int = 2
    """How many columns children stand further in than their parent."""
    is_tabbed: bool = False
    """Whether they stand one tab further in instead."""
    heading: str = "## "
    is_open: bool = True
    """Whether a blank line stands between a heading and its items."""
    is_nested: bool = True
    """Whether entries with others below them are items, rather than headings."""
    is_note_plain: bool = False
    """Whether the notes of headings are paragraphs rather than quotes."""
    is_note_open: bool = True
    """Whether a blank line stands between a heading and its note."""
    newline: str = "\n"
    badges: Mapping[str, str] = field(default_factory=dict)
    """The image that states a kind."""
    badged: frozenset[str] = frozenset()
    """The kinds whose links mostly carry an image."""

    def below(self, indent: str, marker: str) -> str:
        """The indent of what stands below an item with this indent and marker."""
        return indent + ("\t" if self.is_tabbed else " " * max(self.step, width(marker)))


CANON: Final = Style()


def style_of(document: ListDocument) -> Style:
    """What this list does most of the time."""
    markers: Counter[str] = Counter()
    steps: Counter[int] = Counter()
    badged: Counter[tuple[str, bool]] = Counter()
    tabs: Counter[bool] = Counter()
    opened: Counter[bool] = Counter()
    quoted: Counter[bool] = Counter()
    apart: Counter[bool] = Counter()
    indents: dict[tuple[int, ...], int] = {}
    linked: Counter[bool] = Counter()
    above: set[str] = set()  # the forms of entries with others below them
    for address, thing in walk(document.sections):
        place = thing.place
        assert place is not None
        if isinstance(thing, Link):
            badge = thing.place.badge if thing.place is not None else None
            alt = document.raw[badge.inner_start : badge.inner_end].decode() if badge else ""
            badged[thing.kind, bool(alt) and kinds.kind_of_badge(alt) is not None] += 1
        if isinstance(place, BranchPlace) and place.form == "heading" and place.note_lines:
            start = place.note_lines.start
            quoted[document.raw[start : start + 1] == b">"] += 1
            apart[start > place.head_end] += 1
        if not isinstance(thing, Link) and place.form == "heading" and thing.children:
            first = thing.children[0].place
            if first is not None and first.form == "item" and thing.place is not None:
                opened[first.start > thing.place.head_end] += 1
        if isinstance(thing, Entry) and is_branchy(thing):
            above.add(place.form)
        elif isinstance(thing, Entry) and place.form == "item":
            linked[is_linked(thing)] += 1
        if place.form == "item":
            indents[address] = place.marker - place.start
            markers[document.raw[place.marker : place.text].decode()] += 1
            if address[:-1] in indents:
                steps[indents[address] - indents[address[:-1]]] += 1
                tabs[document.raw[place.marker - 1 : place.marker] == b"\t"] += 1
    bullets = {marker: times for marker, times in markers.items() if _is_plain(marker)}
    marker = max(bullets, key=bullets.__getitem__, default=CANON.marker)
    step = max(steps, key=steps.__getitem__, default=len(marker))
    is_crlf = document.raw.count(b"\r\n") * 2 > document.raw.count(b"\n")
    is_open = opened[True] >= opened[False]
    return Style(
        marker=marker,
        step=step if len(marker) <= step < len(marker) + 4 else len(marker),
        is_open=is_open,
        is_nested="item" in above or (not above and linked[True] <= linked[False]),
        is_note_plain=bool(document.sections) and quoted[False] >= quoted[True],
        is_note_open=apart[True] > apart[False] if apart else is_open,
        is_tabbed=tabs[True] > tabs[False],
        heading="#" * document.section_level + " ",
        newline="\r\n" if is_crlf else "\n",
        badges=document.badges,
        badged=frozenset(k for k, has in badged if has and badged[k, True] > badged[k, False]),
    )


def _is_plain(marker: str) -> bool:
    return _BULLET.fullmatch(marker) is not None and not marker[0].isdigit() and "\t" not in marker


def bullet_of(marker: str) -> str:
    """The bullet with its blanks; a task's box behind it is already text."""
    bullet = _BULLET.match(marker)
    return bullet.group() if bullet else marker


def width(marker: str) -> int:
    """The columns of a bullet; a task's box behind it is already text."""
    return len(bullet_of(marker))


def marker_beside(sibling: str, style: Style, behind: int) -> str:
    """The marker of a new item so many items behind one with that marker; 0 is in its place."""
    if sibling.rstrip().endswith("#"):  # its text is a heading
        return sibling
    if sibling[:1] == style.marker[:1]:
        return style.marker
    bullet = _BULLET.match(sibling)
    if bullet is None:
        return style.marker
    return _NUMBER.sub(lambda number: str(int(number.group()) + behind), bullet.group())


def marker_at(sibling: str, number: int) -> str:
    """The marker of the item with this number, from 0, in a new list of the same style."""
    bullet = _BULLET.match(sibling)
    if bullet is None:
        return CANON.marker
    return _NUMBER.sub(str(number + 1), bullet.group())

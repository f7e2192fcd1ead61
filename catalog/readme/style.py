"""How a list writes its things: what a new thing must look like to belong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final

from catalog import kinds, titles
from catalog.readme.dialects.nested import CLOSINGS
from catalog.readme.document import ListDocument
from catalog.readme.meaning import Address, Branch, Link, Section, is_branchy, is_linked
from catalog.readme.places import BranchPlace, LinkPlace

_BULLET: Final = re.compile(r"[*+-][ \t]+|\d+[.)][ \t]+")
_WAY_BACK: Final = re.compile(rb"\]\(#[^\s()]*\)")
_LABEL: Final = re.compile(
    rb"[ \t>]*(?:[*+-][ \t]+|\d{1,9}[.)][ \t]+)?"
    rb"(?P<label>(?P<words>(?:(?!\xef\xbc\x9a)[^\n:\[\]]){1,60})(?::[ \t]+|\xef\xbc\x9a[ \t]*))"
)
_NUMBER: Final = re.compile(r"\d+")
# What stands between a link or its picture and the next: neither of them has such an end.
_SIGNS: Final = re.compile(rb"[^()<>\[\]]*\Z")


@dataclass(frozen=True)
class Style:
    """The defaults are the canonical form."""

    marker: str = "* "
    is_counted: bool = True
    """Whether numbered items count; with `1.` before each, Markdown does."""
    step: int = 2
    """How many columns children stand further in than their parent."""
    is_tabbed: bool = False
    """Whether they stand one tab further in instead."""
    heading: str = "## "
    way_back: str = ""
    """What closes the words of most headings, if they lead back to one place of the page."""
    is_open: bool = True
    """Whether a blank line stands between a heading and its items."""
    is_nested: bool = True
    """Whether entries with others below them are items, rather than headings."""
    is_note_plain: bool = False
    """Whether the notes of headings are paragraphs rather than quotes."""
    is_note_open: bool = True
    """Whether a blank line stands between a heading and its note."""
    newline: str = "\n"
    labels: Mapping[str, str] = field(default_factory=dict)
    """What stands before facts on lines of their own, with its colon."""
    badges: Mapping[str, str] = field(default_factory=dict)
    """The image that states a kind."""
    badged: frozenset[str] = frozenset()
    """The kinds whose links mostly carry an image."""
    is_remark_apart: bool = True
    """Whether a blank stands before a remark in brackets."""
    between_links: str = ""
    """What stands between the links of a heading, if they share a line."""
    link_brackets: tuple[str, str] = ("", "")
    """What stands round each of these."""

    def label(self, fact: str) -> str:
        """What stands before a fact on a line of its own, such as `Licence: `."""
        return self.labels.get(fact) or f"{titles.title_of(fact)}: "

    def below(self, indent: str, marker: str) -> str:
        """The indent of what stands below an item with this indent and marker."""
        return indent + ("\t" if self.is_tabbed else " " * max(self.step, width(marker)))


CANON: Final = Style()


def style_of(document: ListDocument) -> Style:
    """What this list does most of the time."""
    raw, things = document.raw, document.things
    links = [thing for _, thing in things if isinstance(thing, Link)]
    branches = [thing for _, thing in things if not isinstance(thing, Link)]
    items = [(at, one.place) for at, one in things if one.place and one.place.form == "item"]
    headings = [one for one in branches if one.place and one.place.form == "heading"]
    marker = _marker(raw, items)
    step, is_tabbed = _step(raw, items, len(marker))
    is_open = _is_open(headings)
    is_note_plain, is_note_open = _notes(raw, headings)
    is_crlf = raw.count(b"\r\n") * 2 > raw.count(b"\n")
    return Style(
        marker=marker,
        is_counted=_is_counted(raw, items),
        step=step,
        is_tabbed=is_tabbed,
        heading="#" * document.section_level + " ",
        way_back=_way_back(raw, headings),
        is_open=is_open,
        is_nested=_is_nested(branches),
        is_note_plain=is_note_plain and bool(document.sections),
        is_note_open=is_open if is_note_open is None else is_note_open,
        newline="\r\n" if is_crlf else "\n",
        labels=_labels(raw, branches),
        badges=document.badges,
        badged=_badged(raw, links),
        is_remark_apart=_is_remark_apart(raw, links),
        between_links=_between_links(raw, headings),
        link_brackets=_link_brackets(raw, headings),
    )


_Item = tuple[Address, BranchPlace | LinkPlace]


def _marker(raw: bytes, items: Iterable[_Item]) -> str:
    seen = Counter(raw[place.marker : place.text] for _, place in items)
    bullets = {marker.decode(): times for marker, times in seen.items()}
    plain = (marker for marker in bullets if _is_plain(marker))
    return max(plain, key=bullets.__getitem__, default=CANON.marker)


def _is_counted(raw: bytes, items: Iterable[_Item]) -> bool:
    """Whether numbers go on from one item to the next more often than they stay the same."""
    steps: Counter[int] = Counter()
    last: dict[Address, int] = {}
    for address, place in items:
        found = _NUMBER.match(raw[place.marker : place.text].decode())
        if found is None:
            continue
        number, owner = int(found.group()), address[:-1]
        if owner in last:
            steps[number - last[owner]] += 1
        last[owner] = number
    return steps[1] >= steps[0]


def _step(raw: bytes, items: Iterable[_Item], size: int) -> tuple[int, bool]:
    """How many columns children stand further in, and whether it is a tab instead."""
    steps: Counter[int] = Counter()
    tabs: Counter[bool] = Counter()
    indents: dict[Address, int] = {}
    for address, place in items:
        indents[address] = indent = place.marker - place.start
        if (above := indents.get(address[:-1])) is not None:
            steps[indent - above] += 1
            tabs[raw[place.marker - 1 : place.marker] == b"\t"] += 1
    step = max(steps, key=steps.__getitem__, default=size)
    return step if size <= step < size + 4 else size, tabs[True] > tabs[False]


def _way_back(raw: bytes, headings: Sequence[Branch]) -> str:
    places = [one.place for one in headings if one.place is not None]
    found = (_WAY_BACK.match(raw, place.name_end) for place in places)
    ways = Counter(way[0] for way in found if way is not None)
    way, times = max(ways.items(), key=lambda one: one[1], default=(b"", 0))
    return way.decode() if times > 1 and times * 2 > len(places) else ""


def _labels(raw: bytes, branches: Iterable[Branch]) -> dict[str, str]:
    """The label of each fact that most lines of their own have."""
    seen: Counter[tuple[str, str]] = Counter()
    for branch in branches:
        for part in branch.place.parts if branch.place is not None else ():
            if part.link >= 0 or part.key in ("name", "note", "other"):
                continue
            found = _LABEL.fullmatch(raw, part.lines(raw).start, part.outer_start)
            if found is not None:
                fact = titles.fact_named(found["words"].decode("utf-8", "ignore"))
                seen[part.key, found["label"].decode()] += fact == part.key
    return {fact: label for (fact, label), times in reversed(seen.most_common()) if times}


def _is_open(headings: Iterable[Branch]) -> bool:
    opened: Counter[bool] = Counter()
    for heading in headings:
        first = heading.children[0].place if heading.children else None
        if first is not None and first.form == "item" and heading.place is not None:
            opened[first.start > heading.place.head_end] += 1
    return opened[True] >= opened[False]


def _notes(raw: bytes, headings: Iterable[Branch]) -> tuple[bool, bool | None]:
    """Whether the notes of headings are no quotes, and whether they stand apart; None: nowhere."""
    quoted: Counter[bool] = Counter()
    apart: Counter[bool] = Counter()
    for heading in headings:
        place = heading.place
        if place is not None and place.note_lines:
            start = place.note_lines.start
            quoted[raw[start : start + 1] == b">"] += 1
            apart[start > place.head_end] += 1
    return quoted[False] >= quoted[True], apart[True] > apart[False] if apart else None


def _is_nested(branches: Iterable[Branch]) -> bool:
    above: set[str] = set()  # the forms of entries with others below them
    linked: Counter[bool] = Counter()
    for branch in branches:
        if isinstance(branch, Section) or branch.place is None:
            continue
        if is_branchy(branch):
            above.add(branch.place.form)
        elif branch.place.form == "item":
            linked[is_linked(branch)] += 1
    return "item" in above or (not above and linked[True] <= linked[False])


def _badged(raw: bytes, links: Iterable[Link]) -> frozenset[str]:
    """The kinds whose links mostly carry an image that states one."""
    badged: Counter[tuple[str, bool]] = Counter()
    for link in links:
        badge = link.place.badge if link.place is not None else None
        alt = raw[badge.inner_start : badge.inner_end].decode() if badge else ""
        badged[link.kind, bool(alt) and kinds.kind_of_badge(alt) is not None] += 1
    return frozenset(k for k, has in badged if has and badged[k, True] > badged[k, False])


def _is_remark_apart(raw: bytes, links: Iterable[Link]) -> bool:
    apart: Counter[bool] = Counter()
    for link in links:
        if link.place is not None and link.place.remark is not None:
            bracket = opening_of_remark(raw, link.place)
            if bracket > 0:
                apart[raw[bracket - 1 : bracket].isspace()] += 1
    return apart[True] >= apart[False]


def _link_lines(headings: Iterable[Branch]) -> Iterator[list[LinkPlace]]:
    """The paragraphs of links below each heading that has several links in such, line by line."""
    for one in headings:
        places = [
            child.place
            for child in one.children
            if isinstance(child.place, LinkPlace)
            and child.place.form == "paragraph"
            and child.place.label_end < 0
        ]
        if len(places) > 1:
            yield from (list(line) for _, line in groupby(places, key=lambda place: place.start))


def _between_links(raw: bytes, headings: Sequence[Branch]) -> str:
    lines = list(_link_lines(headings))
    shared = [line for line in lines if len(line) > 1]
    seen = Counter(
        raw[end_with_pictures(raw, before, behind.stated_start) : behind.stated_start]
        for line in shared
        for before, behind in pairwise(line)
    )
    return seen.most_common(1)[0][0].decode() if len(shared) * 2 > len(lines) else ""


def _link_brackets(raw: bytes, headings: Sequence[Branch]) -> tuple[str, str]:
    seen = Counter(brackets_of(raw, place) for line in _link_lines(headings) for place in line)
    return seen.most_common(1)[0][0] if seen else ("", "")


def end_with_pictures(raw: bytes, place: LinkPlace, until: int) -> int:
    """The end of a link and of the pictures behind it; up to `until` there are but signs then."""
    signs = _SIGNS.search(raw, place.stated_end, until)
    return until if signs is None else signs.start()


def brackets_of(raw: bytes, place: LinkPlace) -> tuple[str, str]:
    """What stands right round a link of a paragraph that has no label."""
    opening = raw[place.stated_start : place.link.start] if place.label_end < 0 else b""
    closing = next((one for one in CLOSINGS if raw.startswith(one, place.link.end)), b"")
    return (opening.decode(), closing.decode()) if opening else ("", "")


def _is_plain(marker: str) -> bool:
    return _BULLET.fullmatch(marker) is not None and not marker[0].isdigit() and "\t" not in marker


def opening_of_remark(raw: bytes, place: LinkPlace) -> int:
    """The bracket before the remark of a link that has one; -1 if the remark has none."""
    assert place.remark is not None
    behind = place.badge.end if place.badge is not None else place.link.end
    return raw.rfind(b"(", behind, place.remark.start)


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

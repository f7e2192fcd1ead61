"""The lines that stand in a text, as patterns for others: their parts in order."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import islice
from typing import Final, NamedTuple

from catalog.readme.meaning import Entry, Link, is_own
from catalog.readme.places import BranchPlace, LinkPlace, Part
from catalog.readme.repositories import repository
from catalog.readme.style import width

# What most of so many entries with links do, the nearest first.
_MOST_LINKED: Final = 3
# So many, the nearest first, are asked for the image of an address, and what they are of.
_MOST_ASKED: Final = 5


class Pattern(NamedTuple):
    """A line that stands in the text, with its parts in order."""

    raw: bytes
    place: BranchPlace
    parts: tuple[Part, ...]
    children: Sequence[Entry | Link]
    """Those of its entry."""

    def link_at(self, number: int) -> LinkPlace | None:
        """Where the link of a part stands."""
        index = self.parts[number].link
        place = self.children[index].place if index >= 0 else None
        return place if isinstance(place, LinkPlace) else None

    def image_for(self, number: int, url: bytes) -> bytes:
        """The image behind a link that stands for its address, and what is before, for another."""
        place = self.link_at(number)
        if place is None or place.badge is None:
            return b""
        behind = self.raw[place.link.end : place.badge.end]
        here, there = repository(self.raw[place.link.start : place.link.end]), repository(url)
        return behind.replace(here, there) if here and there and here in behind else b""

    @property
    def column(self) -> int:
        """Where its text begins."""
        marker = self.raw[self.place.marker : self.place.text].decode()
        return self.place.marker - self.place.start + width(marker)

    @property
    def holds_link(self) -> bool:
        """Whether it holds a link beside that which its name is."""
        return any(part.link >= 0 and part.key != "name" for part in self.parts)

    @property
    def leads_to_paper(self) -> bool:
        """Whether it holds the link of a paper beside its name."""
        links = (self.children[part.link] for part in self.parts if part.link >= 0)
        return any(isinstance(one, Link) and one.kind == "paper" for one in links)

    def title_at(self, number: int) -> str:
        """The title of the link of a part."""
        index = self.parts[number].link
        child = self.children[index] if index >= 0 else None
        return child.title if isinstance(child, Link) else ""

    def between(self, before: int, behind: int) -> bytes:
        return self.raw[self.parts[before].outer_end : self.parts[behind].outer_start]

    def closing(self, number: int, said: Container[str]) -> bytes:
        """What closes a part, if need be behind others in the same marks that are not said."""
        part = self.parts[number]
        opening, closing = part.outer(self.raw)
        if closing or opening.strip() not in (b"*", b"_"):
            return closing
        for behind in range(number + 1, len(self.parts)):
            before, mark, _ = self.between(behind - 1, behind).partition(opening.strip())
            if mark or self.parts[behind].key in said:
                return before + mark if mark else b""
        return b""

    def end(self) -> bytes:
        return self.raw[self.parts[-1].outer_end : self.place.head_end]

    def find(self, key: str) -> int:
        """The number of the first part with this key; -1 if there is none."""
        return next((i for i, part in enumerate(self.parts) if part.key == key), -1)


def pattern_of(raw: bytes, entry: Entry) -> Pattern | None:
    """The parts of an item's line, whichever dialect it was read as, or of a paragraph."""
    place = entry.place
    if place is None or place.form not in ("item", "paragraph"):
        return None
    if place.parts:
        return Pattern(raw, place, place.parts, entry.children)
    parts: list[Part] = []
    for index, child in enumerate(entry.children):
        if not isinstance(child, Link) or child.place is None or child.place.form != "head":
            break
        start, end = child.place.stated
        if is_own(child) and start > place.name_end:
            return None  # it says its name twice
        if not parts and not is_own(child):
            parts.append(Part("name", place.name_start, *place.name, place.name_end))
        parts.append(Part("name" if is_own(child) else "link", start, start, end, end, index))
    if not parts:
        parts.append(Part("name", place.name_start, *place.name, place.name_end))
    return Pattern(raw, place, tuple(parts), entry.children)


def nearest_image(kin: Sequence[Pattern]) -> tuple[Pattern, int, bytes] | None:
    """The image of the nearest line whose name leads to a repository, and which that is.

    An image of another repository shows nothing: then the next line is asked.
    """
    for pattern in kin[:_MOST_ASKED]:
        here = repository(pattern.raw[pattern.parts[0].start : pattern.parts[0].end])
        images = [i for i, part in enumerate(pattern.parts) if i and part.key == "other"]
        for number in images if here else ():
            part = pattern.parts[number]
            if here in pattern.raw[part.start : part.end]:
                return pattern, number, here
        if here and not images:
            return None
    return None


def are_papers(kin: Sequence[Pattern]) -> bool:
    """Whether the nearest lines have links at their end or say authors, or all lead to papers."""
    near = kin[:_MOST_ASKED]
    keys = {part.key for pattern in near for part in pattern.parts}
    if keys & {"tail", "authors", "venue"}:
        return True
    return bool(near) and all(one.parts[0].link < 0 and one.leads_to_paper for one in near)


def are_links_below(kin: Iterable[Pattern]) -> bool:
    """Whether most of the nearest entries with further links have them below their lines."""
    linked = (
        one for one in kin if one.holds_link or any(map(_is_below, one.children[:_MOST_LINKED]))
    )
    seen = [not one.holds_link for one in islice(linked, _MOST_LINKED)]
    return sum(seen) * 2 > len(seen)


def are_links_beside(kin: Iterable[Pattern]) -> bool:
    """Whether there are such entries, and most of them have them in their lines."""
    near = list(kin)
    return any(one.holds_link for one in near) and not are_links_below(near)


def _is_below(child: Entry | Link) -> bool:
    return isinstance(child, Link) and child.place is not None and child.place.form == "item"

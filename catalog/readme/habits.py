"""Where a list says what belongs to its entries: most of the time on their lines, or below them."""

from __future__ import annotations

from functools import cached_property

from catalog.readme.document import ListDocument
from catalog.readme.meaning import Entry, Link, is_own
from catalog.readme.places import BranchPlace


class Habits:
    """What a list does with the notes and the links of its entries."""

    def __init__(self, document: ListDocument) -> None:
        self.document = document
        self.raw = document.raw

    @cached_property
    def has_line_notes(self) -> bool:
        """Whether notes stand in the lines of their entries rather than below them."""
        in_line = own = 0
        for _, thing in self.document.things:
            place = thing.place
            if isinstance(thing, Entry) and thing.note and isinstance(place, BranchPlace):
                in_line += place.note is None
                own += place.note is not None
        return in_line > own

    @cached_property
    def has_line_links(self) -> bool:
        """Whether the links of items stand in the lines of their entries rather than below them."""
        in_line = below = 0
        for _, thing in self.document.things:
            if isinstance(thing, Entry) and thing.place is not None and thing.place.form == "item":
                for child in thing.children:
                    if isinstance(child, Link) and child.place is not None and not is_own(child):
                        is_below = child.place.start != thing.place.start
                        below += is_below
                        in_line += not is_below
        return in_line > below

    @cached_property
    def is_flat(self) -> bool:
        """Whether most items are links, and nothing stands below any of them."""
        linked = plain = 0
        for _, thing in self.document.things:
            place = thing.place
            if isinstance(thing, Entry) and isinstance(place, BranchPlace) and place.form == "item":
                if place.end > place.head_end:
                    return False
                is_linked = bool(thing.children) and is_own(thing.children[0])
                linked, plain = linked + is_linked, plain + (not is_linked)
        return linked > plain

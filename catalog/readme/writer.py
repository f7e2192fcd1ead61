"""A wanted tree is written over the text of a document: local changes first, new text last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from catalog.readme import renderer
from catalog.readme.clearing import without, without_last_blanks, without_titles
from catalog.readme.dialects.names import begins_with
from catalog.readme.difference import Arranged
from catalog.readme.fields import annotate, is_note_detached, relink, rename, restate_facts
from catalog.readme.gaps import (
    before_closing_line,
    before_first,
    behind_gap,
    behind_kept_items,
    is_open,
    runs_on,
)
from catalog.readme.labelled_headings import joined, with_break
from catalog.readme.lines import ends_with_html, is_blank, is_blank_before
from catalog.readme.link_runs import is_as_before, rewritten, with_newcomers, without_others
from catalog.readme.meaning import Branch, Entry, Link, Thing, is_own
from catalog.readme.places import BranchPlace, Place
from catalog.readme.ranges import Replacement
from catalog.readme.sides import on_their_sides, past_titles
from catalog.readme.slots import (
    Shape,
    Slot,
    Spot,
    Unit,
    is_named_twice,
    place_of,
    slots_of,
    units_of,
)
from catalog.readme.texts import Texts, Unstatable


class Writer(Texts):
    """Writes the children of an arranged tree over its document.

    What stands at one of the addresses in `anew` is not changed but rendered from what it says.
    """

    def write(self, root: Arranged) -> list[Replacement]:
        """Raises Unstatable if something that must be rendered holds kept text."""
        self._children(root, self.document.sections, None)
        return [*self.out, *without_last_blanks(self.raw, self.out)]

    # A thing where it stands.

    def _change(self, wanted: Arranged, part: Thing, shape: Shape) -> None:
        """Change what differs, on the lines where it stands."""
        if isinstance(part, Link):
            assert isinstance(wanted.thing, Link)
            self.out += relink(self.raw, self.style, part, wanted.thing)
            return
        assert not isinstance(wanted.thing, Link)
        if isinstance(part, Entry) and self._is_line(part, wanted, shape):
            self._change_line(wanted, part, shape)
            return
        heads = [child for child in part.children if place_of(child).form == "head"]
        rest = wanted.children[len(heads) :]
        if self._is_head_kept(wanted, part, heads, shape):
            self.out += rename(self.raw, part, wanted.thing.name)
            for child, link in zip(wanted.children, heads, strict=False):
                self._change(child, link, shape)
        else:
            rest = self._write_head(wanted, part, shape)
        self.out += annotate(self.raw, self.style, part, wanted.thing)
        self.out += restate_facts(self.raw, self.style, part, wanted.thing)
        self._children(replace(wanted, below=rest), part.children, part.place)

    def _is_line(self, part: Entry, wanted: Arranged, shape: Shape) -> bool:
        """Whether a row or a line of parts states the entry, or has to from now on."""
        place, thing = part.place, wanted.thing
        assert place is not None
        assert isinstance(thing, Entry)
        if place.form == "row" or place.parts or thing.facts:
            return place.form != "heading"
        if place.form != "item":
            return False
        if thing.note and not part.note and self.lines.has_line_notes:
            return True
        gets_link = any(isinstance(c.thing, Link) and c.source is None for c in wanted.children)
        return gets_link and self.lines.are_links_beside(part, shape.kin)

    def _change_line(self, wanted: Arranged, part: Entry, shape: Shape) -> None:
        """Change what a row or a line of parts says, and then what stands below it."""
        entry, place = wanted.grown(), part.place
        if entry == part:
            return
        assert isinstance(entry, Entry)
        assert place is not None
        if place.form == "row":
            table = self.lines.tables.of(part)
            if table is None or not all(isinstance(c.thing, Link) for c in wanted.children):
                raise Unstatable(f"A row of a table has no place below “{part.name}”.")
            self.out += table.changed(part, entry, wanted.children)
            return
        heads = {i for i, child in enumerate(part.children) if place_of(child).form == "head"}
        below = any(isinstance(c, Link) and i not in heads for i, c in enumerate(part.children))
        below = below or self.lines.are_links_below(part, shape.kin)
        links: list[Arranged] = []
        for child in wanted.children:
            is_here = child.source is not None and child.source[:-1] == wanted.source
            index = child.source[-1] if is_here and child.source is not None else -1
            if not isinstance(child.thing, Link) or (is_here and index not in heads):
                break
            if index < 0 and below:
                break
            links.append(child)
        is_behind = place.note is not None and (
            place.form != "paragraph" or begins_with(entry.note, entry.name)
        )
        line = self.lines.changed_line(
            part, replace(entry, note="") if is_behind else entry, links, shape.kin
        )
        if line is None:
            raise Unstatable(f"The line of “{part.name}” cannot say this.")
        self.out.append(line)
        if place.note is not None:
            noted = entry if is_behind else replace(entry, note="")
            self.out += annotate(self.raw, self.style, part, noted)
        rest = wanted.children[len(links) :]
        self._children(replace(wanted, below=rest), part.children, place)

    def _is_head_kept(
        self, wanted: Arranged, part: Branch, heads: Sequence[Thing], shape: Shape
    ) -> bool:
        """Whether an entry's line can hold the links that it holds now, and no others."""
        lead, rest = wanted.children[: len(heads)], wanted.children[len(heads) :]
        if any(is_own(child.thing) for child in rest) or wanted.source is None:
            return False
        if [child.source for child in lead] != [(*wanted.source, i) for i in range(len(heads))]:
            return False
        for child, link in zip(lead, heads, strict=True):
            is_labelled = isinstance(child.thing, Link) and bool(child.thing.label)
            if is_own(child.thing) != is_own(link) or is_labelled:
                return False
        # Further down, `name: [title](url)` with nothing below it would be a link with a label.
        return shape.is_top or not heads or bool(rest) or is_named_twice(part)

    def _write_head(self, wanted: Arranged, part: Branch, shape: Shape) -> list[Arranged]:
        """Write an entry's line anew, with its own link only; answers what must stand below."""
        place = part.place
        assert place is not None
        assert not isinstance(wanted.thing, Link)
        own = tuple(child.thing for child in wanted.children if isinstance(child.thing, Link))[:1]
        rest = [child for child in wanted.children if not is_own(child.thing)]
        entry = Entry(wanted.thing.name, children=own if own and is_own(own[0]) else ())
        head = renderer.head_text(entry, self.style, is_link_enough=shape.is_top or bool(rest))
        end = self.newline if self.raw[: place.head_end].endswith(b"\n") else b""
        self.out.append(Replacement(place.text, place.head_end, head.encode() + end))
        return rest

    # Children in their slots.

    def _children(
        self, parent: Arranged, parts: Sequence[Thing], owner: BranchPlace | None
    ) -> None:
        """Put the wanted children into the slots of those that stand there now."""
        slots = list(slots_of(parts))
        units = with_newcomers(units_of(parent, slots), slots, self.style, parent.source)
        self.out += self.lines.tables.make_room(parts, parent.children, self.fewest)
        homes = sorted(unit.home for unit in units if unit.home is not None)
        place = Spot(self._first_place(slots, owner), None, [slot.parts[0] for slot in slots])
        newcomers: list[Arranged] = []
        number = 0
        for unit in units:
            if unit.home is None:
                newcomers += unit.children
                continue
            target = homes.pop(0)
            place = self._fill_gap(slots, number, target, newcomers, owner, place)
            self._fill(slots[target], unit, slots[unit.home], owner)
            place = place.behind(slots[target])
            newcomers, number = [], target + 1
        self._fill_gap(slots, number, len(slots), newcomers, owner, place)
        self.out += without_titles(self.raw, slots, self.cleared) if self.cleared else ()

    def _fill_gap(
        self,
        slots: Sequence[Slot],
        start: int,
        end: int,
        newcomers: Sequence[Arranged],
        owner: BranchPlace | None,
        place: Spot,
    ) -> Spot:
        """Newcomers take the slots from `start` to `end` of what was removed between siblings.

        So a thing with a new name, nothing about which says that it is the old one, still stands
        in the old one's lines.
        """
        free, used = slots[start:end], 0
        ahead = slots[end] if end < len(slots) else None
        for slot, child in zip(free, newcomers, strict=False):
            shape = self._shape(child.grown(), owner, chain(slot.parts[:1], place.siblings))
            if shape.form != place_of(slot.parts[0]).form:
                break
            text = with_break(self.raw, slot.parts[-1], self._text(child, shape, slot.start))
            self._replace(slot.start, slot.end, text)
            place = place.behind(slot)
            used += 1
        for run, spot in on_their_sides(self.raw, newcomers[used:], place, slots, end):
            self._insert(run, owner, spot, ahead)
        self._clear(free[used:])
        return place

    def _first_place(self, slots: Sequence[Slot], owner: BranchPlace | None) -> int:
        """Where a child goes that comes before all others."""
        if slots:
            return before_first(self.raw, slots[0], owner)
        if owner is None:
            words = [*self.document.prose.values()]
            words += [line.lines for line in self.document.contents]
            return max((lines.end for lines in words), default=len(self.raw))
        if owner.note_lines is None or is_note_detached(self.raw, owner):
            return owner.head_end
        return owner.note_lines.end

    def _fill(self, slot: Slot, unit: Unit, home: Slot, owner: BranchPlace | None) -> None:
        """Write a unit into a slot: its own, or that of a sibling."""
        first = unit.children[0]
        if slot is not home or first.source in self.anew:
            shapes = [
                self._as_heading(child, self._shape(child.grown(), owner, slot.parts[:1]), owner)
                for child in unit.children
            ]
            texts = [
                self._text(child, shape, slot.start)
                for child, shape in zip(unit.children, shapes, strict=True)
            ]
            self._replace(slot.start, slot.end, b"".join(texts))
            return
        if not is_as_before(slot, unit.children):
            self.out.append(rewritten(self.raw, self.style, slot, unit.children))
            return
        by_index = {child.source[-1]: child for child in unit.children if child.source}
        kept = [i for i in range(len(slot.parts)) if slot.first + i in by_index]
        for i in kept:
            part = slot.parts[i]
            child = by_index[slot.first + i]
            if child.is_touched or child.source in self.around:
                self._change(child, part, self._shape(part, owner, [part]))
        self.out += without_others(self.raw, slot, kept)

    def _clear(self, slots: Sequence[Slot]) -> None:
        since = until = -1
        for slot in slots:
            since = since if slot.start == until else slot.start
            gone = without(self.raw, slot, since)
            until = self.gone_until[slot.end] = gone.end
            self.cleared.add(slot.start)
            self.out.append(gone)

    # New text.

    def _insert(
        self,
        newcomers: Sequence[Arranged],
        owner: BranchPlace | None,
        place: Spot,
        ahead: Slot | None,
    ) -> None:
        """Write newcomers behind a sibling, with blank lines where Markdown wants them."""
        if not newcomers:
            return
        at, behind, siblings = place
        if self._join(newcomers, behind, ahead):
            return
        at = self.gone_until.get(at, at)
        nearest = () if behind is None else (behind,)
        siblings = sorted(siblings, key=lambda one: abs(place_of(one).start - at))
        kin = past_titles(self.raw, newcomers, [*nearest, *siblings])
        is_behind = bool(nearest) and kin[0] is behind
        shapes = self._shapes(newcomers, owner, kin, ahead, is_behind)
        follows_item = behind is not None and self._ends_with_item(place_of(behind))
        are_items = all(shape.form == "item" for shape in shapes)
        is_before_item = ahead is not None and place_of(ahead.parts[0]).form == "item"
        if ahead is not None and are_items and is_before_item and not follows_item:
            at = ahead.start  # not on the far side of a paragraph
        elif are_items and behind is None and owner is not None and not is_before_item:
            at = self._first_place((), owner)  # nor below what stands before a deeper heading
        if ahead is None and are_items and follows_item and behind is not None:
            at = behind_kept_items(self.raw, at, len(shapes[0].indent))
        if all(shape.form == "heading" for shape in shapes):
            at = before_closing_line(self.raw, at, siblings)
        blanks = self._gap(siblings, shapes[0], at) if are_items else 0
        gap, apart = self.newline * blanks, self.newline * self._between_blocks(siblings, shapes)
        if blanks and ahead is None and follows_item and not self._ends_like_others(at, blanks):
            end = at
            at = behind_gap(self.raw, at, blanks)
            follows_item = at == end
        is_first = not follows_item
        is_alone = are_items and not siblings and owner is not None and owner.form == "heading"
        table = self._new_table(newcomers, at) if is_alone else None
        if table is not None:
            follows_item = False
            text = (b"" if is_open(self.raw, self.style, at, owner) else self.newline) + table
        else:
            text = self._run(newcomers, shapes, at, owner, gap, apart, follows_item=follows_item)
            follows_item = shapes[-1].form == "item"
        if ahead is not None and at == ahead.start and is_first:
            text += gap
        is_tight = follows_item and not is_first and not is_blank_before(self.raw, at)
        if (
            shapes[-1].form != "row"
            and (not is_tight or self._is_slip(at, blanks))
            and runs_on(self.raw, self.style, at, owner, is_item=follows_item)
        ):
            text += apart
        self._replace(at, at, text)

    def _join(
        self, newcomers: Sequence[Arranged], behind: Thing | None, ahead: Slot | None
    ) -> bool:
        """Whether newcomers could be written into the lines of a paragraph."""
        links = [child.thing for child in newcomers]
        lines = joined(self.raw, links, behind, ahead.parts[0] if ahead else None, self.style)
        self.out += [] if lines is None else [lines]
        return lines is not None

    def _ends_with_item(self, place: Place) -> bool:
        if isinstance(place, BranchPlace) and is_note_detached(self.raw, place):
            return False
        return place.form == "item"

    def _replace(self, start: int, end: int, text: bytes) -> None:
        """Whole lines in the place of whole lines, also at the end of a file without line end."""
        if start and self.raw[start - 1 : start] != b"\n":
            text = self.newline + text.removesuffix(self.newline)
        elif end > start and self.raw[end - 1 : end] != b"\n":
            text = text.removesuffix(self.newline)
        if text and not is_blank(self.raw, end) and end < len(self.raw) and ends_with_html(text):
            text += self.newline
        self.out.append(Replacement(start, end, text))

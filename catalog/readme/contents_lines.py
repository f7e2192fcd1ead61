"""The table of contents follows the headings, each line in the style of the others.

A heading that comes, goes, moves or is renamed changes its own line; what was wrong before is left
as it is. A number behind a line follows what it counted.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from catalog.readme.contents import contents_of, headings_of
from catalog.readme.contents_counts import measure_of
from catalog.readme.contents_grid import grid_of, refilled
from catalog.readme.difference import Arranged
from catalog.readme.document import ContentsLine, ListDocument
from catalog.readme.meaning import Address, Branch, Link
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.renderer import in_link
from catalog.readme.source import plain_text


class Family(NamedTuple):
    """The headings that stand below one, or the organisations."""

    above: Address
    """What they stand below, where it stood before."""
    was: Sequence[Address]
    now: Sequence[tuple[Branch, Address | None]]
    """Each with where it stood before; None for what was no heading of this family."""


def follow_contents(before: ListDocument, after: ListDocument, root: Arranged) -> str:
    """The text of `after`, which is `before` with patched organisations, its contents following.

    `root` tells of each heading where it stood before.
    """
    was = contents_of(before)
    lines = after.contents if before.contents else _carried(before, after, was)
    if not lines or len(was) != len(lines):
        return after.text
    writer = _Writer(before, after, was, lines)
    for family in reversed(list(_families(before, root, after.sections))):
        writer.arrange(family)
    return writer.text()


def refresh_contents(document: ListDocument) -> str:
    """The text with a line in its contents for each organisation, in their order.

    What is missing is added, a line with an organisation's name leads to it, and other lines that
    lead nowhere are taken away. A list whose contents name no organisation stays as it is.
    """
    lines = contents_of(document)
    writer = _Writer(document, document, lines, lines)
    dead = {n for n, line in enumerate(lines) if document.heading_at(line.anchor) < 0}
    text_of = {number: document.raw[slice(*lines[number].text)] for number in dead}
    for index, section in enumerate(document.sections):
        named = [number for number in sorted(dead) if text_of[number] == section.name.encode()]
        if (index,) not in writer.line_of and named:
            writer.line_of[index,] = named[0]
            dead.discard(named[0])
    addresses = [(index,) for index in range(len(document.sections))]
    known = [at if at in writer.line_of else None for at in addresses]
    now = list(zip(document.sections, known, strict=True))
    writer.arrange(Family((), addresses, now), dead, is_sorted=True)
    return writer.text()


def _carried(
    before: ListDocument, after: ListDocument, lines: Sequence[ContentsLine]
) -> Sequence[ContentsLine]:
    """Lines that are no list where they stand now; none if they do not stand there any more."""
    if not lines:
        return ()
    start = lines[0].lines.start
    text = before.raw[start : max(line.lines.end for line in lines)]
    by = after.raw.find(text) - start
    return [] if by + start < 0 else [line.moved(by) for line in lines]


def _families(
    before: ListDocument, root: Arranged, now: Sequence[Branch | Link]
) -> Iterator[Family]:
    """The headings of `now` by what they stand below, each family before those below it."""
    if root.source is None:
        return
    old: Sequence[Branch | Link] = before.sections
    if root.source:
        thing = before.thing(root.source)
        old = () if isinstance(thing, Link) else thing.children
    was = [(*root.source, number) for number, thing in enumerate(old) if _is_heading(thing)]
    heads = [
        (child, thing)
        for child, thing in zip(root.children, now, strict=False)
        if not isinstance(thing, Link) and _is_heading(thing)
    ]
    known = set(was)
    yield Family(
        root.source,
        was,
        [(thing, child.source if child.source in known else None) for child, thing in heads],
    )
    for child, thing in heads:
        if child.is_touched or any(map(_is_heading, thing.children)):
            yield from _families(before, child, thing.children)


def _is_heading(thing: Branch | Link) -> bool:
    return thing.place is not None and thing.place.form == "heading"


class _Writer:
    """Writes the lines of `after`, which are those of `before` at their places."""

    def __init__(
        self,
        before: ListDocument,
        after: ListDocument,
        was: Sequence[ContentsLine],
        lines: Sequence[ContentsLine],
    ) -> None:
        self.before: Final = before
        self.after: Final = after
        self.raw: Final = after.raw
        self.lines: Final = lines
        self.anchors: Final = {start: anchor for anchor, start in after.anchors.items()}
        self.line_of: dict[Address, int] = {}
        """Which line is that of which heading, where that stood before."""
        self.further: dict[int, Address] = {}
        """Lines that lead to such a heading as well, and stay."""
        self.out: list[Replacement] = []
        self.below: list[Replacement] = []
        """What is written already when a family is: the lines below its own."""
        self.branch_of: dict[Address, Branch] = {}
        at = {place.marker: address for address, place in headings_of(before.sections)}
        for number, line in enumerate(was):
            address = at.get(before.heading_at(line.anchor))
            if address is not None and self.line_of.setdefault(address, number) != number:
                self.further[number] = address
        self.measure = measure_of(before, was, self.line_of)
        self.separators = _separators(was, self.line_of)
        self.is_of_links: Final = not before.contents
        self.rows: Final = grid_of(after.raw, lines) if self.is_of_links and lines else []
        if self.rows:
            self.separators = {}

    def text(self) -> str:
        for number, origin in self.further.items():
            if origin in self.branch_of:
                line = self.lines[number]
                target = self._target(self.branch_of[origin], line).encode()
                self.out.append(Replacement(*line.target, target))
        return replaced(self.raw, self.out).decode()

    def arrange(self, family: Family, dead: Iterable[int] = (), *, is_sorted: bool = False) -> None:
        """Put the lines of a family into the slots of such lines, in the order of the list.

        Where none of them moved, each line stays, even if their order is not that of the list.
        Lines of headings that are gone go, and so do the `dead`.
        """
        mine = {origin: self.line_of[origin] for origin in family.was if origin in self.line_of}
        if self.rows:
            self._refill(family, mine)
            return
        self.below = list(self.out)
        above = self.lines[min(mine.values())] if mine else self._cousin(family)
        if above is None:
            return
        is_first = bool(mine)
        behind = above.lines.start if is_first else self.lines[self.line_of[family.above]].own_end
        stayed = [origin for _, origin in family.now if origin is not None]
        is_moved = (is_sorted or stayed != sorted(stayed)) and all(
            _is_whole(self.raw[slice(*self.lines[number].lines)]) for number in mine.values()
        )
        slots = iter(sorted(mine[o] for o in stayed if o in mine))
        free = {*mine.values(), *dead}
        for branch, origin in family.now:
            assert above is not None
            if origin is None and self.is_of_links and len(family.above) + 1 not in self.separators:
                continue
            if origin is None:
                line = self._new(above, branch, len(family.above) + 1, is_first=is_first)
                self.out.append(Replacement(behind, behind, line))
                continue
            self.branch_of[origin] = branch
            if origin not in mine:
                continue
            slot = next(slots) if is_moved else mine[origin]
            free.discard(slot)
            self._fill(slot, mine[origin], branch, origin)
            above, behind, is_first = self.lines[slot], self.lines[slot].lines.end, False
        self._take_away(free)

    def _refill(self, family: Family, mine: Mapping[Address, int]) -> None:
        """Fill the cells of a table with the links of the organisations, in their order."""
        numbers = list(mine.values())
        if family.above or len(numbers) < len(self.lines) or numbers != sorted(numbers):
            return
        like = self.lines[min(mine.values())]
        links = []
        for branch, origin in family.now:
            if origin is None:
                links.append(self._new(like, branch, 1, is_first=False))
            elif origin in mine:
                line = self.lines[mine[origin]]
                links.append(replaced(self.raw, self._fitted(line, branch, origin), *line.lines))
        self.out += refilled(self.raw, self.rows, links)

    def _cousin(self, family: Family) -> ContentsLine | None:
        """A line at the depth of headings that are the first below one that has a line."""
        if family.above not in self.line_of or family.was:
            return None
        return self._line_at(len(family.above) + 1)

    def _line_at(self, depth: int) -> ContentsLine | None:
        numbers = [number for at, number in self.line_of.items() if len(at) == depth]
        return self.lines[min(numbers)] if numbers else None

    def _target(self, branch: Branch, line: ContentsLine | None = None) -> str:
        """The address of a heading; that of its line stays if it still leads there."""
        assert branch.place is not None
        marker = branch.place.marker
        if line is not None and self.after.heading_at(line.anchor) == marker:
            return f"#{line.anchor}"
        return f"#{self.anchors[marker]}"

    # The bytes of a line.

    def _new(self, like: ContentsLine, branch: Branch, depth: int, *, is_first: bool) -> bytes:
        """The line of a new heading and of those below it, if such have lines here."""
        count = None if self.measure is None else self.measure(branch)
        said = _restated(like, _shown(like, branch.name), self._target(branch), count)
        text = replaced(self.raw, said, like.lines.start, like.own_end)
        below = self._line_at(depth + 1)
        for child in branch.children:
            if below is not None and not isinstance(child, Link) and _is_heading(child):
                text += self._new(below, child, depth + 1, is_first=False)
        separator = self.separators.get(depth, b"")
        return text + separator if is_first else separator + text

    def _fill(self, slot: int, own: int, branch: Branch, origin: Address) -> None:
        """Write a line into a slot: its own, or that of another."""
        line = self.lines[own]
        said = self._fitted(line, branch, origin)
        if slot == own:
            self.out += said
            return
        inside = [one for one in self.below if line.lines.start <= one.start < line.lines.end]
        text = replaced(self.raw, [*said, *inside], *line.lines)
        self.out.append(Replacement(*self.lines[slot].lines, text))

    def _fitted(self, line: ContentsLine, branch: Branch, origin: Address) -> Iterator[Replacement]:
        """What changes in the line of a heading that stood elsewhere or was called otherwise."""
        target = self._target(branch, line)
        was = self.before.thing(origin)
        assert not isinstance(was, Link)
        name = branch.name if branch.name != was.name else None
        shown = None if name is None else self._renamed(line, was.name, name)
        count = None
        if self.measure is not None and line.number is not None:
            is_right = int(self.raw[slice(*line.number)]) == self.measure(was)
            count = self.measure(branch) if is_right else None
        return _restated(line, shown, target if target != f"#{line.anchor}" else None, count)

    def _renamed(self, line: ContentsLine, before: str, after: str) -> str:
        """The text of a line with a new name; signs beside the name, such as an emoji, stay."""
        text = self.raw[slice(*line.text)].decode()
        before, after = _shown(line, before), _shown(line, after)
        signs = text.replace(before, "", 1)
        is_kept = before in text and not any(map(str.isalnum, signs))
        return text.replace(before, after, 1) if is_kept else after

    def _take_away(self, free: Iterable[int]) -> None:
        """Take lines away, and what parts them from their neighbours, if nothing goes along."""
        gone = {n for top in free for n in range(top, self._behind(top))}
        for number in sorted(free):
            line, behind = self.lines[number], self._behind(number)
            start, end = line.lines
            if not self.is_of_links:
                self.out.append(Replacement(start, end, b""))
            elif _is_mere(line.separator) and any(n not in gone for n in range(number)):
                if _is_whole(self.raw[start - len(line.separator) : end]):
                    self.out.append(Replacement(start - len(line.separator), end, b""))
            elif behind < len(self.lines) and _is_mere(self.lines[behind].separator):
                start_behind = self.lines[behind].lines.start
                if _is_whole(self.raw[start:start_behind]):
                    self.out.append(Replacement(start, start_behind, b""))

    def _behind(self, number: int) -> int:
        """The number of the first line behind this one that is not below it."""
        end, behind = self.lines[number].lines.end, number + 1
        while behind < len(self.lines) and self.lines[behind].lines.start < end:
            behind += 1
        return behind


_TAG: Final = re.compile(rb"<(/?)([a-z]+)[^<>]*>", re.IGNORECASE)


def _is_whole(text: bytes) -> bool:
    """Whether each HTML tag that opens here closes here, so that it can be moved or left out."""
    depths: Counter[bytes] = Counter()
    for closing, name in _TAG.findall(text):
        depths[name.lower()] += -1 if closing else 1
    return not any(depths[name] for name in depths if name not in (b"br", b"img", b"hr"))


def _is_mere(separator: bytes) -> bool:
    """Whether it only parts two links: no words in it, and no tag that is left open."""
    words = _TAG.sub(b"", separator).decode()
    is_silent = not any(map(str.isalnum, words)) and b"--" not in separator
    return bool(separator) and is_silent and _is_whole(separator)


def _shown(line: ContentsLine, name: str) -> str:
    """A name as such a line shows it."""
    return html.escape(plain_text(name), quote=False) if line.is_html else in_link(name)


def _restated(
    line: ContentsLine, name: str | None, target: str | None, count: int | None
) -> Iterator[Replacement]:
    """What changes in a line that leads to another heading, or counts something else."""
    if name is not None:
        yield Replacement(*line.text, name.encode())
    if target is not None:
        yield Replacement(*line.target, target.encode())
    if count is not None and line.number is not None:
        yield Replacement(*line.number, str(count).encode())


def _separators(lines: Sequence[ContentsLine], line_of: Mapping[Address, int]) -> dict[int, bytes]:
    """What stands before most lines of each depth."""
    seen: dict[int, Counter[bytes]] = {}
    for address, number in line_of.items():
        if _is_mere(lines[number].separator):
            seen.setdefault(len(address), Counter())[lines[number].separator] += 1
    return {depth: one.most_common(1)[0][0] for depth, one in seen.items()}

"""What the rows shall say: the file's tree, and in it what only the rows have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from catalog.readme import Edit, Link, Meaning, Section, compare
from catalog.readme.difference import Arranged, arrange
from catalog.readme.meaning import Address, is_own, name_of, walk


class Wanted:
    """Begins as what the file says; what the rows say can be put back into it, thing by thing.

    Edits cannot just be left out of a list of edits: the address of each counts on all others.
    """

    def __init__(
        self, ours: Meaning, theirs: Meaning, pairs: Mapping[Address, Address] | None = None
    ) -> None:
        """`pairs` tells what of theirs is what of ours, where that is known."""
        self.ours = ours
        self.asked: tuple[Edit, ...] = compare(ours, theirs, pairs=pairs)
        """What the file asks of the rows."""
        self.root = arrange(ours, self.asked)
        self.texts = {name: getattr(theirs, name) for name in ("title", "introduction")}
        self._is_as_asked = True
        self._things = dict(walk(ours.sections))
        self._all = list(_all_below(self.root))
        self._nodes = {node.source: node for node in self._all if node.source is not None}

    @property
    def edits(self) -> tuple[Edit, ...]:
        """From what the rows say to what they shall say."""
        return self.asked if self._is_as_asked else compare(self.ours, self.meaning)

    @property
    def meaning(self) -> Meaning:
        grown = [child.grown() for child in self.root.children]
        return Meaning(**self.texts, sections=tuple(s for s in grown if isinstance(s, Section)))

    def missing(self) -> list[Address]:
        """Where the rows say what they shall no longer say; owners before what they own."""
        return [address for address in self._things if address not in self._nodes]

    def source(self, address: Address) -> Address | None:
        """What stands there in the file, the rows have here; None if they do not."""
        return self._at(address).source

    def put_back(self, addresses: Collection[Address]) -> None:
        """Give these their place of the rows again: behind the nearest earlier sibling there."""
        self._is_as_asked = self._is_as_asked and not addresses
        for address in addresses:
            if address in self._nodes:
                self._take_out(self._nodes[address])
        for address in sorted(addresses):
            if address not in self._nodes:
                self._nodes[address] = Arranged(self._things[address], address, [])
                self._all.append(self._nodes[address])
            self._insert(self._nodes[address], address)

    def set_back(self, edit: Edit) -> None:
        """Give a field its value of the rows again."""
        self._is_as_asked = False
        if not edit.at:
            self.texts[edit.field] = edit.old
        else:
            node = self._nodes[edit.at]
            node.thing = replace(node.thing, **{edit.field: edit.old})

    def leave_out(self, addresses: Collection[Address]) -> None:
        """Take out what the file adds at these addresses; what it moved there goes back."""
        self._is_as_asked = self._is_as_asked and not addresses
        for left in [self._at(address) for address in addresses]:
            self.put_back([node.source for node in _all_below(left) if node.source is not None])
            self._take_out(left)

    def _at(self, address: Address) -> Arranged:
        node = self.root
        for index in address:
            node = node.children[index]
        return node

    def _take_out(self, node: Arranged) -> None:
        for parent in self._all:
            parent.below = [child for child in parent.children if child is not node]

    def _insert(self, node: Arranged, address: Address) -> None:
        owner = self._nodes[address[:-1]]
        siblings = owner.children
        has_own = bool(siblings) and is_own(siblings[0].thing)
        if has_own and isinstance(node.thing, Link) and is_own(node.thing):
            # The file gives its owner another own link, and there is room for one.
            node.thing = replace(node.thing, title=name_of(owner.thing))
        place = 0 if is_own(node.thing) else int(has_own)
        for number in reversed(range(address[-1])):
            elder = self._nodes.get((*address[:-1], number))
            found = [n for n, sibling in enumerate(siblings) if sibling is elder]
            if found:
                place = max(place, found[0] + 1)
                break
        siblings.insert(place, node)


def _all_below(node: Arranged) -> Iterator[Arranged]:
    waiting = node.children[::-1]
    yield node
    while waiting:
        below = waiting.pop()
        yield below
        waiting += below.children[::-1]

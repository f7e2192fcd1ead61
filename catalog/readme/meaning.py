"""What a list says: organisations, what they made, and the links of both.

The same nouns serve twice: in a `ListDocument` each knows its `place` in the source, in a
`Meaning` none does. Places take no part in comparisons, so two documents that say the same are
equal however they are written.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from catalog.readme.places import BranchPlace, LinkPlace

Address = tuple[int, ...]
"""The indexes that lead to a thing: (0, 1) is the second child of the first section."""


# The three are as good as frozen: their fields are Final, and mypy holds that. `frozen=True` would
# hold it at run time too, but make each cost four times as much; a long list has 100,000.


@dataclass(slots=True, unsafe_hash=True)
class Link:
    """A resource as the file states it.

    Without a title it is its owner's own link: the owner's name is its text.
    """

    title: Final[str]
    url: Final[str]
    kind: Final[str] = "other"
    label: Final[str] = ""
    remark: Final[str] = ""
    place: Final[LinkPlace | None] = field(default=None, compare=False, repr=False)


@dataclass(slots=True, unsafe_hash=True)
class Entry:
    """Something that the list names, with its links and sub-entries in one order.

    `facts` holds what a table's columns or labelled lines state beyond links: (field, value).
    """

    name: Final[str]
    note: Final[str] = ""
    facts: Final[tuple[tuple[str, str], ...]] = ()
    children: Final[tuple[Entry | Link, ...]] = ()
    place: Final[BranchPlace | None] = field(default=None, compare=False, repr=False)


@dataclass(slots=True, unsafe_hash=True)
class Section:
    """A heading that names who made the entries below it."""

    name: Final[str]
    note: Final[str] = ""
    children: Final[tuple[Entry | Link, ...]] = ()
    place: Final[BranchPlace | None] = field(default=None, compare=False, repr=False)


Branch = Section | Entry
Thing = Section | Entry | Link


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that a document or the rows say, without places and kept text; JSON in and out."""

    title: str = ""
    introduction: str = ""
    sections: tuple[Section, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "introduction": self.introduction,
            "sections": [_to_json(section) for section in self.sections],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Meaning:
        """Raises KeyError if the data is not what `to_json` gives."""
        sections = tuple(
            Section(section["name"], section.get("note", ""), _children_from_json(section))
            for section in data["sections"]
        )
        return cls(data["title"], data["introduction"], sections)

    @property
    def organisations(self) -> frozenset[str]:
        """Their names, by which `parse` knows them again."""
        return frozenset(section.name for section in self.sections)

    def entries(self) -> Iterator[Entry]:
        return (thing for _, thing in walk(self.sections) if isinstance(thing, Entry))

    def links(self) -> Iterator[Link]:
        return (thing for _, thing in walk(self.sections) if isinstance(thing, Link))


def walk(
    things: Iterable[Thing], above: Address = (), closed: Container[Address] = ()
) -> Iterator[tuple[Address, Thing]]:
    """All these with what is below them and its address, in the order of the list.

    They stand below the address `above`; what stands below those of `closed` is left out.
    """
    waiting: list[tuple[Address, Thing]] = [((*above, i), s) for i, s in enumerate(things)]
    waiting.reverse()
    while waiting:
        address, thing = waiting.pop()
        yield address, thing
        if not isinstance(thing, Link) and address not in closed:
            below = [((*address, i), child) for i, child in enumerate(thing.children)]
            waiting.extend(reversed(below))


def children_at(meaning: Meaning, address: Address) -> Sequence[Thing]:
    """What stands directly below this address; the sections below the empty one."""
    children: Sequence[Thing] = meaning.sections
    for number in address:
        thing = children[number]
        children = () if isinstance(thing, Link) else thing.children
    return children


def is_own(thing: Thing) -> bool:
    """Whether it is the link that its owner's name itself is."""
    return isinstance(thing, Link) and not thing.title


def is_linked(branch: Branch) -> bool:
    """Whether its name is a link itself."""
    return any(map(is_own, branch.children))


def is_branchy(thing: Thing) -> bool:
    """Whether entries stand below it, so that it may be a heading of its own."""
    return isinstance(thing, Section) or (
        isinstance(thing, Entry) and any(isinstance(child, Entry) for child in thing.children)
    )


def name_of(thing: Thing) -> str:
    """What people call it."""
    return (thing.title or thing.url) if isinstance(thing, Link) else thing.name


def without_places(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The same sections as a Meaning holds them."""
    return tuple(_without_place(section) for section in sections)


def _without_place(thing: Any) -> Any:
    if isinstance(thing, Link):
        return Link(thing.title, thing.url, thing.kind, thing.label, thing.remark)
    children = tuple(map(_without_place, thing.children))
    if isinstance(thing, Section):
        return Section(thing.name, thing.note, children)
    return Entry(thing.name, thing.note, thing.facts, children)


def _to_json(thing: Thing) -> dict[str, Any]:
    """Only what is said: an empty field is left out."""
    data: dict[str, Any]
    if isinstance(thing, Link):
        data = {"title": thing.title, "url": thing.url, "kind": thing.kind}
        data |= {name: getattr(thing, name) for name in ("label", "remark") if getattr(thing, name)}
        return data
    data = {"name": thing.name}
    if thing.note:
        data["note"] = thing.note
    if isinstance(thing, Entry) and thing.facts:
        data["facts"] = [list(fact) for fact in thing.facts]
    if thing.children:
        data["children"] = [_to_json(child) for child in thing.children]
    return data


def _children_from_json(data: Mapping[str, Any]) -> tuple[Entry | Link, ...]:
    return tuple(_child_from_json(child) for child in data.get("children", ()))


def _child_from_json(data: Mapping[str, Any]) -> Entry | Link:
    if "url" in data:
        optional = data.get("label", ""), data.get("remark", "")
        return Link(data["title"], data["url"], data["kind"], *optional)
    facts = tuple((name, value) for name, value in data.get("facts", ()))
    return Entry(data["name"], data.get("note", ""), facts, _children_from_json(data))

"""What is wanted becomes writes: one pass down the wanted tree, then each table in bulk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from catalog import changes, tree
from catalog.identifiers import identify
from catalog.models import LanguageModel, ListText, ModelKind, Organisation, Resource
from catalog.readme import Entry, Link, Section, plain_text
from catalog.readme.difference import FIELDS, Arranged
from catalog.readme.meaning import Address, Thing
from catalog.sync.rows import Branch, Row, Rows, link_of
from catalog.sync.wanted import Wanted

_UNOFFICIAL: Final = re.compile(r"\b(?:non|un)[- ]?off?ici?al", re.IGNORECASE)
_FAMILY: Final = re.compile(r"(?:^|[\s-])(?:family|families|series)$|(?:家族|系列)$", re.IGNORECASE)

Values = dict[str, Any]


def write(recording: changes.Recording, rows: Rows, wanted: Wanted) -> None:
    """Make the rows say what is wanted."""
    writing = _Writing(rows, wanted.root)
    removed = [rows.at[address] for address in _outermost(wanted.missing())]
    recording.create_many(writing.new_branches)
    recording.update_many(writing.branches)
    # An owner has at most one own link: the old one goes, or gets a title, before the new one
    # comes. And what stood below a branch has moved out of it before that is removed.
    recording.delete_many(row for row in removed if isinstance(row, Resource))
    recording.update_many(
        (row, values | {"title": "own"} if row in writing.new_owns else values)
        for row, values in writing.resources
    )
    recording.update_many((row, {"title": ""}) for row in writing.new_owns)
    recording.delete_many(row for row in removed if not isinstance(row, Resource))
    recording.create_many(writing.new_resources)
    for key, text in wanted.texts.items():
        _write_text(recording, rows.texts.get(key), key, text)


def _outermost(addresses: Sequence[Address]) -> list[Address]:
    """Those that do not go along with what they stand below."""
    gone = set(addresses)
    return [address for address in addresses if address[:-1] not in gone]


def _write_text(recording: changes.Recording, row: ListText | None, key: str, text: str) -> None:
    if row is not None and row.text != text:
        recording.update(row, text=text)
    elif row is None and text:
        recording.create(ListText(key=key, text=text))


class _Writing:
    """What has to be written, collected from the top down; new rows refer to new rows."""

    def __init__(self, rows: Rows, root: Arranged) -> None:
        self.rows = rows
        self.published = set(rows.at.values())
        self.new_branches: list[Branch] = []
        self.new_resources: list[Resource] = []
        self.branches: list[tuple[Row, Values]] = []
        self.resources: list[tuple[Row, Values]] = []
        self.new_owns: set[Row] = set()
        """Resources that are from now on the own link of their owner."""
        self._children(root, None, None)

    def _children(
        self, parent: Arranged, owner: Branch | None, organisation: Organisation | None
    ) -> None:
        for child, position in zip(parent.children, self._positions(parent, owner), strict=True):
            values = _owners(child.thing, owner, organisation) | {"position": position}
            row: Row
            if child.source is None:
                row = self._create(child, values)
            else:
                row = self._update(self.rows.at[child.source], child.thing, values)
            if isinstance(row, Organisation):
                self._children(child, row, row)
            elif isinstance(row, LanguageModel):
                self._children(child, row, organisation)

    def _positions(self, parent: Arranged, owner: Branch | None) -> list[int]:
        """A place for each child. What is withheld stays behind the sibling before it."""
        is_new = owner is not None and owner.pk is None
        before = [] if is_new else self.rows.children.get(owner, [])
        order: list[Row | None]
        order = [self.rows.at[c.source] if c.source else None for c in parent.children]
        shown: set[Row | None] = set(order)
        behind: Row | None = None
        for sibling in before:
            if sibling not in self.published:
                order.insert(order.index(behind) + 1 if behind else 0, sibling)
                shown.add(sibling)
            if sibling in shown:
                behind = sibling
        own = set(before)
        numbers = [row.position if row is not None and row in own else 0 for row in order]
        if order != [row for row in before if row in shown]:
            numbers = tree.renumbered(numbers)
        positions = []
        for row, number in zip(order, numbers, strict=True):
            if row is None or row in self.published:
                positions.append(number)
            elif row.position != number:
                self._change(row, {"position": number})
        return positions

    def _create(self, child: Arranged, values: Values) -> Row:
        thing = child.thing
        if isinstance(thing, Link):
            resource = Resource(
                title=thing.title,
                url=thing.url,
                kind=thing.kind,
                label=thing.label,
                remark=thing.remark,
                identifier=_identifier(thing.url),
                is_official=not _UNOFFICIAL.search(thing.remark),
                **values,
            )
            self.new_resources.append(resource)
            return resource
        branch: Branch
        if isinstance(thing, Section):
            branch = Organisation(name=thing.name, note=thing.note, **values)
        else:
            kind = guess_kind(child, is_top=values["parent"] is None)
            branch = LanguageModel(
                name=thing.name, note=thing.note, facts=as_lists(thing.facts), kind=kind, **values
            )
        self.new_branches.append(branch)
        return branch

    def _update(self, row: Row, thing: Thing, values: Values) -> Row:
        """Change what differs from what the row said; what the list does not state stays."""
        changed = {name: value for name, value in values.items() if _differs(row, name, value)}
        said: Row | Link = row
        if isinstance(row, Resource):
            said = link_of(row, of_organisation=values["organisation"] is not None)
        for name in FIELDS[type(thing)]:
            value = getattr(thing, name)
            if name == "facts":
                value = as_lists(value)
            if getattr(said, name) != value:
                changed[name] = value
        if isinstance(row, Resource) and isinstance(thing, Link):
            if "url" in changed and row.identifier == _identifier(row.url):
                changed["identifier"] = _identifier(thing.url)
            is_own = not changed.get("title", row.title)
            if is_own and changed.keys() & {"title", "model", "organisation"}:
                self.new_owns.add(row)
        elif isinstance(row, LanguageModel) and "organisation" in changed:
            self._take_along(row, changed["organisation"])
        self._change(row, changed)
        return row

    def _take_along(self, row: LanguageModel, organisation: Organisation) -> None:
        """What is withheld below a model follows it to another organisation."""
        for child in self.rows.children.get(row, ()):
            if isinstance(child, LanguageModel) and child not in self.published:
                self._change(child, {"organisation": organisation})
                self._take_along(child, organisation)

    def _change(self, row: Row, changed: Values) -> None:
        if changed:
            (self.resources if isinstance(row, Resource) else self.branches).append((row, changed))


def _owners(thing: Thing, owner: Branch | None, organisation: Organisation | None) -> Values:
    """The columns that say below what a row stands."""
    model = owner if isinstance(owner, LanguageModel) else None
    if isinstance(thing, Link):
        return {"model": model, "organisation": None if model else organisation}
    return {"parent": model, "organisation": organisation} if organisation else {}


def _differs(row: Row, name: str, value: Any) -> bool:
    if name == "position":
        return row.position != value
    is_new = value is not None and value.pk is None
    return is_new or getattr(row, f"{name}_id") != (value.pk if value else None)


def as_lists(facts: Iterable[Iterable[str]]) -> list[list[str]]:
    """As a row holds them."""
    return [list(fact) for fact in facts]


def _identifier(url: str) -> str:
    return str(identify(url) or "")


def guess_kind(child: Arranged, *, is_top: bool) -> str:
    """Family, team or model, once at creation: by its name, its note and what stands below it.

    A team is what an organisation's models are grouped by where they do not share a name: it has
    no links of its own and families below it, or a note that says whom it refers to.
    """
    thing = child.thing
    assert isinstance(thing, Entry)
    below = [other for other in child.children if isinstance(other.thing, Entry)]
    has_links = len(below) < len(child.children)
    if _FAMILY.search(plain_text(thing.name)):
        return ModelKind.FAMILY
    if not below:
        return ModelKind.MODEL
    is_grouping = "refers to" in thing.note or any(
        isinstance(far.thing, Entry) for near in below for far in near.children
    )
    if is_top and not has_links and is_grouping:
        return ModelKind.TEAM
    return ModelKind.FAMILY if len(below) > 1 or not has_links else ModelKind.MODEL

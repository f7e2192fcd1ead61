"""Whose child a row is, the order of siblings, and moving a branch.

A newcomer takes the number after its elder neighbour's, and those behind it make room only as
far as they must; siblings that change places share the numbers that they had. So gaps stay: what
was deleted finds its number free when it is restored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from catalog import tree, words
from catalog.changes import checks
from catalog.changes.journal import (
    ChangeRefused,
    Journal,
    Row,
    Values,
    as_stored,
    rows_where,
    title_of,
)
from catalog.models import Alias, LanguageModel, ListText, Organisation, Resource

Placed = Organisation | LanguageModel | Resource
P = TypeVar("P", bound=Placed)
Group = tuple[str, int]
"""Whose children: ("organisation", id), ("model", id), or THE_LIST for the organisations."""

THE_LIST: Group = ("list", 0)


def group_of(row: Row) -> Group:
    """Whose child a row is; aliases hang on their owners as well, though without an order."""
    if isinstance(row, Organisation | ListText):
        return THE_LIST
    above = row.parent_id if isinstance(row, LanguageModel) else row.model_id
    if above is not None:
        return "model", above
    return "organisation", row.organisation_id or 0


def children_of(groups: Iterable[Group]) -> dict[Group, list[Placed]]:
    """All children, drafts included, of each parent in their order."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, id_ in dict.fromkeys(groups):
        ids[kind].append(id_)
    models, tops = LanguageModel.objects.all(), LanguageModel.objects.filter(parent=None)
    resources = Resource.objects.all()
    found: dict[Group, list[Placed]] = defaultdict(list)
    for row in tree.in_order(
        rows_where(models, "parent_id", ids["model"])
        + rows_where(tops, "organisation_id", ids["organisation"]),
        rows_where(resources, "model_id", ids["model"])
        + rows_where(resources, "organisation_id", ids["organisation"]),
    ):
        found[group_of(row)].append(row)
    if ids["list"]:
        found[THE_LIST] = list(Organisation.objects.in_tree_order())
    return found


def branch_of(row: Row) -> list[Row]:
    """A row and everything below it, as stored: what a deletion takes."""
    return branches_of([row])


def branches_of(rows: Iterable[Row]) -> list[Row]:
    """The same of many rows, each row once, in a number of queries that does not grow."""
    tops = list(as_stored(rows))
    organisations = {row.pk for row in tops if isinstance(row, Organisation)}
    models = {row.pk: row for row in tops if isinstance(row, LanguageModel)}
    around = organisations | {model.organisation_id for model in models.values()}
    neighbours = rows_where(LanguageModel.objects.all(), "organisation_id", around)
    depth_of = tree.depths({model.pk: model.parent_id for model in neighbours})
    for model in sorted(neighbours, key=lambda model: depth_of[model.pk]):
        if model.organisation_id in organisations or model.parent_id in models:
            models[model.pk] = model
    found: list[Row] = []
    for row_class in (Resource, Alias):
        for column, ids in (("model_id", models), ("organisation_id", organisations)):
            found += rows_where(row_class._default_manager.all(), column, ids)
    return list(dict.fromkeys([*found, *models.values(), *tops]))


# Places for newcomers.


def give_places(journal: Journal, newcomers: Sequence[Row]) -> None:
    """A place for each row that is about to be saved and has none yet (position 0)."""
    waiting = [row for row in newcomers if isinstance(row, Placed) and not row.position]
    if not waiting:
        return
    siblings = children_of(group_of(row) for row in waiting)
    for row in waiting:
        among = siblings[group_of(row)]
        among.insert(_natural_place(among, row), row)
    journal.overwrite(
        [
            write
            for group in {group_of(row): 0 for row in waiting}
            for write in _numbered(siblings[group])
        ]
    )


def natural_neighbour(new: Placed) -> Placed | None:
    """Behind which sibling a new row would come to stand by itself; None: before them all."""
    among = children_of([group_of(new)])[group_of(new)]
    place = _natural_place(among, new)
    return among[place - 1] if place else None


def _natural_place(siblings: Sequence[Placed], new: Placed) -> int:
    """A resource after the last resource, else first; all others where `tree.place_among` says."""
    alike = [i for i, row in enumerate(siblings) if type(row) is type(new)]
    if isinstance(new, Resource):
        return alike[-1] + 1 if alike else 0
    place = tree.place_among(
        [siblings[i].name for i in alike],  # type: ignore[union-attr]
        new.name,
        dates=[getattr(siblings[i], "released", "") for i in alike],
        new_date=getattr(new, "released", ""),
    )
    return alike[place] if place < len(alike) else len(siblings)


def _numbered(siblings: Sequence[Placed]) -> list[tuple[Row, Values]]:
    """The one that numbers siblings, in the order given: the writes to saved rows for it."""
    writes: list[tuple[Row, Values]] = []
    numbers = tree.renumbered([row.position for row in siblings])
    for row, number in zip(siblings, numbers, strict=True):
        if row._state.adding:
            row.position = number
        else:
            writes.append((row, {"position": number}))
    return writes


# Moving.


def arrange(journal: Journal, siblings: Sequence[Placed]) -> None:
    """See `Recording.arrange`."""
    groups = {group_of(row) for row in siblings}
    stored = {row: row for group in children_of(groups).values() for row in group}
    if len(groups) > 1 or set(siblings) != stored.keys():
        raise ChangeRefused(
            "These are not all that stand there: somebody has added, moved or deleted one since. "
            "Open the page again."
        )
    journal.overwrite(_numbered([stored[row] for row in siblings]))


def move(
    journal: Journal,
    row: Placed,
    *,
    organisation: Organisation | None,
    parent: LanguageModel | None,
    after: Placed | None,
) -> Placed:
    """See `Recording.place`. Answers with the row as it is now."""
    row = _as_stored(row)
    if organisation or parent:
        _move_below(journal, row, _owners(row, organisation, parent))
    siblings = [s for s in children_of([group_of(row)])[group_of(row)] if s != row]
    siblings.insert(_index_after(siblings, row, after), row)
    journal.overwrite(_numbered(siblings))
    return row


def _as_stored(row: P) -> P:
    for stored in as_stored([row]):
        return stored
    raise ChangeRefused(f"{title_of(row)} is gone: restore it first.")


def _owners(row: Placed, organisation: Organisation | None, parent: LanguageModel | None) -> Values:
    """The columns that say below what a row stands."""
    if isinstance(row, Organisation):
        raise TypeError("An organisation stands below nothing.")
    if parent is not None:
        parent = _as_stored(parent)
        if organisation is not None and parent.organisation_id != organisation.pk:
            raise ChangeRefused(
                f"{title_of(parent)} belongs to {parent.organisation}, not to {organisation}: "
                f"choose a parent of {organisation}, or {parent.organisation} as "
                f"{words.section().one}."
            )
        if isinstance(row, Resource):
            return {"organisation_id": None, "model_id": parent.pk}
        return {"organisation_id": parent.organisation_id, "parent_id": parent.pk}
    assert organisation is not None
    above = "model_id" if isinstance(row, Resource) else "parent_id"
    return {"organisation_id": _as_stored(organisation).pk, above: None}


def _move_below(journal: Journal, row: Placed, owners: Values) -> None:
    """A row and everything below it, which follows it to another organisation."""
    if all(getattr(row, column) == id_ for column, id_ in owners.items()):
        return
    writes: list[tuple[Row, Values]] = [(row, owners | {"position": 0})]
    if isinstance(row, LanguageModel) and row.organisation_id != owners["organisation_id"]:
        organisation = {"organisation_id": owners["organisation_id"]}
        writes += [
            (model, organisation)
            for model in branch_of(row)
            if isinstance(model, LanguageModel) and model != row
        ]
    journal.overwrite(writes)
    if isinstance(row, LanguageModel):
        checks.refuse_bad_trees({row.organisation_id})


def _index_after(siblings: Sequence[Placed], row: Placed, after: Placed | None) -> int:
    if after is None:
        return 0
    for index, sibling in enumerate(siblings):
        if sibling == after:
            return index + 1
    raise ChangeRefused(
        f"{title_of(row)} cannot stand after “{after}”, which is none of its siblings there: "
        "choose one of them, or none for the first place."
    )

"""Rows become a tree; what holds of a tree; the place of a newcomer. Works on plain rows.

Siblings stand in the order of their positions. Resources and models of one parent share that
order; where positions are equal, resources come before models, and older rows before newer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple, Protocol

MAX_DEPTH: Final = 32


class Row(Protocol):
    """Something with a place among its siblings."""

    @property
    def id(self) -> int: ...
    @property
    def position(self) -> int: ...


class ModelRow(Row, Protocol):
    @property
    def organisation_id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...


class ResourceRow(Row, Protocol):
    @property
    def organisation_id(self) -> int | None: ...
    @property
    def model_id(self) -> int | None: ...


class Branch(NamedTuple):
    """An organisation (depth 0) or a model (depth 1 and more) with all that stands below it.

    `children` holds the Branch of each sub-model and, between them in the shared order, the
    resources themselves.
    """

    row: Any
    children: tuple[Any, ...]
    depth: int


# Position, whether it is a model, id, row: sorts as siblings stand, and the row itself is never
# compared. A bare tuple, because a large list has a million of them.
_Child = tuple[int, bool, int, Any]


# Rows become a tree.


def grow(
    organisations: Iterable[Row], models: Iterable[ModelRow], resources: Iterable[ResourceRow]
) -> list[Branch]:
    """The tree of these rows, in linear time.

    What stands below a row that is not given (because it is unpublished, say) is left out along
    with it, and so is a model in a loop, which stands below nothing.
    """
    of_organisation: dict[int, list[_Child]] = defaultdict(list)
    of_model: dict[int, list[_Child]] = defaultdict(list)
    for model in models:
        child: _Child = (model.position, True, model.id, model)
        if model.parent_id is None:
            of_organisation[model.organisation_id].append(child)
        else:
            of_model[model.parent_id].append(child)
    for resource in resources:
        child = (resource.position, False, resource.id, resource)
        if resource.model_id is not None:
            of_model[resource.model_id].append(child)
        elif resource.organisation_id is not None:
            of_organisation[resource.organisation_id].append(child)

    tops = sorted(organisations, key=lambda row: (row.position, row.id))
    unvisited = [(row, of_organisation.get(row.id, []), 0) for row in tops]
    parents_first = []
    while unvisited:
        parent = unvisited.pop()
        parents_first.append(parent)
        _, children, depth = parent
        children.sort()
        for _, is_model, id_, child_row in children:
            if is_model:
                unvisited.append((child_row, of_model.get(id_, []), depth + 1))

    branches: dict[int, Branch] = {}
    roots: dict[int, Branch] = {}
    for row, children, depth in reversed(parents_first):
        below = tuple([branches[id_] if is_model else r for _, is_model, id_, r in children])
        (branches if depth else roots)[row.id] = Branch(row, below, depth)
    return [roots[row.id] for row in tops]


def in_order(models: Iterable[Row], resources: Iterable[Row]) -> list[Any]:
    """One parent's models and resources in their shared order."""
    children: list[_Child] = [(row.position, True, row.id, row) for row in models]
    children += [(row.position, False, row.id, row) for row in resources]
    return [row for _, _, _, row in sorted(children)]


# What holds of a tree. `parents` maps the id of every model to its parent's, None at the top.


def find_loop(parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """The ids of one loop, each the parent of the one before it; empty if there is none."""
    known_to_end: set[int] = set()
    for start in parents:
        trail: dict[int, None] = {}
        here: int | None = start
        while here is not None and here not in known_to_end:
            if here in trail:
                ids = list(trail)
                return tuple(ids[ids.index(here) :])
            trail[here] = None
            here = parents.get(here)
        known_to_end.update(trail)
    return ()


def depths(parents: Mapping[int, int | None]) -> dict[int, int]:
    """How deep each model stands: 1 right below its organisation. Raises ValueError on a loop."""
    found: dict[int, int] = {}
    for start in parents:
        trail: dict[int, None] = {}
        here: int | None = start
        while here is not None and here not in found:
            if here in trail:
                raise ValueError(f"Model {here} stands below itself.")
            trail[here] = None
            here = parents.get(here)
        depth = 0 if here is None else found[here]
        for id_ in reversed(trail):
            depth += 1
            found[id_] = depth
    return found


# The place of a newcomer.


def renumbered(positions: Sequence[int]) -> list[int]:
    """Rising positions for siblings in a new order, from those they have now; 0 is a newcomer.

    Numbers that are there are used again and gaps stay, so that a reorder swaps numbers and a
    newcomer shifts as few as possible.
    """
    there = iter(sorted(position for position in positions if position))
    numbers: list[int] = []
    number = 0
    for position in positions:
        number = max(number + 1, next(there) if position else 0)
        numbers.append(number)
    return numbers


def place_among(
    names: Sequence[str], new: str, *, dates: Sequence[str] = (), new_date: str = ""
) -> int:
    """The index at which a new sibling comes to stand: 0 is the first place.

    In a list that is alphabetical, or nearly, its place in the alphabet; in one that runs from
    the newest to the oldest, its place in time; else the last. `dates` are `2022`, `2022-05` or
    `2022-05-04`, one for each name, empty where unknown.
    """
    keys = [_alphabetical(name) for name in names]
    if _is_nearly_sorted(keys):
        return _least_disturbing(keys, _alphabetical(new))
    if new_date and dates and _falls(dates):
        return next((i for i, date in enumerate(dates) if date < new_date), len(names))
    return len(names)


# With fewer siblings any order is alphabetical by chance.
_ENOUGH: Final = 3
# One neighbouring pair in so many may be out of order.
_TOLERANCE: Final = 10
_SIGNS: Final = re.compile(r"[\W_]+")


def _alphabetical(name: str) -> str:
    """How a name is compared: its words without case, brackets, hyphens and Markdown's signs."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


def _is_nearly_sorted(keys: Sequence[str]) -> bool:
    wrong = sum(a > b for a, b in pairwise(keys))
    return len(keys) >= _ENOUGH and wrong * _TOLERANCE <= len(keys) - 1


def _least_disturbing(keys: Sequence[str], new: str) -> int:
    """The place with the fewest siblings on its wrong side, so that one stray does not mislead."""
    best = wrong = sum(key < new for key in keys)  # at the very start
    place = 0
    for i, key in enumerate(keys, 1):
        wrong += 1 if key > new else -1 if key < new else 0
        if wrong <= best:
            best, place = wrong, i
    return place


def _falls(dates: Sequence[str]) -> bool:
    """From the newest to the oldest, all known, and not all the same."""
    return (
        len(dates) >= _ENOUGH
        and all(dates)
        and all(a >= b for a, b in pairwise(dates))
        and dates[0] > dates[-1]
    )

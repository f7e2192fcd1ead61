"""Where a record stands among its relatives: those above it and those beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from catalog import tree
from catalog.markup import plain_text

MOST_SIBLINGS: Final = 24


@dataclass(frozen=True, slots=True)
class Relative:
    name: str
    url: str
    kind: str
    is_current: bool = False
    below: Kin | None = None


@dataclass(frozen=True, slots=True)
class Kin:
    """Some of one parent's children: all if they are few, else the nearest to the current one."""

    shown: list[Relative] = field(default_factory=list)
    hidden: int = 0
    url: str = ""
    """Where all of them stand."""


def kin_of(path: list[tree.Branch]) -> Kin:
    """For the last on a path that begins with the organisation.

    What stands below something else sees that, opened along the path; what stands right below
    its organisation sees what else is there.
    """
    if len(path) > 2:
        return Kin([_relative(path[1], path[1:])])
    return _children(path[0], path[1:])


def _children(parent: tree.Branch, path: list[tree.Branch]) -> Kin:
    """A parent's models; `path` leads on from it to the current one, and is empty below that."""
    models = _models(parent)
    here = next((i for i, model in enumerate(models) if path and model is path[0]), 0)
    first = max(0, min(here - MOST_SIBLINGS // 2, len(models) - MOST_SIBLINGS))
    near = models[first : first + MOST_SIBLINGS]
    return Kin(
        [_relative(model, path) for model in near],
        len(models) - len(near),
        parent.row.get_absolute_url(),
    )


def relative(branch: tree.Branch) -> Relative:
    """By itself, as on the way to another."""
    return _relative(branch, [])


def _relative(branch: tree.Branch, path: list[tree.Branch]) -> Relative:
    is_on_path = bool(path) and branch is path[0]
    below = _children(branch, path[1:]) if is_on_path and len(path) > 1 else None
    return Relative(
        plain_text(branch.row.name),
        branch.row.get_absolute_url(),
        branch.row.kind,
        is_current=is_on_path and len(path) == 1,
        below=below,
    )


def _models(parent: tree.Branch) -> list[tree.Branch]:
    return [child for child in parent.children if isinstance(child, tree.Branch)]

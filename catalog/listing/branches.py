"""The published tree in words that are ready to print, whole or narrowed to what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.safestring import SafeString

from catalog import tree
from catalog.listing.chips import Chip, chip, in_rows
from catalog.markup import note, plain_text
from catalog.models import Organisation, Resource

MOST_CHIPS: Final = 4


@dataclass(frozen=True, slots=True)
class ListedBranch:
    """An organisation or a model, with what stands below it."""

    id: int
    slug: str
    url: str
    name: str
    kind: str
    note: SafeString
    links: list[Chip]
    branches: list[ListedBranch]
    models: int
    """How many models stand below it, at whatever depth; in a search those that were found."""
    resources: int
    """Its own and those below it."""
    unlinked: int
    """Models below it that hold no others and have no link yet."""
    is_context: bool = False
    """Not found itself: it shows where that stands which was."""

    @property
    def chips(self) -> list[Chip]:
        """As many as a row has room for."""
        return in_rows(self.links)[:MOST_CHIPS]

    @property
    def further(self) -> int:
        return max(0, len(self.links) - MOST_CHIPS)


def listed(branch: tree.Branch) -> ListedBranch:
    row = branch.row
    name = plain_text(row.name)
    links = [chip(child, owner=name) for child in branch.children if isinstance(child, Resource)]
    below = [listed(child) for child in branch.children if isinstance(child, tree.Branch)]
    return ListedBranch(
        row.pk,
        row.slug,
        row.get_absolute_url(),
        name,
        "organisation" if isinstance(row, Organisation) else row.kind,
        note(row.note),
        links,
        below,
        models=sum(1 + child.models for child in below),
        resources=len(links) + sum(child.resources for child in below),
        unlinked=sum(child.unlinked + _is_unlinked(child) for child in below),
    )


def _is_unlinked(branch: ListedBranch) -> bool:
    return not branch.links and not branch.branches


def narrowed(
    organisations: list[ListedBranch], models: frozenset[int], own: frozenset[int]
) -> list[ListedBranch]:
    """What leads to these models, by id, and the organisations that were found by themselves."""
    kept = []
    for organisation in organisations:
        below = _narrowed(organisation, models)
        if below or organisation.id in own:
            kept.append(_holding(organisation, below, models))
    return kept


def _narrowed(parent: ListedBranch, models: frozenset[int]) -> list[ListedBranch]:
    kept = []
    for branch in parent.branches:
        below = _narrowed(branch, models)
        if branch.id in models:
            kept.append(_holding(branch, below, models))
        elif below:
            kept.append(replace(_holding(branch, below, models), is_context=True))
    return kept


def _holding(
    branch: ListedBranch, below: list[ListedBranch], models: frozenset[int]
) -> ListedBranch:
    found = sum(child.models + (child.id in models) for child in below)
    return replace(branch, branches=below, models=found)


def path_to(root: tree.Branch, slug: str) -> list[tree.Branch]:
    """From the organisation to its model with this slug, both included; empty if it has none."""
    waiting: list[list[tree.Branch]] = [[root]]
    while waiting:
        path = waiting.pop()
        children: tuple[Any, ...] = path[-1].children
        for child in children:
            if isinstance(child, tree.Branch):
                if child.row.slug == slug:
                    return [*path, child]
                waiting.append([*path, child])
    return []

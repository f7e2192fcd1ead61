"""The order of the list, and the path that leads to a model.

The database cannot sort a tree, so the places of all published models are read flat, in one
query, and sorted here; only the rows of one page are then read whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from catalog import tree
from catalog.models import LanguageModel, Resource

# Triples of position, whether it is a model, and id, from the organisation on: sorted like this,
# a parent comes before its children, and resources before models where positions are equal.
Place = tuple[tuple[int, bool, int], ...]


class Step(NamedTuple):
    """A model on the way to another."""

    id: int
    parent_id: int | None
    organisation_id: int
    organisation_position: int
    position: int
    slug: str
    name: str


class Order:
    """The places of these models; those above them must be among them."""

    def __init__(self, models: QuerySet[LanguageModel]) -> None:
        found = models.values_list(
            "id",
            "parent_id",
            "organisation_id",
            "organisation__position",
            "position",
            "slug",
            "name",
        )
        self._steps = {values[0]: Step(*values) for values in found}
        self._places: dict[int, Place] = {}

    def way_to(self, model_id: int) -> list[Step]:
        """The models above a model, the uppermost first, and itself."""
        steps: list[Step] = []
        step = self._steps.get(model_id)
        # No longer than a list is deep: a loop, which only a shell can write, must not hang a page.
        while step is not None and len(steps) < tree.MAX_DEPTH:
            steps.append(step)
            step = self._steps.get(step.parent_id) if step.parent_id else None
        return steps[::-1]

    def sorted(self, model_ids: Iterable[int]) -> list[int]:
        """Those that are known here; one that was published a moment ago is not yet."""
        return sorted((id_ for id_ in model_ids if id_ in self._steps), key=self._place)

    def sorted_resources(self, resources: QuerySet[Resource]) -> list[int]:
        """The ids of resources, each where its owner stands."""
        found = resources.values_list(
            "position", "id", "model_id", "organisation_id", "organisation__position"
        )
        return [id_ for _, id_ in sorted(self._resource_places(found))]

    def _resource_places(self, found: Iterable[Any]) -> Iterator[tuple[Place, int]]:
        for position, id_, model_id, organisation_id, organisation_position in found:
            above: Place = ((organisation_position, True, organisation_id),)
            if model_id is not None:
                if model_id not in self._steps:
                    continue
                above = self._place(model_id)
            yield (*above, (position, False, id_)), id_

    def _place(self, model_id: int) -> Place:
        place = self._places.get(model_id)
        if place is None:
            way = self.way_to(model_id)
            top = (way[0].organisation_position, True, way[0].organisation_id)
            place = (top, *((step.position, True, step.id) for step in way))
            self._places[model_id] = place
        return place

"""Named questions to the database."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from catalog import tree


class OrganisationQuerySet(QuerySet[Any]):
    def published(self) -> OrganisationQuerySet:
        return self.filter(is_published=True)

    def in_tree_order(self) -> OrganisationQuerySet:
        return self.order_by("position", "id")

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)

    def as_tree(self, *, with_drafts: bool = False) -> list[tree.Branch]:
        """These organisations with all models and resources below them, in their order.

        Three flat queries whatever the number of rows. Without drafts everything below an
        unpublished record is left out as well.
        """
        models = apps.get_model("catalog.LanguageModel").objects
        resources = apps.get_model("catalog.Resource").objects
        # Its own flag is enough: what stands below an unpublished parent does not grow.
        shown = Q() if with_drafts else Q(is_published=True)
        return tree.grow(
            self.in_tree_order(),
            models.filter(shown, organisation__in=self),
            resources.filter(Q(organisation__in=self) | Q(model__organisation__in=self)),
        )


class LanguageModelQuerySet(QuerySet[Any]):
    def published(self) -> LanguageModelQuerySet:
        """By its own flag and its organisation's; a draft's sub-models are left out by the tree."""
        return self.filter(is_published=True, organisation__is_published=True)

    def in_tree_order(self) -> LanguageModelQuerySet:
        """Siblings one after the other as in the list; only `tree.grow` knows their depth."""
        return self.order_by("organisation__position", "organisation_id", "position", "id")

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class ResourceQuerySet(QuerySet[Any]):
    def published(self) -> ResourceQuerySet:
        """Those of published organisations and models."""
        return self.filter(
            Q(organisation__is_published=True)
            | Q(model__is_published=True, model__organisation__is_published=True)
        )

    def in_tree_order(self) -> ResourceQuerySet:
        return self.order_by("position", "id")

    def get_by_natural_key(self, organisation: str | None, model: str | None, position: int) -> Any:
        owner = Q(organisation__slug=organisation) if organisation else Q(model__slug=model)
        found = self.filter(owner, position=position).first()
        if found is None:
            raise self.model.DoesNotExist
        return found


class ListTextQuerySet(QuerySet[Any]):
    def get_by_natural_key(self, key: str) -> Any:
        return self.get(key=key)

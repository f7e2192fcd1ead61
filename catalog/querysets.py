"""Named questions to the database."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from catalog import tree

# The aliases that people may look for; a former slug is an address, not a name.
NAMES_OF_RECORDS = ("other_name", "former_name")


# By hand, because Django's queries do not recurse: only drafts and what stands below them are read.
_WITHHELD = """
    WITH RECURSIVE withheld (id) AS (
        SELECT id FROM catalog_languagemodel WHERE NOT is_published
        UNION SELECT below.id FROM catalog_languagemodel AS below
              JOIN withheld ON below.parent_id = withheld.id
    ) SELECT id FROM withheld
"""


def _withheld_models() -> RawSQL:
    """The ids of unpublished models and of all below them."""
    return RawSQL(_WITHHELD, ())


def _with_alias(word: str) -> Any:
    """Aliases that a word of a search is found in."""
    return apps.get_model("catalog.Alias").objects.filter(
        kind__in=NAMES_OF_RECORDS, name__icontains=word
    )


def _resources_holding(word: str, *, in_urls: bool) -> Any:
    in_resource = Q(title__icontains=word)
    if in_urls:
        in_resource |= Q(url__icontains=word)
    return apps.get_model("catalog.Resource").objects.filter(in_resource)


class OrganisationQuerySet(QuerySet[Any]):
    def published(self) -> OrganisationQuerySet:
        return self.filter(is_published=True)

    def matching(self, text: str, *, in_urls: bool = False) -> OrganisationQuerySet:
        """Those that each word of a search is found in: names, aliases, titles of own resources."""
        found = self
        for word in text.split():
            resources = _resources_holding(word, in_urls=in_urls)
            found = found.filter(
                Q(name__icontains=word)
                | Exists(_with_alias(word).filter(organisation=OuterRef("pk")))
                | Exists(resources.filter(organisation=OuterRef("pk")))
            )
        return found

    def in_tree_order(self) -> OrganisationQuerySet:
        return self.order_by("position", "id")

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)

    def as_tree(self) -> list[tree.Branch]:
        """These organisations with what is published below them, in its order.

        Three flat queries whatever the number of rows. Everything below an unpublished model is
        left out as well.
        """
        models = apps.get_model("catalog.LanguageModel").objects
        resources = apps.get_model("catalog.Resource").objects
        return tree.grow(
            self.in_tree_order(),
            # Its own flag is enough: what stands below an unpublished parent does not grow.
            models.filter(is_published=True, organisation__in=self),
            resources.filter(Q(organisation__in=self) | Q(model__organisation__in=self)),
        )


class LanguageModelQuerySet(QuerySet[Any]):
    def published(self) -> LanguageModelQuerySet:
        """By its own flag, those of the models above it, and its organisation's."""
        return self.filter(organisation__is_published=True).exclude(id__in=_withheld_models())

    def matching(self, text: str, *, in_urls: bool = False) -> LanguageModelQuerySet:
        """Those that each word of a search is found in, in whatever order and place.

        Looked through are names, aliases, the organisation's too, and the titles of resources.
        """
        found = self
        for word in text.split():
            found = found.filter(self._holding(word, in_urls=in_urls))
        return found

    def _holding(self, word: str, *, in_urls: bool) -> Any:
        """A subquery each, because a join would give a model once for every link that it has."""
        aliases = _with_alias(word)
        resources = _resources_holding(word, in_urls=in_urls)
        return (
            Q(name__icontains=word)
            | Q(organisation__name__icontains=word)
            | Exists(aliases.filter(model=OuterRef("pk")))
            | Exists(aliases.filter(organisation=OuterRef("organisation")))
            | Exists(resources.filter(model=OuterRef("pk")))
        )

    def without_links(self) -> LanguageModelQuerySet:
        """Those that have no resource, and no model below them that could have one instead."""
        resources = apps.get_model("catalog.Resource").objects
        below = apps.get_model("catalog.LanguageModel").objects
        return self.filter(
            ~Exists(resources.filter(model=OuterRef("pk"))),
            ~Exists(below.filter(parent=OuterRef("pk"))),
        )

    def in_tree_order(self) -> LanguageModelQuerySet:
        """Siblings one after the other as in the list; only `tree.grow` knows their depth."""
        return self.order_by("organisation__position", "organisation_id", "position", "id")

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class ResourceQuerySet(QuerySet[Any]):
    def published(self) -> ResourceQuerySet:
        """Those of published organisations and models."""
        shown = Q(model__organisation__is_published=True) & ~Q(model__in=_withheld_models())
        return self.filter(Q(organisation__is_published=True) | shown)

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

"""What can be asked of organisations, models and resources: one filter set for each.

A record that is not published is as unknown here as one that never was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from catalog import kinds, words
from catalog.models import Access, LanguageModel, ModelKind, Organisation, Resource

MAX_SEARCH: Final = 200


class _PublishedRow(forms.ModelChoiceField):
    """A record by its slug; a refusal names the value and never says whether it is hidden."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            rows: Any = self.queryset
            noun = words.section() if rows.model is Organisation else words.entry()
            # As a parameter, because what was asked for may hold a per cent sign.
            raise ValidationError(
                "There is no %(noun)s “%(value)s” here.",
                code="invalid_choice",
                params={"noun": noun.one, "value": str(value)[:60]},
            ) from None


class SlugFilter(django_filters.ModelChoiceFilter):
    """The published record with this slug."""

    field_class = _PublishedRow

    def __init__(self, row_class: type[Model], **options: Any) -> None:
        manager: Any = row_class._default_manager
        # A function: the question is asked anew with each request.
        super().__init__(
            queryset=lambda request: manager.published(), to_field_name="slug", **options
        )


class OneOfFilter(django_filters.ChoiceFilter):
    """One of a few values; a refusal names them all."""

    def __init__(self, choices: list[tuple[str, str]], **options: Any) -> None:
        known = ", ".join(value for value, _ in choices)
        sentence = f"“%(value)s” is none of these: {known}."
        super().__init__(choices=choices, error_messages={"invalid_choice": sentence}, **options)


class WordsFilter(django_filters.CharFilter):
    """Words to look for: each costs the database a condition, so there is an end to them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_SEARCH, **options)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.matching(" ".join(dict.fromkeys(value.split())))  # each word once


class OrganisationFilter(django_filters.FilterSet):
    q = WordsFilter(label="words of names, aliases and titles, in any order")

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()


class LanguageModelFilter(django_filters.FilterSet):
    q = WordsFilter(label="words of names, aliases and titles, in any order")
    organisation = SlugFilter(Organisation, label="of this one, by its slug")
    parent = SlugFilter(LanguageModel, label="directly below this one, by its slug")
    kind = OneOfFilter(ModelKind.choices)
    access = OneOfFilter(Access.choices)

    class Meta:
        model = LanguageModel
        fields: tuple[str, ...] = ()


class ResourceFilter(django_filters.FilterSet):
    organisation = SlugFilter(
        Organisation, method="of_organisation", label="its own and those of all below it"
    )
    model = SlugFilter(LanguageModel, label="of this one itself, by its slug")
    kind = OneOfFilter(kinds.choices())
    is_official = OneOfFilter([("true", "yes"), ("false", "no")], method="official_or_not")
    identifier = django_filters.CharFilter(label="exactly this one: arxiv:1910.10683")

    class Meta:
        model = Resource
        fields: tuple[str, ...] = ()

    def of_organisation(
        self, queryset: QuerySet[Resource], name: str, organisation: Organisation
    ) -> QuerySet[Resource]:
        return queryset.filter(Q(organisation=organisation) | Q(model__organisation=organisation))

    def official_or_not(
        self, queryset: QuerySet[Resource], name: str, value: str
    ) -> QuerySet[Resource]:
        return queryset.filter(is_official=value == "true")


# The search box of the pages.


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, by id."""

    text: str
    models: frozenset[int]
    organisations: frozenset[int]


def search(asked: Mapping[str, Any]) -> Found | None:
    """What is published and has the words of `q`; None if nothing was asked. Two queries."""
    text = " ".join(str(asked.get("q", "")).split())
    if not text:
        return None
    models = LanguageModelFilter({"q": text}, LanguageModel.objects.published())
    organisations = OrganisationFilter({"q": text}, Organisation.objects.published())
    if not models.is_valid():
        return Found(text, frozenset(), frozenset())
    return Found(text, _ids(models.qs), _ids(organisations.qs))


def _ids(rows: Any) -> frozenset[int]:
    return frozenset(rows.values_list("pk", flat=True))

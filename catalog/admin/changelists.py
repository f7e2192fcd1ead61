"""The lists of records: models as the tree that they are; what both lists are narrowed to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.functional import lazy

from catalog import tree, words
from catalog.markup import plain_text
from catalog.models import FACTS, LanguageModel, Organisation, Resource


class Standing(NamedTuple):
    """Where a model stands in the tree."""

    ancestors: tuple[tuple[int, str], ...]
    """The models above it, the highest first: number and name."""


class TreeChangeList(ChangeList):
    """Models in the order of the list, whatever was looked for, a page at a time.

    Positions are numbers among siblings, so no ORDER BY gives this order. One query counts the
    found models of each organisation, which tells whose models the page shows; only theirs are
    read, without their texts, and put in order. So a page costs the same few queries whatever the
    size of the catalogue, and no more rows than the organisations that it shows.
    """

    def get_queryset(self, *arguments: Any, **options: Any) -> QuerySet[Any]:
        return _with_links(super().get_queryset(*arguments, **options))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if ORDER_VAR in self.params:  # somebody has chosen a column to sort by
            rows = list(self.result_list)
            standing = _standing({row.organisation_id for row in rows})
            found: Collection[int] = ()
        else:
            rows, standing, found = self._in_tree_order()
        for row in rows:
            above = standing[row.pk].ancestors
            row.depth = sum(id_ in found for id_, _ in above)
            names = [row.organisation.name, *(name for _, name in above)]
            row.path = " › ".join(map(plain_text, names))
        self.result_list = rows

    def _in_tree_order(self) -> tuple[list[Any], dict[int, Standing], Collection[int]]:
        start, end = self._slice()
        found = self.queryset.order_by()
        counted = dict(found.values_list("organisation").annotate(Count("pk", distinct=True)))
        shown: list[int] = []
        passed = first = 0
        for id_ in Organisation.objects.in_tree_order().values_list("pk", flat=True):
            number = counted.get(id_, 0)
            if number and passed < end and passed + number > start:
                first = first if shown else passed
                shown.append(id_)
            passed += number
        standing = _standing(shown)
        matching = set(found.filter(organisation__in=shown).values_list("pk", flat=True))
        in_order = [id_ for id_ in standing if id_ in matching][start - first : end - first]
        rows = {row.pk: row for row in self.queryset.filter(pk__in=in_order).order_by()}
        return [rows[id_] for id_ in in_order], standing, matching

    def _slice(self) -> tuple[int, int]:
        if (self.show_all and self.can_show_all) or not self.multi_page:
            return 0, self.result_count
        return (self.page_num - 1) * self.list_per_page, self.page_num * self.list_per_page


def _standing(organisations: Collection[int]) -> dict[int, Standing]:
    """All models of these organisations in tree order."""
    makers = Organisation.objects.filter(pk__in=organisations)
    models = LanguageModel.objects.filter(organisation__in=organisations)
    branches = tree.grow(
        makers.values_list("id", "position", named=True),
        models.values_list("id", "position", "organisation_id", "parent_id", "name", named=True),
        (),
    )
    return {id_: Standing(above) for branch in branches for id_, above in _walk(branch, ())}


def _walk(
    branch: tree.Branch, above: tuple[tuple[int, str], ...]
) -> Iterator[tuple[int, tuple[tuple[int, str], ...]]]:
    for child in branch.children:
        yield child.row.id, above
        yield from _walk(child, (*above, (child.row.id, child.row.name)))


# Filters.


class Without(admin.SimpleListFilter):
    """Something is missing, or it is not."""

    answers = (("no", "without"), ("yes", "with"))

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return self.answers

    def missing(self, rows: Any) -> Any:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in ("no", "yes"):
            return queryset
        missing = self.missing(queryset.model._default_manager.all())
        matches = Exists(missing.filter(pk=OuterRef("pk")))
        return queryset.filter(matches if self.value() == "no" else ~matches)


class Links(Without):
    """A family whose members have links lacks none."""

    title = "links"
    parameter_name = "links"
    answers = (("no", "without links yet"), ("yes", "with links"))

    def missing(self, rows: Any) -> Any:
        return rows.without_links()


class Facts(Without):
    title = "facts"
    parameter_name = "facts"
    answers = (("no", "without any fact"), ("yes", "with facts"))

    def missing(self, rows: Any) -> Any:
        empty = Q()
        for name in FACTS:
            is_number = rows.model._meta.get_field(name).null
            empty &= Q(**({f"{name}__isnull": True} if is_number else {name: ""}))
        return rows.filter(empty)


class Notes(Without):
    title = "note"
    parameter_name = "note"
    answers = (("no", "without a note"), ("yes", "with a note"))

    def missing(self, rows: Any) -> Any:
        return rows.filter(note="")


class HasEntries(Without):
    """Organisations with nothing below them."""

    parameter_name = "entries"
    title: Any = lazy(lambda: words.entry().many, str)()

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        many = words.entry().many
        return (("no", f"without {many}"), ("yes", f"with {many}"))

    def missing(self, rows: Any) -> Any:
        return rows.filter(models=None)


# Counts: of the rows that a list shows, and no page of one record.


class CountedChangeList(ChangeList):
    """Organisations with the numbers of what stands below them."""

    def get_queryset(self, *arguments: Any, **options: Any) -> QuerySet[Any]:
        """A subquery each, so that none multiplies another."""
        models = LanguageModel.objects.filter(organisation=OuterRef("pk"))
        return (
            super()
            .get_queryset(*arguments, **options)
            .annotate(
                number_of_models=_number(models),
                number_without_links=_number(models.without_links()),
                # Two questions and a sum: as one with OR it would find no index.
                number_of_links=_number(Resource.objects.filter(organisation=OuterRef("pk")))
                + _number(Resource.objects.filter(model__organisation=OuterRef("pk"))),
            )
        )


def _with_links(models: QuerySet[Any]) -> QuerySet[Any]:
    """Each model with the number of its own resources."""
    links = Resource.objects.filter(model=OuterRef("pk"))
    return models.annotate(number_of_links=_number(links))


def _number(rows: QuerySet[Any]) -> Subquery:
    # Count() would group by the row, and find one of each.
    return Subquery(rows.annotate(number=Func(F("pk"), function="COUNT")).values("number"))

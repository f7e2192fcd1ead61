"""Which records an address asks for: of each kind the list of all, and one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.viewsets import ReadOnlyModelViewSet

from catalog import filters
from catalog.api import serializers
from catalog.api.order import Order
from catalog.api.paging import Pages
from catalog.models import Alias, LanguageModel, Organisation, Resource
from catalog.querysets import NAMES_OF_RECORDS

_PAGING = {"page", "page_size"}


class PublishedView(ReadOnlyModelViewSet[Any]):
    """The same for everybody: nobody logs in here, and there is nothing to write."""

    pagination_class = Pages
    filter_backends = (DjangoFilterBackend,)
    filterset_class: type[Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self._refuse_unknown_parameters(request)

    def get_view_name(self) -> str:
        """What OPTIONS calls it: the word of its address, not the name of a class."""
        return f"{self.basename} {self.suffix or ''}".strip().lower()

    def _refuse_unknown_parameters(self, request: Request) -> None:
        """A typing error must not look like an answer to the question that was meant."""
        known: set[str] = set()
        if self.action == "list":
            known = _PAGING | set(self.filterset_class.base_filters)
        can_be_asked = ", ".join(sorted(known)) or "nothing"
        refused: dict[str, list[str]] = {}
        for name, values in request.query_params.lists():
            if name not in known:
                refused[name] = [f"This is not known here. What can be asked: {can_be_asked}."]
            elif len(values) > 1:
                refused[name] = ["This stands here more than once: ask for one value."]
        if refused:
            raise ValidationError(refused)

    def get_object(self) -> Any:
        try:
            return super().get_object()
        except Http404:
            # Django's sentence would name the table.
            raise NotFound from None


def _with_links_and_names(rows: QuerySet[Any]) -> QuerySet[Any]:
    names = Alias.objects.filter(kind__in=NAMES_OF_RECORDS).order_by("pk")
    links = Resource.objects.in_tree_order()
    return rows.prefetch_related(Prefetch("resources", links), Prefetch("aliases", names))


@extend_schema_view(
    list=extend_schema(description="All organisations, in the order of the list"),
    retrieve=extend_schema(description="One organisation"),
)
class OrganisationView(PublishedView):
    serializer_class = serializers.OrganisationSerializer
    filterset_class = filters.OrganisationFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"
    queryset = _with_links_and_names(Organisation.objects.published().in_tree_order())

    def get_serializer(self, *args: Any, **options: Any) -> Any:
        shown = args[0] if options.get("many") else args[:1]
        options["context"] = self.get_serializer_context() | {"models": _models_of(shown)}
        return super().get_serializer(*args, **options)


def _models_of(organisations: Iterable[Organisation]) -> dict[int, int]:
    """How many published models each of them has."""
    models = LanguageModel.objects.published().filter(organisation__in=organisations)
    counted = models.order_by().values("organisation").annotate(number=Count("pk"))
    return dict(counted.values_list("organisation", "number"))


class InListOrderView(PublishedView):
    """Records whose order is the tree's."""

    order: Order

    def in_order(self, rows: QuerySet[Any]) -> Sequence[int]:
        raise NotImplementedError

    def paginate_queryset(self, queryset: QuerySet[Any]) -> Any:
        """The order is that of the whole list; only the rows of the page are read whole."""
        self.order = Order(LanguageModel.objects.published())
        asked = super().paginate_queryset(self.in_order(queryset))
        rows = self.get_queryset().in_bulk(asked)
        return [rows[id_] for id_ in asked if id_ in rows]


@extend_schema_view(
    list=extend_schema(description="All models, families and teams, in the order of the list"),
    retrieve=extend_schema(description="One model, family or team"),
)
class LanguageModelView(InListOrderView):
    serializer_class = serializers.LanguageModelSerializer
    filterset_class = filters.LanguageModelFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"
    queryset = _with_links_and_names(
        LanguageModel.objects.published().select_related("organisation")
    )

    def in_order(self, rows: QuerySet[Any]) -> Sequence[int]:
        return self.order.sorted(rows.order_by().values_list("pk", flat=True))

    def get_object(self) -> LanguageModel:
        model: LanguageModel = super().get_object()
        siblings = LanguageModel.objects.filter(organisation=model.organisation_id)
        self.order = Order(siblings.published())
        return model

    def get_serializer_context(self) -> dict[str, Any]:
        # Without an order when only the description of the address is made.
        return super().get_serializer_context() | {"order": getattr(self, "order", None)}


@extend_schema_view(
    list=extend_schema(description="All resources, in the order of the list"),
    retrieve=extend_schema(description="One resource"),
)
class ResourceView(InListOrderView):
    serializer_class = serializers.ResourceSerializer
    filterset_class = filters.ResourceFilter
    lookup_value_converter = "int"
    queryset = Resource.objects.published().select_related("organisation", "model__organisation")

    def in_order(self, rows: QuerySet[Any]) -> Sequence[int]:
        return self.order.sorted_resources(rows)

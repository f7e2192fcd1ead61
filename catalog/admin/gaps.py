"""What a curator could still fill: a filter of the list of models."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


class WithoutLinks(admin.SimpleListFilter):
    """Models that have neither a link nor anything below them."""

    title = "links"
    parameter_name = "links"
    NONE: Final = "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self.NONE, "None yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == self.NONE:
            return queryset.without_links()  # type: ignore[attr-defined]
        return queryset

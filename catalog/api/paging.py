"""Pages of an answer. What is not a page is refused, and not taken for another one."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get("page_size")
        if asked is None:
            return self.page_size
        known = [str(number) for number in range(1, self.max_page_size + 1)]
        if asked not in known:
            sentence = f"Write a number from 1 to {self.max_page_size}."
            raise ValidationError({"page_size": [sentence]})
        return int(asked)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        try:
            return super().paginate_queryset(queryset, request, view)
        except NotFound:
            pages = self.django_paginator_class(queryset, self.get_page_size(request)).num_pages
            raise ValidationError(
                {"page": [f"There is no such page: write a number from 1 to {pages}."]}
            ) from None

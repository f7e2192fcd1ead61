"""The public pages: read the rows once, show them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog import listing


@require_safe
def grouped_list(request: HttpRequest) -> HttpResponse:
    """The whole list on one page: organisations, notes, the tree, typed resources."""
    return render(request, "catalog/grouped_list.html", {"listing": listing.read()})

"""The public pages: read the rows once, show them. The same for everybody: no session is read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from catalog import filters, listing
from catalog.models import LanguageModel, Organisation


@require_safe
def grouped_list(request: HttpRequest) -> HttpResponse:
    """The whole list on one page, or what leads to that which a search found in it."""
    found = filters.search(request.GET)
    page = (
        listing.grouped_list(models=found.models, organisations=found.organisations)
        if found
        else listing.grouped_list()
    )
    return render(request, "catalog/grouped_list.html", {"page": page, "found": found})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    page = listing.section_page(slug)
    if page is None:
        return _present_address(Organisation.objects.published(), slug)
    return render(request, "catalog/organisation.html", {"page": page})


@require_safe
def model(request: HttpRequest, slug: str) -> HttpResponse:
    page = listing.entry_page(slug)
    if page is None:
        return _present_address(LanguageModel.objects.published(), slug)
    return render(request, "catalog/model.html", {"page": page})


def _present_address(published: Any, slug: str) -> HttpResponse:
    """Where the record is now that once had this address; what is withheld is not there."""
    moved = published.filter(aliases__kind="former_slug", aliases__name=slug).first()
    if moved is None:
        raise Http404
    return redirect(moved, permanent=True)

"""Changes waiting for export: what export_readme would write, to read, to commit, to download."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from catalog import sync

# More than that nobody reads on one page; the list of change sets has them all.
_MOST_CHANGE_SETS = 50


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Writes nothing."""
    if not may_read(request):
        raise PermissionDenied
    found = sync.what_waits()
    change_sets = found.change_sets()
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Changes waiting for export",
        "waiting": found,
        "change_sets": change_sets[:_MOST_CHANGE_SETS],
        "number_of_change_sets": change_sets.count(),
        "may_download": may_download(request),
    }
    return TemplateResponse(request, "admin/catalog/waiting.html", context)


@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The README, kept as a snapshot, because it was handed out."""
    if not may_download(request):
        raise PermissionDenied
    try:
        report = sync.export_readme(
            None,
            who=request.user.get_username(),
            refresh_contents="refresh_contents" in request.POST,
        )
    except sync.CannotExport as error:
        messages.error(request, f"{error} Nothing was written.")
        return HttpResponseRedirect(reverse("admin:waiting"))
    return HttpResponse(
        report.text,
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="README.md"'},
    )


def may_read(request: HttpRequest) -> bool:
    """Whoever may see or change anything of the catalogue may see what that does."""
    return request.user.has_module_perms("catalog")


def may_download(request: HttpRequest) -> bool:
    """Handing out a text is to add a snapshot."""
    return request.user.has_perm("catalog.add_snapshot")

"""Snapshots: the texts that were taken or handed out, and the way back to one of them."""

from __future__ import annotations

import sys
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.html import format_html

from catalog import sync
from catalog.admin.imports import Given, may_import, plan_page
from catalog.admin.memory import ReadOnlyAdmin
from catalog.models import Snapshot


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("number", "origin", "taken_at", "taken_by", "grammar")
    list_filter = ("origin",)
    ordering = ("-pk",)
    fields = ("origin", "taken_at", "taken_by", "grammar", "readme")
    readonly_fields = ("readme",)

    @admin.display(description="number", ordering="pk")
    def number(self, snapshot: Snapshot) -> int:
        return snapshot.pk

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        # A list of a hundred texts is no reason to read a hundred texts.
        return super().get_queryset(request).defer("text", "meaning")

    @admin.display(description="text")
    def readme(self, snapshot: Snapshot) -> str:
        return format_html("<pre>{}</pre>", _text(snapshot).decode("utf-8", "replace"))

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **options: Any
    ) -> HttpResponse:
        snapshot: Snapshot | None = options.get("obj")
        if snapshot is not None:
            context |= _against_now(snapshot)
            is_newest = not Snapshot.objects.filter(pk__gt=snapshot.pk).exists()
            context |= {"is_newest": is_newest, "may_bring_back": may_import(request)}
        return super().render_change_form(request, context, *args, **options)

    # The way back.

    def get_urls(self) -> list[URLPattern]:
        plan = self.admin_site.admin_view(self.bring_back)
        return [
            path("<int:pk>/bring-back/", plan, name="catalog_snapshot_bring_back"),
            *super().get_urls(),
        ]

    def bring_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The plan; the import itself is that of every plan.

        Counted from the newest text, what the old one lacks was taken back on purpose.
        """
        if not may_import(request):
            raise PermissionDenied
        if request.method == "POST":
            return HttpResponseNotAllowed(["GET", "HEAD"])
        snapshot = get_object_or_404(Snapshot, pk=pk)
        given = Given(
            _text(snapshot).decode(),
            f"snapshot {pk}",
            base="newest",
            summary=f"snapshot {pk} brought back",
            button="Bring this version back",
        )
        return plan_page(request, given)


def _against_now(snapshot: Snapshot) -> dict[str, Any]:
    """What the rows say now against what this text says."""
    try:
        now = sync.export_text(allow_deletions=sys.maxsize)
    except sync.CannotExport as error:
        return {"stop": str(error)}
    return {"lines": sync.altered_lines(now, _text(snapshot))}


def _text(snapshot: Snapshot) -> bytes:
    return bytes(snapshot.text)

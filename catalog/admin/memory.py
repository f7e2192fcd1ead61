"""The memory: which texts were taken or handed out, and who changed what. Read, never written."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from catalog import changes
from catalog.models import Change, ChangeSet, Snapshot


class ReadOnlyAdmin(admin.ModelAdmin):
    """A log is read, never written."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("pk", "origin", "taken_at", "taken_by", "grammar")
    list_filter = ("origin",)
    ordering = ("-pk",)
    fields = ("origin", "taken_at", "taken_by", "grammar", "readme")
    readonly_fields = ("readme",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        # A list of a hundred texts is no reason to read a hundred texts.
        return super().get_queryset(request).defer("text", "meaning")

    @admin.display(description="text")
    def readme(self, snapshot: Snapshot) -> str:
        return format_html("<pre>{}</pre>", bytes(snapshot.text).decode("utf-8", "replace"))


class ChangeOfSet(admin.TabularInline):
    model = Change
    fields = ("table", "object_id", "action", "what")
    readonly_fields = ("what",)
    ordering = ("pk",)
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="what")
    def what(self, change: Change) -> str:
        return format_html_join("", "<div>{}</div>", ((line,) for line in told(change)))


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "who", "origin", "summary", "number", "source")
    list_filter = ("origin", "who")
    search_fields = ("who", "summary", "source")
    ordering = ("-pk",)
    inlines = (ChangeOfSet,)
    actions = ("undo",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeSet]:
        return super().get_queryset(request).annotate(number_of_changes=Count("changes"))

    @admin.display(description="changes", ordering="number_of_changes")
    def number(self, change_set: Any) -> int:
        return change_set.number_of_changes

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.change_changeset")

    @admin.action(description="Undo selected change sets", permissions=["undo"])
    def undo(self, request: HttpRequest, queryset: QuerySet[ChangeSet]) -> None:
        """Each is undone by itself, the newest first, and is a change set of its own."""
        for change_set in queryset.order_by("-pk"):
            report = changes.undo(change_set, who=request.user.get_username())
            for problem in report.problems:
                messages.error(request, f"{change_set} was not undone. {problem}")
            if not report.problems:
                messages.success(request, f"Undone: {change_set}.")


def told(change: Change) -> list[str]:
    """What happened to a row, a line for each field."""
    return [
        _line(name, change.before.get(name), change.after.get(name), change.action)
        for name in change.before | change.after
        if change.action == "update" or (change.before | change.after)[name] not in ("", None)
    ]


def _line(name: str, before: object, after: object, action: str) -> str:
    if action == "update":
        return f"{name}: {_shown(before)} → {_shown(after)}"
    return f"{name}: {_shown(after if action == 'create' else before)}"


def _shown(value: object) -> str:
    if value in ("", None):
        return "nothing"
    return f"“{value}”" if isinstance(value, str) else str(value)

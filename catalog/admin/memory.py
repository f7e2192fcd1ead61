"""The memory: who changed what, when, from where. Read, never written; undone as a whole."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from catalog import changes, words
from catalog.models import Change, ChangeSet
from catalog.titles import title_of


class ReadOnlyAdmin(admin.ModelAdmin):
    """A log is read, never written."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ChangeOfSet(admin.TabularInline):
    model = Change
    template = "admin/catalog/edit_inline/changes.html"
    fields = ("record", "action", "what")
    readonly_fields = ("record", "what")
    ordering = ("pk",)
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="record")
    def record(self, change: Change) -> str:
        return f"{words.of_table(change.table)} {change.object_id}"

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
            _undo(request, change_set)

    # The same from the page of one.

    def get_urls(self) -> list[URLPattern]:
        undoing = self.admin_site.admin_view(require_POST(self.undo_one))
        return [
            path("<int:pk>/undo/", undoing, name="catalog_changeset_undo"),
            *super().get_urls(),
        ]

    def undo_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_undo_permission(request):
            raise PermissionDenied
        change_set = get_object_or_404(ChangeSet, pk=pk)
        undone = _undo(request, change_set)
        shown = undone.pk if undone else pk
        return HttpResponseRedirect(reverse("admin:catalog_changeset_change", args=[shown]))

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **options: Any
    ) -> HttpResponse:
        context["may_undo"] = self.has_undo_permission(request)
        return super().render_change_form(request, context, *args, **options)


def _undo(request: HttpRequest, change_set: ChangeSet) -> ChangeSet | None:
    """The change set that it made, if it could be undone; the curator is told in any case."""
    report = changes.undo(change_set, who=request.user.get_username())
    for problem in report.problems:
        messages.error(request, f"{change_set} was not undone. {problem}")
    if not report.problems:
        link = format_html('<a href="{}">See what waits for export.</a>', reverse("admin:waiting"))
        messages.success(request, format_html("Undone: {}. {}", change_set, link))
    return report.change_set


def told(change: Change) -> list[str]:
    """What happened to a row, a line for each field."""
    fields = {field.attname: field for field in changes.TABLES[change.table]._meta.concrete_fields}
    return [
        _line(name, fields.get(name), change)
        for name in change.before | change.after
        if change.action == "update" or (change.before | change.after)[name] not in ("", None, [])
    ]


def _line(name: str, field: Any, change: Change) -> str:
    """`field` is None for a column that was dropped since."""
    called = name if field is None else field.verbose_name
    before, after = (_shown(field, side.get(name)) for side in (change.before, change.after))
    if change.action == "update":
        return f"{called}: {before} → {after}"
    return f"{called}: {after if change.action == 'create' else before}"


def _shown(field: Any, value: object) -> str:
    if value in ("", None):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):  # facts
        return "; ".join(f"{title_of(fact)}: {words}" for fact, words in value) or "nothing"
    value = dict(field.flatchoices).get(value, value) if field is not None else value
    return f"“{value}”" if isinstance(value, str) else str(value)

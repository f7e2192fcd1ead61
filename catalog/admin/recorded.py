"""A request that writes is one recording: one ChangeSet, in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.contrib.messages.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from catalog import changes, sync
from catalog.admin import places, preview
from catalog.admin.forms import ProseField, RecordedForm
from catalog.admin.memory import told
from catalog.identifiers import identify
from catalog.models import Alias, Change, LanguageModel, Organisation, Resource


class RecordedAdmin(admin.ModelAdmin):
    """The page of a record, whose writes are remembered."""

    form = RecordedForm
    object_history_template = "admin/catalog/record_history.html"
    formfield_overrides = {models.TextField: {"form_class": ProseField}}

    # One request, one recording.

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)

        def same_form_again(refusal: str) -> HttpResponse:
            request.refusal = refusal  # type: ignore[attr-defined]
            return view()

        return self._recorded(request, view, self._summary(request, object_id), same_form_again)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = partial(super().delete_view, request, object_id, extra_context)
        summary = f"delete {self._summary(request, object_id)}"
        response = self._recorded(request, view, summary, partial(self._back_to, request))
        return preview.before_deletion(request, response)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = partial(super().changelist_view, request, extra_context)
        summary = f"selected {self.opts.verbose_name_plural}"
        response = self._recorded(request, view, summary, partial(self._back_to, request))
        return preview.before_deletion(request, response)

    def _recorded(
        self,
        request: HttpRequest,
        view: Callable[[], HttpResponse],
        summary: str,
        refused: Callable[[str], HttpResponse],
    ) -> HttpResponse:
        """What the view answers; if it was refused, what `refused` answers to the reason."""
        if request.method != "POST":
            return view()
        who = request.user.get_username()
        is_asked = preview.is_asked(request)
        try:
            # The lock is held until the end of the outer block, so what `preview` reads is what
            # an export would find if nobody else did anything.
            with transaction.atomic():
                with changes.record(who=who, origin="admin", summary=summary) as recording:
                    request.recording = recording  # type: ignore[attr-defined]
                    before = sync.standing()
                    response = view()
                    noted = recording.noted
                report = sync.preview(before, noted)
                if report.refusal:
                    raise changes.ChangeRefused(report.refusal)
                transaction.set_rollback(is_asked)
        except changes.ChangeRefused as refusal:
            reason = str(refusal)
        except IntegrityError as error:
            reason = (
                "Each of these changes is right alone, but one takes what another needs: "
                f"make them one after the other. ({error})"
            )
        else:
            if is_asked:
                request._messages = default_storage(request)  # type: ignore[attr-defined]
                return preview.shown(request, response, report, again=view)
            if noted:
                preview.tell(request, report)
            return response
        # Nothing was kept; "was changed successfully" may be waiting to be shown.
        request._messages = default_storage(request)  # type: ignore[attr-defined]
        if is_asked and preview.wants_lines_only(request):
            return preview.lines_only(request, sync.Preview(sync.AlteredLines(()), refusal=reason))
        return refused(reason)

    def _back_to(self, request: HttpRequest, reason: str) -> HttpResponse:
        self.message_user(request, reason, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def _summary(self, request: HttpRequest, object_id: str | None) -> str:
        """What this request is about, as the list of change sets names it."""
        if request.method != "POST":
            return ""
        if object_id is None:
            names = (request.POST.get(field) for field in ("name", "title", "url", "key"))
            return f"new {self.opts.verbose_name} {next(filter(None, names), '')}".rstrip()
        return f"{self.opts.verbose_name} {self.get_object(request, unquote(object_id))}"

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **options)
        form.refusal = getattr(request, "refusal", "")  # type: ignore[attr-defined]
        form.is_only_shown = hasattr(request, "preview")  # type: ignore[attr-defined]
        return form

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **options: Any
    ) -> HttpResponse:
        context |= preview.context(self, request, context)
        return super().render_change_form(request, context, *args, **options)

    # What Django would write, written by the recording.

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        recording: changes.Recording = request.recording  # type: ignore[attr-defined]
        _write(recording, obj, form.changed_data if change else None)
        if isinstance(form, places.PlacedForm):
            places.place(recording, obj, form, change=change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        recording: changes.Recording = request.recording  # type: ignore[attr-defined]
        formset.save(commit=False)
        for row in formset.deleted_objects:
            recording.delete(row)
        for row, changed in formset.changed_objects:
            _write(recording, row, changed)
        for row in formset.new_objects:
            _write(recording, row, None)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        request.recording.delete(obj)  # type: ignore[attr-defined]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        request.recording.delete_many(queryset)  # type: ignore[attr-defined]

    # What a deletion takes along.

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> Any:
        """All that hangs on these rows: it goes with them, so nothing protects them."""
        going = list(dict.fromkeys(row for top in objs for row in changes.branch_of(top)))
        below = defaultdict(list)
        for row in sorted(going, key=lambda row: getattr(row, "position", 0)):
            below[changes.group_of(row)].append(row)
        known = {(_TABLES[type(row)], row.pk) for row in going}
        tops = [row for row in going if changes.group_of(row) not in known]
        counts = Counter(str(row._meta.verbose_name_plural) for row in going)
        forbidden = {
            row._meta.verbose_name
            for row in going
            if self.admin_site.is_registered(type(row))
            and not self.admin_site.get_model_admin(type(row)).has_delete_permission(request, row)
        }
        return _nested(tops, below), dict(counts), forbidden, []

    # History.

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the catalogue remembers of a row, imports and undoings included."""
        row = self.get_object(request, unquote(object_id))
        remembered = Change.objects.filter(
            table=_TABLES[self.model], object_id=row.pk if row else 0
        )
        remembered = remembered.select_related("change_set").order_by("-pk")
        history = [(change.change_set, change, told(change)) for change in remembered]
        return super().history_view(
            request, object_id, {"history": history, **(extra_context or {})}
        )


_TABLES = {row_class: name for name, row_class in changes.TABLES.items()}


def _nested(rows: Iterable[Any], below: dict[Any, list[Any]]) -> list[Any]:
    """Each row and, in a list behind it, what hangs on it: as `unordered_list` takes it."""
    nested: list[Any] = []
    for row in rows:
        nested.append(_linked(row))
        children = below.get((_TABLES[type(row)], row.pk))
        if children:
            nested.append(_nested(children, below))
    return nested


def _linked(row: Any) -> str:
    noun = capfirst(row._meta.verbose_name)
    if isinstance(row, Alias):
        return f"{noun}: {row}"
    page = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return format_html('{}: <a href="{}">{}</a>', noun, reverse(page, args=[quote(row.pk)]), row)


# `places.place` writes these, by itself and for all that hangs on a row.
_PLACE = {"organisation", "parent", "model", "position"}


def _write(recording: changes.Recording, row: Any, changed: list[str] | None) -> None:
    """Create a row (changed: None), or write those of its fields that a form changed."""
    if isinstance(row, Organisation | LanguageModel) and changed is not None:
        changes.give_slugs([row])  # if it was emptied
    if isinstance(row, Resource) and (changed is None or "url" in changed):
        row.identifier = str(identify(row.url) or "")
        changed = None if changed is None else [*changed, "identifier"]
    if changed is None:
        recording.create(row)
        return
    names = {field.name for field in row._meta.concrete_fields} - _PLACE
    recording.update(row, **{name: getattr(row, name) for name in names & set(changed)})

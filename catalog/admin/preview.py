"""What a change does to README.md, shown before it is kept and told after.

`RecordedAdmin` makes every save inside a transaction. A preview is that save, rolled back: the
form comes back as it was sent, with the lines. The page's script asks for the lines alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from catalog import changes, sync

_ASKED: Final = "_preview"
_LINES_ONLY: Final = "lines"


def is_asked(request: HttpRequest) -> bool:
    """Whether this POST wants to see what it would do, and not to do it."""
    return _ASKED in request.POST


def wants_lines_only(request: HttpRequest) -> bool:
    """Whether the page's script asks, which has the form already."""
    return request.POST.get(_ASKED) == _LINES_ONLY


def context(admin: Any, request: HttpRequest, page: dict[str, Any]) -> dict[str, Any]:
    """What the page of a form needs to offer a preview, and to show one."""
    row = page.get("original")
    may_save = (
        admin.has_add_permission(request)
        if row is None
        else admin.has_change_permission(request, row)
    )
    return {
        "offers_preview": may_save and not page.get("is_popup"),
        "preview": getattr(request, "preview", None),
    }


def shown(
    request: HttpRequest,
    response: HttpResponse,
    report: sync.Preview,
    *,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """The answer to a preview. `response` is what saving was answered with; nothing was kept."""
    page = response.context_data if isinstance(response, TemplateResponse) else None
    if page is not None and page.get("errors"):
        return lines_only(request, None, page) if wants_lines_only(request) else response
    if wants_lines_only(request):
        return lines_only(request, report)
    request.preview = report  # type: ignore[attr-defined]
    return again()


def lines_only(
    request: HttpRequest, report: sync.Preview | None, page: dict[str, Any] | None = None
) -> HttpResponse:
    """What stands inside the page's region: the lines, or what is wrong with the form."""
    said = {"preview": report, "errors": (page or {}).get("errors")}
    return TemplateResponse(request, "admin/catalog/readme_lines.html", said)


def tell(request: HttpRequest, report: sync.Preview) -> None:
    """After saving: how README.md will change."""
    said = [report.lines.counted] if report.lines else []
    messages.info(
        request,
        format_html(
            '{} <a href="{}">See what waits for export.</a>',
            " ".join((*said, *report.sentences)),
            reverse("admin:waiting"),
        ),
    )


def before_deletion(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The question whether something shall be deleted, with the lines that would go."""
    page = response.context_data if isinstance(response, TemplateResponse) else None
    if page and "deleted_objects" in page:
        page["preview"] = _of_deletion([page["object"]], who=request.user.get_username())
    elif page and "deletable_objects" in page:
        page["preview"] = _of_deletion(page["queryset"], who=request.user.get_username())
    return response


def _of_deletion(rows: Iterable[Any], *, who: str) -> sync.Preview:
    try:
        with transaction.atomic():
            with changes.record(who=who, origin="admin") as recording:
                before = sync.standing()
                recording.delete_many(rows)
                noted = recording.noted
            report = sync.preview(before, noted)
            transaction.set_rollback(True)
    except changes.ChangeRefused as refusal:
        return sync.Preview(sync.AlteredLines(()), refusal=str(refusal))
    return report

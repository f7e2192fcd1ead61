"""What to look at: the findings in what is published now, each with the record to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from catalog import sync
from catalog.admin.waiting import may_read

_HEADINGS: Final = {
    "error": "Broken",
    "warning": "Most likely not meant so",
    "hint": "Could be better",
}


@dataclass(frozen=True)
class Shown:
    """A finding with the address of the record's page; empty if it has none."""

    found: sync.Found
    url: str


@dataclass(frozen=True)
class Group:
    heading: str
    shown: list[Shown]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        raise PermissionDenied
    found, refusal = [], ""
    try:
        found = sync.findings(_today())
    except sync.CannotExport as error:
        refusal = str(error)
    context = {
        **admin.site.each_context(request),
        "title": "What to look at",
        "refusal": refusal,
        "groups": list(_groups(request, (one for one in found if one.intended is None))),
        "intended": [_shown(request, one) for one in found if one.intended is not None],
        "may_intend": may_intend(request),
    }
    return TemplateResponse(request, "admin/catalog/findings.html", context)


@require_POST
def intend(request: HttpRequest) -> HttpResponse:
    """Let a finding be known as meant so, or, with the number of a mark, take that back."""
    if not may_intend(request):
        raise PermissionDenied
    mark = request.POST.get("mark", "")
    if mark.isascii() and mark.isdigit():
        sync.intend_no_more(int(mark))
        return HttpResponseRedirect(reverse("admin:findings"))
    rule, sentence = request.POST.get("rule", ""), request.POST.get("sentence", "")
    who = request.user.get_username()
    try:
        is_known = sync.intend(rule, sentence, who=who, today=_today())
    except sync.CannotExport:
        is_known = False
    if not is_known:
        messages.error(request, "This is not found any more. Nothing was done.")
    return HttpResponseRedirect(reverse("admin:findings"))


def may_intend(request: HttpRequest) -> bool:
    return may_read(request) and request.user.has_perm("catalog.change_languagemodel")


def _groups(request: HttpRequest, found: Iterable[sync.Found]) -> Iterator[Group]:
    of: dict[str, list[Shown]] = {}
    for one in found:
        of.setdefault(one.finding.severity, []).append(_shown(request, one))
    for severity, shown in of.items():
        yield Group(_HEADINGS[severity], shown)


def _shown(request: HttpRequest, found: sync.Found) -> Shown:
    if found.record is None:
        return Shown(found, "")
    name = found.record._meta.model_name
    if not request.user.has_perm(f"catalog.view_{name}"):
        return Shown(found, "")
    return Shown(found, reverse(f"admin:catalog_{name}_change", args=[found.record.pk]))


def _today() -> date:
    return timezone.localdate()

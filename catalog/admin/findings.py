"""What to look at: the findings in what is published now, each with the record to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.views.decorators.http import require_POST, require_safe

from catalog import sync
from catalog.admin.waiting import may_download, may_read

_HEADINGS: Final = {
    "error": "Errors: lost or broken",
    "warning": "Warnings: most likely not meant so",
    "hint": "Hints: could be better",
}

# More of one sort nobody mends on one page; the others come up when some of them are mended.
_MOST_SHOWN: Final = 500


# The contents are no record. Who edits the file is told of a command, who is at the desk of a page.
_CONTENTS: Final = frozenset({"contents-missing", "contents-order"})


@dataclass(frozen=True)
class Shown:
    """A finding with the address of the record's page; empty if it has none."""

    found: sync.Found
    url: str

    @property
    def is_of_contents(self) -> bool:
        return self.found.finding.rule in _CONTENTS


@dataclass(frozen=True)
class Group:
    """The findings of one severity."""

    heading: str
    number: int
    shown: list[Shown]
    """The first of them."""

    @property
    def more(self) -> int:
        return self.number - len(self.shown)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        raise PermissionDenied
    waiting, found, refusal = sync.what_waits(), [], ""
    try:
        found = sync.findings(_today(), waiting)
    except sync.CannotExport as error:
        refusal = str(error)
    context = {
        **admin.site.each_context(request),
        "title": "What to look at",
        "is_empty": waiting.is_empty,
        "refusal": refusal,
        "groups": list(_groups(request, (one for one in found if one.intended is None))),
        "intended": [_shown(request, one) for one in found if one.intended is not None],
        "may_intend": may_intend(request),
        "may_download": may_download(request),
    }
    return TemplateResponse(request, "admin/catalog/findings.html", context)


@require_POST
def intend(request: HttpRequest) -> HttpResponse:
    """Let a finding be known as meant so, or, with the number of a mark, take that back."""
    if not may_intend(request):
        raise PermissionDenied
    mark = request.POST.get("mark", "")
    if mark:
        with suppress(ValueError):  # a number that is none, or has thousands of digits
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


def numbers(waiting: sync.Waiting) -> str:
    """For the first page: 1 error, 4 warnings and 46 hints. Empty if there is nothing to tell."""
    try:
        found = sync.findings(_today(), waiting)
    except sync.CannotExport:
        return ""  # which the first page tells already
    counted = Counter(one.finding.severity for one in found if one.intended is None)
    return get_text_list(
        [
            f"{number:,} {severity}{'' if number == 1 else 's'}"
            for severity, number in counted.items()
        ],
        "and",
    )


def _groups(request: HttpRequest, found: Iterable[sync.Found]) -> Iterator[Group]:
    of: dict[str, list[sync.Found]] = {}
    for one in found:
        of.setdefault(one.finding.severity, []).append(one)
    for severity, alike in of.items():
        first = [_shown(request, one) for one in alike[:_MOST_SHOWN]]
        yield Group(_HEADINGS[severity], len(alike), first)


def _shown(request: HttpRequest, found: sync.Found) -> Shown:
    if found.record is None:
        return Shown(found, "")
    name = found.record._meta.model_name
    if not request.user.has_perm(f"catalog.view_{name}"):
        return Shown(found, "")
    return Shown(found, reverse(f"admin:catalog_{name}_change", args=[found.record.pk]))


def _today() -> date:
    return timezone.localdate()

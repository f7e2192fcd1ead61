"""The waiting import: a text that stopped at conflicts, each of which one click decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from catalog import changes, sync
from catalog.admin.imports import OUTDATED, after_import, allowed_deletions, may_import
from catalog.admin.waiting import may_read

# The first page names so many; the page behind it has them all.
_MOST_NAMED: Final = 3


@dataclass(frozen=True)
class Shown:
    """A question with all that its page says of it."""

    question: sync.Question
    where: str
    """database, Li, 3 Nov / README line 195"""
    record: str
    """The address of the record's page; empty if it has none."""


@dataclass(frozen=True)
class Sentence:
    """What the first page says of the text that waits."""

    number: int
    """So many conflicts are not decided yet."""
    named: str
    """The first of them."""
    more: int
    offered: sync.Offered


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        raise PermissionDenied
    offered = sync.what_is_offered()
    shown = list(_shown(request, offered)) if offered else []
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Waiting import",
        "offered": offered,
        "questions": shown,
        "may_import": may_import(request),
    }
    return TemplateResponse(request, "admin/catalog/offer.html", context)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Let one side hold, or, with no side, leave the question open again."""
    key, side = request.POST.get("key", ""), request.POST.get("side", "")

    def chosen(offer: int) -> None:
        if side:
            sync.choose(offer, key, side, who=request.user.get_username())
        else:
            sync.take_back(offer, key)

    return _done(request, chosen, anchor=f"#q-{key}" if key.isalnum() else "")


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    def dismissed(offer: int) -> None:
        sync.dismiss(offer)
        messages.success(request, "The text is dismissed. Nothing of it was imported.")

    return _done(request, dismissed)


@require_POST
def import_now(request: HttpRequest) -> HttpResponse:
    reports = []

    def imported(offer: int) -> None:
        report = sync.import_offer(
            offer,
            who=request.user.get_username(),
            allow_deletions=allowed_deletions(request),
            planned=request.POST.get("planned", ""),
        )
        if report.stopped:
            messages.error(request, " ".join(("Nothing was imported.", *report.stopped)))
        else:
            reports.append(report)

    back = _done(request, imported)
    return after_import(request, reports[0]) if reports else back


def _done(request: HttpRequest, act: Callable[[int], None], anchor: str = "") -> HttpResponse:
    """Do it with the text that the page has shown, and go back to the page."""
    if not may_import(request):
        raise PermissionDenied
    number = request.POST.get("offer", "")
    try:
        act(int(number) if number.isascii() and number.isdigit() else 0)
    except (sync.OfferGone, sync.NotAsked, ValueError) as refusal:
        messages.error(request, str(refusal))
    except sync.PlanOutdated:
        messages.warning(request, OUTDATED)
    return HttpResponseRedirect(reverse("admin:offer") + anchor)


# In words.


def sentence() -> Sentence | None:
    """For the first page; None if nothing waits."""
    offered = sync.what_is_offered()
    if offered is None:
        return None
    waiting = offered.undecided
    named = [
        f"{question.title} ({_where(offered, question)})" for question in waiting[:_MOST_NAMED]
    ]
    return Sentence(len(waiting), "; ".join(named), len(waiting) - len(named), offered)


def _shown(request: HttpRequest, offered: sync.Offered) -> Iterator[Shown]:
    for question in offered.questions:
        yield Shown(question, _where(offered, question), _page_of(request, question))


def _where(offered: sync.Offered, question: sync.Question) -> str:
    """Who last changed it here and when, and where the file says it."""
    made = offered.last_changes.get(question.key)
    here = f", {made.who}, {date_format(made.made_at, 'j M')}" if made is not None else ""
    there = f" line {question.line}" if question.line else ""
    return f"database{here} / {offered.file}{there}"


def _page_of(request: HttpRequest, question: sync.Question) -> str:
    if not question.records:
        return ""
    table, pk = question.records[0]
    name = changes.TABLES[table]._meta.model_name
    if not request.user.has_perm(f"catalog.view_{name}"):
        return ""
    return reverse(f"admin:catalog_{name}_change", args=[pk])

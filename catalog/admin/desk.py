"""The first page of the desk: what waits, in a few sentences, and where to go on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.text import capfirst

from catalog import sync, words
from catalog.admin import findings, imports, offers
from catalog.admin import waiting as export
from catalog.admin.changelists import Links
from catalog.admin.waiting import may_read
from catalog.models import (
    ChangeSet,
    LanguageModel,
    ListText,
    Organisation,
    Resource,
    Snapshot,
)

Urls = tuple[list[URLPattern | URLResolver], str, str]


class Way(NamedTuple):
    """A link: what it leads to, its address, and how many are there."""

    what: str
    url: str
    number: int = 0


def urls() -> Urls:
    """Django's admin, with our first page and the pages of import and export."""
    site = admin.site
    ours: list[URLPattern | URLResolver] = [
        path("", site.admin_view(first_page), name="index"),
        path("waiting/", site.admin_view(export.page), name="waiting"),
        path("waiting/README.md", site.admin_view(export.download), name="download"),
        path("findings/", site.admin_view(findings.page), name="findings"),
        path("findings/intended/", site.admin_view(findings.intend), name="intend"),
        path("import/", site.admin_view(imports.import_page), name="import"),
        path("import/waiting/", site.admin_view(offers.page), name="offer"),
        path("import/waiting/choose/", site.admin_view(offers.choose), name="offer_choose"),
        path("import/waiting/import/", site.admin_view(offers.import_now), name="offer_import"),
        path("import/waiting/dismiss/", site.admin_view(offers.dismiss), name="offer_dismiss"),
    ]
    return [*ours, *site.get_urls()], "admin", site.name


def first_page(request: HttpRequest) -> HttpResponse:
    """Only what somebody may read is told."""
    waiting = sync.what_waits() if may_read(request) else None
    page: dict[str, Any] = {
        "waiting": waiting,
        "offer": offers.sentence() if may_read(request) else None,
        "to_look_at": findings.numbers(waiting) if waiting else "",
        "drafts": list(_drafts(request)),
        "gaps": _gaps(request),
        "may_read_models": _may_read(request, LanguageModel),
        "all_ways": filter(None, _all_ways(request)),
    }
    return admin.site.index(request, page)


def _drafts(request: HttpRequest) -> list[Way]:
    """What is not published, a link for each sort."""
    found = []
    for row_class, noun in ((Organisation, words.section()), (LanguageModel, words.entry())):
        number = row_class._default_manager.filter(is_published=False).count()
        if number and _may_read(request, row_class):
            url = f"{_list_of(row_class)}?is_published__exact=0"
            found.append(Way(noun.counted(number), url, number))
    return found


def _gaps(request: HttpRequest) -> Way | None:
    """The models that nothing is known of but a name."""
    number = LanguageModel.objects.without_links().count()
    if not number or not _may_read(request, LanguageModel):
        return None
    url = f"{_list_of(LanguageModel)}?{Links.parameter_name}=no"
    return Way(words.entry().counted(number), url, number)


def _all_ways(request: HttpRequest) -> Iterator[list[Way]]:
    yield _ways(
        request,
        (Organisation, words.section().many),
        (LanguageModel, words.entry().many),
        (Resource, words.RESOURCE.many),
        (ListText, "title and introduction"),
    )
    yield [
        *([Way("Import", reverse("admin:import"))] if imports.may_import(request) else []),
        *([Way("Export", reverse("admin:waiting"))] if may_read(request) else []),
        *([Way("What to look at", reverse("admin:findings"))] if may_read(request) else []),
        *_ways(request, (Snapshot, "snapshots"), (ChangeSet, "change sets")),
    ]
    yield _ways(request, (User, "users"), (Group, "groups"))


def _ways(request: HttpRequest, *nouns: tuple[type[Model], str]) -> list[Way]:
    return [
        Way(capfirst(noun), _list_of(row_class))
        for row_class, noun in nouns
        if _may_read(request, row_class)
    ]


def _may_read(request: HttpRequest, row_class: type[Model]) -> bool:
    # Whether anything hangs in the registry at all is for the settings to say.
    return admin.site.is_registered(row_class) and admin.site.get_model_admin(
        row_class
    ).has_view_or_change_permission(request)


def _list_of(row_class: type[Model]) -> str:
    return reverse(f"admin:{row_class._meta.app_label}_{row_class._meta.model_name}_changelist")

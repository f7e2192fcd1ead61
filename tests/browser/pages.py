"""Every page that people look at, by its URL name. A new address gets its line here.

`test_pages.py` fails for an address that is in neither table, so none is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from catalog.models import ChangeSet, LanguageModel, ListText, Organisation, Resource, Snapshot
from tests.browser.site import LONG_NAME


@dataclass(frozen=True)
class Where:
    """A page: its URL name, and the row that it is about, looked up when the page is opened."""

    name: str
    row: Callable[[], Any] | None = None
    curator: bool = False
    query: str = ""

    @property
    def address(self) -> str:
        if self.row is None:
            return reverse(self.name) + self.query
        row = self.row()
        if isinstance(row, str):
            return reverse(self.name, args=[row])
        # A public page is found by its slug, a page of the desk by its number.
        key = row.pk if self.curator else row.slug
        return reverse(self.name, args=[key]) + self.query


def the(row_class: Any, **fields: Any) -> Callable[[], Any]:
    """The row with these fields; the first one if nothing is said."""
    return lambda: row_class.objects.filter(**fields)[0]


def _desk(noun: str, page: str, row: Callable[[], Any] | None = None, query: str = "") -> Where:
    return Where(f"admin:catalog_{noun}_{page}", row, curator=True, query=query)


# In the words of files: each name is also the name of a screenshot.
PUBLIC = {
    "list": Where("catalog:list"),
    "search": Where("catalog:list", query="?q=ernie"),
    "search-without-a-hit": Where("catalog:list", query="?q=no+such+thing"),
    "organisation": Where("catalog:organisation", the(Organisation, name="Baidu")),
    "family": Where("catalog:model", the(LanguageModel, name="ERNIE family")),
    "model": Where("catalog:model", the(LanguageModel, name="ERNIE 3.0 TiTan")),
    "model-without-links": Where("catalog:model", the(LanguageModel, name="PaLM")),
}
DESK = {
    "desk": Where("admin:index", curator=True),
    "desk-waiting": Where("admin:waiting", curator=True),
    "desk-findings": Where("admin:findings", curator=True),
    "desk-import": Where("admin:import", curator=True),
    "desk-offer": Where("admin:offer", curator=True),
    "desk-login": Where("admin:login"),
    "desk-all-records": Where("admin:app_list", lambda: "catalog", curator=True),
    "desk-password": Where("admin:password_change", curator=True),
    "desk-people": Where("admin:auth_user_changelist", curator=True),
    "desk-person": Where("admin:auth_user_change", the(User), curator=True),
    "desk-person-new": Where("admin:auth_user_add", curator=True),
    "desk-organisations": _desk("organisation", "changelist"),
    "desk-organisation": _desk("organisation", "change", the(Organisation, name="Baidu")),
    "desk-organisation-new": _desk("organisation", "add"),
    "desk-organisation-history": _desk("organisation", "history", the(Organisation)),
    "desk-organisation-delete": _desk("organisation", "delete", the(Organisation)),
    "desk-models": _desk("languagemodel", "changelist"),
    "desk-models-found": _desk("languagemodel", "changelist", query="?q=ernie"),
    "desk-model": _desk("languagemodel", "change", the(LanguageModel, name="PaLM")),
    "desk-family": _desk("languagemodel", "change", the(LanguageModel, name="ERNIE family")),
    "desk-model-new": _desk("languagemodel", "add"),
    "desk-model-history": _desk("languagemodel", "history", the(LanguageModel)),
    "desk-model-delete": _desk("languagemodel", "delete", the(LanguageModel)),
    "desk-resources": _desk("resource", "changelist"),
    "desk-resource": _desk("resource", "change", the(Resource)),
    "desk-resource-new": _desk("resource", "add"),
    "desk-resource-history": _desk("resource", "history", the(Resource)),
    "desk-resource-delete": _desk("resource", "delete", the(Resource)),
    "desk-texts": _desk("listtext", "changelist"),
    "desk-text": _desk("listtext", "change", the(ListText)),
    "desk-text-new": _desk("listtext", "add"),
    "desk-text-history": _desk("listtext", "history", the(ListText)),
    "desk-text-delete": _desk("listtext", "delete", the(ListText)),
    "desk-snapshots": _desk("snapshot", "changelist"),
    "desk-snapshot": _desk("snapshot", "change", the(Snapshot)),
    "desk-snapshot-plan": _desk("snapshot", "bring_back", the(Snapshot)),
    "desk-snapshot-history": _desk("snapshot", "history", the(Snapshot)),
    "desk-change-sets": _desk("changeset", "changelist"),
    "desk-change-set": _desk("changeset", "change", the(ChangeSet)),
    "desk-change-set-history": _desk("changeset", "history", the(ChangeSet)),
}
PAGES = PUBLIC | DESK


def _model(name: str) -> Where:
    return Where("catalog:model", the(LanguageModel, name=name))


def _organisation(name: str) -> Where:
    return Where("catalog:organisation", the(Organisation, name=name))


# What is hard to set well, by the catalogue that has it: nothing, too much, two scripts, a bracket.
CASES = {
    "real": {
        "model-in-two-scripts": _model("织女 Vega v1"),
        "organisation-of-two": _organisation("THU (Tsinghua) & BAAI (Beijing)"),
        "organisation-with-a-link": _organisation("IDEA"),
    },
    "empty": {
        "empty-list": PAGES["list"],
        "empty-search": PAGES["search"],
        "empty-desk": PAGES["desk"],
        "empty-desk-waiting": PAGES["desk-waiting"],
        "empty-desk-models": PAGES["desk-models"],
        "empty-desk-organisations": PAGES["desk-organisations"],
    },
    "asked": {
        "asked-desk": PAGES["desk"],
        "asked-desk-offer": PAGES["desk-offer"],
    },
    "decided": {
        "decided-desk": PAGES["desk"],
        "decided-desk-offer": PAGES["desk-offer"],
        "decided-desk-snapshot": PAGES["desk-snapshot"],
        "decided-desk-snapshot-plan": PAGES["desk-snapshot-plan"],
    },
    "crowded": {
        "crowded-list": PAGES["list"],
        "crowded-organisation": _organisation("Google"),
        "crowded-model": _model("Model 300"),
        "long-name": _model(LONG_NAME),
        "long-organisation": _organisation(LONG_NAME),
        "crowded-desk-models": PAGES["desk-models"],
        "crowded-desk-organisation": _desk(
            "organisation", "change", the(Organisation, slug="google")
        ),
        "crowded-desk-model": _desk(
            "languagemodel", "change", the(LanguageModel, name="Model 300")
        ),
        "long-name-desk": _desk("languagemodel", "change", the(LanguageModel, slug="long")),
    },
}
# Every page with the catalogue that it is looked at in.
ALL = [("real", name, where) for name, where in PAGES.items()]
ALL += [
    (catalogue, name, where) for catalogue, cases in CASES.items() for name, where in cases.items()
]

# Addresses that are no pages of ours: answers to programs, and Django's own.
NO_PAGE = {
    "admin:catalog_languagemodel_suggestions": "JSON for the type-ahead",
    "admin:catalog_languagemodel_pasted": "a part of the page, for its script",
    "admin:catalog_organisation_proposed": "JSON, for the script of a new organisation",
    "admin:catalog_organisation_pasted": "a part of the page, for its script",
    "admin:catalog_snapshot_add": "refused: snapshots are only read",
    "admin:catalog_snapshot_delete": "refused: snapshots are only read",
    "admin:catalog_changeset_add": "refused: change sets are only read",
    "admin:catalog_changeset_undo": "the button of a change set",
    "admin:catalog_changeset_delete": "refused: change sets are only read",
}


def addresses_of_ours() -> set[str]:
    """The URL names of the public pages, and of the desk's pages for the catalogue's records."""
    names = set(_names(get_resolver().url_patterns, ""))
    return {name for name in names if name.startswith(("catalog:", "admin:catalog_"))}


def _names(patterns: list[URLPattern | URLResolver], space: str) -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            found += _names(pattern.url_patterns, space + inner)
        elif pattern.name:
            found.append(space + pattern.name)
    return found

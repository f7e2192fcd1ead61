"""Every address that the site answers to, and a site with something to show at each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver, reverse

from catalog import changes, readme
from catalog.models import ChangeSet, ListText, Organisation, Snapshot, WaitingImport
from tests import factories


def patterns(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All addresses that the site answers to, by name, or by its form if it has none."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern)), pattern
        else:
            below = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from patterns(pattern, namespace + below)


@cache
def _by_name() -> dict[str, URLPattern]:
    return dict(patterns())


# What a field with type-ahead asks with.
TYPED = {
    "autocomplete": "?app_label=catalog&model_name=languagemodel&field_name=organisation",
    "catalog_languagemodel_suggestions": (
        "?app_label=catalog&model_name=languagemodel&field_name=parent"
    ),
}


# What the cast says, and the text that the rows and an offer go on from, each in its own way.
LIST = """\
# A list

## Google

* T5 family
  * T5
    * [Exploring the Limits of Transfer Learning](https://arxiv.org/abs/1910.10683)
  * ByT5

## Baidu

* ERNIE
  * [github repo](https://github.com/PaddlePaddle/ERNIE)
"""


class Site:
    """The cast, a row of everything, and the address of each page about it."""

    def __init__(self) -> None:
        self.cast = cast = factories.small_catalog()
        text = ListText.objects.create(key="title", text="A list")
        with changes.record(who="Kim", origin="admin") as recording:
            recording.update(cast.byt5, note="Bytes")
            snapshot = Snapshot(
                text=LIST.encode(),
                meaning=readme.parse(LIST).meaning.to_json(),
                grammar=readme.GRAMMAR,
                origin="export",
            )
            recording.create(snapshot)
        # The note of ByT5 is another here.
        self.offer = WaitingImport.objects.create(
            text=LIST.replace("* ByT5\n", "* ByT5\n    > In the file.\n").encode(),
            name="README.md",
            base=snapshot,
            offered_by="Kim",
        )
        self.rows = {
            "organisation": cast.google,
            "languagemodel": cast.t5,
            "model": cast.t5,
            "resource": cast.t5_paper,
            "listtext": text,
            "snapshot": snapshot,
            "changeset": ChangeSet.objects.get(),
            "user": User.objects.create_user("guest"),
            "group": Group.objects.create(name="Guests"),
        }

    def address(self, name: str) -> str:
        page = name.partition(":")[2]
        if page.startswith("(?P<url>"):
            return reverse("admin:index") + "nowhere"
        noun = next((noun for noun in re.split(r"[_-]", page) if noun in self.rows), None)
        row = self.rows.get(noun or page)
        if page == "view_on_site":  # of the kind of record that is named below
            row = self.cast.google
        known = {
            "object_id": getattr(row, "pk", 1),
            "id": getattr(row, "pk", 1),
            "pk": getattr(row, "pk", 1),
            "slug": getattr(row, "slug", ""),
            "app_label": "catalog",
            "content_type_id": ContentType.objects.get_for_model(Organisation).pk,
        }
        wanted = _by_name()[name].pattern.regex.groupindex
        address = reverse(name, kwargs={key: known[key] for key in wanted} or None)
        return address + TYPED.get(page, "")

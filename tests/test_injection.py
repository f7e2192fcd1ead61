"""Whatever a record says, it is text: on the public pages, at the desk and in the API.

Each page is read twice, once with harmless words in all fields and once with every vector in all
of them, and must have the same skeleton: the tags and attributes that its template put there. Only
inside notes and the introduction, where Markdown becomes HTML, there may be more, and only what
cannot act.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from catalog import changes, kinds, sync
from catalog.models import (
    Alias,
    Change,
    ChangeSet,
    LanguageModel,
    ListText,
    Organisation,
    Resource,
    Snapshot,
    WaitingImport,
)
from catalog.models.records import MAX_FACT
from catalog.readme import ListRefused, parse
from tests.addresses import patterns
from tests.hostile import HARMLESS, as_readme, by_the_handful, write
from tests.people import person
from tests.skeleton import Skeleton, nothing_came_in
from tests.vectors import VECTORS

pytestmark = pytest.mark.django_db


Page = tuple[str, dict[str, Any] | None]
"""An address, and what is sent there by POST."""


def public_pages() -> list[Page]:
    """The list, where everything stands, and some pages of one organisation or model."""
    some: dict[str, list[str]] = {}
    for noun, rows in (("organisation", Organisation.objects), ("model", LanguageModel.objects)):
        slugs = rows.order_by("pk").values_list("slug", flat=True)
        some[noun] = list(slugs)[:7:2]
    pages = []
    for name, pattern in patterns():
        if name.startswith("catalog:"):
            has_slug = "slug" in pattern.pattern.regex.groupindex
            for slug in some[name.partition(":")[2]] if has_slug else [None]:
                pages.append(reverse(name, args=[slug] if slug else []))
    return _looked_at(pages)


def _looked_at(pages: Iterable[str]) -> list[Page]:
    return [(page, None) for page in pages]


def what_a_form_asks_for() -> Iterator[Page]:
    """What a change would do to README.md, in its page and alone."""
    said_first = ListText.objects.earliest("key")
    page = reverse("admin:catalog_listtext_change", args=[said_first.pk])
    for answer in ("page", "lines"):
        yield page, {"text": f"{said_first.text} and more", "_preview": answer}


def desk_pages() -> list[Page]:
    admin = "admin:catalog_"
    crowded = Organisation.objects.get(slug="crowded")
    family = LanguageModel.objects.get(slug="family")
    about: list[tuple[str, Any]] = [
        ("organisation", crowded),
        ("organisation", Organisation.objects.get(position=10)),
        ("languagemodel", family),
        ("languagemodel", LanguageModel.objects.get(position=10)),
        ("resource", Resource.objects.get(model__name="Draft", position=11)),
        ("listtext", ListText.objects.get(key="introduction")),
        ("snapshot", Snapshot.objects.get()),
        ("changeset", ChangeSet.objects.earliest("pk")),
    ]
    pages = [reverse(f"admin:{name}") for name in ("index", "waiting", "offer", "findings")]
    pages.append(reverse(f"{admin}snapshot_bring_back", args=[Snapshot.objects.get().pk]))
    pages += [reverse(f"{admin}{noun}_changelist") for noun in dict(about)]
    for noun, row in about:
        pages.append(reverse(f"{admin}{noun}_change", args=[row.pk]))
        if noun not in ("snapshot", "changeset"):
            pages.append(reverse(f"{admin}{noun}_delete", args=[row.pk]))
    pages.append(reverse(f"{admin}languagemodel_history", args=[family.pk]))
    return [*_looked_at(pages), *what_a_form_asks_for()]


def read(client: Client, pages: Iterable[Page]) -> dict[str, str]:
    found = {}
    for number, (page, sent) in enumerate(pages):
        response = client.get(page) if sent is None else client.post(page, sent)
        assert response.status_code == 200, page
        assert response["Content-Type"] == "text/html; charset=utf-8"
        # By number, because rows written later have other numbers in their addresses.
        found[f"{number} {page}"] = response.content.decode()
    return found


def read_both(
    client: Client, pages: Any, fill: Any = write, calm: Iterable[str] = HARMLESS
) -> list[tuple[str, str, str]]:
    """Each page with harmless words, and with all vectors."""
    fill(calm)
    harmless = read(client, pages())
    for table in (Change, ChangeSet, WaitingImport, Snapshot, Alias, Resource):
        table.objects.all().delete()
    LanguageModel.objects.exclude(parent=None).delete()
    for table in (LanguageModel, Organisation, ListText):
        table.objects.all().delete()
    fill(VECTORS)
    attacked = read(client, pages())
    return [
        (page, before, after)
        for (page, after), before in zip(attacked.items(), harmless.values(), strict=True)
    ]


def test_there_are_enough_vectors_and_each_is_one_line():
    assert len(VECTORS) >= 100
    assert len(set(VECTORS)) == len(VECTORS)
    assert all(str(number) in vector for number, vector in enumerate(VECTORS, 1001))
    assert not any("\r" in vector or "\n" in vector for vector in VECTORS)


def test_the_skeleton_sees_what_a_vector_would_do_on_a_careless_page(subtests):
    """The judge is no good if it would acquit: most vectors must be seen when nothing escapes."""
    calm = Skeleton('<div title="word">word</div>')
    for vector in VECTORS:
        page = Skeleton(f'<div title="{vector}">{vector}</div>')
        seen = (
            page.problems
            or page.comments
            or page.tags != calm.tags
            or page.attributes != calm.attributes
        )
        with subtests.test(vector):
            assert seen or not set(vector) & set('<"')


def test_public_pages_show_text_and_nothing_acts(client):
    for page, before, after in read_both(client, public_pages):
        nothing_came_in(page, before, after, prose=True)
        said = "alert(1001)" if "crowded" in page or page.endswith(" /") else "alert("
        assert said in after  # it is shown, as text


@pytest.mark.long
def test_the_desk_shows_text_and_nothing_acts(client):
    client.force_login(person("superuser"))
    for page, before, after in read_both(client, desk_pages, at_the_desk):
        nothing_came_in(page, before, after, prose=False)


def at_the_desk(texts: Iterable[str]) -> None:
    """Kinds that nobody knows could not be exported: here they belong to drafts.

    A few texts in each record: its pages cost by the record, and show more of them.
    """
    write(by_the_handful(texts, most=MAX_FACT))
    # The desk tells what cannot be written: of as many records in the harmless pages as in these.
    Organisation.objects.filter(position__in=(2, 3)).update(note="# No note")
    hidden = Organisation.objects.create(name="Hidden", slug="hidden", is_published=False)
    draft = LanguageModel.objects.create(organisation=hidden, name="Draft", slug="draft")
    strange = Resource.objects.exclude(kind__in=dict(kinds.choices()))
    assert len(strange) > 5
    strange.filter(organisation=None).update(model=draft)
    strange.filter(model=None).update(organisation=hidden)


def test_what_becomes_of_pasted_lines_is_shown_as_text(client):
    client.force_login(person("superuser"))
    holder = Organisation.objects.create(name=VECTORS[0], slug="holder", position=1)
    Resource.objects.create(organisation=holder, title="A", url="https://example.org/1")
    lines = [f"{text} https://example.org/{text}" for text in VECTORS]
    lines += [*VECTORS, "https://example.org/1"]
    response = client.post(
        reverse("admin:catalog_languagemodel_pasted"), {"text": "\n".join(lines)}
    )
    shown = response.content.decode()
    page = Skeleton(shown)
    assert (page.problems, page.comments) == ([], [])
    assert set(page.tags) == {"ol", "li", "b", "span"}
    assert {name for _, name in page.attributes} == {"class"}
    assert page.tags["li"] > len(VECTORS)
    assert "alert(1001)" in shown


def offered(texts: Iterable[str]) -> None:
    """Rows and an offered text that both give every model a note, and what only the text adds."""
    texts = [text for text in texts if is_taken(text)][:40]

    def saying(notes: Iterable[str]) -> bytes:
        models = (f"* Model {text}\n{note}" for text, note in zip(texts, notes, strict=True))
        return ("# L\n\n## Org\n\n" + "".join(models)).encode()

    report = sync.import_readme(saying([""] * len(texts)), who=texts[0], source_name="README.md")
    assert report.stopped == ()
    with changes.record(who=texts[0], origin="admin") as recording:
        for row, text in zip(LanguageModel.objects.order_by("pk"), reversed(texts), strict=False):
            recording.update(row, note=f"Here {text}")
    theirs = saying([f"    > There {text}\n" for text in texts])
    name = f"{texts[1]}.md"
    report = sync.import_readme(theirs, who=texts[0], source_name=name, source=texts[2])
    assert report.waits, report.stopped
    assert len(report.questions) > 30


def pages_of_an_import() -> list[Page]:
    text = bytes(WaitingImport.objects.get().text).decode()
    pages = _looked_at([reverse("admin:offer"), reverse("admin:index")])
    return [*pages, (reverse("admin:import"), {"text": text})]


def test_an_offered_text_is_shown_as_text_and_nothing_acts(client):
    client.force_login(person("superuser"))
    for page, before, after in read_both(client, pages_of_an_import, offered):
        nothing_came_in(page, before, after, prose=False)
        assert "alert(1001)" in after


@cache
def is_taken(text: str) -> bool:
    """Whether a list that says this is taken at all: one that links to a script is not."""
    return not parse(as_readme([text]).decode()).unsafe


def imported(texts: Iterable[str]) -> None:
    texts = [text for text in texts if is_taken(text)]
    report = sync.import_readme(as_readme(texts), who="Eve", source_name="README.md")
    assert report.stopped == ()
    for table in (Organisation, LanguageModel, Resource):
        assert table.objects.count() > 0.8 * len(texts)
    first, second, *_ = Organisation.objects.order_by("-pk")
    with changes.record(who=texts[0], origin="admin") as recording:
        recording.delete(first)
        recording.update(second, name=f"{second.name} and more")


def pages_after_an_import() -> list[Page]:
    nouns = ("organisation", "languagemodel", "resource", "listtext", "changeset", "snapshot")
    model = LanguageModel.objects.earliest("pk")
    desk = [
        *(reverse(f"admin:catalog_{noun}_changelist") for noun in nouns),
        reverse("admin:catalog_snapshot_change", args=[Snapshot.objects.latest("pk").pk]),
        reverse("admin:catalog_languagemodel_history", args=[model.pk]),
        reverse("admin:catalog_organisation_delete", args=[model.organisation_id]),
        reverse("admin:waiting"),
    ]
    return [*public_pages(), *_looked_at(desk), next(what_a_form_asks_for())]


def test_a_list_that_links_to_a_script_is_refused_whole():
    refused = [text for text in VECTORS if not is_taken(text)]
    assert len(refused) >= 10
    for text in refused:
        with pytest.raises(ListRefused, match="only web addresses are taken"):
            sync.import_readme(as_readme([text]), who="Eve", source_name="README.md")
    assert not Organisation.objects.exists()


@pytest.mark.long
def test_what_an_imported_list_says_is_text_everywhere(client):
    client.force_login(person("superuser"))
    # Enough for a second page of resources: tags are not counted here, but each must be there.
    pages = read_both(client, pages_after_an_import, imported, calm=HARMLESS[:30])
    public = len(public_pages())
    for number, (page, before, after) in enumerate(pages):
        nothing_came_in(page, before, after, prose=number < public, same_size=False)


def test_the_api_says_every_text_as_it_is_and_never_as_a_page(client):
    write(VECTORS)
    said = set()
    for noun in ("models", "organisations", "resources"):
        response = client.get(f"/api/v1/{noun}/", {"page_size": 200})
        assert response["Content-Type"] == "application/json"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("default-src 'self'")
        rows = json.loads(response.content)["results"]
        said |= {row.get("name_markdown") for row in rows}
        said |= {row.get("note_markdown") for row in rows}
    assert said >= set(VECTORS)


def asked(texts: Iterable[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Where a page may show again what it was asked for: the sort of page, address, question."""
    some = list(by_the_handful(texts))
    # A text too long to look for is shown again as well, and costs no search.
    for text in [*some, *list(by_the_handful(texts, most=150))[::3]]:
        yield "list", reverse("catalog:list"), {"q": text}
    for text in some:
        yield "not there", f"/{quote(text, safe='')}", {}
        yield "not there at the desk", f"/admin/{text}/", {}
        yield "login", reverse("admin:login"), {"next": text}
    for text in some[::4]:
        yield "desk", reverse("admin:catalog_organisation_changelist"), {"q": text}
        yield "filter", reverse("admin:catalog_languagemodel_changelist"), {"kind__exact": text}


@pytest.mark.long
def test_what_somebody_asks_for_is_shown_as_text(client):
    client.force_login(person("superuser"))
    calm = {sort: client.get(where, question) for sort, where, question in asked(HARMLESS[:1])}
    for sort, where, question in asked(VECTORS):
        before, after = calm[sort], client.get(where, question)
        assert after.status_code == before.status_code, (where, question)
        if after.status_code != 302:
            shown = after.content.decode()
            nothing_came_in(where, before.content.decode(), shown, prose=False)


def test_a_refusal_of_the_api_is_no_page(client):
    write(VECTORS[:1])
    questions = [{"kind": text, "organisation": text} for text in VECTORS]
    questions += [{text: "1"} for text in by_the_handful(VECTORS)]
    for question in questions:
        response = client.get("/api/v1/models/", question)
        assert response.status_code == 400
        assert response["Content-Type"] == "application/json"
        assert response["X-Content-Type-Options"] == "nosniff"

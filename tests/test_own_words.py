"""A list of data sets, by topics: no page and no message says "organisation" or "model"."""

import re
import socket
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command, load_command_class
from django.urls import reverse

from catalog import changes
from catalog.models import (
    Alias,
    Change,
    IntendedFinding,
    LanguageModel,
    Resource,
    Snapshot,
    WaitingImport,
)
from tests.admin.desk import Desk
from tests.changes.memory import edit
from tests.own_words import DATA_SETS, Read, old_words, topics_and_data_sets
from tests.sync.cast import draft, model, organisation, rename, take

pytestmark = pytest.mark.django_db

TEXT = DATA_SETS.read_text(encoding="utf-8")


@pytest.fixture
def own_words() -> Iterator[None]:
    with topics_and_data_sets():
        yield


@pytest.fixture
def first_lines(own_words) -> list[str]:
    """`make run LIST=...`: what it prints; the database is filled."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    out = StringIO()
    call_command("first_run", list=str(DATA_SETS), port=str(port), stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def desk(first_lines, client) -> Desk:
    password = re.search(r"password (\w{14})", first_lines[-1])
    assert password is not None
    assert client.login(username="curator", password=password[1])
    return Desk(client)


def test_first_run_counts_topics_and_data_sets(first_lines):
    assert first_lines[:4] == [
        "Worth a look: 3 data sets without a link.",
        f"Imported {DATA_SETS}: 4 topics, 16 data sets, 13 resources.",
        "17 links: 13 in records, 4 in the contents, 0 in prose and kept text. None lost.",
        f"Exported again: the same {len(TEXT.encode()):,} bytes.",
    ]
    assert not any(map(old_words, first_lines))


# Pages.


def test_the_public_pages_say_its_own_words(first_lines, client):
    squad, web = model("SQuAD family"), organisation("Web text")
    rename(model("SQuAD 1.1"), "SQuAD")
    edit(lambda r: r.place(model("XNLI"), organisation=web))
    edit(lambda r: r.update(web, note="Crawled"))
    addresses = [row.get_absolute_url() for row in (squad, model("SQuAD"), model("XNLI"), web)]
    addresses += ["/", "/?q=squad", "/?q=nothing+of+that", "/nowhere/"]
    pages = [Read(client.get(address).content.decode()).text for address in addresses]
    found = dict(zip(addresses, map(old_words, pages), strict=True))
    assert found == {address: [] for address in addresses}
    told = " ".join(pages)
    assert "4 topics, 16 data sets, 13 links" in told
    assert "More from Web text" in told
    assert "No data set has all these words" in told
    assert "There is no page at this address" in told


def test_an_empty_list_says_its_own_words(own_words, client, db):
    text = Read(client.get("/").content.decode()).text
    assert "a list of data sets, grouped by topic" in text
    assert old_words(text) == []


def _admin_pages() -> Iterator[str]:
    yield reverse("admin:index")
    yield reverse("admin:waiting")
    yield reverse("admin:import")
    yield reverse("admin:findings")
    yield reverse("admin:offer")
    yield reverse("admin:catalog_snapshot_bring_back", args=[Snapshot.objects.earliest("pk").pk])
    yield reverse("admin:app_list", args=["catalog"])
    yield reverse("admin:auth_group_add")
    yield reverse("admin:auth_user_change", args=[1])
    for row_class in apps.get_app_config("catalog").get_models():
        name = f"admin:catalog_{row_class._meta.model_name}"
        if (
            row_class in (Alias, Change, IntendedFinding, WaitingImport)
            or row_class._meta.model_name == "catalogue"
        ):
            continue
        yield reverse(f"{name}_changelist")
        row = row_class.objects.order_by("pk").last()
        pages = ["change", "history"]
        if row_class._meta.model_name not in ("snapshot", "changeset"):
            pages.append("delete")
            yield reverse(f"{name}_add")
        yield from (reverse(f"{name}_{page}", args=[row.pk]) for page in pages)
    yield reverse("admin:catalog_languagemodel_changelist") + "?kind__exact=model"


def test_the_desk_says_its_own_words(desk):
    xnli = model("XNLI")
    # So that something waits, is not published, has been changed.
    edit(lambda r: r.place(xnli, organisation=organisation("Web text")))
    edit(lambda r: r.update(xnli, released="2018"))
    edit(lambda r: r.delete(organisation("Parallel text")))
    draft("HotpotQA", below="Questions and answers")
    # And a text that names the draft: a question.
    offer = TEXT.replace("* XNLI", "* XNLI 2").replace("\n* SQuAD", "\n* HotpotQA\n* SQuAD", 1)
    assert take(offer).waits
    history = reverse("admin:catalog_languagemodel_history", args=[xnli.pk])
    found = {}
    for address in (*dict.fromkeys(_admin_pages()), history):
        response = desk.client.get(address, follow=True)
        assert response.status_code == 200, address
        if words := old_words(Read(response.content.decode()).text):
            found[address] = words
    assert found == {}


def test_what_the_desk_answers_says_its_own_words(desk):
    squad, snli = model("SQuAD family"), model("SNLI")
    answers = [
        desk.refused(snli, slug=squad.slug, parent=squad.pk),
        desk.refused(snli, parent=snli.pk),
        desk.refused(squad, parent=model("SQuAD 1.1").pk),
        desk.refused(organisation("Web text"), slug=organisation("Inference").slug),
    ]
    pages = [response.content.decode() for response in answers]
    pages.append(desk.delete(snli))
    web = organisation("Web text")
    where = reverse("admin:catalog_organisation_change", args=[web.pk])
    for changed in ({"is_published": ""}, {"slug": "text"}, {"name": "A ](b"}):
        fields = desk.opened(where) | changed | {"_preview": "page"}
        pages.append(desk.client.post(where, fields).content.decode())
    pasted = {"text": "https://example.org/1\nno address", "owner": web.pk}
    for noun in ("organisation", "languagemodel"):
        answer = desk.client.post(reverse(f"admin:catalog_{noun}_pasted"), pasted)
        pages.append(answer.content.decode())
    desk.save(squad, name="SQuAD")
    pages.append(desk.client.get(reverse("admin:index")).content.decode())
    texts = [Read(page).text for page in pages]
    assert [words for text in texts if (words := old_words(text))] == []
    said = " ".join(texts)
    assert "was changed successfully" in said
    assert "A data set cannot stand below itself" in said
    assert "belongs, or once belonged, to another topic" in said


def test_permissions_are_called_by_the_lists_own_words(first_lines):
    names = set(Permission.objects.filter(content_type__app_label="catalog").values_list("name"))
    assert ("Can add data set",) in names
    assert not any(old_words(name) for (name,) in names)


# Sentences.


def _refused(work: Callable[[changes.Recording], object]) -> str:
    with pytest.raises(changes.ChangeRefused) as refusal:
        edit(work)
    return str(refusal.value)


def test_refusals_say_the_lists_own_words(first_lines):
    squad, snli, web = model("SQuAD family"), model("SNLI"), organisation("Web text")
    inside = model("SQuAD 1.1")
    dead = edit(lambda r: r.delete(snli))
    sentences = [
        _refused(lambda r: r.place(squad, parent=inside)),
        _refused(lambda r: r.place(inside, organisation=web, parent=squad)),
        _refused(lambda r: r.update(inside, organisation=web)),
        _refused(lambda r: r.update(inside, parent_id=4711)),
        _refused(lambda r: r.update(inside, slug=squad.slug)),
        _refused(lambda r: r.update(web, slug="", name="x" * 400)),
        _refused(lambda r: r.update(snli, name="SNLI 2")),
        _refused(lambda r: r.update(squad, kind="none")),
        _refused(lambda r: r.create(Resource(model=model("Europarl"), url="https://a.org"))),
        _refused(lambda r: r.create(Alias(name="A"))),
        *changes.restore("model", 4711, who="Li").problems,
        *changes.restore("organisation", 4711, who="Li").problems,
    ]
    edit(lambda r: r.delete(organisation("Inference")))
    assert dead is not None
    sentences += changes.undo(dead, who="Li").problems
    assert len(sentences) == 13
    assert [words for sentence in sentences if (words := old_words(sentence))] == []
    told = " ".join(sentences)
    assert (
        "The data set “SQuAD 1.1” would stand below “SQuAD family”, a data set of another" in told
    )
    assert "The data set has this own link already." in sentences
    assert "It must belong to a topic or to a data set, not to both." in sentences


def test_constraints_and_fields_say_the_lists_own_words(own_words):
    sentences: list[str] = []
    for row_class in apps.get_app_config("catalog").get_models():
        for rule in row_class._meta.constraints:
            sentences.append(str(rule.get_violation_error_message()))
        for field in row_class._meta.concrete_fields:
            sentences += [str(field.verbose_name), str(field.help_text)]
            sentences += [str(label) for _, label in field.flatchoices]
            if field.unique:
                said: Any = row_class().unique_error_message(row_class, (field.name,))
                sentences += said.messages
    assert sum("%(" in sentence for sentence in sentences) == 0
    assert [words for sentence in sentences if (words := old_words(sentence))] == []
    assert "The kind must be one of data set, family, team." in sentences
    assert "Another topic has this slug: choose a different one." in sentences


def test_imports_and_exports_say_the_lists_own_words(first_lines, tmp_path):
    path = tmp_path / "README.md"
    said: list[str] = []

    def run(text: str, *command: str, **options: Any) -> None:
        path.write_text(text, encoding="utf-8")
        out, err = StringIO(), StringIO()
        try:
            call_command(*command, str(path), stdout=out, stderr=err, **options)
        except CommandError as error:
            said.append(str(error))
        said.extend((out.getvalue().replace(str(path), "FILE"), err.getvalue()))

    shorter = TEXT[: TEXT.index("## Web text")]
    run("# Prose\n", "import_readme")
    run("# L\n\n* - a\n", "import_readme", dry_run=True)
    run("# L\n\n## Other\n\n* Another\n", "import_readme")
    run(TEXT[: TEXT.index("## Parallel")], "import_readme", allow_deletions=0, dry_run=True)
    run(shorter, "import_readme", dry_run=True)
    run(TEXT.replace("* TriviaQA\n", f"* TriviaQA\n* {'n' * 301}\n"), "import_readme")
    run(TEXT, "import_readme", base="4711")
    draft("HotpotQA", below="Questions and answers")
    run(TEXT.replace("* TriviaQA\n", "* HotpotQA\n* TriviaQA\n"), "import_readme")
    rename(model("TriviaQA"), "TriviaQA (wiki)")
    run(TEXT.replace("* TriviaQA\n", "* TriviaQA (web)\n"), "import_readme")
    run("unknown", "export_readme")
    run(TEXT, "export_readme", check=True)
    run(TEXT, "export_readme", diff=True)
    LanguageModel.objects.filter(name="SNLI").update(released="2015")
    Resource.objects.create(
        organisation=organisation("Inference"), label="L", title="T", url="http://a.b"
    )
    edit(lambda r: r.delete(organisation("Web text")))
    run(TEXT, "export_readme")
    run("", "export_readme", canonical=True)
    rename(model("SNLI"), "# SNLI ](")
    run("", "export_readme")
    told = "\n".join(said)
    assert old_words(told) == []
    assert "No data set was found." in told
    assert "16 data sets are not in it" in told
    assert "removed: Web text, with 4 data sets and 2 resources" in told
    assert "label of a topic's resource" in told


def test_the_help_of_the_commands_says_neither(own_words):
    commands = Path(apps.get_app_config("catalog").path, "management", "commands")
    for path in commands.glob("[a-z]*.py"):
        help_text = load_command_class("catalog", path.stem).create_parser("manage.py", path.stem)
        assert old_words(help_text.format_help()) == [], path.stem


# The reader itself.


def test_the_old_words_are_found_where_people_read_them():
    page = '<a class="model" href="/models/" title="Add {}">x</a> <p>No <b>{}</b>s</p>'
    assert old_words(Read(page.format("topic", "data set")).text) == []
    assert old_words(Read(page.format("Organization", "topic")).text) == [
        "Add Organization x No topic"
    ]
    assert old_words(Read(page.format("topic", "model")).text) == ["topic x No model s"]
    assert old_words("a remodelled modelling") == []


def test_the_old_words_are_found_in_the_old_desk(admin_client):
    page = admin_client.get(reverse("admin:catalog_languagemodel_changelist"))
    found = str(old_words(Read(page.content.decode()).text))
    assert "Select model to change" in found
    assert "Organisations" in found

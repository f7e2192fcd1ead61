"""The first page: what waits, in a few sentences, and where to go on."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog import readme, sync
from catalog.models import LanguageModel, Organisation
from tests import factories
from tests.people import client_of
from tests.sync.cast import taken

SENTENCES = re.compile(r"<li>(.*?)</li>", re.DOTALL)


def sentences(client) -> list[str]:
    page = client.get(reverse("admin:index")).content.decode()
    listed = page.split('<ul class="sentences">')[1].split("</ul>")[0]
    return [
        " ".join(re.sub(r"<[^>]+>", "", sentence).split()) for sentence in SENTENCES.findall(listed)
    ]


def ways(client) -> list[str]:
    page = client.get(reverse("admin:index")).content.decode()
    return re.findall(r">([^<]+)</a>", page.split('class="ways"')[1].split("</nav>")[0])


def test_when_all_is_done_it_says_so_and_what_to_look_at(desk, real_list):
    LanguageModel.objects.without_links().update(is_published=True)
    assert sentences(desk.client) == [
        "Nothing waits for export: README.md says what is published.",
        "Nothing waits for you: all is published.",
        "43 models have no link yet.",
        "What to look at: 1 error, 4 warnings and 48 hints.",
    ]


def test_of_a_list_in_order_there_is_nothing_to_look_at(desk):
    taken("# L\n\n## Google\n\n* T5\n  * [paper](https://a.org)\n")
    assert "What to look at" not in " ".join(sentences(desk.client))


def test_what_is_meant_so_is_not_counted(desk, real_list):
    eva = "EVA 2.0 links to github:thu-coai/eva, and so does EVA 1.0."
    assert sync.intend("same-work", eva, who="Li", today=date(2026, 1, 1))
    assert sentences(desk.client)[-1] == "What to look at: 1 error, 3 warnings and 48 hints."


def test_when_something_waits_each_sentence_leads_to_it(desk, real_list):
    desk.save(LanguageModel.objects.get(slug="motian"), name="Motian (摩天)", is_published=False)
    desk.client.get(reverse("admin:index"))  # the message of saving
    Organisation.objects.filter(name="Baidu").update(is_published=False)
    first, second, *_ = sentences(desk.client)
    assert "leave README.md" in first
    assert second == "You have 1 organisation and 1 model still to publish."


def test_an_empty_catalogue_is_told_how_to_begin(desk):
    assert sentences(desk.client) == [
        "Nothing to export yet: import a list, or publish the first organisation."
    ]
    page = desk.client.get(reverse("admin:index")).content.decode()
    assert f'<a href="{reverse("admin:import")}">import a list</a>' in page


def test_who_may_not_import_is_told_who_may(db):
    assert sentences(client_of("curator"))[0] == (
        "Nothing to export yet: let an editor import a list, or publish the first organisation."
    )


def test_the_sentence_and_the_list_behind_it_count_the_same(desk, real_list):
    page = desk.client.get(reverse("admin:index")).content.decode()
    where = re.search(r'<a href="([^"]+)">43 models</a> have no link yet', page)
    assert where is not None
    listed = desk.client.get(where[1])
    assert listed.context["cl"].result_count == 43


def test_it_speaks_in_the_lists_own_words(desk, real_list, settings):
    settings.SECTION_WORDS = ("topic", "topics")
    settings.ENTRY_WORDS = ("data set", "data sets")
    assert sentences(desk.client)[2] == "43 data sets have no link yet."
    assert ways(desk.client)[:2] == ["Topics", "Data sets"]


def test_there_is_a_way_to_every_page_and_no_table_of_apps(desk, db):
    assert ways(desk.client) == [
        *("Organisations", "Models", "Resources", "Title and introduction"),
        *("Import", "Export", "What to look at", "Snapshots", "Change sets"),
        *("Users", "Groups"),
    ]
    assert "app-catalog" not in desk.client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("permissions", "shown"),
    [
        ((), []),
        (("view_resource",), ["Resources", "Export", "What to look at"]),
        (
            ("change_languagemodel", "view_changeset"),
            ["Models", "Export", "What to look at", "Change sets"],
        ),
        (("add_snapshot",), ["Import", "Export", "What to look at"]),
    ],
)
def test_only_what_one_may_read_is_shown(client, django_user_model, real_list, permissions, shown):
    user = django_user_model.objects.create_user("Mei", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    assert ways(client) == shown
    assert any("no link yet" in told for told in sentences(client)) == ("Models" in shown)
    assert any("look at" in told for told in sentences(client)) == bool(permissions)


def test_the_text_is_made_once(desk, real_list, monkeypatch):
    made, patch = [], readme.patch
    monkeypatch.setattr(readme, "patch", lambda *asked: made.append(1) or patch(*asked))
    assert desk.client.get(reverse("admin:index")).status_code == 200
    assert len(made) == 1


def test_it_takes_the_same_number_of_queries_for_twice_the_rows(desk, real_list):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.client.get(reverse("admin:index")).status_code == 200
        return len(found)

    def grow() -> None:
        for number in range(20):
            factories.resource(model=factories.language_model(f"{number}", is_published=number % 2))

    grow()
    few = queries()
    grow()
    assert queries() == few


def test_the_page_behind_the_path_lists_all_records(desk):
    page = desk.client.get(reverse("admin:app_list", args=["catalog"])).content.decode()
    listed = page.split('class="ways"')[1].split("</nav>")[0]
    assert reverse("admin:catalog_languagemodel_changelist") in listed
    assert "Organisations" in listed

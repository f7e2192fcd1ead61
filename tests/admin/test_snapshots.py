"""A snapshot's page: how it differs from what is said now, and the way back to it."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from catalog import sync
from catalog.models import ChangeSet, Snapshot, WaitingImport
from tests.admin.desk import Desk
from tests.admin.test_imports import confirm, said
from tests.changes.memory import edit, undo
from tests.sync.cast import CAST, cast_taken, model, organisation, rename, taken, text_now

NEXT = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n").replace("comes last", "is last")


@pytest.fixture
def first(db) -> Snapshot:
    """The one before the newest."""
    cast_taken()
    taken(NEXT)
    return Snapshot.objects.earliest("pk")


def page(desk: Desk, snapshot: Snapshot) -> str:
    return said(desk.client.get(reverse("admin:catalog_snapshot_change", args=[snapshot.pk])))


def plan(desk: Desk, snapshot: Snapshot) -> HttpResponse:
    response = desk.client.get(reverse("admin:catalog_snapshot_bring_back", args=[snapshot.pk]))
    assert response.status_code == 200
    return response


def test_the_page_shows_the_lines_from_now_to_then(desk, first):
    shown = page(desk, first)
    assert "From what README.md says now to this text" in shown
    assert '<td class="text">* Wenxin</td>' in shown
    assert shown.count('<tr class="removed">') == 2
    assert shown.count('<tr class="added">') == 1


def test_a_text_that_is_said_now_is_told_so(desk, first):
    assert "README.md says the same now" in page(desk, Snapshot.objects.latest("pk"))


def test_the_newest_text_is_gone_back_to_by_undoing(desk, first):
    newest = Snapshot.objects.latest("pk")
    rename(organisation("Baidu"), "Baidu (百度)")
    assert "to take it back, undo its change sets" in page(desk, newest)
    assert "Bring this version back" not in page(desk, newest)
    assert "Bring this version back" in page(desk, first)


def test_when_readme_cannot_be_written_the_page_says_why(desk, first):
    model("PaLM").__class__.objects.filter(name="PaLM").update(name="* PaLM")
    assert "cannot be written" in page(desk, first)


def test_the_plan_is_shown_first_and_the_import_is_one_change_set_to_be_undone(desk, first):
    shown = plan(desk, first)
    assert "removed: Baidu &gt; Wenxin" in said(shown)
    assert text_now() == NEXT
    confirm(desk, shown)
    assert text_now() == CAST  # what no record holds came back as well
    made = ChangeSet.objects.latest("pk")
    assert (made.who, made.summary) == ("Li", f"snapshot {first.pk} brought back")
    undo(made)
    assert model("Wenxin")


def test_what_waits_for_export_stays(desk, first):
    rename(organisation("Baidu"), "Baidu (百度)")
    confirm(desk, plan(desk, first))
    assert "Baidu (百度)" in text_now()
    assert "Wenxin" not in text_now()


def test_what_changed_since_the_plan_has_it_shown_again(desk, first):
    shown = plan(desk, first)
    edit(lambda r: r.update(model("Wenxin"), note="Newer."))
    again = confirm(desk, shown)
    assert "something has changed since the plan was made" in said(again)
    assert model("Wenxin").note == "Newer."


def test_what_was_changed_here_and_is_not_in_it_is_asked(desk, first):
    edit(lambda r: r.update(model("Wenxin"), note="Newer."))
    confirm(desk, plan(desk, first))
    assert WaitingImport.objects.get().name == f"snapshot {first.pk}"
    assert [question.title for question in sync.what_is_offered().undecided] == ["Wenxin, removed"]
    assert model("Wenxin")


def test_the_newest_holds_nothing_new(desk, first):
    assert "It holds nothing new" in said(plan(desk, Snapshot.objects.latest("pk")))

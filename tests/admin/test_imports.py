"""Import at the desk: the plan in words, and then the very text and state that were planned."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape

from catalog import sync
from catalog.models import ChangeSet, LanguageModel, Snapshot, WaitingImport
from tests.admin.desk import Desk, Page
from tests.changes.memory import edit, everything, undo
from tests.sync.cast import CAST, cast_taken, model, organisation, rename, taken, text_now

WENXIN = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n").replace("* PaLM", "* PaLM (540B)")
CRLF = CAST.replace("\n", "\r\n")


def planned(desk: Desk, text: str | bytes, **fields: object) -> HttpResponse:
    """The page with the plan of a text (pasted) or of bytes (a file)."""
    if isinstance(text, bytes):
        fields["file"] = SimpleUploadedFile("README.md", text)
    else:
        fields["text"] = text
    response = desk.client.post(reverse("admin:import"), fields)
    assert response.status_code == 200
    return response


def confirm(desk: Desk, plan: HttpResponse, **fields: object) -> HttpResponse:
    """Press the button of the plan."""
    sent = {name: value for name, value in Page(plan).fields.items() if name != "base"}
    return desk.client.post(reverse("admin:import"), sent | fields, follow=True)


def said(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def cast(db) -> None:
    cast_taken()


def test_the_plan_lists_every_change_and_writes_nothing(desk, cast):
    rows, sets = everything(), ChangeSet.objects.count()
    page = said(planned(desk, WENXIN))
    assert escape("renamed: Google > PaLM -> PaLM (540B)") in page
    assert escape("added: Baidu > Wenxin") in page
    assert "Base: snapshot" in page
    assert "Import these changes" in page
    assert (everything(), ChangeSet.objects.count(), Snapshot.objects.count()) == (rows, sets, 1)


def test_the_confirmed_plan_is_imported_as_the_curator_and_can_be_undone(desk, cast):
    plan = planned(desk, WENXIN.encode(), source="https://example.org/pull/7")
    page = confirm(desk, plan)
    made = ChangeSet.objects.latest("pk")
    assert (made.who, made.origin) == ("Li", "import")
    assert (made.summary, made.source) == ("import of README.md", "https://example.org/pull/7")
    assert page.redirect_chain[-1][0] == reverse("admin:catalog_changeset_change", args=[made.pk])
    assert text_now() == WENXIN
    undo(made)
    assert text_now() == CAST


@pytest.mark.parametrize("text", [CAST, CRLF, "\ufeff" + CAST, CAST.rstrip("\n")])
def test_a_file_is_taken_byte_for_byte(desk, text):
    confirm(desk, planned(desk, text.encode()))
    assert bytes(Snapshot.objects.latest("pk").text) == text.encode()


@pytest.mark.parametrize("text", [CAST, CRLF], ids=["LF", "CRLF"])
def test_pasted_text_has_the_line_ends_of_the_list(desk, text):
    taken(text)
    pasted = CRLF.replace("* PLATO", "* PLATO-XL")  # so a browser sends whatever it shows
    confirm(desk, planned(desk, pasted))
    assert text_now() == text.replace("* PLATO", "* PLATO-XL")


def test_when_a_record_has_changed_since_the_plan_is_shown_again(desk, cast):
    plan = planned(desk, WENXIN)
    edit(lambda r: r.update(organisation("Google"), note="Newer."))
    again = confirm(desk, plan)
    assert "something has changed since the plan was made" in said(again)
    assert not LanguageModel.objects.filter(name="Wenxin").exists()
    confirm(desk, again)
    assert model("Wenxin")
    assert organisation("Google").note == "Newer."


def test_when_another_text_was_imported_since_the_plan_is_shown_again(desk, cast):
    plan = planned(desk, WENXIN)
    taken(CAST.replace("<!-- Baidu comes last. -->", "<!-- Another remark. -->"))
    assert "something has changed since" in said(confirm(desk, plan))
    assert not LanguageModel.objects.filter(name="Wenxin").exists()


def test_nobody_changes_the_text_between_plan_and_import(desk, cast):
    fields = Page(planned(desk, WENXIN)).fields
    fields["given"] = fields["given"][:-4] + "AAAA"
    page = desk.client.post(reverse("admin:import"), fields, follow=True)
    assert "The page with the plan is damaged" in said(page)
    assert text_now() == CAST


def test_a_text_that_stops_at_conflicts_becomes_the_waiting_import(desk, cast):
    rename(model("PaLM"), "PaLM (62B)")
    plan = planned(desk, WENXIN)
    assert "Let it wait and choose" in said(plan)
    assert not WaitingImport.objects.exists()
    page = confirm(desk, plan)
    assert page.redirect_chain[-1][0] == reverse("admin:offer")
    assert WaitingImport.objects.get().offered_by == "Li"


def test_many_removals_are_ticked_with_their_number(desk):
    names = [f"* M{number}\n" for number in range(30)]
    taken("# L\n\n## Org\n\n" + "".join(names))
    plan = planned(desk, "# L\n\n## Org\n\n" + "".join(names[:16]))
    assert "Yes, remove 14 records" in said(plan)
    assert "Nothing was imported." in said(confirm(desk, plan))
    assert LanguageModel.objects.count() == 30
    confirm(desk, plan, allow_deletions="14")
    assert LanguageModel.objects.count() == 16


def test_an_old_copy_is_asked_for_its_base_and_counted_from_there(desk, cast):
    old = Snapshot.objects.get()
    rename(model("PLATO"), "PLATO-XL")
    rename(organisation("Baidu"), "Baidu (百度)")
    sync.export_readme(None, who="Li")
    plan = planned(desk, CAST.replace("* PaLM", "* PaLM (540B)"))
    assert "nearer to snapshot" in said(plan)
    assert "Import these changes" not in said(plan)
    again = confirm(desk, plan, _plan="yes", base=str(old.pk))
    assert "as asked" in said(again)
    confirm(desk, again)
    assert model("PLATO-XL")
    assert model("PaLM (540B)")


@pytest.mark.parametrize("base", ["/etc/hostname", "../README.md", "x"])
def test_a_base_is_chosen_from_the_list_and_never_a_path(desk, cast, base):
    response = desk.client.post(reverse("admin:import"), {"text": WENXIN, "base": base})
    assert "Select a valid choice" in said(response)
    plan = planned(desk, WENXIN)
    assert "the newest" in said(confirm(desk, plan, _plan="yes", base=base))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a file, or paste a text"),
        ({"text": "  \n"}, "Choose a file, or paste a text"),
        ({"file": b"\xff\xfe", "name": "latin"}, "is not UTF-8"),
        ({"file": b"# L", "text": "# L"}, "one of the two"),
        ({"text": CAST, "source": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(desk, cast, fields, sentence):
    if "file" in fields:
        fields = fields | {"file": SimpleUploadedFile("README.md", fields["file"])}
    response = desk.client.post(reverse("admin:import"), fields)
    assert sentence in said(response)
    assert text_now() == CAST


def test_what_is_no_list_is_told_instead_of_a_plan(desk, cast):
    assert "is it a list?" in said(planned(desk, "Only prose."))


def test_what_holds_nothing_new_offers_no_button(desk, cast):
    page = said(planned(desk, CAST))
    assert "It holds nothing new" in page
    assert "Import these changes" not in page


def test_a_plan_too_large_for_a_form_is_left_to_the_command(desk, cast, settings):
    fields = {"file": SimpleUploadedFile("README.md", WENXIN.encode())}
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200
    response = desk.client.post(reverse("admin:import"), fields)
    assert "use manage.py import_readme" in said(response)


def test_what_an_import_says_of_who_and_where_stands_on_the_page_of_its_change_set(desk, db):
    url = "https://github.com/example/list/pull/7"
    sync.import_readme(CAST.encode(), who="octocat", source_name="README.md", source=url)
    made = ChangeSet.objects.get()
    page = said(desk.client.get(reverse("admin:catalog_changeset_change", args=[made.pk])))
    assert "octocat" in page
    assert url in page

"""What writes do to README.md is known before they are kept, and nothing of them stays."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog import changes, sync
from catalog.models import Alias, LanguageModel, Resource
from tests import factories
from tests.changes.memory import edit, everything
from tests.sync.cast import cast_taken, draft, model, organisation, text_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast_taken()


def preview(*work) -> sync.Preview:
    """These writes, looked at and taken back."""
    rows = everything()
    with transaction.atomic():
        with changes.record(who="Li", origin="admin") as recording:
            before = sync.standing()
            for do in work:
                do(recording)
            noted = recording.noted
        report = sync.preview(before, noted)
        transaction.set_rollback(True)
    assert everything() == rows
    return report


def lines(report: sync.Preview) -> list[str]:
    return [
        f"{line.number}{'+' if line.is_added else '-'}{line.text}"
        for block in report.lines.blocks
        for line in block
    ]


def test_a_new_name_is_a_red_and_a_green_line(cast):
    report = preview(lambda r: r.update(model("PaLM"), name="PaLM 2"))
    assert lines(report) == ["14-* PaLM", "14+* PaLM 2"]
    assert report.sentences == ()


def test_only_what_this_change_does_is_shown_and_not_what_waits_already(cast):
    edit(lambda r: r.update(model("PLATO"), name="PLATO-2"))
    report = preview(lambda r: r.update(model("PaLM"), name="PaLM 2"))
    assert lines(report) == ["14-* PaLM", "14+* PaLM 2"]


def test_the_lines_are_those_that_the_export_then_writes(cast):
    old = text_now()

    def write(recording):
        recording.delete(organisation("Google"))

    foreseen = preview(write)
    edit(write)
    assert foreseen.lines == sync.altered_lines(old.encode(), text_now().encode())
    assert foreseen.lines.summary == "11 lines leave README.md."


def test_nothing_changed_is_said(cast):
    assert preview(lambda r: r.update(model("PaLM"), name="PaLM")).sentences == (
        "Nothing is changed.",
    )


# What the lines do not say.


def test_a_field_without_a_place_in_the_list_is_named(cast):
    report = preview(lambda r: r.update(model("PaLM"), parameters="540B", architecture="decoder"))
    assert not report.lines
    assert report.sentences == (
        "Shown on the site and in the data. This list has no place for architecture and "
        "parameters, so README.md stays as it is.",
    )


def test_beside_lines_it_is_named_as_well(cast):
    report = preview(lambda r: r.update(model("PaLM"), name="PaLM 2", parameters="540B"))
    assert len(lines(report)) == 2
    assert report.sentences == (
        "Shown on the site and in the data. This list has no place for parameters.",
    )


def test_another_name_has_no_place_and_a_former_one_is_not_spoken_of(cast):
    palm = model("PaLM")
    report = preview(lambda r: r.create(Alias(model=palm, name="Pathways")))
    assert "no place for other names, so" in report.sentences[0]
    assert preview(lambda r: r.update(palm, name="PaLM 2")).sentences == ()


def test_what_a_new_record_has_by_itself_is_not_spoken_of(cast):
    google = organisation("Google")
    report = preview(lambda r: r.create(LanguageModel(organisation=google, name="Gemini")))
    assert lines(report) == ["15+* Gemini"]
    assert report.sentences == ()


def test_the_label_of_an_organisations_resource_has_no_place(cast):
    link = {"kind": "website", "title": "Home", "url": "https://ai.google", "label": "GAI"}
    report = preview(lambda r: r.create(Resource(organisation=organisation("Google"), **link)))
    assert "no place for label." in report.sentences[0]


@pytest.mark.parametrize("whose", ["itself", "what stands above it"])
def test_of_a_draft_it_says_what_keeps_it_out(cast, whose):
    row = draft()
    if whose != "itself":
        row = draft("ERNIE Bot", below="Wenxin")
        edit(lambda r: r.update(row, is_published=True))
    report = preview(lambda r: r.update(row, note="Soon."))
    assert not report.lines
    assert report.sentences == (
        "“Wenxin” is unpublished: README.md stays as it is until it is published.",
    )


def test_unpublishing_says_how_many_lines_leave(cast):
    report = preview(lambda r: r.update(organisation("Baidu"), is_published=False))
    assert report.lines.summary == "7 lines leave README.md."
    assert any("Baidu" in line for line in lines(report))
    assert report.sentences == ()


def test_the_stop_that_the_next_export_would_make_is_said_and_refuses_nothing(cast):
    google = organisation("Google")
    edit(
        lambda r: r.create_many(
            LanguageModel(organisation=google, name=f"Model {number}") for number in range(12)
        )
    )
    sync.export_readme(None, who="Li")
    report = preview(lambda r: r.delete(google))
    assert report.refusal == ""
    assert "The next export will stop and ask. " in report.sentences[0]
    assert "--allow-deletions" in report.sentences[0]


# What cannot be written.


def test_a_change_that_would_wedge_the_export_is_refused(cast):
    report = preview(lambda r: r.update(model("PaLM"), name="## PaLM"))
    assert report.refusal.startswith("README.md could not be written with this. Google > ## PaLM")
    assert "Mend it in the database" not in report.refusal


def test_a_change_after_that_is_not_blamed_for_it(cast):
    edit(lambda r: r.update(model("PaLM"), name="## PaLM"))
    report = preview(lambda r: r.update(model("PLATO"), name="PLATO-2"))
    assert report.refusal == ""
    assert report.sentences[0].startswith("README.md cannot be written at present, with or without")


def test_the_change_that_mends_it_says_so(cast):
    edit(lambda r: r.update(model("PaLM"), name="## PaLM"))
    report = preview(lambda r: r.update(model("## PaLM"), name="PaLM"))
    assert report.refusal == ""
    assert report.sentences[0].startswith("With this README.md can be written again.")


def test_without_any_list_the_first_record_makes_the_file_and_the_last_may_go():
    google = factories.organisation("Google")
    report = preview(lambda r: r.update(google, name="Google AI"))
    assert any(line.endswith("+## Google AI") for line in lines(report))
    assert report.sentences[0].startswith("No list was imported yet: ")
    gone = preview(lambda r: r.delete(google))
    assert gone.refusal == ""
    assert all("-" in line for line in lines(gone))


# What it costs.


def test_it_takes_the_same_number_of_queries_for_twice_the_rows(cast):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found, transaction.atomic():
            with changes.record(who="Li", origin="admin") as recording:
                before = sync.standing()
                recording.update(model("PaLM"), note=f"{LanguageModel.objects.count()} models.")
            assert sync.preview(before, recording.noted).lines
        return len(found)

    def grow() -> None:
        for number in range(10):
            lab = factories.organisation(f"Lab {LanguageModel.objects.count()} {number}")
            factories.resource(model=factories.language_model(organisation=lab))

    grow()
    few = queries()
    grow()
    assert queries() == few

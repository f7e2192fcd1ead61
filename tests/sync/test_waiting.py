"""What waits for an export, and who did it."""

import pytest

from catalog import sync
from catalog.models import Snapshot
from tests import factories
from tests.changes.memory import edit
from tests.sync.cast import cast_taken, model, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast_taken()


def test_after_an_import_nothing_waits(cast):
    waiting = sync.what_waits()
    assert not waiting.lines
    assert (waiting.plan, waiting.message, waiting.stop) == ((), "", "")
    assert list(waiting.change_sets()) == []


def test_a_change_waits_with_its_line_its_words_and_its_author(cast):
    change_set = edit(lambda r: r.update(model("PaLM"), name="PaLM 2"))
    waiting = sync.what_waits()
    assert waiting.lines.summary == "1 line changes in README.md."
    assert waiting.plan == ("renamed: Google > PaLM -> PaLM 2",)
    assert waiting.message.startswith("Rename PaLM\n")
    assert list(waiting.change_sets()) == [change_set]
    assert waiting.change_sets()[0].number_of_changes == 2  # the name, and the former one


def test_after_an_export_it_waits_no_more(cast):
    edit(lambda r: r.update(model("PaLM"), name="PaLM 2"))
    sync.export_readme(None, who="Li")
    waiting = sync.what_waits()
    assert not waiting.lines
    assert list(waiting.change_sets()) == []


def test_looking_keeps_no_snapshot(cast):
    edit(lambda r: r.update(model("PaLM"), name="PaLM 2"))
    sync.what_waits()
    assert Snapshot.objects.count() == 1


def test_what_cannot_be_written_is_the_stop_that_an_export_makes(cast):
    edit(lambda r: r.update(model("PaLM"), name="## PaLM"))
    waiting = sync.what_waits()
    assert not waiting.lines
    with pytest.raises(sync.CannotExport) as refused:
        sync.export_text()
    assert waiting.stop == str(refused.value)


def test_many_removals_are_a_stop_and_their_lines_are_shown(real_list):
    edit(lambda r: r.delete(organisation("Baidu")))
    waiting = sync.what_waits()
    assert waiting.lines.summary == "51 lines leave README.md."
    with pytest.raises(sync.CannotExport) as refused:
        sync.export_text()
    assert waiting.stop == str(refused.value)


def test_without_any_list_the_whole_file_waits():
    assert "import_readme FILE first" in sync.what_waits().stop
    factories.organisation("Google")
    waiting = sync.what_waits()
    assert waiting.newest is None
    assert "added to README.md" in waiting.lines.summary

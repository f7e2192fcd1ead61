import pytest
from django.db import models

from catalog.changes import TABLES
from catalog.changes.journal import Journal, columns, references, rows_where, title_of
from catalog.models import ChangeSet, LanguageModel, Organisation
from tests.changes.memory import queries
from tests.factories import small_catalog

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return small_catalog()


def test_what_went_and_came_back_in_one_recording_is_told_by_its_difference(cast):
    journal = Journal()
    journal.remove([cast.t5_paper])
    cast.t5_paper.title = "Other"
    journal.insert([cast.t5_paper])
    [change] = journal.changes(ChangeSet())
    assert change.action == "update"
    assert change.after == {"title": "Other"}
    assert change.before == {"title": "Exploring the Limits of Transfer Learning"}


def test_changes_are_told_in_the_order_of_the_last_writes(cast):
    journal = Journal()
    journal.overwrite([(cast.t5, {"note": "a"}), (cast.byt5, {"note": "a"})])
    journal.overwrite([(cast.t5, {"status": "b"})])
    told = [change.object_id for change in journal.changes(ChangeSet())]
    assert told == [cast.byt5.pk, cast.t5.pk]


def test_a_branch_is_removed_in_spite_of_its_references(cast):
    with pytest.raises(models.RestrictedError):
        cast.ernie.delete()
    Journal().remove([cast.ernie, cast.ernie_code])
    assert cast.ernie not in LanguageModel.objects.all()


def test_owners_come_before_what_they_own():
    """New rows are saved in this order, so that each finds the key of its owner."""
    seen: set[type[models.Model]] = set()
    for row_class in TABLES.values():
        owners = {
            f.related_model
            for f in columns(row_class).values()
            if isinstance(f, models.ForeignKey) and f.related_model is not row_class
        }
        assert owners <= seen
        seen.add(row_class)
    assert len(seen) == 5


def test_rows_are_found_by_any_number_of_values(cast):
    many = [*range(70_000_000, 70_070_000), cast.google.pk]
    assert rows_where(Organisation.objects.all(), "pk", many) == [cast.google]
    assert queries(lambda: rows_where(Organisation.objects.all(), "pk", [])) == 0


def test_a_row_says_what_it_refers_to(cast):
    assert references(cast.t5) == [
        ("organisation", cast.google.pk),
        ("model", cast.t5_family.pk),
    ]
    assert references(cast.t5_paper) == [("model", cast.t5.pk)]
    assert references(cast.google) == []


def test_sentences_name_a_record_by_its_noun(cast):
    assert title_of(cast.t5_family) == "The model “T5 family”"

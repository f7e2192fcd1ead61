"""What forbids an undo: each case is a problem in words, and nothing is written."""

import pytest

from catalog import changes
from catalog.models import Alias, ChangeSet, LanguageModel, Organisation, Resource
from tests.changes.memory import edit, everything, undo
from tests.factories import language_model, resource, small_catalog

pytestmark = pytest.mark.django_db

URL = "https://example.org/"


@pytest.fixture
def cast():
    return small_catalog()


def problems(job) -> list[str]:
    """The problems of an undo or a restoration, which must have written nothing."""
    before, sets = everything(), ChangeSet.objects.count()
    generation = changes.generation()
    report = job() if callable(job) else changes.undo(job, who="Li")
    assert report.problems
    assert (report.change_set, report.restored) == (None, 0)
    assert (everything(), ChangeSet.objects.count()) == (before, sets)
    assert changes.generation() == generation
    return list(report.problems)


def new(cast, name, **fields):
    slug = name.lower()
    return LanguageModel(**{"organisation": cast.google, "name": name, "slug": slug} | fields)


# Changed since.


def test_a_value_that_was_changed_since_is_not_overwritten(cast):
    change_set = edit(
        lambda r: r.update(cast.t5, note="first"), lambda r: r.update(cast.ernie, note="first")
    )
    edit(lambda r: r.update(cast.t5, note="second"))
    assert problems(change_set) == [
        "The model “T5” cannot go back to empty: its note was changed since, "
        "from “first” to “second”."
    ]


def test_an_undo_that_was_done_already_has_nothing_to_go_back_to(cast):
    change_set = edit(lambda r: r.update(cast.t5, note="a"))
    undo(change_set)
    assert "its note was changed since, from “a” to empty" in problems(change_set)[0]


def test_a_new_record_that_was_changed_since_is_not_removed(cast):
    mt5 = new(cast, "mT5")
    change_set = edit(lambda r: r.create(mt5))
    edit(lambda r: r.update(mt5, note="Multilingual."))
    assert problems(change_set) == [
        "The model “mT5” is not removed: its note was changed since, from empty to “Multilingual.”."
    ]


def test_a_parent_is_called_by_its_name(cast):
    bert = language_model("BERT", organisation=cast.google)
    change_set = edit(lambda r: r.place(cast.byt5, parent=cast.t5))
    edit(lambda r: r.place(cast.byt5, parent=bert))
    assert problems(change_set) == [
        "The model “ByT5” cannot go back to “T5 family”: its stands below was changed since, "
        "from “T5” to “BERT”."
    ]


def test_a_long_value_is_cut(cast):
    change_set = edit(lambda r: r.update(cast.t5, note="x" * 500))
    edit(lambda r: r.update(cast.t5, note="y"))
    [problem] = problems(change_set)
    assert f"from “{'x' * 79}…” to “y”" in problem


def test_a_changed_row_that_was_deleted_since_is_named(cast):
    change_set = edit(lambda r: r.update(cast.t5, note="a", context_length=512))
    edit(lambda r: r.delete(cast.t5))
    assert problems(change_set) == [
        "The model “T5” was deleted since, so its note and context length cannot be put back: "
        "restore it first."
    ]


def test_an_order_that_was_changed_since_is_not_overwritten(cast):
    family = language_model("Letters", organisation=cast.google)
    rows = {n: language_model(n, parent=family) for n in "ABCDEF"}
    change_set = edit(lambda r: r.place(rows["F"]))
    edit(lambda r: r.place(rows["A"], after=rows["D"]))
    [problem] = problems(change_set)
    assert problem.startswith("The order of “")
    assert problem.endswith("and others was changed again since: arrange them by hand.")


# Others depend on it, or it on others.


def test_a_new_record_is_not_removed_from_above_what_others_put_there(cast):
    mt5 = new(cast, "mT5")
    change_set = edit(lambda r: r.create(mt5))
    edit(
        lambda r: r.create(Resource(model=mt5, title="Paper", url=URL)),
        lambda r: r.place(cast.byt5, parent=mt5),
        lambda r: r.create(Alias(model=mt5, name="Multilingual")),
    )
    assert problems(change_set) == [
        f"The model “mT5” is not removed: the {thing} was put below it since. "
        "Move or delete that first."
        for thing in ("model “ByT5”", "resource “Paper”", "alias “Multilingual”")
    ]


def test_a_new_organisation_is_not_removed_from_above_a_model(cast):
    other = Organisation(name="O", slug="o")
    change_set = edit(lambda r: r.create(other))
    edit(lambda r: r.place(cast.byt5, organisation=other))
    assert problems(change_set) == [
        "The organisation “O” is not removed: the model “ByT5” was put below it since. "
        "Move or delete that first."
    ]


def test_what_it_belongs_to_must_be_there(cast):
    deleted = edit(lambda r: r.delete(cast.t5))
    moved = edit(lambda r: r.place(cast.byt5, organisation=cast.google))
    edit(lambda r: r.delete(cast.t5_family))
    sentence = (
        "The model “{}” cannot come back: the model “T5 family”, to which it belongs, was "
        "deleted. Restore that first."
    )
    assert problems(deleted) == [sentence.format("T5")]
    assert problems(moved) == [sentence.format("ByT5")]
    assert problems(lambda: changes.restore("model", cast.t5.pk, who="Li")) == [
        sentence.format("T5")
    ]


def test_a_branch_does_not_come_back_into_two_organisations(cast):
    edit(lambda r: r.delete(cast.t5))
    edit(lambda r: r.place(cast.t5_family, organisation=cast.baidu))
    [problem] = problems(lambda: changes.restore("model", cast.t5.pk, who="Li"))
    assert "“T5” would stand below “T5 family”, a model of another organisation" in problem


def test_an_undo_that_would_make_a_loop_is_refused(cast):
    change_set = edit(lambda r: r.place(cast.byt5, organisation=cast.google))  # out of the family
    edit(lambda r: r.place(cast.t5_family, parent=cast.byt5))
    [problem] = problems(change_set)
    assert "would stand below itself" in problem


# Its place is taken.


def test_what_is_there_already_is_not_restored(cast):
    change_set = edit(lambda r: r.delete(cast.byt5))
    undo(change_set)
    for job in (change_set, lambda: changes.restore("model", cast.byt5.pk, who="Li")):
        assert problems(job) == ["The model “ByT5” is there already."]


def test_what_was_never_deleted_is_not_restored(cast):
    assert problems(lambda: changes.restore("model", cast.t5.pk, who="Li")) == [
        f"No deletion is known of model number {cast.t5.pk}."
    ]


def test_a_slug_that_a_shell_gave_away_does_not_come_back(cast):
    deleted = edit(lambda r: r.delete(cast.byt5))
    changed = edit(lambda r: r.update(cast.t5, slug="t5-1-1"))
    LanguageModel.objects.filter(pk=cast.draft.pk).update(slug="byt5")
    LanguageModel.objects.filter(pk=cast.ernie.pk).update(slug="t5")
    assert problems(deleted) == [
        "The model “ByT5” cannot have its slug back: the model “Wenxin” has “byt5” now."
    ]
    assert problems(changed) == [
        "The model “T5” cannot have its slug back: the model “ERNIE” has “t5” now."
    ]


def test_an_own_link_does_not_come_back_beside_another(cast):
    own = resource("", model=cast.t5)
    deleted = edit(lambda r: r.delete(own))
    titled = edit(lambda r: r.update(resource("", model=cast.ernie), title="Home"))
    edit(lambda r: r.create(Resource(model=cast.t5, title="", url=URL)))
    edit(lambda r: r.create(Resource(model=cast.ernie, title="", url=URL)))
    for change_set in (deleted, titled):
        [problem] = problems(change_set)
        assert "cannot be as it was. The model has this own link already." in problem


def test_a_column_that_was_dropped_since_is_passed_over(cast):
    deleted = edit(lambda r: r.delete(cast.byt5))
    updated = edit(lambda r: r.update(cast.t5, note="a"))
    for change in (*deleted.changes.all(), *updated.changes.all()):
        for side in (change.before, change.after):
            if side:
                side["colour"] = "red"
        change.save()
    undo(updated)
    undo(deleted)
    assert cast.byt5 in LanguageModel.objects.all()

import pytest

from catalog import changes
from catalog.changes import ChangeRefused
from catalog.models import (
    Alias,
    ChangeSet,
    LanguageModel,
    ListText,
    Organisation,
    Resource,
    Snapshot,
)
from tests.changes.memory import edit, everything, queries, told, undo
from tests.factories import language_model, organisation, resource, small_catalog

pytestmark = pytest.mark.django_db

URL = "https://example.org/"


@pytest.fixture
def cast():
    return small_catalog()


# One recording, one ChangeSet.


def test_a_recording_says_who_changed_which_field_from_where(cast):
    with changes.record(who="Li", origin="admin", summary="Fix", source=URL) as recording:
        recording.update(cast.t5, note="Text to text.")
    change_set = ChangeSet.objects.get()
    assert recording.change_set == change_set
    assert (change_set.who, change_set.origin) == ("Li", "admin")
    assert (change_set.summary, change_set.source) == ("Fix", URL)
    assert told(change_set) == [("update", "model", {"note": ""}, {"note": "Text to text."})]
    assert change_set.changes.get().object_id == cast.t5.pk


def test_a_new_row_is_told_with_all_its_fields_and_a_deleted_one_too(cast):
    alias = Alias(model=cast.t5, name="Text-to-Text")
    values = {
        "organisation_id": None, "model_id": cast.t5.pk,
        "name": "Text-to-Text", "kind": "other_name",
    }  # fmt: skip
    assert told(edit(lambda r: r.create(alias))) == [("create", "alias", {}, values)]
    assert told(edit(lambda r: r.delete(alias))) == [("delete", "alias", values, {})]


def test_a_row_written_twice_is_told_once(cast):
    change_set = edit(
        lambda r: r.update(cast.t5, note="a"),
        lambda r: r.update(cast.t5, note="b", status="old"),
    )
    assert told(change_set) == [
        ("update", "model", {"note": "", "status": ""}, {"note": "b", "status": "old"})
    ]


def test_what_was_created_changed_and_deleted_again_is_not_told(cast):
    def come_and_go(recording):
        alias = Alias(model=cast.t5, name="X")
        recording.create(alias)
        recording.update(alias, name="Y")
        recording.delete(alias)
        recording.update(cast.t5, note="a")
        recording.update(cast.t5, note="")

    assert edit(come_and_go) is None
    assert not ChangeSet.objects.exists()


def test_what_was_changed_and_then_deleted_is_told_as_it_was(cast):
    change_set = edit(
        lambda r: r.update(cast.t5_paper, title="Other"), lambda r: r.delete(cast.t5_paper)
    )
    [(action, _, before, after)] = told(change_set)
    assert (action, before["title"], after) == (
        "delete",
        "Exploring the Limits of Transfer Learning",
        {},
    )


def test_nothing_changed_is_no_change_set(cast):
    assert edit(lambda r: r.update(cast.t5, name="T5")) is None
    assert edit(lambda r: r.update_many([])) is None


def test_a_failure_keeps_nothing(cast):
    before = everything()
    with pytest.raises(ZeroDivisionError):
        edit(lambda r: r.delete(cast.google), lambda r: 1 / 0)
    assert everything() == before
    assert not ChangeSet.objects.exists()
    assert changes.generation() == 0


def test_the_generation_rises_with_each_transaction_that_changed_a_record(cast):
    edit(lambda r: r.update(cast.t5, note="a"), lambda r: r.update(cast.byt5, note="b"))
    assert changes.generation() == 1
    edit(lambda r: r.update(cast.t5, note="a"))
    assert changes.generation() == 1
    edit(lambda r: r.delete(cast.t5))
    assert changes.generation() == 2


def test_a_snapshot_is_named_by_its_change_set_and_is_no_change(cast):
    snapshot = Snapshot(text=b"# List", meaning={}, grammar=1, origin="import")
    change_set = edit(lambda r: r.create(snapshot), lambda r: r.update(cast.t5, note="a"))
    assert change_set.snapshot == Snapshot.objects.get()
    assert len(told(change_set)) == 1


def test_an_unknown_origin_is_refused():
    recording = changes.record(who="Li", origin="magic")
    with pytest.raises(ValueError, match="admin, import, command, undo, not 'magic'"):
        recording.__enter__()


@pytest.mark.parametrize(
    ("words", "field"),
    [({"who": ""}, "who"), ({"who": "x" * 151}, "who"), ({"source": "x" * 2001}, "source")],
)
def test_who_and_source_must_fit(words, field):
    recording = changes.record(**{"who": "Li", "origin": "admin"} | words)
    with pytest.raises(ChangeRefused, match=field):
        recording.__enter__()


def test_a_recording_inside_another_is_refused_and_the_outer_one_goes_on(cast):
    with changes.record(who="Li", origin="admin") as outer:
        with pytest.raises(RuntimeError, match="open already"):
            changes.record(who="Bo", origin="admin").__enter__()
        with pytest.raises(RuntimeError, match="open already"):
            changes.undo(ChangeSet.objects.create(who="Bo", origin="admin"), who="Bo")
        outer.update(cast.t5, note="a")
    assert outer.change_set.who == "Li"
    assert edit(lambda r: r.update(cast.t5, note="b"))


def test_a_recording_that_has_ended_writes_nothing(cast):
    with changes.record(who="Li", origin="admin") as recording:
        pass
    for write in (
        lambda: recording.create(Alias(model=cast.t5, name="X")),
        lambda: recording.update(cast.t5, name="X"),
        lambda: recording.delete(cast.t5),
        lambda: recording.place(cast.t5),
    ):
        with pytest.raises(RuntimeError, match="has ended"):
            write()


def test_only_records_are_written(cast):
    with pytest.raises(TypeError, match="ChangeSet is no record"):
        edit(lambda r: r.create(ChangeSet(who="Li", origin="admin")))


# Creating.


def test_parents_and_children_are_created_in_any_order():
    google = Organisation(name="Google", slug="google")
    family = LanguageModel(organisation=google, name="T5 family", slug="t5-family")
    t5 = LanguageModel(organisation=google, parent=family, name="T5", slug="t5")
    paper = Resource(model=t5, title="Paper", url=URL)
    alias = Alias(organisation=google, name="Alphabet")
    edit(lambda r: r.create_many([alias, paper, t5, family, google]))
    stored = LanguageModel.objects.get(slug="t5")
    assert (stored.parent, stored.organisation) == (family, google)
    assert Resource.objects.get().model == t5
    assert Alias.objects.get().organisation == google


def test_two_new_rows_below_each_other_are_refused():
    google = organisation("Google")
    a = LanguageModel(organisation=google, name="A", slug="a")
    b = LanguageModel(organisation=google, name="B", slug="b", parent=a)
    a.parent = b
    with pytest.raises(ChangeRefused, match="below itself"):
        edit(lambda r: r.create_many([a, b]))


def test_a_parent_that_was_never_saved_is_not_forgotten_in_silence(cast):
    nowhere = LanguageModel(organisation=cast.google, name="X", slug="x")
    with pytest.raises(ValueError, match="unsaved related object"):
        edit(
            lambda r: r.create(
                LanguageModel(organisation=cast.google, name="Y", slug="y", parent=nowhere)
            )
        )
    with pytest.raises(ChangeRefused, match="“X” is not saved yet"):
        edit(lambda r: r.update(cast.t5, parent=nowhere))


# Updating.


def test_update_answers_whether_something_differed(cast):
    with changes.record(who="Li", origin="admin") as recording:
        assert recording.update(cast.t5, note="a")
        assert not recording.update(cast.t5, note="a")
        assert recording.update_many([(cast.t5, {"note": "b"}), (cast.byt5, {"note": ""})]) == 1


def test_update_compares_with_what_is_stored_and_not_with_what_is_at_hand(cast):
    LanguageModel.objects.filter(pk=cast.t5.pk).update(note="newer")
    assert told(edit(lambda r: r.update(cast.t5, note=""))) == [
        ("update", "model", {"note": "newer"}, {"note": ""})
    ]


def test_update_leaves_the_other_fields_as_they_are_stored(cast):
    LanguageModel.objects.filter(pk=cast.t5.pk).update(status="newer", note="newer")
    edit(lambda r: r.update(cast.t5, name="T5 1.1"), lambda r: r.update(cast.byt5, note="x"))
    cast.t5.refresh_from_db()
    assert (cast.t5.status, cast.t5.note) == ("newer", "newer")


def test_every_row_that_a_caller_holds_learns_its_new_values(cast):
    same = LanguageModel.objects.get(pk=cast.t5.pk)
    edit(lambda r: r.update_many([(cast.t5, {"note": "a"}), (same, {"status": "b"})]))
    assert [(row.note, row.status) for row in (cast.t5, same)] == [("a", "b")] * 2


def test_a_foreign_key_is_changed_by_its_row_or_its_number(cast):
    edit(lambda r: r.update(cast.t5, parent=cast.byt5))
    edit(lambda r: r.update(cast.byt5, parent_id=None))
    assert LanguageModel.objects.get(pk=cast.t5.pk).parent == cast.byt5
    assert LanguageModel.objects.get(pk=cast.byt5.pk).parent is None


def test_a_field_that_is_not_there_is_the_callers_mistake(cast):
    with pytest.raises(TypeError, match="LanguageModel has no field 'colour'"):
        edit(lambda r: r.update(cast.t5, colour="red"))
    with pytest.raises(TypeError, match="has no field 'id'"):
        edit(lambda r: r.update(cast.t5, id=7))


def test_a_row_that_is_gone_is_not_updated(cast):
    edit(lambda r: r.delete(cast.byt5))
    with pytest.raises(ChangeRefused, match="The model “ByT5” is gone: restore it first"):
        edit(lambda r: r.update(cast.byt5, note="a"))


# Deleting.


def test_deleting_takes_everything_below_along(cast):
    resource("Home", organisation=cast.google)
    edit(lambda r: r.create(Alias(model=cast.byt5, name="Byte T5")))
    change_set = edit(lambda r: r.delete(cast.google))
    assert list(Organisation.objects.all()) == [cast.baidu]
    assert set(LanguageModel.objects.all()) == {cast.ernie, cast.draft}
    assert list(Resource.objects.all()) == [cast.ernie_code]
    assert not Alias.objects.exists()
    assert {action for action, *_ in told(change_set)} == {"delete"}
    assert len(told(change_set)) == 7


def test_deleting_a_family_leaves_its_siblings(cast):
    other = language_model("BERT", organisation=cast.google)
    edit(lambda r: r.delete(cast.t5_family))
    assert list(LanguageModel.objects.filter(organisation=cast.google)) == [other]


def test_deleting_many_takes_each_branch_along_once(cast):
    rows = [cast.t5_paper, cast.t5_family, cast.t5, cast.baidu]
    edit(lambda r: r.delete_many(rows))
    assert [row.name for row in Organisation.objects.all()] == ["Google"]
    assert not LanguageModel.objects.exists()
    assert not Resource.objects.exists()


def test_deleting_what_is_gone_does_nothing(cast):
    edit(lambda r: r.delete(cast.byt5))
    assert edit(lambda r: r.delete(cast.byt5)) is None


def test_list_texts_are_records_as_well():
    text = ListText(key="title", text="PLMs")
    edit(lambda r: r.create(text))
    assert told(edit(lambda r: r.update(text, text="All PLMs"))) == [
        ("update", "list_text", {"text": "PLMs"}, {"text": "All PLMs"})
    ]


# Growth.


def new_branch(number):
    google = Organisation(name=f"Google {number}", slug=f"google-{number}")
    family = LanguageModel(organisation=google, name="F", slug=f"family-{number}")
    rows = [google, family]
    for n in range(number):
        model = LanguageModel(
            organisation=google, parent=family, name=f"M{n}", slug=f"m-{number}-{n}"
        )
        rows += [model, Resource(model=model, title="Paper", url=URL), Alias(model=model, name="A")]
    return rows


def test_twenty_rows_take_as_many_queries_as_ten():
    elsewhere = Organisation(name="Elsewhere", slug="elsewhere")
    edit(lambda r: r.create(elsewhere))  # the first writer of all makes the row to lock

    def counts(number):
        google, family, *rows = new_branch(number)
        models = [row for row in rows if isinstance(row, LanguageModel)]
        others = [(m, {"name": f"{m.name}!", "slug": f"{m.slug}-new"}) for m in models]
        for work in (
            lambda r: r.create_many([google, family, *rows]),
            lambda r: r.update_many(others),
            lambda r: r.place(models[-1], parent=family),
            lambda r: r.place(family, organisation=elsewhere),
        ):
            yield queries(lambda work=work: edit(work))
        for change_set in ChangeSet.objects.order_by("-pk")[:3]:
            yield queries(lambda change_set=change_set: undo(change_set))
        yield queries(lambda: edit(lambda r: r.delete(google)))
        yield queries(lambda: changes.restore("organisation", google.pk, who="Li"))
        yield queries(lambda: undo(ChangeSet.objects.latest("pk")))

    assert list(counts(20)) == list(counts(10))


def test_what_is_noted_so_far_can_be_read_before_it_is_stored():
    google = organisation("Google")
    with changes.record(who="Li", origin="admin") as recording:
        assert recording.noted == []
        recording.update(google, name="Google AI")
        tables = [(change.table, change.action) for change in recording.noted]
        assert tables == [("organisation", "update"), ("alias", "create")]
        assert not ChangeSet.objects.exists()

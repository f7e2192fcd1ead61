import pytest

from catalog import changes
from catalog.models import (
    Alias,
    ChangeSet,
    LanguageModel,
    ListText,
    Organisation,
    Resource,
    Snapshot,
)
from tests.changes.memory import children, edit, everything, queries, told, undo
from tests.factories import language_model, resource, small_catalog

pytestmark = pytest.mark.django_db

URL = "https://example.org/"


@pytest.fixture
def cast():
    cast = small_catalog()
    cast.home = resource("Home", organisation=cast.google)
    cast.own_link = resource("", model=cast.ernie)
    cast.alias = Alias.objects.create(model=cast.byt5, name="Byte T5")
    return cast


def new(cast, name, **fields):
    slug = name.lower().replace(" ", "-")
    return LanguageModel(**{"organisation": cast.google, "name": name, "slug": slug} | fields)


EDITS = {
    "create": lambda r, c: r.create(new(c, "mT5", parent=c.t5_family)),
    "create a branch": lambda r, c: r.create_many(
        [family := new(c, "BERT family"), new(c, "BERT", parent=family)]
    ),
    "update": lambda r, c: r.update(c.t5, note="Text to text.", released="2019-10"),
    "update facts": lambda r, c: r.update(c.t5, parameters_number=11_000_000_000, context_length=8),
    "unpublish": lambda r, c: r.update(c.google, is_published=False),
    "rename": lambda r, c: r.update(c.t5, name="T5 1.1", slug="t5-1-1"),
    "rename and reorder": lambda r, c: [
        r.update(c.byt5, name="Byte"),
        r.place(c.byt5, after=None),
    ],
    "rename back": lambda r, c: [r.update(c.t5, name="X"), r.update(c.t5, name="T5")],
    "reorder": lambda r, c: r.place(c.home, after=c.t5_family),
    "reorder organisations": lambda r, c: r.place(c.baidu),
    "move": lambda r, c: r.place(c.byt5, parent=c.t5, after=c.t5_paper),
    "move a branch": lambda r, c: r.place(c.t5_family, organisation=c.baidu, after=c.ernie),
    "move a resource": lambda r, c: r.place(c.t5_paper, organisation=c.baidu),
    "delete": lambda r, c: r.delete(c.t5),
    "delete a branch": lambda r, c: r.delete(c.t5_family),
    "delete an organisation": lambda r, c: r.delete(c.google),
    "delete all but what moved out": lambda r, c: [
        r.place(c.t5_family, organisation=c.baidu),
        r.delete(c.google),
    ],
    "move into what is new": lambda r, c: [
        r.create(family := new(c, "Family")),
        r.place(c.byt5, parent=family),
    ],
    "an own link": lambda r, c: r.create(Resource(model=c.t5, title="", url=URL)),
    "another own link": lambda r, c: r.update_many(
        [(c.own_link, {"title": "Home"}), (c.ernie_code, {"title": ""})]
    ),
    "a text": lambda r, c: r.create(ListText(key="title", text="PLMs")),
}


@pytest.mark.parametrize("name", EDITS)
def test_undo_puts_every_field_back_and_undo_of_the_undo_does_it_again(name, cast):
    before = everything()
    change_set = edit(lambda r: EDITS[name](r, cast))
    after = everything()
    assert (after != before) == (change_set is not None)
    if change_set is None:
        return
    undone = undo(change_set)
    assert everything() == before
    redone = undo(undone)
    assert everything() == after
    undo(redone)
    assert everything() == before


def test_undo_is_a_change_set_that_says_so(cast):
    change_set = edit(lambda r: r.update(cast.t5, note="a"))
    ChangeSet.objects.filter(pk=change_set.pk).update(summary="A note")
    change_set.refresh_from_db()
    report = changes.undo(change_set, who="Bo")
    undone = report.change_set
    assert (undone.who, undone.origin) == ("Bo", "undo")
    assert undone.summary == f"undo of {change_set.pk}: A note"
    assert told(undone) == [("update", "model", {"note": "a"}, {"note": ""})]
    assert report.restored == 1
    assert changes.generation() == 2


def test_change_sets_are_undone_one_after_the_other(cast):
    states, sets = [], []
    for name in ("create", "rename and reorder", "move a branch", "delete an organisation"):
        states.append(everything())
        sets.append(edit(lambda r, n=name: EDITS[n](r, cast)))
    for state, change_set in zip(reversed(states), reversed(sets), strict=True):
        undo(change_set)
        assert everything() == state


def big_import(recording):
    rows = [Snapshot(text=b"# List", meaning={}, grammar=1, origin="import")]
    rows.append(ListText(key="title", text="List"))
    for n in range(5):
        organisation = Organisation(name=f"O{n}", slug=f"o{n}", position=n + 3)
        family = LanguageModel(
            organisation=organisation, name=f"F{n}", slug=f"f{n}", kind="family", position=1
        )
        rows += [organisation, family]
        for m in range(12):
            model = LanguageModel(
                organisation=organisation, parent=family, name="M", slug=f"m{n}-{m}", position=m + 1
            )
            rows += [model, Resource(model=model, title="Paper", url=URL, position=1)]
    recording.create_many(rows)


def test_a_whole_import_is_undone_in_bulk_and_its_snapshot_stays(cast):
    edit(lambda r: r.update(cast.t5, note="a"))
    before = everything()
    change_set = edit(big_import)
    assert change_set.changes.count() == 1 + 5 * (2 + 24)
    after = everything()
    undone = []
    assert queries(lambda: undone.append(undo(change_set))) < 35
    assert everything() == before
    assert Snapshot.objects.get() == change_set.snapshot
    assert undone[0].snapshot is None
    undo(undone[0])
    assert everything() == after


def test_an_edit_to_other_fields_since_is_kept(cast):
    change_set = edit(lambda r: r.update(cast.t5, note="a"))
    edit(lambda r: r.update(cast.t5, status="old"))
    undo(change_set)
    cast.t5.refresh_from_db()
    assert (cast.t5.note, cast.t5.status) == ("", "old")


def test_what_somebody_deleted_since_needs_no_removing(cast):
    mt5 = new(cast, "mT5")
    change_set = edit(lambda r: r.create(mt5), lambda r: r.update(cast.t5, note="a"))
    edit(lambda r: r.delete(mt5))
    undo(change_set)
    assert LanguageModel.objects.get(pk=cast.t5.pk).note == ""


def test_undoing_a_creation_twice_changes_nothing(cast):
    change_set = edit(lambda r: r.create(new(cast, "mT5")))
    undo(change_set)
    assert changes.undo(change_set, who="Li") == changes.UndoReport(None, 0, ())


# Orders.


def letters(cast, names="ABCD"):
    family = language_model("Letters", organisation=cast.google)
    return family, {n: language_model(n, parent=family) for n in names}


def put_in_front(cast, family):
    zero = new(cast, "0", parent=family)
    edit(lambda r: r.create(zero), lambda r: r.place(zero))


def test_undo_of_a_newcomer_whose_siblings_were_numbered_again_since(cast):
    family, rows = letters(cast)
    change_set = edit(lambda r: r.create(new(cast, "A2", parent=family)))
    edit(lambda r: r.create(new(cast, "B2", parent=family)))
    undo(change_set)
    assert children(family) == ["A", "B", "B2", "C", "D"]
    assert rows["A"].position == 1


def test_undo_of_a_newcomer_whose_siblings_left_or_were_deleted_since(cast):
    family, rows = letters(cast)
    change_set = edit(lambda r: r.create(new(cast, "A2", parent=family)))
    edit(lambda r: r.place(rows["B"], parent=cast.t5))
    edit(lambda r: r.delete(rows["C"]))
    undo(change_set)
    assert children(family) == ["A", "D"]
    assert children(cast.t5) == ["B", cast.t5_paper.title]


def test_undo_of_a_reordering_whose_siblings_left_or_made_room_since(cast):
    family, rows = letters(cast, "ABCDE")
    change_set = edit(lambda r: r.place(rows["E"]))
    put_in_front(cast, family)
    edit(lambda r: r.place(rows["C"], organisation=cast.google))
    undo(change_set)
    assert children(family) == ["0", "A", "B", "D", "E"]
    assert "C" in children(cast.google)


def test_undo_of_a_move_whose_new_siblings_were_numbered_again_since(cast):
    family, _ = letters(cast)
    change_set = edit(lambda r: r.place(cast.byt5, parent=family))
    put_in_front(cast, family)
    undo(change_set)
    assert children(family) == ["0", "A", "B", "C", "D"]
    assert children(cast.t5_family) == ["T5", "ByT5"]


def test_undo_of_a_deletion_that_closed_the_gap_and_was_numbered_again_since(cast):
    family, rows = letters(cast)
    change_set = edit(
        lambda r: r.delete(rows["B"]),
        lambda r: r.update_many([(rows["C"], {"position": 2}), (rows["D"], {"position": 3})]),
    )
    put_in_front(cast, family)
    undo(change_set)
    assert children(family) == ["0", "A", "B", "C", "D"]


def test_undo_of_a_reordering_in_a_branch_that_moved_to_another_organisation_since(cast):
    family, rows = letters(cast)
    change_set = edit(lambda r: r.place(rows["D"]))
    put_in_front(cast, family)
    edit(lambda r: r.place(family, organisation=cast.baidu))
    undo(change_set)
    assert children(family) == ["0", "A", "B", "C", "D"]


# Restoring.


def test_a_deleted_branch_comes_back_as_it_was(cast):
    edit(lambda r: r.update(cast.byt5, name="Byte", slug="byte"))
    before = everything()
    for row, table in ((cast.t5_family, "model"), (cast.google, "organisation")):
        edit(lambda r, row=row: r.delete(row))
        report = changes.restore(table, row.pk, who="Bo")
        assert report.problems == ()
        assert everything() == before
    assert report.change_set.who == "Bo"
    assert report.change_set.origin == "undo"
    assert report.change_set.summary == "restore Google"
    assert report.restored == 9


def test_only_the_row_and_what_was_below_it_come_back(cast):
    edit(lambda r: r.delete(cast.google), lambda r: r.delete(cast.ernie))
    changes.restore("organisation", cast.google.pk, who="Li")
    assert cast.byt5 in LanguageModel.objects.all()
    assert cast.ernie not in LanguageModel.objects.all()
    assert not Resource.objects.filter(pk=cast.ernie_code.pk).exists()


def test_what_was_deleted_before_its_parent_stays_deleted(cast):
    edit(lambda r: r.delete(cast.byt5))
    edit(lambda r: r.delete(cast.t5_family))
    assert changes.restore("model", cast.t5_family.pk, who="Li").problems == ()
    assert children(cast.t5_family) == ["T5"]
    assert changes.restore("model", cast.byt5.pk, who="Li").problems == ()
    assert children(cast.t5_family) == ["T5", "ByT5"]


def test_the_last_deletion_counts(cast):
    edit(lambda r: r.delete(cast.byt5))
    changes.restore("model", cast.byt5.pk, who="Li")
    edit(lambda r: r.update(cast.byt5, note="newer"))
    edit(lambda r: r.delete(cast.byt5))
    changes.restore("model", cast.byt5.pk, who="Li")
    assert LanguageModel.objects.get(pk=cast.byt5.pk).note == "newer"


def test_a_restoration_can_be_undone(cast):
    edit(lambda r: r.delete(cast.t5_family))
    without = everything()
    undo(changes.restore("model", cast.t5_family.pk, who="Li").change_set)
    assert everything() == without


def test_a_resource_and_an_alias_are_restored_alone(cast):
    before = everything()
    edit(lambda r: r.delete(cast.t5_paper), lambda r: r.delete(cast.alias))
    changes.restore("resource", cast.t5_paper.pk, who="Li")
    changes.restore("alias", cast.alias.pk, who="Li")
    assert everything() == before

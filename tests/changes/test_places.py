import pytest

from catalog import changes
from catalog.changes import ChangeRefused
from catalog.models import Alias, LanguageModel, Organisation, Resource
from tests.changes.memory import children, edit, everything, told, undo
from tests.factories import language_model, organisation, resource, small_catalog

pytestmark = pytest.mark.django_db

URL = "https://example.org/"


@pytest.fixture
def cast():
    return small_catalog()


@pytest.fixture
def letters():
    """An organisation with the models B, C, D and E, whose ids rise in another order."""
    owner = organisation("Letters")
    rows = {
        name: language_model(name, organisation=owner, position=position)
        for name, position in (("C", 2), ("B", 1), ("E", 4), ("D", 3))
    }
    return owner, rows


def numbers(owner):
    models = LanguageModel.objects.filter(organisation=owner, parent=None)
    return dict(models.order_by("position").values_list("name", "position"))


# All at once.


def test_all_siblings_are_arranged_at_once_and_share_the_numbers_that_they_had(letters):
    owner, rows = letters
    link = resource("site", organisation=owner, position=7)
    order = [rows["E"], link, rows["B"], rows["D"], rows["C"]]
    change_set = edit(lambda r: r.arrange(order))
    assert numbers(owner) == {"E": 1, "B": 3, "D": 4, "C": 7}
    undo(change_set)
    assert children(owner) == ["B", "C", "D", "E", "site"]


def test_arranging_less_than_all_or_more_than_one_parents_children_is_refused(letters, cast):
    owner, rows = letters
    for some in (list(rows.values())[:3], [*rows.values(), cast.ernie], [cast.t5, cast.ernie]):
        with pytest.raises(ChangeRefused, match="not all that stand there"):
            edit(lambda r, some=some: r.arrange(some))
    assert children(owner) == ["B", "C", "D", "E"]


def test_whom_a_newcomer_would_stand_after_is_known_before(letters):
    owner, rows = letters
    for name, neighbour in (("C2", rows["C"]), ("A", None), ("Z", rows["E"])):
        assert changes.natural_neighbour(LanguageModel(organisation=owner, name=name)) == neighbour
        new = LanguageModel(organisation=owner, name=name)
        edit(lambda r, new=new: r.create(new))
        order = children(owner)
        before = order[: order.index(name)]
        assert before[-1:] == ([neighbour.name] if neighbour else [])
        new.delete()


# Newcomers.


def test_a_newcomer_gets_the_natural_place_among_its_siblings(letters):
    owner, _ = letters
    edit(lambda r: r.create(LanguageModel(organisation=owner, name="C2", slug="c2")))
    assert children(owner) == ["B", "C", "C2", "D", "E"]


def test_a_newcomer_that_knows_its_place_keeps_it(letters):
    owner, _ = letters
    edit(lambda r: r.create(LanguageModel(organisation=owner, name="A", slug="a", position=9)))
    assert numbers(owner)["A"] == 9


def test_only_those_behind_a_newcomer_make_room_and_no_more_than_they_must(letters):
    owner, rows = letters
    LanguageModel.objects.filter(pk=rows["E"].pk).update(position=7)
    new = LanguageModel(organisation=owner, name="C2", slug="c2")
    change_set = edit(lambda r: r.create(new))
    assert numbers(owner) == {"B": 1, "C": 2, "C2": 3, "D": 4, "E": 7}
    assert [action for action, *_ in told(change_set)] == ["update", "create"]


def test_a_resource_comes_after_the_last_resource_and_before_the_models(cast):
    models_only = resource("First", model=cast.t5_family, position=0)
    Resource.objects.all().delete()
    for title in ("First", "Second"):
        edit(lambda r, t=title: r.create(Resource(model=cast.t5_family, title=t, url=URL)))
    assert children(cast.t5_family) == ["First", "Second", "T5", "ByT5"]
    assert models_only.title == "First"


def test_an_organisation_gets_its_place_in_the_list(cast):
    for name in ("Huawei", "Amazon"):
        edit(lambda r, n=name: r.create(Organisation(name=n, slug=n.lower())))
    # Two are no order, so Huawei came last; Google, Baidu, Huawei are none either.
    names = [row.name for row in Organisation.objects.in_tree_order()]
    assert names == ["Google", "Baidu", "Huawei", "Amazon"]


def test_many_newcomers_of_several_parents_get_their_places_at_once(letters, cast):
    owner, _ = letters
    new = [
        LanguageModel(organisation=parent, name=name, slug=f"new-{name}-{parent.pk}".lower())
        for parent in (owner, cast.baidu)
        for name in ("F", "A", "B2")
    ]
    edit(lambda r: r.create_many(new))
    assert children(owner) == ["A", "B", "B2", "C", "D", "E", "F"]
    assert children(cast.baidu) == ["ERNIE", "Wenxin", "F", "A", "B2"]


def test_the_children_of_new_parents_are_numbered_for_each_parent(cast):
    families = [LanguageModel(organisation=cast.baidu, name=n, slug=n) for n in ("x", "y")]
    below = [
        LanguageModel(organisation=cast.baidu, parent=family, name="Z", slug=f"z-{family.slug}")
        for family in families
    ]
    edit(lambda r: r.create_many([*below, *families]))
    assert [row.position for row in below] == [1, 1]


# Among siblings.


@pytest.mark.parametrize(
    ("name", "after", "order"),
    [
        ("E", None, "EBCD"),
        ("B", "E", "CDEB"),
        ("B", "C", "CBDE"),
        ("D", "B", "BDCE"),
        ("C", "B", "BCDE"),
    ],
)
def test_a_row_goes_first_or_directly_behind_a_sibling(name, after, order, letters):
    owner, rows = letters
    edit(lambda r: r.place(rows[name], after=rows[after] if after else None))
    assert children(owner) == list(order)
    assert rows[name].position == numbers(owner)[name]


def test_who_stands_where_it_should_is_not_written(letters):
    _, rows = letters
    assert edit(lambda r: r.place(rows["C"], after=rows["B"])) is None


def test_siblings_that_change_places_share_the_numbers_that_they_had(letters):
    owner, rows = letters
    edit(lambda r: r.delete(rows["C"]))
    edit(lambda r: r.place(rows["E"], after=rows["B"]))
    assert numbers(owner) == {"B": 1, "E": 3, "D": 4}


def test_models_and_resources_are_siblings(cast):
    home = resource("Home", organisation=cast.baidu)
    edit(lambda r: r.place(home, after=cast.ernie))
    assert children(cast.baidu) == ["ERNIE", "Home", "Wenxin"]
    edit(lambda r: r.place(cast.draft, after=home), lambda r: r.place(cast.ernie, after=home))
    assert children(cast.baidu) == ["Home", "ERNIE", "Wenxin"]


def test_organisations_change_places(cast):
    edit(lambda r: r.place(cast.baidu))
    assert list(Organisation.objects.in_tree_order()) == [cast.baidu, cast.google]


def test_equal_numbers_are_told_apart_by_the_next_placing(letters):
    owner, rows = letters
    LanguageModel.objects.filter(organisation=owner).update(position=1)
    assert children(owner) == ["C", "B", "E", "D"]
    edit(lambda r: r.place(rows["D"], after=rows["C"]))
    assert children(owner) == ["C", "D", "B", "E"]
    assert sorted(numbers(owner).values()) == [1, 2, 3, 4]


@pytest.mark.parametrize("after", ["ernie", "t5_family", "t5_paper", "byt5"])
def test_behind_a_row_that_is_no_sibling_is_refused(after, cast):
    before = everything()
    with pytest.raises(ChangeRefused, match="which is none of its siblings there"):
        edit(lambda r: r.place(cast.byt5, after=getattr(cast, after)))
    assert everything() == before


# Below another parent.


def test_a_model_moves_below_another(cast):
    edit(lambda r: r.place(cast.byt5, parent=cast.t5, after=cast.t5_paper))
    assert children(cast.t5) == ["Exploring the Limits of Transfer Learning", "ByT5"]
    assert children(cast.t5_family) == ["T5"]
    assert (cast.byt5.parent, cast.byt5.organisation) == (cast.t5, cast.google)


def test_a_model_moves_to_the_top_of_its_organisation(cast):
    edit(lambda r: r.place(cast.byt5, organisation=cast.google, after=cast.t5_family))
    assert children(cast.google) == ["T5 family", "ByT5"]


def test_a_branch_moves_to_another_organisation_as_a_whole(cast):
    language_model("mT5", parent=cast.t5)
    aside = language_model("BERT", organisation=cast.google)
    edit(lambda r: r.place(cast.t5_family, organisation=cast.baidu, after=cast.ernie))
    assert children(cast.baidu) == ["ERNIE", "T5 family", "Wenxin"]
    branch = LanguageModel.objects.filter(name__in=["T5 family", "T5", "mT5", "ByT5"])
    assert set(branch.values_list("organisation", flat=True)) == {cast.baidu.pk}
    assert list(LanguageModel.objects.filter(organisation=cast.google)) == [aside]
    assert children(cast.t5_family) == ["T5", "ByT5"]


def test_a_branch_moves_below_a_model_of_another_organisation(cast):
    edit(lambda r: r.place(cast.t5_family, parent=cast.ernie, after=cast.ernie_code))
    assert children(cast.ernie) == ["github repo", "T5 family"]
    assert LanguageModel.objects.get(pk=cast.t5.pk).organisation == cast.baidu


def test_a_move_is_told_with_owner_and_position_of_each_row_that_moved(cast):
    change_set = edit(lambda r: r.place(cast.t5, parent=cast.byt5))
    assert told(change_set) == [
        ("update", "model", {"parent_id": cast.t5_family.pk}, {"parent_id": cast.byt5.pk})
    ]


def test_those_in_front_of_a_row_that_arrives_keep_their_numbers(cast):
    last = language_model("Last", organisation=cast.baidu, position=7)
    change_set = edit(lambda r: r.place(cast.t5, organisation=cast.baidu, after=cast.draft))
    assert numbers(cast.baidu) == {"ERNIE": 1, "Wenxin": 2, "T5": 3, "Last": 7}
    assert change_set.changes.get().object_id == cast.t5.pk
    change_set = edit(lambda r: r.place(last, parent=cast.t5_family))  # where 1 is free now
    assert last.position == 1
    assert change_set.changes.get().object_id == last.pk


def test_a_bad_move_is_refused_where_it_is_asked_for(cast):
    with changes.record(who="Li", origin="admin") as recording:
        with pytest.raises(ChangeRefused, match="would stand below itself"):
            recording.place(cast.t5_family, parent=cast.t5)
        recording.place(cast.t5_family, organisation=cast.google)


def test_a_resource_moves_to_another_owner(cast):
    edit(lambda r: r.place(cast.t5_paper, parent=cast.ernie, after=cast.ernie_code))
    assert children(cast.ernie) == ["github repo", cast.t5_paper.title]
    edit(lambda r: r.place(cast.t5_paper, organisation=cast.google))
    assert children(cast.google) == [cast.t5_paper.title, "T5 family"]
    assert (cast.t5_paper.model_id, cast.t5_paper.organisation) == (None, cast.google)


@pytest.mark.parametrize("row", ["byt5", "t5_paper"])
def test_parent_and_organisation_must_belong_together(row, cast):
    with pytest.raises(ChangeRefused, match="“ERNIE” belongs to Baidu, not to Google"):
        edit(lambda r: r.place(getattr(cast, row), organisation=cast.google, parent=cast.ernie))
    edit(lambda r: r.place(getattr(cast, row), organisation=cast.baidu, parent=cast.ernie))


def test_nothing_moves_below_what_is_gone(cast):
    edit(lambda r: r.delete(cast.ernie), lambda r: r.delete(cast.baidu))
    for row in (cast.byt5, cast.t5_paper):
        with pytest.raises(ChangeRefused, match="The model “ERNIE” is gone"):
            edit(lambda r, row=row: r.place(row, parent=cast.ernie))
        with pytest.raises(ChangeRefused, match="The organisation “Baidu” is gone"):
            edit(lambda r, row=row: r.place(row, organisation=cast.baidu))
    with pytest.raises(ChangeRefused, match="The model “ERNIE” is gone"):
        edit(lambda r: r.place(cast.ernie))


def test_an_organisation_stands_below_nothing(cast):
    with pytest.raises(TypeError, match="below nothing"):
        edit(lambda r: r.place(cast.baidu, organisation=cast.google))


# Gaps.


def test_what_was_deleted_comes_back_between_its_neighbours_though_others_came(letters):
    owner, rows = letters
    edit(lambda r: r.delete(rows["D"]))
    for name in ("C2", "F"):
        edit(lambda r, n=name: r.create(LanguageModel(organisation=owner, name=n, slug=n.lower())))
    assert numbers(owner) == {"B": 1, "C": 2, "C2": 3, "E": 4, "F": 5}
    assert changes.restore("model", rows["D"].pk, who="Li").problems == ()
    assert [name for name in children(owner) if name != "C2"] == list("BCDEF")


def test_what_moved_away_comes_back_to_its_place(letters, cast):
    owner, rows = letters
    change_set = edit(lambda r: r.place(rows["C"], organisation=cast.baidu))
    edit(lambda r: r.place(rows["E"], after=rows["B"]))
    undo(change_set)
    assert children(owner) == ["B", "C", "E", "D"]
    assert children(cast.baidu) == ["ERNIE", "Wenxin"]


# Branches.


def test_a_branch_is_a_row_and_everything_below_it(cast):
    home = resource("Home", organisation=cast.google)
    alias = Alias.objects.create(model=cast.byt5, name="Byte")
    family = {cast.t5_family, cast.t5, cast.byt5, cast.t5_paper, alias}
    assert set(changes.branch_of(cast.t5_family)) == family
    assert set(changes.branch_of(cast.google)) == family | {cast.google, home}
    assert changes.branch_of(cast.t5_paper) == [cast.t5_paper]

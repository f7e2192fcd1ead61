import pytest

from catalog.changes import ChangeRefused
from catalog.models import Alias, LanguageModel, Organisation, Resource
from tests.changes.memory import edit, everything
from tests.factories import language_model, organisation, resource, small_catalog

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return small_catalog()


# Values.


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (Organisation(name="", slug="x"), "The organisation “”, name: This field cannot be blank"),
        (Organisation(name="a\nb", slug="x"), "name: It is written over several lines"),
        (Organisation(name="X" * 301, slug="x"), "XXX…”, name: Ensure this value has at most 300"),
        (Organisation(name="X", slug="ä b"), "slug: Enter a valid “slug”"),
        (Resource(title="X", url="ftp://x"), "URL: “ftp://x” is not a web address"),
        (Resource(title="X", url="http://x", kind="horse"), "kind: There is no kind “horse”"),
        (Alias(name="X", kind="nickname"), "kind: Value 'nickname' is not a valid choice"),
    ],
)
def test_values_that_a_form_would_refuse_are_refused(row, sentence, cast):
    if not isinstance(row, Organisation):
        row.model = cast.t5
    before = everything()
    with pytest.raises(ChangeRefused) as caught:
        edit(lambda r: r.create(row))
    assert sentence in str(caught.value)
    assert everything() == before


def test_new_values_of_old_rows_are_checked_too(cast):
    with pytest.raises(ChangeRefused, match="The model “T5”, released: “May” is not a date"):
        edit(lambda r: r.update(cast.t5, released="May"))
    with pytest.raises(ChangeRefused, match="“T5”, context length: “many” value must be an int"):
        edit(lambda r: r.update(cast.t5, context_length="many"))


def test_every_bad_value_gets_its_sentence(cast):
    with pytest.raises(ChangeRefused) as caught:
        edit(lambda r: r.update_many([(cast.t5, {"name": ""}), (cast.ernie, {"released": "?"})]))
    assert "The model “T5”, name" in str(caught.value)
    assert "The model “ERNIE”, released" in str(caught.value)


# Trees.


def chain(length: int, parent: LanguageModel) -> LanguageModel:
    """So many models, each below the one before it; the last one."""
    for n in range(length):
        parent = language_model(f"Level {n}", parent=parent, slug=f"level-{parent.pk}-{n}")
    return parent


def test_a_list_goes_32_levels_deep(cast):
    deepest = chain(30, cast.t5_family)  # which is level 1
    last = LanguageModel(organisation=cast.google, parent=deepest, name="Last", slug="last")
    edit(lambda r: r.create(last))
    with pytest.raises(ChangeRefused, match="The model “Too” would stand on level 33"):
        edit(
            lambda r: r.create(
                LanguageModel(organisation=cast.google, parent=last, name="Too", slug="too")
            )
        )


def test_a_branch_that_moves_takes_its_depth_along(cast):
    deepest = chain(30, cast.t5_family)
    family = language_model("Family", organisation=cast.google)
    language_model("Member", parent=family)
    with pytest.raises(ChangeRefused, match="The model “Member” would stand on level 33"):
        edit(lambda r: r.place(family, parent=deepest))


@pytest.mark.parametrize("write", ["place", "update"])
def test_a_model_does_not_stand_below_itself(write, cast):
    below = language_model("Below", parent=cast.t5)
    for parent in (cast.t5, below):
        with pytest.raises(ChangeRefused, match="would stand below itself"):
            edit(lambda r, p=parent: getattr(r, write)(cast.t5_family, parent=p))


def test_a_parent_belongs_to_the_same_organisation(cast):
    sentence = "The model “T5” would stand below “ERNIE”, a model of another organisation"
    with pytest.raises(ChangeRefused, match=sentence):
        edit(lambda r: r.update(cast.t5, parent=cast.ernie))
    with pytest.raises(ChangeRefused, match="“X” would stand below “ERNIE”"):
        edit(
            lambda r: r.create(
                LanguageModel(organisation=cast.google, parent=cast.ernie, name="X", slug="x")
            )
        )


def test_a_family_does_not_leave_its_models_in_another_organisation(cast):
    with pytest.raises(ChangeRefused, match="would stand below “T5 family”, a model of another"):
        edit(lambda r: r.update(cast.t5_family, organisation=cast.baidu))


def test_a_whole_branch_may_move_by_update_too(cast):
    branch = (cast.t5_family, cast.t5, cast.byt5)
    edit(lambda r: r.update_many((model, {"organisation": cast.baidu}) for model in branch))
    assert LanguageModel.objects.filter(organisation=cast.baidu).count() == 5


def test_a_parent_that_is_gone_is_refused(cast):
    gone = language_model("Gone", organisation=cast.google)
    edit(lambda r: r.delete(gone))
    with pytest.raises(ChangeRefused, match=f"a model that is gone .number {gone.pk}."):
        edit(lambda r: r.update(cast.t5, parent_id=gone.pk))


def test_what_is_wrong_in_between_may_be_right_in_the_end(cast):
    edit(
        lambda r: r.update(cast.t5_family, parent=cast.t5),  # a loop, for one line
        lambda r: r.update(cast.t5, parent=None),
    )
    assert LanguageModel.objects.get(pk=cast.t5_family.pk).parent == cast.t5


def test_other_organisations_are_none_of_the_business(cast):
    LanguageModel.objects.filter(pk=cast.ernie.pk).update(parent=cast.t5)  # wrong, in a shell
    edit(lambda r: r.update(cast.t5, parent=None))
    organisation("Other")


# What the database holds.


def test_what_the_database_refuses_is_told_by_its_rule(cast):
    resource("", model=cast.t5, url="https://a.org")
    before = everything()
    own = Resource(model=cast.t5, url="https://b.org")
    with pytest.raises(ChangeRefused, match=r"^The model has this own link already\.$"):
        edit(lambda r: r.create(own))
    with pytest.raises(ChangeRefused, match=r"^It must belong to an organisation or to a model, "):
        edit(lambda r: r.create(Alias(name="T-5")))
    with pytest.raises(ChangeRefused, match=r"^It cannot be its own parent: choose another"):
        edit(lambda r: r.update(cast.t5, parent=cast.t5))
    assert everything() == before


def test_two_that_refuse_each_other_are_told_by_the_rule_as_well(cast):
    twice = [Alias(model=cast.t5, name="T-5"), Alias(model=cast.t5, name="T-5")]
    with pytest.raises(ChangeRefused, match=r"^The model has this name already\.$"):
        edit(lambda r: r.create_many(twice))


def test_a_refusal_that_no_rule_explains_is_told_with_what_the_database_says(cast):
    with pytest.raises(ChangeRefused, match=r"(?s)one takes what another needs: .*\(.*kind.*\)$"):
        edit(lambda r: LanguageModel.objects.filter(pk=cast.t5.pk).update(kind=None))

import pytest

from catalog import changes
from catalog.changes import ChangeRefused, slugs_in_use
from catalog.models import Alias, LanguageModel, Organisation
from tests.changes.memory import edit, queries, told, undo
from tests.factories import language_model, organisation, small_catalog

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return small_catalog()


def aliases(owner):
    return sorted(owner.aliases.values_list("kind", "name"))


# Former names.


def test_a_renamed_record_is_still_found_by_its_old_name_and_slug(cast):
    edit(lambda r: r.update(cast.t5, name="T5 1.1", slug="t5-1-1"))
    edit(lambda r: r.update(cast.google, name="Alphabet"))
    assert aliases(cast.t5) == [("former_name", "T5"), ("former_slug", "t5")]
    assert aliases(cast.google) == [("former_name", "Google")]


def test_the_alias_is_told_with_the_renaming(cast):
    change_set = edit(lambda r: r.update(cast.t5, name="T5 1.1"))
    assert [(action, table) for action, table, *_ in told(change_set)] == [
        ("update", "model"),
        ("create", "alias"),
    ]


def test_a_record_that_gets_its_old_name_back_has_it_no_longer_as_a_former_one(cast):
    for name, slug in (("A", "a"), ("B", "b"), ("A", "a")):
        edit(lambda r, name=name, slug=slug: r.update(cast.t5, name=name, slug=slug))
    assert aliases(cast.t5) == [
        ("former_name", "B"),
        ("former_name", "T5"),
        ("former_slug", "b"),
        ("former_slug", "t5"),
    ]


def test_a_former_name_is_kept_once(cast):
    Alias.objects.create(model=cast.t5, name="T5", kind="former_name")
    edit(lambda r: r.update(cast.t5, name="T5 1.1"))
    assert aliases(cast.t5) == [("former_name", "T5")]


def test_what_curators_call_it_is_left_alone(cast):
    Alias.objects.create(organisation=cast.baidu, name="百度")
    edit(lambda r: r.update(cast.baidu, name="百度"))
    edit(lambda r: r.update(cast.baidu, name="Baidu"))
    assert aliases(cast.baidu) == [("former_name", "百度"), ("other_name", "百度")]


def test_what_a_draft_was_called_stays_unknown(cast):
    below = language_model("Tiny Wenxin", parent=cast.draft)
    edit(lambda r: r.update(cast.draft, name="ERNIE Bot", slug="ernie-bot", is_published=True))
    edit(lambda r: r.update(cast.ernie, is_published=False))
    edit(lambda r: r.update(cast.ernie, name="ERNIE 0"))
    edit(lambda r: r.update(cast.draft, is_published=False))
    edit(lambda r: r.update(below, name="Small Wenxin"))
    edit(lambda r: r.update(cast.google, is_published=False))
    edit(lambda r: (r.update(cast.google, name="G"), r.update(cast.t5, name="T")))
    assert not Alias.objects.exists()


def test_other_fields_leave_no_former_name(cast):
    edit(lambda r: r.update(cast.t5, note="a", kind="family"))
    assert not Alias.objects.exists()


# Slugs.


def new(cast, slug, **fields):
    return LanguageModel(**{"organisation": cast.google, "name": "New", "slug": slug} | fields)


def test_a_slug_in_use_is_refused(cast):
    sentence = "The model “New” cannot have the slug “t5”: it belongs, or once belonged, to another"
    with pytest.raises(ChangeRefused, match=sentence):
        edit(lambda r: r.create(new(cast, "t5")))
    with pytest.raises(ChangeRefused, match="“ByT5” cannot have the slug “t5”"):
        edit(lambda r: r.update(cast.byt5, slug="t5"))


def test_two_newcomers_do_not_share_a_slug(cast):
    with pytest.raises(ChangeRefused, match="cannot have the slug “new”"):
        edit(lambda r: r.create_many([new(cast, "new"), new(cast, "new", name="Other")]))


def test_a_newcomer_without_a_slug_gets_none_that_another_newcomer_brings(cast):
    brings, gets = new(cast, "gpt", name="Brings"), new(cast, "", name="GPT")
    edit(lambda r: r.create_many([gets, brings]))
    assert brings.slug == "gpt"
    assert gets.slug == "gpt-google"


def test_an_organisation_and_a_model_may_share_a_slug(cast):
    edit(lambda r: r.create(new(cast, "google")))


def test_a_former_slug_is_given_to_no_other_record_and_may_go_back(cast):
    edit(lambda r: r.update(cast.t5, slug="t5-1-1"))
    with pytest.raises(ChangeRefused, match="cannot have the slug “t5”"):
        edit(lambda r: r.create(new(cast, "t5")))
    edit(lambda r: r.update(cast.t5, slug="t5"))
    assert aliases(cast.t5) == [("former_slug", "t5-1-1")]


def test_the_slug_of_the_dead_is_given_to_no_other_record(cast):
    edit(lambda r: r.update(cast.byt5, slug="byte-t5"))
    edit(lambda r: r.delete(cast.google))
    for slug in ("t5", "byt5", "byte-t5"):
        with pytest.raises(ChangeRefused, match=f"cannot have the slug “{slug}”"):
            edit(lambda r, s=slug: r.create(new(cast, s, organisation=cast.baidu)))
    with pytest.raises(ChangeRefused, match="The organisation “New” cannot have the slug “google”"):
        edit(lambda r: r.create(Organisation(name="New", slug="google")))


def test_a_slug_stays_taken_when_its_creation_or_its_giving_is_undone(cast):
    undo(edit(lambda r: r.create(new(cast, "brief"))))
    undo(edit(lambda r: r.update(cast.t5, slug="for-a-day")))
    assert not Alias.objects.exists()
    assert slugs_in_use("model")["for-a-day"] == cast.t5.pk
    for slug in ("brief", "for-a-day"):
        with pytest.raises(ChangeRefused, match=f"cannot have the slug “{slug}”"):
            edit(lambda r, s=slug: r.create(new(cast, s)))


def test_a_former_slug_entered_by_hand_is_no_other_records(cast):
    for slug in ("t5", "gone"):
        row = Alias(model=cast.byt5, name=slug, kind="former_slug")
        if slug == "gone":
            edit(lambda r: r.delete(language_model("Gone", organisation=cast.google)))
        with pytest.raises(ChangeRefused, match=f"cannot have the slug “{slug}”"):
            edit(lambda r, row=row: r.create(row))
    other = Alias(model=cast.byt5, name="t5")
    edit(lambda r: r.create(other))
    with pytest.raises(ChangeRefused, match="cannot have the slug “t5”"):
        edit(lambda r: r.update(other, kind="former_slug"))
    edit(lambda r: r.create(Alias(model=cast.byt5, name="byte-t5", kind="former_slug")))
    edit(lambda r: r.create(Alias(organisation=cast.google, name="t5", kind="former_slug")))


def test_slugs_in_use_are_those_of_the_living_the_renamed_and_the_dead(cast):
    edit(lambda r: r.update(cast.t5, slug="t5-1-1"))
    edit(lambda r: r.delete(cast.byt5))
    assert slugs_in_use("model") == {
        "t5-family": cast.t5_family.pk,
        "t5": cast.t5.pk,
        "t5-1-1": cast.t5.pk,
        "byt5": cast.byt5.pk,
        "ernie": cast.ernie.pk,
        "wenxin": cast.draft.pk,
    }
    assert slugs_in_use("organisation") == {"google": cast.google.pk, "baidu": cast.baidu.pk}


def test_slugs_in_use_can_be_asked_for_some_only(cast):
    edit(lambda r: r.delete(cast.byt5))
    asked = slugs_in_use("model", among=["byt5", "ernie", "free", "7", "null"])
    assert asked == {"byt5": cast.byt5.pk, "ernie": cast.ernie.pk}
    assert queries(lambda: slugs_in_use("model", among=["byt5"])) == 3


def test_a_big_import_is_checked_as_a_small_one(cast):
    edit(lambda r: r.delete(cast.byt5))
    many = [new(cast, f"m{n}", position=n + 9) for n in range(501)]
    with pytest.raises(ChangeRefused, match="cannot have the slug “byt5”"):
        edit(lambda r: r.create_many([*many, new(cast, "byt5")]))


def test_a_restored_record_has_its_slug_and_its_aliases_again(cast):
    edit(lambda r: r.update(cast.byt5, name="Byte T5", slug="byte-t5"))
    edit(lambda r: r.delete(cast.byt5))
    assert changes.restore("model", cast.byt5.pk, who="Li").problems == ()
    cast.byt5.refresh_from_db()
    assert cast.byt5.slug == "byte-t5"
    assert aliases(cast.byt5) == [("former_name", "ByT5"), ("former_slug", "byt5")]
    organisation("Other")

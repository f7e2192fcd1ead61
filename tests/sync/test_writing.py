"""Edits become writes, whatever moves from where to where."""

import pytest

from catalog.models import LanguageModel, ModelKind, Resource
from catalog.sync.rows import read_rows
from tests.changes.memory import edit
from tests.sync.cast import CAST, cast_taken, draft, model, taken, text_now

pytestmark = pytest.mark.django_db


def listed(text: str) -> str:
    return f"# L\n\n## Google\n\n{text}"


def both(first: str, second: str) -> None:
    """One file after the other; then the rows say what the second says."""
    taken(listed(first), allow_deletions=100)
    report = taken(listed(second), allow_deletions=100)
    assert report.is_round_trip
    assert text_now() == listed(second)


# Own links: one for each owner.


def test_an_own_link_and_a_titled_one_change_places():
    both(
        "* [M](https://a.org)\n  * [t](https://b.org)\n",
        "* [M](https://b.org)\n  * [t](https://a.org)\n",
    )
    assert Resource.objects.get(title="").url == "https://b.org"


def test_two_models_exchange_their_own_links():
    both(
        "* [M](https://a.org)\n* [N](https://b.org)\n",
        "* [M](https://b.org)\n* [N](https://a.org)\n",
    )


def test_an_own_link_gives_way_to_another_kind():
    both("* [M](https://a.org)\n", "* [M](https://github.com/a/b)\n")


def test_an_own_link_moves_up_from_a_model_that_is_removed():
    both(
        "* N\n* M\n  * M1: [M1](https://a.org)\n* O\n",
        "* N\n* [M](https://a.org)\n* O\n",
    )


def test_the_link_that_the_heading_of_an_organisation_is_goes_in_and_comes_out():
    both(
        "* M\n\n## Meta\n\n* N\n",
        "* M\n\n## [Meta](https://meta.org)\n\n* N\n",
    )
    assert str(Resource.objects.get().organisation) == "Meta"


# What moves out of a branch that is removed.


def test_a_link_moves_out_of_a_model_that_is_removed():
    taken(listed("* A\n  * [p](https://a.org)\n* B\n* C\n"))
    before = Resource.objects.get()
    taken(listed("* B\n  * [p](https://a.org)\n* C\n"))
    assert Resource.objects.get() == before
    assert Resource.objects.get().model == model("B")


def test_a_model_moves_out_of_a_family_that_is_removed():
    cast_taken()
    before = model("ByT5")
    family = (
        "* T5 family\n  * T5\n    * [Exploring the Limits](https://arxiv.org/abs/1910.10683)\n"
        "  * ByT5\n"
    )
    taken(CAST.replace(family, "* ByT5\n"))
    assert model("ByT5") == before
    assert model("ByT5").parent is None


# What moves to another owner.


def test_a_draft_follows_its_family_to_another_organisation():
    cast_taken()
    draft("mT5", below="T5 family")
    LanguageModel.objects.filter(name="mT5").update(is_published=True)
    draft("mT5-XXL", below="mT5")
    LanguageModel.objects.filter(name="mT5").update(is_published=False)
    family = (
        "* T5 family\n  * T5\n    * [Exploring the Limits](https://arxiv.org/abs/1910.10683)\n"
        "  * ByT5\n"
    )
    report = taken(CAST.replace(family, "").replace("* PLATO\n", f"* PLATO\n{family}"))
    assert report.is_round_trip
    owners = {model(name).organisation.name for name in ("T5", "mT5", "mT5-XXL")}
    assert owners == {"Baidu"}


def test_a_link_of_an_organisation_moves_below_a_model_as_the_file_says_it():
    first = "[https://g.org](https://g.org)\n\n* M\n"
    taken(listed(first))
    edit(lambda r: r.update(Resource.objects.get(), label="Search"))
    report = taken(listed("* M\n  * [https://g.org](https://g.org)\n"))
    assert report.is_round_trip
    link = Resource.objects.get()
    assert (link.model, link.title, link.label) == (model("M"), "https://g.org", "")


def test_what_a_list_cannot_say_of_an_organisations_link_survives_an_import():
    taken(listed("[site](https://g.org)\n\n* M\n"))
    edit(lambda r: r.update(Resource.objects.get(), label="Search"))
    report = taken(listed("[home](https://g.org)\n\n* M\n"))
    assert report.is_round_trip
    assert (Resource.objects.get().title, Resource.objects.get().label) == ("home", "Search")


# Guesses: made at creation.


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("* X\n", ModelKind.MODEL),
        ("* X family\n", ModelKind.FAMILY),
        ("* X系列\n", ModelKind.FAMILY),
        ("* X\n  * A\n  * B\n", ModelKind.FAMILY),
        ("* X\n  * [p](https://a.org)\n  * A\n", ModelKind.MODEL),
        ("* X\n  * F family\n    * A\n", ModelKind.TEAM),
        ("* X\n  * A\n\n> X refers to a group.\n", ModelKind.TEAM),
    ],
)
def test_the_kind_of_an_entry_is_guessed(text, kind):
    taken(listed(text))
    assert LanguageModel.objects.get(name__startswith="X").kind == kind


def test_a_link_gets_its_identifier_and_what_its_remark_says():
    remark = "(Non-offical implementation)"
    taken(
        listed(f"* M\n  * [p](https://arxiv.org/abs/1910.10683)\n  * [c](https://c.org) {remark}\n")
    )
    paper, code = Resource.objects.order_by("pk")
    assert (paper.identifier, paper.is_official) == ("arxiv:1910.10683", True)
    assert (code.identifier, code.is_official) == ("", False)


def test_an_identifier_follows_its_address_unless_a_curator_chose_it():
    old = "* M\n  * [p](https://arxiv.org/abs/1910.10683)\n  * [q](https://q.org/1.pdf)\n"
    taken(listed(old))
    edit(lambda r: r.update(Resource.objects.get(title="q"), identifier="doi:10.1/q"))
    taken(listed(old.replace("10683", "10684").replace("1.pdf", "2.pdf")))
    assert list(Resource.objects.order_by("pk").values_list("identifier", flat=True)) == [
        "arxiv:1910.10684",
        "doi:10.1/q",
    ]


def test_positions_that_are_right_are_left_alone():
    cast_taken()
    before = dict(LanguageModel.objects.values_list("pk", "position"))
    taken(CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n"))
    after = dict(LanguageModel.objects.filter(pk__in=before).values_list("pk", "position"))
    assert after == before
    assert [entry.name for entry in read_rows().meaning.entries()][-1] == "Wenxin"


def test_positions_that_are_alike_stay_so_where_no_order_changes():
    cast_taken()
    LanguageModel.objects.update(position=7)
    taken(CAST.replace("* PLATO\n", "* PLATO\n  > A note.\n"))
    assert set(LanguageModel.objects.values_list("position", flat=True)) == {7}

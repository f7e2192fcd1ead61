"""A record among its relatives."""

import pytest

from catalog.listing.branches import path_to
from catalog.listing.kin import MOST_SIBLINGS, Kin, kin_of
from catalog.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.small_catalog()


def kin(model) -> Kin:
    [organisation] = Organisation.objects.filter(pk=model.organisation_id).as_tree()
    return kin_of(path_to(organisation, model.slug))


def told(kin: Kin) -> list:
    return [
        (relative.name, told(relative.below)) if relative.below else relative.name
        for relative in kin.shown
    ]


def current(kin: Kin) -> list[str]:
    found = []
    for relative in kin.shown:
        found += [relative.name] if relative.is_current else []
        found += current(relative.below) if relative.below else []
    return found


def test_a_member_sees_its_family(cast):
    assert told(kin(cast.byt5)) == [("T5 family", ["T5", "ByT5"])]
    assert current(kin(cast.byt5)) == ["ByT5"]


def test_a_model_right_below_its_organisation_sees_what_else_is_there(cast):
    factories.language_model("PaLM", organisation=cast.google)
    assert told(kin(cast.t5_family)) == ["T5 family", "PaLM"]
    assert current(kin(cast.t5_family)) == ["T5 family"]


def test_only_what_lies_on_the_path_is_opened(cast):
    team = factories.language_model("Brain", organisation=cast.google, kind="team")
    family = factories.language_model("Switch family", parent=team, kind="family")
    member = factories.language_model("Switch-C", parent=family)
    other = factories.language_model("GShard family", parent=team, kind="family")
    factories.language_model("GShard", parent=other)
    expected = [("Brain", [("Switch family", ["Switch-C"]), "GShard family"])]
    assert told(kin(member)) == expected


@pytest.mark.parametrize(("place", "first"), [(0, 0), (20, 8), (39, 16)])
def test_of_many_siblings_the_nearest_are_shown_and_the_others_counted(cast, place, first):
    models = [factories.language_model(f"M{n}", parent=cast.byt5) for n in range(40)]
    below = kin(models[place]).shown[0].below.shown[1].below
    assert [relative.name for relative in below.shown] == [
        f"M{n}" for n in range(first, first + MOST_SIBLINGS)
    ]
    assert below.hidden == 40 - MOST_SIBLINGS
    assert below.url == cast.byt5.get_absolute_url()

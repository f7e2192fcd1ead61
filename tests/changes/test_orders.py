"""Orders are put back without a query: these tests have no database."""

from catalog.changes.orders import Renumbering, put_back
from catalog.models import LanguageModel, Resource


def renumbered(now: str, *, before: str, after: str) -> list[Renumbering]:
    """Siblings by their letters, each numbered by its place in three orders ("_" is a gap)."""
    return [
        Renumbering(
            LanguageModel(pk=ord(name), name=name, position=now.index(name) + 1),
            before.index(name) + 1,
            after.index(name) + 1,
        )
        for name in before
        if name != "_"
    ]


def shown(positions) -> str:
    return "".join(row.name for row in sorted(positions, key=positions.get))


def test_numbers_that_nobody_touched_go_back_exactly():
    siblings = renumbered("C_AB", before="A_BC", after="C_AB")
    put = put_back(siblings, made_room=False)
    assert {row.name: position for row, position in put.items()} == {"A": 1, "B": 3, "C": 4}


def test_an_order_goes_back_into_the_places_that_it_has_now():
    siblings = renumbered("_C_AB", before="ABC", after="CAB")
    put = put_back(siblings, made_room=False)
    assert shown(put) == "ABC"
    assert sorted(put.values()) == [2, 4, 5]


def test_an_order_that_was_changed_again_is_lost():
    assert put_back(renumbered("CBA", before="ABC", after="CAB"), made_room=False) is None
    assert put_back(renumbered("CBA", before="ABC", after="CAB"), made_room=True) is None


def test_numbers_that_only_made_room_need_not_go_back():
    siblings = renumbered("___AB", before="AB", after="_AB")
    assert put_back(siblings, made_room=True) == {}
    assert put_back(siblings, made_room=False) is None


def test_at_equal_numbers_a_resource_comes_first_and_then_the_older_row():
    model, older = LanguageModel(pk=1, position=3), LanguageModel(pk=0, position=2)
    link = Resource(pk=2, position=4)
    # Before: link, older, model (all 1); since then one number was added to each.
    siblings = [Renumbering(model, 1, 2), Renumbering(link, 1, 3), Renumbering(older, 1, 1)]
    assert put_back(siblings, made_room=False) == {link: 2, older: 3, model: 4}

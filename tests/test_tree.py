import random
from dataclasses import dataclass

import pytest

from catalog import tree


@dataclass
class Row:
    id: int
    position: int = 1
    organisation_id: int | None = None
    parent_id: int | None = None
    model_id: int | None = None


def shape(branch):
    """A branch as nested tuples of ids: models as (id, children), resources as bare numbers."""
    return (
        branch.row.id,
        tuple(shape(c) if isinstance(c, tree.Branch) else c.id for c in branch.children),
    )


def test_rows_grow_into_a_tree_with_depths():
    [google] = tree.grow(
        [Row(1)],
        [Row(10, organisation_id=1), Row(11, organisation_id=1, parent_id=10)],
        [Row(100, model_id=11), Row(101, organisation_id=1, position=2)],
    )
    assert shape(google) == (1, ((10, ((11, (100,)),)), 101))
    family = google.children[0]
    assert (google.depth, family.depth, family.children[0].depth) == (0, 1, 2)


def test_models_and_resources_of_a_parent_share_one_order():
    [branch] = tree.grow(
        [Row(1)],
        [Row(7, position=2, organisation_id=1)],
        [Row(8, position=1, organisation_id=1), Row(6, position=3, organisation_id=1)],
    )
    assert shape(branch) == (1, (8, (7, ()), 6))


def test_at_equal_positions_a_resource_comes_first_and_then_the_older_row():
    [branch] = tree.grow(
        [Row(1)],
        [Row(5, organisation_id=1), Row(2, organisation_id=1)],
        [Row(9, organisation_id=1), Row(8, organisation_id=1)],
    )
    assert shape(branch) == (1, (8, 9, (2, ()), (5, ())))


def test_organisations_stand_in_their_order():
    grown = tree.grow([Row(1, position=3), Row(3, position=1), Row(2, position=3)], [], [])
    assert [branch.row.id for branch in grown] == [3, 1, 2]


def test_what_stands_below_a_missing_parent_is_left_out():
    models = [Row(11, organisation_id=1, parent_id=10), Row(12, organisation_id=1, parent_id=11)]
    assert [shape(b) for b in tree.grow([Row(1)], models, [Row(5, model_id=12)])] == [(1, ())]
    assert tree.grow([], [Row(10, organisation_id=1)], []) == []


def test_a_loop_stands_below_nothing():
    models = [
        Row(1, organisation_id=1, parent_id=2),
        Row(2, organisation_id=1, parent_id=1),
        Row(3, organisation_id=1),
    ]
    assert [shape(b) for b in tree.grow([Row(1)], models, [])] == [(1, ((3, ()),))]


def test_a_chain_of_any_length_grows():
    models = [Row(n, organisation_id=1, parent_id=n - 1 or None) for n in range(1, 5001)]
    branch = tree.grow([Row(1)], models, [])[0]
    for _ in range(5000):
        [branch] = branch.children
    assert (branch.row.id, branch.depth) == (5000, 5000)


def test_each_row_is_looked_at_a_fixed_number_of_times():
    class Counted(Row):
        looks = 0

        def __getattribute__(self, name):
            Counted.looks += 1
            return super().__getattribute__(name)

    def looks(count):
        above = [None, *range(1, count)]  # one chain; with every second row a sibling elsewhere
        models = [
            Counted(n, n % 7, organisation_id=1, parent_id=above[n - 1] if n % 2 else None)
            for n in range(1, count + 1)
        ]
        resources = [Counted(n, n % 3, model_id=n) for n in range(1, count + 1)]
        Counted.looks = 0
        tree.grow([Row(1)], models, resources)
        return Counted.looks

    assert looks(2_000) == 10 * looks(200)


def test_in_order_interleaves_one_parents_children():
    models, resources = [Row(1, position=2), Row(2, position=1)], [Row(1, position=2)]
    assert tree.in_order(models, resources) == [models[1], resources[0], models[0]]


def test_a_loop_is_found_and_named():
    assert set(tree.find_loop({1: None, 2: 3, 3: 4, 4: 2, 5: 2})) == {2, 3, 4}
    assert tree.find_loop({1: 1}) == (1,)


def test_without_a_loop_none_is_found():
    assert tree.find_loop({}) == ()
    assert tree.find_loop({1: None, 2: 1, 3: 1, 4: 3}) == ()
    assert tree.find_loop({n: n - 1 for n in range(1, 100_000)}) == ()


def test_depths_count_from_one_at_the_top():
    assert tree.depths({3: 2, 2: 1, 1: None, 4: 1}) == {1: 1, 2: 2, 3: 3, 4: 2}


def test_depths_refuse_a_loop():
    with pytest.raises(ValueError, match="below itself"):
        tree.depths({1: 2, 2: 1})


ALPHABETICAL = ["Alibaba", "Baidu", "Google", "Huawei"]


@pytest.mark.parametrize(
    ("new", "index"), [("AI21", 0), ("Amazon", 1), ("DeepMind", 2), ("google", 3), ("Z", 4)]
)
def test_an_alphabetical_list_stays_so(new, index):
    assert tree.place_among(ALPHABETICAL, new) == index


def test_case_brackets_and_markdown_do_not_count_in_the_alphabet():
    names = ["**a**pple", "[Banana](https://b.example)", "_cherry_"]
    assert tree.place_among(names, "BLUEBERRY") == 2
    assert tree.place_among(["GPT", "GPT-2", "GPT_4"], "gpt 3") == 2


def test_one_stray_in_ten_pairs_is_forgiven_and_does_not_mislead():
    names = ["a", "z", *"bcdefghijk"]
    assert tree.place_among(names, "g2") == names.index("g") + 1


def test_two_strays_in_ten_pairs_are_no_alphabet():
    names = ["a", "z", "b", "y", "c", *"defghi"]
    assert tree.place_among(names, "d2") == len(names)


def test_too_few_siblings_are_no_alphabet():
    assert tree.place_among([], "A") == 0
    assert tree.place_among(["B", "C"], "A") == 2
    assert tree.place_among(["B", "C", "D"], "A") == 0


def test_newest_first_only_if_the_dates_fall():
    names = ["T5", "BERT", "GPT"]
    falling = ["2022-05", "2020", "2018-06-11"]
    assert tree.place_among(names, "New", dates=falling, new_date="2023") == 0
    assert tree.place_among(names, "New", dates=falling, new_date="2021-01") == 1
    assert tree.place_among(names, "New", dates=falling, new_date="2017") == 3
    assert tree.place_among(names, "New", dates=falling, new_date="") == 3
    assert tree.place_among(names, "New", dates=falling[::-1], new_date="2021") == 3
    assert tree.place_among(names, "New", dates=["2022", "", "2018"], new_date="2021") == 3
    assert tree.place_among(names, "New", dates=["2020"] * 3, new_date="2021") == 3


def test_the_alphabet_decides_before_the_dates():
    dates = ["2022", "2021", "2020"]
    assert tree.place_among(["A", "B", "C"], "B2", dates=dates, new_date="2023") == 2


def test_the_place_is_always_among_the_siblings():
    chance = random.Random(7)
    for _ in range(300):
        names = [
            chance.choice("abcd[*- ") * chance.randrange(3) for _ in range(chance.randrange(15))
        ]
        assert 0 <= tree.place_among(names, chance.choice(["", "b", "-"])) <= len(names)


# Numbers for a new order.


@pytest.mark.parametrize(
    ("positions", "numbers"),
    [
        ([], []),
        ([3, 1, 2], [1, 2, 3]),
        ([2, 5, 9], [2, 5, 9]),
        ([9, 2, 5], [2, 5, 9]),
        ([0, 0], [1, 2]),
        ([2, 0, 5], [2, 3, 5]),
        ([2, 0, 3], [2, 3, 4]),
    ],
)
def test_numbers_that_are_there_are_used_again_and_gaps_stay(positions, numbers):
    assert tree.renumbered(positions) == numbers

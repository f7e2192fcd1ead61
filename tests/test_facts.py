"""What columns make of the facts that a list states."""

import pytest

from catalog.facts import columns_of, filled_by, following

DATES = [
    ("2022", "2022"),
    ("2023/05", "2023-05"),
    ("2023-5-4", "2023-05-04"),
    ("2023.05<!--11-->", "2023-05"),
    ("May 2023", "2023-05"),
    ("Mar. 2023", "2023-03"),
    ("4 May 2023", "2023-05-04"),
    ("May 4, 2023", "2023-05-04"),
    ("12th Sep., 2023", "2023-09-12"),
    ("May 1st, 2023", "2023-05-01"),
    ("2023年5月", "2023-05"),
    ("[2023/05](https://arxiv.org/abs/2305.1)", "2023-05"),
    ("2023/13", ""),
    ("2023/03, 2023/06", ""),
    ("soon", ""),
]


def test_a_date_is_understood_as_lists_write_it(subtests):
    for words, date in DATES:
        with subtests.test(words):
            assert columns_of([["released", words]]) == {"released": date}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1.3B", 1_300_000_000),
        ("340M", 340_000_000),
        ("130 亿", 13_000_000_000),
        ("7b params", 7_000_000_000),
        ("7B, 13B", None),
        ("7 - 13", None),
        ("0B", None),
        ("99999999999999T", None),
    ],
)
def test_a_size_keeps_its_words_and_has_a_number_if_it_is_one(words, number):
    said = {"parameters": words, "parameters_number": number}
    assert columns_of([["parameters", words]]) == said


@pytest.mark.parametrize(
    ("words", "tokens"),
    [("2048", 2048), ("[8,192](https://a.example)", 8192), ("32k", None), ("2048, 4096", None)],
)
def test_only_an_exact_number_of_tokens_is_a_context_length(words, tokens):
    assert columns_of([["context_length", words]]) == {"context_length": tokens}


def test_a_fact_without_a_column_fills_none():
    assert columns_of([["authors", "Li"], ["Try it", "soon"]]) == {}
    assert filled_by([["authors", "Li"], ["parameters", "7B"]]) == {
        "parameters",
        "parameters_number",
    }


def test_what_is_stated_twice_fills_its_column_with_nothing():
    assert columns_of([["status", "old"], ["status", "new"]]) == {"status": ""}


def test_a_text_that_no_column_has_room_for_stays_in_the_list():
    assert columns_of([["languages", "a" * 301]]) == {"languages": ""}


def test_a_column_follows_its_fact():
    before, after = [["released", "2023/05"]], [["released", "2023/06"]]
    assert following(before, after, {"released": "2023-05"}) == {"released": "2023-06"}
    assert following(before, [], {"released": "2023-05"}) == {"released": ""}


def test_what_a_person_wrote_into_a_column_stays():
    before, after = [["released", "2023/05"]], [["released", "2023/06"]]
    assert following(before, after, {"released": "2023-05-04"}) == {}

"""Only what somebody stated is a fact."""

import pytest

from catalog.listing import facts
from catalog.models import LanguageModel


def test_only_what_is_known_is_a_fact():
    model = LanguageModel(parameters="260B", access="limited", context_length=2048)
    assert facts.known(model) == [
        ("Parameters", "260B"),
        ("Access", "limited"),
        ("Context length", "2,048 tokens"),
    ]


def test_a_size_as_published_says_more_than_its_number():
    assert facts.known(LanguageModel(parameters_number=1_300)) == [("Parameters", "1,300")]
    both = LanguageModel(parameters="1.3k", parameters_number=1_300)
    assert facts.known(both) == [("Parameters", "1.3k")]


def test_the_unit_in_the_lists_own_title_is_shown():
    model = LanguageModel(parameters="7", facts=[["parameters", "7"]])
    assert facts.known(model, {"parameters": "Params (B)"}) == [("Parameters (B)", "7")]
    # What a person wrote there follows no column.
    assert facts.known(LanguageModel(parameters="7B"), {"parameters": "Params (B)"}) == [
        ("Parameters", "7B")
    ]


def test_the_rest_is_named_once_each():
    model = LanguageModel(parameters_number=1, weights_licence="MIT")
    assert facts.not_recorded(model) == [
        "release date", "architecture", "languages", "modality", "access", "context length",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["family", "team"])
def test_nobody_asks_a_family_or_a_team_for_its_size(kind):
    assert facts.not_recorded(LanguageModel(kind=kind)) == []


@pytest.mark.parametrize(
    ("released", "words"),
    [("2022", "2022"), ("2022-05", "May 2022"), ("2022-05-04", "4 May 2022")],
)
def test_a_date_is_as_exact_as_it_was_stated(released, words):
    assert facts.known(LanguageModel(released=released)) == [("Released", words)]


def test_what_the_list_states_is_told_in_its_words_where_no_column_has_them():
    model = LanguageModel(
        released="2023-05",
        code_licence="MIT",
        facts=[
            ["released", "2023/05"],
            ["code_licence", "MIT"],
            ["context_length", "[84k (ALiBi)](https://a.org)"],
            ["authors", "*Li, Mei*"],
        ],
    )
    assert facts.known(model) == [
        ("Released", "May 2023"),
        ("Licence", "MIT"),
        ("Context length", "84k (ALiBi)"),
        ("Authors", "Li, Mei"),
    ]
    assert "context length" not in facts.not_recorded(model)

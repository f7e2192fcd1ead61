import json

import pytest

from catalog.readme import Entry, Link, Meaning, Section, parse
from catalog.readme.meaning import is_own, name_of, walk

PAPER = Link("Paper", "https://arxiv.org/abs/1910.10683", "paper", "T5", "2019")
OWN = Link("", "https://t5.example.org", "website")
T5 = Entry("T5", "A note.", (("Params", "11B"),), (OWN, PAPER))
FAMILY = Entry("T5 family", children=(T5, Entry("ByT5")))
MEANING = Meaning("PLMs", "Models.", (Section("Google", "", (FAMILY,)), Section("IDEA", "A note.")))


def test_a_meaning_goes_through_json_and_back():
    assert Meaning.from_json(json.loads(json.dumps(MEANING.to_json()))) == MEANING


def test_json_says_only_what_is_said():
    assert Meaning(sections=(Section("Google", children=(Entry("PaLM"), PAPER)),)).to_json() == {
        "title": "",
        "introduction": "",
        "sections": [
            {
                "name": "Google",
                "children": [
                    {"name": "PaLM"},
                    {
                        "title": "Paper",
                        "url": "https://arxiv.org/abs/1910.10683",
                        "kind": "paper",
                        "label": "T5",
                        "remark": "2019",
                    },
                ],
            }
        ],
    }


def test_json_without_a_part_is_refused():
    with pytest.raises(KeyError):
        Meaning.from_json({"title": "", "sections": []})


def test_everything_is_walked_in_the_order_of_the_list():
    assert [(address, name_of(thing)) for address, thing in walk(MEANING.sections)] == [
        ((0,), "Google"),
        ((0, 0), "T5 family"),
        ((0, 0, 0), "T5"),
        ((0, 0, 0, 0), "https://t5.example.org"),
        ((0, 0, 0, 1), "Paper"),
        ((0, 0, 1), "ByT5"),
        ((1,), "IDEA"),
    ]
    assert [entry.name for entry in MEANING.entries()] == ["T5 family", "T5", "ByT5"]
    assert list(MEANING.links()) == [OWN, PAPER]


def test_only_a_link_without_a_title_is_its_owners_own():
    assert [is_own(thing) for thing in (OWN, PAPER, T5)] == [True, False, False]


def test_places_take_no_part_in_comparisons():
    near, far = parse("## A\n\n* a\n"), parse("<br/>\n\nA\n---\n\n- a\n")
    assert near.sections == far.sections
    assert near.sections[0].place != far.sections[0].place
    assert near.meaning.sections[0].place is None
    assert near.meaning.sections[0].children[0].place is None

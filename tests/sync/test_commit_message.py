"""What a commit of the changed file says."""

import pytest

from catalog.readme import Entry, Link, Meaning, Section, compare
from catalog.sync import commit_message

PAPER = Link("GLM-130B: An Open Bilingual Model", "https://arxiv.org/abs/2210.02414", "paper")
CODE = Link("github repo", "https://github.com/THUDM/GLM-130B", "code")


def glm(*children: Link) -> Entry:
    return Entry("GLM-130B", children=children)


def listed(*thudm: Entry, tencent: tuple[Entry, ...] = (Entry("Motian"),), **texts) -> Meaning:
    sections = (
        Section("THU", children=(Entry("THUDM", children=thudm),)),
        Section("Tencent", children=tencent),
    )
    return Meaning(texts.get("title", "PLMs"), texts.get("introduction", ""), sections)


def message(old: Meaning, new: Meaning) -> str:
    return commit_message(compare(old, new))


def test_nothing_needs_no_message():
    assert commit_message(()) == ""


def test_what_is_new_comes_first_and_the_list_says_the_rest():
    new = listed(glm(PAPER, CODE), tencent=(Entry("Motian (摩天)"),))
    assert message(listed(), new) == (
        "Add GLM-130B (THUDM); rename Motian\n"
        "\n"
        "- Add GLM-130B (THUDM), with 2 resources\n"
        "- Rename Motian (Tencent) to Motian (摩天)"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (listed(), listed(glm()), "Add GLM-130B (THUDM)"),
        (listed(glm()), listed(), "Remove GLM-130B (THUDM)"),
        (listed(glm()), listed(glm(PAPER, CODE)), "Add paper and code of GLM-130B (THUDM)"),
        (listed(glm(CODE)), listed(glm()), "Remove code of GLM-130B (THUDM)"),
        (listed(), listed(introduction="Hello."), "Change the introduction"),
        (listed(), Meaning("PLMs", "", (listed().sections[0],)), "Remove Tencent"),
        (
            listed(Entry("A"), Entry("B")),
            listed(Entry("B"), Entry("A")),
            "Reorder THUDM (THU)",
        ),
        (
            listed(glm(PAPER)),
            listed(tencent=(Entry("Motian"), glm(PAPER))),
            "Move GLM-130B below Tencent",
        ),
        (
            listed(tencent=(Entry("**Motian** [x](https://x.org)"),)),
            listed(tencent=()),
            "Remove Motian x (Tencent)",
        ),
    ],
)
def test_each_edit_is_said_in_the_imperative(old, new, said):
    assert message(old, new).split("\n")[0] == said


def test_what_one_line_says_whole_needs_no_list():
    assert message(listed(), listed(glm())) == "Add GLM-130B (THUDM)"


def test_many_become_their_number_in_the_lists_own_words(settings):
    settings.ENTRY_WORDS = ("data set", "data sets")
    many = tuple(Entry(f"A set of data, number {number}") for number in range(12))
    subject, blank, *body = message(listed(), listed(*many)).split("\n")
    assert (subject, blank) == ("Add 12 data sets", "")
    assert body[0] == "- Add A set of data, number 0 (THUDM)"
    assert len(body) == 12


@pytest.mark.parametrize("length", [10, 70, 71, 72, 73, 300])
def test_no_subject_is_longer_than_72_characters(length):
    new = Meaning("Other", "Hello.", listed(Entry("x" * length), tencent=()).sections)
    subject = message(listed(), new).split("\n")[0]
    assert len(subject) <= 72
    assert subject.startswith("Add x")

"""What docs/your-own-list.md says of a list is so."""

import pytest

from catalog.readme import parse
from tests.readme.lists import ROOT

PAGE = (ROOT / "docs" / "your-own-list.md").read_text(encoding="utf-8")


def test_the_example_is_read_whole():
    _, _, rest = PAGE.partition("```markdown\n")
    document = parse(rest.partition("```")[0])
    assert document.kept == ()
    assert document.title == "Awesome Text Data Sets"
    assert document.introduction == "Texts that somebody collected, cleaned and gave away."
    assert [(section.name, section.note) for section in document.sections] == [
        ("Web text", "A note on the section.")
    ]
    assert [entry.name for entry in document.meaning.entries()] == [
        "C4 family", "C4", "mC4", "The Pile",
    ]  # fmt: skip
    assert document.coverage.in_records == 3


@pytest.mark.parametrize(
    "text",
    [
        "## A\n\n| Name |\n|---|\n| [T5](https://a.org) |\n",
        "## A\n\n- [T5](https://a.org) - what it is\n",
        "## A\n\n* **T5** ([paper](https://a.org))\n",
        "## A\n\n### [T5](https://a.org)\n\nProse.\n",
    ],
    ids=["a table", "a description", "bold", "a linked heading"],
)
def test_other_forms_are_read_too(text):
    document = parse(text)
    assert [entry.name for entry in document.meaning.entries()] == ["T5"]
    assert document.coverage.in_records == 1


def test_what_stands_below_no_heading_is_kept():
    document = parse("* [name](https://a.org)\n")
    assert list(document.meaning.entries()) == []
    assert document.coverage.in_kept == 1

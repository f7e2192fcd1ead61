from dataclasses import replace

import pytest

from catalog.readme import Entry, Link, Meaning, Section, parse, render
from catalog.readme.renderer import address, badge, head_text, heading_text, item_text, link_text
from catalog.readme.style import CANON
from tests.readme.outline import meaning_of

PAPER = Link("Paper", "https://arxiv.org/abs/2204.02311", "paper")
X = Entry("X")


def test_the_canonical_text_has_title_introduction_contents_and_organisations():
    meaning = meaning_of(
        """
# Awesome PLMs
> Models,
> by maker.
Google & co
  > A company.
  weights "Hugging Face" https://huggingface.co/google
  PaLM
    > Large.
    paper https://arxiv.org/abs/2204.02311
    demo 8B: "Try" https://a.org (slow)
    PaLM 540B
      paper "Paper" https://example.org/palm.pdf
  UL2
Baidu
"""
    )
    assert render(meaning) == (
        """\
# Awesome PLMs

Models,
by maker.

* [Google & co](#google--co)
* [Baidu](#baidu)

## Google & co

> A company.

[Hugging Face](https://huggingface.co/google)

* [PaLM](https://arxiv.org/abs/2204.02311)
  > Large.
  * 8B: [Try](https://a.org) ![demo](https://img.shields.io/badge/-demo-blue?style=flat) (slow)
  * PaLM 540B
    * [Paper](https://example.org/palm.pdf)
* UL2

## Baidu
"""
    )


def test_below_an_organisation_that_is_a_link_its_other_links_are_a_paragraph():
    meaning = meaning_of(
        """
Google
  website https://research.google.com/teams
  code "GitHub" https://github.com/google
  PaLM
Baidu
  ERNIE
"""
    )
    text = render(meaning)
    assert text == (
        """\
## [Google](https://research.google.com/teams) ![website](https://img.shields.io/badge/-website-9cf?style=flat)

[GitHub](https://github.com/google)

* PaLM

## Baidu

* ERNIE
"""
    )
    assert parse(text).meaning == meaning


def test_a_list_without_a_title_has_no_contents():
    assert render(meaning_of("Google\n  PaLM\n")) == "## Google\n\n* PaLM\n"


def test_the_anchors_of_the_contents_count_the_title():
    assert "* [Google](#google-1)\n" in render(meaning_of("# Google\nGoogle\n  PaLM\n"))


def test_a_list_that_says_nothing_is_empty():
    assert render(meaning_of("")) == ""


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.org/x_(y)", "https://a.org/x_(y)"),
        ("https://a.org/x_(y", "<https://a.org/x_(y>"),
        ("https://a.org/x)(y", "<https://a.org/x)(y>"),
        ("https://a.org/x y", "<https://a.org/x y>"),
        ("https://a.org/?a=1&b=2", "https://a.org/?a=1&b=2"),
        ("https://a.org/?a&lt;b", "https://a.org/?a&amp;lt;b"),
        ("https://a.org/x\\_y", "https://a.org/x\\\\_y"),
    ],
)
def test_an_address_is_written_so_that_it_reads_as_itself(url, written):
    assert address(url) == written


def test_a_badge_is_written_where_the_kind_would_not_be_guessed_or_the_list_has_one():
    assert link_text(PAPER, CANON) == "[Paper](https://arxiv.org/abs/2204.02311)"
    badged = replace(CANON, badged=frozenset({"paper"}), badges={"paper": "![paper](i)"})
    assert link_text(PAPER, badged) == "[Paper](https://arxiv.org/abs/2204.02311) ![paper](i)"
    demo = replace(PAPER, kind="demo")
    assert link_text(demo, CANON).endswith(badge("demo", CANON))


def test_a_link_further_down_that_names_an_entry_says_the_name_twice():
    entry = Entry("PaLM", children=(replace(PAPER, title=""),))
    link = "[PaLM](https://arxiv.org/abs/2204.02311)"
    assert head_text(entry, CANON, is_link_enough=True) == link
    assert head_text(entry, CANON, is_link_enough=False) == f"PaLM: {link}"
    assert item_text(entry, CANON) == f"* PaLM: {link}\n"
    assert item_text(entry, CANON, is_top=True) == f"* {link}\n"


def test_children_of_a_numbered_item_are_no_numbers():
    numbered = replace(CANON, marker="10. ", step=2)
    assert item_text(Entry("PaLM", children=(PAPER,)), numbered) == (
        "10. PaLM\n    * [Paper](https://arxiv.org/abs/2204.02311)\n"
    )


def test_links_and_entries_of_an_organisation_stand_apart():
    section = Section("Google", children=(PAPER, Entry("T5"), Entry("UL2"), PAPER, PAPER))
    link = "[Paper](https://arxiv.org/abs/2204.02311)\n"
    assert heading_text(section, CANON) == (f"## Google\n\n{link}\n* T5\n* UL2\n\n{link}\n{link}")


@pytest.mark.parametrize(
    "entry",
    [
        Entry("T5", facts=(("authors", "C. Raffel"),), children=(Link("", "https://t5.org"), X)),
        Entry(
            "T5",
            children=(Link("", "https://t5.org"), X, Link("C4", "https://c4.org", label="Data")),
        ),
    ],
    ids=["authors", "data"],
)
def test_a_name_alone_among_labelled_lines_has_a_colon_or_it_would_be_authors_or_a_venue(entry):
    meaning = Meaning("PLMs", "", (Section("Google", children=(entry,)),))
    assert "  * X:\n" in render(meaning)
    assert parse(render(meaning)).meaning == meaning

"""A chip says what sort of link it is, and whose."""

import pytest

from catalog.listing.chips import Chip, chip, host_of, in_rows
from catalog.models import Resource


def _chip(url: str = "https://x.org/a", kind: str = "paper", **fields) -> Chip:
    return chip(Resource(url=url, kind=kind, **fields), owner="GLM")


CHIPS = [
    ("https://arxiv.org/abs/2206.07808v2", "arXiv 2022-06"),
    ("https://arxiv.org/pdf/cs/9301111", "arXiv 1993-01"),
    ("https://aclanthology.org/2021.nlp4convai-1.14/", "ACL Anthology"),
    ("https://openreview.net/forum?id=abc", "OpenReview"),
    ("https://doi.org/10.1000/182", "doi.org"),
    ("https://github.com/THUDM/GLM-130B", "THUDM/GLM-130B"),
    ("https://github.com/THUDM/GLM-130B.git", "THUDM/GLM-130B"),
    ("https://github.com/THUDM/GLM-130B/blob/main/README.md?raw=1#top", "THUDM/GLM-130B"),
    ("https://github.com/THUDM", "THUDM"),
    ("https://huggingface.co/facebook/xglm-7.5B", "facebook/xglm-7.5B"),
    ("https://huggingface.co/datasets/Org/Corpus", "Org/Corpus"),
    ("https://www.Example.org:8000/a?b#c", "example.org:8000"),
    ("https://kim:secret@example.org/", "example.org"),
    ("https://", ""),
]


def test_a_chip_says_whose_the_link_is(subtests):
    for url, whose in CHIPS:
        with subtests.test(url):
            assert _chip(url).whose == whose


def test_the_host_is_said_where_the_owner_is_not_the_host():
    assert _chip("https://arxiv.org/abs/2206.07808").host == "arxiv.org"
    assert _chip("https://x.org/a").host == ""


def test_the_kind_has_a_word_and_the_sort_other_is_a_link():
    assert _chip(kind="weights").word == "Weights"
    assert _chip(kind="other").word == "Link"
    assert _chip(kind="from-a-newer-version").word == "from-a-newer-version"


def test_an_own_link_is_named_after_its_owner():
    assert _chip(title="").title == "GLM"


def test_texts_are_shown_without_their_markdown():
    shown = _chip(title="*a* title", label="`GPT-2`", remark="*soon*")
    assert (shown.title, shown.label, shown.remark) == ("a title", "GPT-2", "soon")


def test_the_first_paper_leads_a_row_and_the_others_stay_in_order():
    chips = [
        _chip(kind=kind, title=kind + n)
        for kind, n in zip(["code", "paper", "demo", "paper"], "1234", strict=True)
    ]
    assert [chip.title for chip in in_rows(chips)] == ["paper2", "code1", "demo3", "paper4"]
    assert in_rows(chips[:1]) == chips[:1]


@pytest.mark.parametrize("url", ["", "x", "https://[", "https://a\\b", "http://%", "https://?q"])
def test_no_address_is_too_strange(url):
    assert "/" not in host_of(url)
    _chip(url)


@pytest.mark.parametrize(
    ("title", "says_more"),
    [
        ("", False),
        ("*T5*", False),
        ("paper", False),
        ("[Paper]", False),
        ("Paper (PDF)", False),
        ("Exploring the Limits", True),
    ],
)
def test_a_title_says_more_than_the_name_and_the_kind_or_does_not(title, says_more):
    assert chip(Resource(title=title, url="https://a.org"), owner="T5").says_more is says_more


@pytest.mark.parametrize(
    ("title", "shown"),
    [("[Paper]", "Paper"), ("[a] and [b]", "[a] and [b]"), ("[]", "GLM"), ("[x", "[x")],
)
def test_a_title_is_shown_without_the_brackets_round_it(title, shown):
    assert _chip(title=title).title == shown

"""Pasted addresses: each line says an address, perhaps a title, or what is wrong with it."""

import pytest

from catalog import pasting


def one(line: str) -> pasting.PastedLine:
    [found] = pasting.read(line)
    return found


@pytest.mark.parametrize(
    ("line", "url", "title"),
    [
        ("https://arxiv.org/abs/2204.02311", "https://arxiv.org/abs/2204.02311", ""),
        ("  https://a.org/x \r", "https://a.org/x", ""),
        ("Pathways: https://a.org/x", "https://a.org/x", "Pathways"),
        ("https://a.org/x - Pathways", "https://a.org/x", "Pathways"),
        ("盘古：https://a.org/x。", "https://a.org/x", "盘古"),
        ("* [PaLM](https://a.org/x)", "https://a.org/x", "PaLM"),
        ("2. [PaLM](https://a.org/x_(y))", "https://a.org/x_(y)", "PaLM"),
        ("<https://a.org/x>", "https://a.org/x", ""),
        ("HTTPS://A.org", "HTTPS://A.org", ""),
    ],
)
def test_a_line_holds_an_address_and_perhaps_a_title(line, url, title):
    assert one(line) == pasting.PastedLine(1, url, title)


def test_kind_and_identifier_come_from_the_address():
    found = one("https://github.com/THUDM/GLM-130B")
    assert (found.kind, found.identifier) == ("code", "github:thudm/glm-130b")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("palm", "“palm” holds no address: one begins with http:// or https://."),
        ("javascript:alert(1)", "holds no address"),
        ("https://", "holds no address"),
        ("https://a.org https://b.org", "It holds 2 addresses: put each on a line of its own."),
    ],
)
def test_a_line_without_one_address_says_what_is_wrong(line, problem):
    assert problem in one(line).problem
    assert one(line).url == ""


def test_lines_are_counted_as_people_count_them():
    found = pasting.read("\nhttps://a.org\r\n\r\nhttps://b.org\n")
    assert [line.number for line in found] == [2, 4]
    assert pasting.read(" \n\n") == []


def test_a_page_that_comes_twice_is_named_by_its_first_line():
    text = "https://arxiv.org/abs/2204.02311\nhttps://arxiv.org/pdf/2204.02311v2\nhttps://a.org"
    assert [line.problem for line in pasting.read(text)] == ["", "It is the same as line 1.", ""]
    assert pasting.read("http://a.org/\nhttps://www.a.org")[1].problem


NAMED_ADDRESSES = [
    ("https://github.com/THUDM/GLM-130B", "THUDM/GLM-130B"),
    ("https://github.com/THUDM/GLM-130B.git", "THUDM/GLM-130B"),
    ("https://github.com/THUDM/GLM-130B/tree/main/docs", "THUDM/GLM-130B"),
    ("https://github.com/THUDM", "THUDM"),
    ("https://huggingface.co/facebook/opt-350m?x=1#y", "facebook/opt-350m"),
    ("https://huggingface.co/datasets/allenai/c4", "allenai/c4"),
    ("https://arxiv.org/pdf/2206.07808v2.pdf", "arXiv 2206.07808"),
    ("https://doi.org/10.1038/nature14539", "DOI 10.1038/nature14539"),
    ("https://aclanthology.org/2021.nlp4convai-1.14/", "ACL 2021.nlp4convai-1.14"),
    ("https://www.Example.org/a/b", "example.org"),
    ("https://github.com", "github.com"),
]


def test_an_address_has_a_name_of_its_own(subtests):
    for url, name in NAMED_ADDRESSES:
        with subtests.test(url):
            assert pasting.name_of(url) == name

import pytest

from catalog.readme.values import problem

HELD = [
    ("name", ""),
    ("name", "PLUG (**P**re-training for **L**anguage **U**nderstanding))"),
    ("name", "GPT, GPT-2, GPT-3"),
    ("name", "PanGu (盘古) family"),
    ("name", "C#"),
    ("name", "1.5-Pints"),
    ("organisation", "THU (Tsinghua) & BAAI (Beijing)"),
    ("title", "ERNIE: Enhanced Representation [v2]"),
    ("url", "https://nlp.aliyun.com/portal#/plug"),
    ("url", "HTTPS://A.org/x_(y"),
    ("label", "GPT-2"),
    ("remark", "model hasn't been publicly released yet, stay tuned!"),
    ("note", "Two\nlines with [a link](https://idea.edu.cn/)."),
    ("list_title", "PLMs [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)"),
    ("introduction", "One,\ntwo."),
]


def test_a_list_can_hold(subtests):
    for field, value in HELD:
        with subtests.test(f"{field}: {value!r}"):
            assert problem(field, value) == ""


NOT_HELD = [
    ("name", "a\nb", "A name stands on one line"),
    ("title", "a\rb", "A title stands on one line"),
    ("name", " a", "Take the blanks before and after the name away"),
    ("name", "x](y", "cannot hold “](”: it would be read as a link"),
    ("remark", "x](y", "A remark cannot hold “](”"),
    ("organisation", "a ## b", "cannot hold “## ”: it would be read as a heading"),
    ("url", "javascript:alert(1)", "Only web addresses are taken"),
    ("url", "/slides.pdf", "begin with https:// or http://"),
    ("url", "https://a.org/<b> c", "It may be “<”"),
    ("name", "PaLM:", "It may be “:”"),
    ("name", "*", "It may be “*”"),
    ("name", "[PaLM](https://p.org)", "cannot hold “](”"),
    ("title", "a ] b", "It may be “]”"),
    ("label", "[b]", "It may be “[”"),
    ("note", "# no heading", "this note would not be read back the same"),
    ("note", "One.\n\nTwo.", "this note would not be read back the same"),
    ("introduction", "* no item", "It may be “*”"),
    ("list_title", "", "A list has a title"),
    ("list_title", "#", "this title would not be read back the same"),
    ("name", "n" * 301, "this name would not be read back the same"),
    ("name", "a\0b", "holds a NUL character"),
    ("name", "https://bare.org", "this name would not be read back the same"),
]


def test_a_list_cannot_hold(subtests):
    for field, value, sentence in NOT_HELD:
        with subtests.test(f"{field}: {value!r}"):
            assert sentence in problem(field, value)


def test_a_field_that_no_list_has_is_the_callers_mistake():
    with pytest.raises(KeyError):
        problem("colour", "red")

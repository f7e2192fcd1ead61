"""What is known at a glance: the long way would say the same of it, place by place."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.readme import decode, headings, parse, source
from catalog.readme.blocks import Inline
from catalog.readme.dialects import names
from catalog.readme.headings import Headings
from catalog.readme.reading import Reading
from catalog.readme.source import read_blocks
from tests.readme import lists, nearly_plain, strategies
from tests.readme.strategies import examples


def read_by_the_dialects(text: str, refuse: pytest.MonkeyPatch) -> Any:
    refuse.setattr(source, "find_plain_lists", lambda _: ())
    return told(text)


def told(text: str) -> Any:
    """All that a text says, with the places of it and the badges."""
    document = parse(text)
    things = [(at, thing, _numbers(thing.place)) for at, thing in document.things]
    return things, document.badges, document.meaning, document.contents


def _numbers(value: Any) -> Any:
    if isinstance(value, Inline):
        return tuple(getattr(value, name) for name in Inline.__slots__)
    return tuple(map(_numbers, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("path", [*lists.paths()], ids=lambda path: path.name)
def test_the_dialects_say_the_same_of_every_list(path, monkeypatch):
    text = decode(path.read_bytes())
    assert told(text) == read_by_the_dialects(text, monkeypatch)


@pytest.mark.parametrize(
    "items",
    [
        "* T5 is what all others know.\n",
        "* T5 -- so\n",
        "* # T5\n  * [a](https://a.org)\n",
        f"* {'文汇' * 8} {'文汇' * 8}\n",
        f"* {' '.join(['文汇文汇'] * 7)}\n",
        "* 文汇是什么。\n",
        "*     T5",
        "".join(f"{'  ' * depth}* T{depth}\n" for depth in range(33)),
        "* T5\n\n  > so\n",
        "* T5\n  * [a\n    b](https://a.org)\n",
        "* T5\n  * [a](https://a.org) so ![code](b.svg)\n",
        "* T5\n  * [a](https://a.org) (so) so\n",
        "* T5\n  * [a](https://a.org) (so (so))\n",
        "* T5\n  * [a](https://a.org) (so) (so)\n",
        "* T5\n  * [a](https://a.org) (so\n    so)\n",
        "* T5\n  * [a](https://a.org) ()\n",
        "* T5\n  * [a](https://a.org) (so) ![code](b.svg)\n",
        "* T5\n  * [a](https://a.org) ![code](b.svg) ![paper](c.svg)\n",
        "* T5\n  * [a](https://a.org)\n\n    so\n",
        "* T5\n  * # [a](https://a.org)\n",
        "* T5\n  * [a][1]\n\n[1]: https://a.org\n",
        "* T5\n  * [a](b)\n",
        f"* T5\n  * [a](https://a.org/{'b' * 1000})\n",
        f"* T5\n  * [{'a' * 1001}](https://a.org)\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_dialects(items, monkeypatch):
    text = "## Google\n\n" + items
    assert [*source.find_plain_lists(text.encode())] == []
    assert told(text) == read_by_the_dialects(text, monkeypatch)


_WORDS = (
    "GPT-2", "T5", "文汇", "(盘古)", "v1.0", "10.", "a.", "b,", "&", "+", "-", "--", "–", "_x_",
    "Licence:", "名：", "。", "MIT", "[x]", "<b>", "&amp;", "C++", "e.g.", "et", "al.", "\\*", "1.",
    "www.a.org", "a@b.org", "is", "so", "Google", "Brain", "2020", "🔥", "\u00a0", "\u3000", "\x0b",
)  # fmt: skip
_LINKS = (
    "[a](https://a.org)", "[a ](https://a.org)", "[](https://a.org)", "[a](#b)", "[a](b)",
    "[two\n      lines](https://a.org)", "[a](https://a.org) ![code](b.svg)", "[code](http:///)",
    "[a](https://a.org)  ![x](b.svg) (so)", "![code](b.svg)", "[![i](i.svg)](https://a.org)",
    "[a](https://a.org)![paper](b.svg)", "[a](<https://a.org/ b>)", "<https://a.org>", "(so)",
    "( s o )", "(s\n      o)", "(盘\u00a0古)", "(s(o))", "\n      (so)", "\u00a0(so)", "(s[o)",
    "[a\u00a0](https://a.org)", "[a](https://a.org/&#10;b)", "[`a`](https://a.org)", "T5:", "- so",
)  # fmt: skip
_items = st.builds(
    lambda indent, marker, words, end: indent + marker + " ".join(words) + end,
    st.sampled_from(("", "  ", "  ", "    ", "      ")),
    st.sampled_from(("* ", "* ", "* ", "*  ", "- [ ] ", "1. ", "* * ", "* # ", "> ", "")),
    st.one_of(
        st.lists(st.sampled_from(_WORDS), min_size=1, max_size=9),
        st.lists(st.sampled_from(_LINKS), min_size=1, max_size=2),
    ),
    st.sampled_from(("\n", "\n", "\n", "\n\n", " \n", "\r\n", "\r")),
)


def _with_one_heading(items: list[str]) -> Iterator[str]:
    yield "## Google\n\n"
    yield from items


@given(st.lists(_items, max_size=8).map(_with_one_heading).map("".join))
@examples(40)
def test_the_dialects_say_the_same_of_any_items(text):
    with pytest.MonkeyPatch.context() as refuse:
        assert told(text) == read_by_the_dialects(text, refuse)


def test_the_first_image_of_a_kind_is_remembered_whatever_is_read_first(monkeypatch):
    below = "  * [b](https://b.org) ![code](b.svg)\n  * ByT5\n"
    text = f"## Google\n\n* [T5](https://a.org) ![code](a.svg)\n{below}"
    assert parse(text).badges == {"code": "![code](a.svg)"}
    assert told(text) == read_by_the_dialects(text, monkeypatch)


@given(nearly_plain.texts)
@examples(80)
def test_the_dialects_say_the_same_of_lists_that_are_nearly_plain(text):
    with pytest.MonkeyPatch.context() as refuse:
        assert told(text) == read_by_the_dialects(text, refuse)


_OF_HEADINGS = (
    "T5",
    "Google",
    "License",
    "_b_",
    "a_b",
    "(T5)",
    "A&B",
    "&",
    "v1.0,",
    "x:",
    "-",
    "`c`",
)


@given(st.lists(st.sampled_from(_OF_HEADINGS), min_size=1, max_size=4))
@examples(100)
def test_a_heading_of_a_few_words_says_what_any_other_way_finds(words):
    text = f"## {' '.join(words)}\n"
    found = said_by_headings(text)
    with pytest.MonkeyPatch.context() as refuse:
        refuse.setattr(headings, "_PLAIN", re.compile(rb"(?!)"))
        assert found == said_by_headings(text)


def said_by_headings(text: str) -> Any:
    blocks, _ = read_blocks(text, text.encode())
    said = Headings(Reading(text.encode()), blocks, -1).said
    return [_numbers(tuple(one)) for one in said.values()]


@given(st.lists(st.sampled_from((*_WORDS, "](", "10)", "-x", "(T5).")), min_size=1).map(" ".join))
@examples(100)
def test_a_name_of_a_few_words_is_one_however_it_is_asked(text):
    found = names.is_name(text)
    with pytest.MonkeyPatch.context() as refuse:
        refuse.setattr(names, "_PLAIN", re.compile(r"(?!)"))
        assert found == names.is_name(text)


@given(strategies.markdown)
@examples(40)
def test_the_dialects_say_the_same_of_any_markdown(text):
    with pytest.MonkeyPatch.context() as refuse:
        assert told(text) == read_by_the_dialects(text, refuse)

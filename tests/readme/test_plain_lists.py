"""What is known at a glance: the parser library says the same of it, block by block."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given

from catalog.readme import source
from catalog.readme.blocks import Block, Inline
from catalog.readme.plain_lists import PlainList, find_plain_lists
from catalog.readme.source import read_blocks
from tests.readme import lists, nearly_plain, strategies
from tests.readme.nearly_plain import BADGE, CODE
from tests.readme.strategies import examples

BELOW_A_NAME = "## Google\n\n* T5\n  * "


def read_by_the_library(text: str) -> Any:
    with pytest.MonkeyPatch.context() as refuse:
        refuse.setattr(source, "find_plain_lists", lambda _: ())
        return read(text)


def read(text: str) -> Any:
    blocks, found = read_blocks(text, text.encode())
    return all_of(blocks), [_inline(one) for one in found]


def all_of(blocks: Sequence[Block], *, are_parts: bool = False) -> Any:
    """All that is known of blocks, but where a paragraph in an item ends: before its line does or
    behind it, which hangs on blank lines elsewhere in the list. Who asks looks for that line's end.
    """
    return [
        (
            block.kind,
            block.start,
            -1 if are_parts and block.kind == "paragraph" else block.end,
            block.level,
            (block.first, block.last),
            [_inline(one) for one in block.inlines],
            all_of(block.children, are_parts=block.kind == "item"),
        )
        for block in blocks
    ]


def _inline(inline: Inline) -> tuple[Any, ...]:
    return tuple(getattr(inline, name) for name in Inline.__slots__)


def lines_of(text: str) -> list[list[str]]:
    """What each plain list says, line by line."""
    return [[line.name or line.title for line in one.lines] for one in found_in(text)]


def found_in(text: str) -> list[PlainList]:
    blocks, _ = read_blocks(text, text.encode())
    return [block for block in blocks if isinstance(block, PlainList)]


@pytest.mark.parametrize("path", [*lists.paths()], ids=lambda path: path.name)
def test_the_library_gives_the_same_blocks_of_every_list(path):
    text = path.read_bytes().decode()
    assert read(text) == read_by_the_library(text)


def test_nearly_all_of_the_real_list_is_plain():
    text = lists.REAL_LIST.read_text(encoding="utf-8")
    items = [block for block in _all(read_by_the_library(text)[0]) if block[0] == "item"]
    assert sum(map(len, lines_of(text))) > 0.95 * len(items)


def _all(blocks: Sequence[Any]) -> list[Any]:
    return [one for block in blocks for one in (block, *_all(block[-1]))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("## Google\n\n* T5\n* ByT5\n\n## Baidu\n\n* ERNIE", [["T5", "ByT5"], ["ERNIE"]]),
        (f"{BELOW_A_NAME}{CODE} {BADGE} (small, 2020)\n", [["T5", "code"]]),
        (f"{BELOW_A_NAME}{CODE}\n (not released, stay tuned!)\n", [["T5", "code"]]),
        (f"## Google\n\n- T5 family: {CODE}\n\n  - 盘古 (PanGu)\n\n---\n", []),
        (f"## Google\n\n- T5 family: {CODE}\n\n  - 盘古 (PanGu)\n\n***\n", []),
        (f"## Google\n\n- T5: {CODE}\n\n  - 盘古 (PanGu)\n \n_So_\n", [["T5", "盘古 (PanGu)"]]),
        (f"## Google\n\nWhat they made.\n\n+ {CODE}\n+ T5\n\n> so\n", [["code", "T5"]]),
        (f"{BELOW_A_NAME}[two lines\n](https://a.org)\n", [["T5", "two lines"]]),
        ("## Google\n\n* T5\n     * mT5\n    * ByT5\n * LaMDA\n", [["T5", "mT5", "ByT5", "LaMDA"]]),
        ("## Models\n\n  * [Google](#google)\n * [Baidu](#baidu)\n", [["Google", "Baidu"]]),
        ("## Google\n \n  \n* T5\n  \n \n* LaMDA\n  \n## Baidu\n", [["T5", "LaMDA"]]),
    ],
)
def test_a_list_of_names_and_links_is_plain(text, lines):
    assert lines_of(text) == lines
    assert read(text) == read_by_the_library(text)


SAYS_MORE = [
    "* T5\n\n* LaMDA\n",
    "\ufeff* T5\n\n* LaMDA\n",
    "\n\n* T5\n",
    "* T5\n\nwhat they made\n- so\n\n* LaMDA\n",
    "* T5\nso it is\n\n* LaMDA\n",
    "1. T5\n\n* LaMDA\n",
    "Google\n======\n\n* T5\n",
    "## Google\n\n* T5\n- LaMDA\n",
    "## Google\n\n* T5\n\n- LaMDA\n",
    "## Google\n\n* T5\n  - LaMDA\n",
    "## Google\n\n* T5\nso it is\n",
    "## Google\n\n* T5\n\n  so it is\n",
    "## Google\n\n* T5\n\n[a]: https://a.org\n\n## Baidu\n",
    "## Google\n\n* T5\n\n      * LaMDA\n",
    "## Google\n\n* T5\n      * LaMDA\n",
    "## Google\n\n*     T5\n",
    "## Google\n\n*\tT5\n",
    "## Google\n\n    * T5\n",
    "## Google\n\n* T5\r\n* LaMDA\r\n",
    "## Google\n\n* T5 <br>\n",
    "## Google\n\n* www.example.org\n",
    "## Google\n\n* T5 (www.example.org)\n",
    "## Google\n\n* a_www.example.org\n",
    "## Google\n\n* *T5*\n",
    "## Google\n\n* T5\n  ---\n",
    "## Google\n\n* T5\n  ===\n",
    "## Google\n\n* [ ] T5\n",
    f"## Google\n\n* {'文' * 31}\n",
    f"## Google\n\n* {' '.join(['文' * 9] * 4)}\n",
    "## Google\n\n* 文汇。\n",
    "## Google\n\n* 🔥\n",
    f"## Google\n\n* : {CODE}\n",
    f"## Google\n\n* T5 {CODE}\n",
    f"{BELOW_A_NAME}{CODE} - so\n",
    f"{BELOW_A_NAME}{CODE} (www.example.org)\n",
    f"{BELOW_A_NAME}{CODE} (so\n)\n",
    f"{BELOW_A_NAME}{CODE}\n\n    (so)\n",
    f"{BELOW_A_NAME}{CODE}\n    * mT5\n",
    f"{BELOW_A_NAME}Paper: {CODE}\n",
    f"{BELOW_A_NAME}Paper: {CODE}\n  * mT5\n",
    f"{BELOW_A_NAME}[a `b](https://a.org)`\n",
    f"{BELOW_A_NAME}[a](https://a.org/&amp;)\n",
    f"{BELOW_A_NAME}[a](https://a.org/\\*)\n",
    f'{BELOW_A_NAME}[a](https://a.org "so")\n',
    f"{BELOW_A_NAME}[a](b.md)\n",
    f"{BELOW_A_NAME}[a\u200b](https://a.org)\n",
    f"{BELOW_A_NAME}[a]\n\n[a]: https://a.org\n",
    f"{BELOW_A_NAME}{BADGE}\n",
]


def test_what_may_say_more_is_left_to_the_library(subtests):
    for text in SAYS_MORE:
        with subtests.test(text):
            assert [*find_plain_lists(text.encode())] == []
            assert read(text) == read_by_the_library(text)


@pytest.mark.parametrize(
    "text",
    [
        "```\n## Google\n\n* T5\n\n```\n",
        "<!--\n## Google\n\n* T5\n\nso -->\n",
        "<pre>\n\nso\n\n* T5\n\n</pre>\n",
        "## Google\n\n```\n\nso\n\n* T5\n\nso\n",
    ],
)
def test_what_stands_in_code_or_a_comment_is_no_list(text):
    assert len([*find_plain_lists(text.encode())]) == 1
    assert found_in(text) == []
    assert read(text) == read_by_the_library(text)


def test_lists_beside_code_stay_plain():
    code = "```\n\n## Google\n\n* T5\n\n* ByT5\n\n## Meta\n\n* OPT\n\n```\n"
    text = f"## Google\n\n* T5\n\n{code}\n## Baidu\n\n* ERNIE\n"
    assert lines_of(text) == [["T5"], ["ERNIE"]]
    assert read(text) == read_by_the_library(text)


@given(nearly_plain.texts)
@examples(80)
def test_the_library_gives_the_same_blocks_of_lists_that_are_nearly_plain(text):
    assert read(text) == read_by_the_library(text)


@given(strategies.markdown)
@examples(40)
def test_the_library_gives_the_same_blocks_of_any_markdown(text):
    assert read(text) == read_by_the_library(text)

"""What a pull request changes, told by the entry; no database is asked."""

import pytest

from catalog import sync
from tests.sync.cast import CAST

T5 = "    * [Exploring the Limits](https://arxiv.org/abs/1910.10683)\n"
LONG = (
    "  * LongT5\n"
    "    * [LongT5: Efficient](https://arxiv.org/abs/2112.07916)\n"
    "    * [github repo](https://github.com/google-research/longt5)\n"
)
ERNIE = "  * [github repo](https://github.com/PaddlePaddle/ERNIE)\n"
PAPER = "  * [ERNIE: Enhanced](https://arxiv.org/abs/1904.09223)\n"


def told(new: str, old: str = CAST) -> list[str]:
    return [change.sentence for change in sync.compare_lists(old, new).changes]


def others(new: str, old: str = CAST) -> tuple[str, ...]:
    return sync.compare_lists(old, new).other_lines


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (CAST, []),
        (CAST.replace(T5, T5 + LONG), ["adds LongT5 under T5 family: paper, code"]),
        (CAST.replace("* PaLM\n", ""), ["removes PaLM under Google"]),
        (CAST.replace(ERNIE, ERNIE + PAPER), ["changes ERNIE under Baidu: adds paper"]),
        (CAST.replace("* PaLM\n", "* PaLM (540B)\n"), ["renames PaLM to PaLM (540B) under Google"]),
        (
            CAST.replace("PaddlePaddle/ERNIE)", "PaddlePaddle/PaddleNLP)"),
            ["changes ERNIE under Baidu: changes the address of a link"],
        ),
        (
            CAST.replace(ERNIE, PAPER),
            ["changes ERNIE under Baidu: removes code, adds paper"],
        ),
        (CAST.replace("# PLMs", "# Models"), ["changes the title"]),
        (
            CAST.replace("* PaLM\n", "").replace("* PLATO\n", "* PLATO\n* PaLM\n"),
            ["moves PaLM from Google to Baidu"],
        ),
        (
            CAST.replace(f"* ERNIE\n{ERNIE}* PLATO\n", f"* PLATO\n* ERNIE\n{ERNIE}"),
            ["reorders what stands under Baidu"],
        ),
        (
            CAST + "\n## Tencent\n\n* Motian\n" + PAPER + "* HunYuan\n",
            ["adds Tencent: below it 2 models, 1 resource"],
        ),
    ],
    ids=range(11),
)
def test_each_change_is_a_sentence_about_its_entry(new, said):
    assert told(new) == said


def test_what_is_new_is_told_first():
    new = CAST.replace("* PaLM\n", "").replace("* PLATO\n", "* PLATO\n* Wenxin\n")
    assert told(new) == ["adds Wenxin under Baidu", "removes PaLM under Google"]


def test_what_was_written_is_kept_apart_from_our_words():
    (change,) = sync.compare_lists(CAST, CAST.replace(T5, T5 + LONG)).changes
    assert [part for part in change.told if isinstance(part, sync.Quoted)] == [
        "LongT5",
        "T5 family",
    ]
    assert change.path == ("Google", "T5 family", "LongT5")


def test_another_spelling_of_what_is_new_is_nothing_else():
    assert others(CAST.replace("* PLATO\n", "* PLATO\n+ **Wenxin**\n")) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<!-- Baidu comes last. -->", "<!-- Buy here. -->"),
        ("* PLATO\n", "*  PLATO\n"),
        ("* [Google](#google)\n", "* [Google](#baidu)\n"),
    ],
    ids=["kept text", "another form of what is the same", "the contents"],
)
def test_what_changes_besides_the_records_is_told_line_by_line(old, new):
    with_an_entry = CAST.replace("* PaLM\n", "* PaLM\n* Gemma\n")
    for text in (CAST, with_an_entry):
        assert others(text.replace(old, new)) == (f"-{old.strip()}", f"+{new.strip()}")


def test_text_that_comes_beside_a_new_entry_is_told():
    new = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n\n<!-- Buy here. -->\n")
    assert "+<!-- Buy here. -->" in others(new)


def test_the_first_list_of_all_is_all_new():
    assert told(CAST, "")[-2:] == ["changes the title", "changes the introduction"]
    assert others(CAST, "") != ()


def test_organisations_are_those_that_the_list_had_so_far():
    old = "## Surveys\n\n* S\n\n## Models\n\n### A\n\n* T5\n\n### B\n\n* UL2\n\n### C\n\n* C\n"
    assert told(old + "\n### D\n\n* D\n", old) == ["adds D under Models: below it 1 model"]

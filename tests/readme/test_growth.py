"""Twice the bytes take twice the time, whether they stand in one line or in many.

A long line costs no more than as many bytes in short ones: no pattern tries a run twice. Each case
is a run of one piece between a begin and an end, where some reader looks for something that never
comes.

A long list is 400,000 bytes of the lines that lists are made of. What is quadratic in a list is
often a quick search in all that was read before, and shows only at such sizes.
"""

from collections.abc import Callable
from datetime import date

import pytest

from catalog.readme import compare, parse, patch
from catalog.readme.lint import lint
from tests.readme.timing import takes_the_time_of_its_size

LONG = 4_800

LINK = "[x](https://a.org)"
TABLE = "| Model | Paper |\n|---|---|\n"


def test_what_grows_with_its_square_would_be_seen():
    assert not takes_the_time_of_its_size(lambda n: lambda: sum(range(n * n)), 1_000)


@pytest.mark.parametrize(
    ("begin", "run", "end"),
    [
        ("* a", " ", "b"),
        ("* a", " \t", "b - c"),
        ("* GPT\n  * a", " ", "b: x"),
        (f"* GPT\n  * {LINK}", " ", "x"),
        (f"* GPT\n  * {LINK} (", "a ", "x"),
        ("* GPT\n", " \n", "x"),
        (f"* {LINK} (", " ", "x"),
        (f"* {LINK} (", "() ", "x"),
        (f"* {LINK} -", " -", "x"),
        ("* **x** *a", " ", f"b {LINK}"),
        ("* **x** ", "*a", f" [{LINK}]"),
        ("* **x** ", "*\\", f" [{LINK}]"),
        ("**x** ", "\\\n*a* ", f" [{LINK}]"),
        ("* ", "[", f"{LINK}"),
        ("* ", f"{LINK} ", "x"),
        ("* ", f"{LINK}, ", ""),
        ("* ", "2020 ", "- x"),
        ("* a\r", "* b\r", ""),
        ("* T\n", "  * Key: value\n", ""),
        (f"### {LINK}", " ", "y"),
        ("### x", ":", "\n\n* T"),
        ("* a\n\n### x\n\n", f"Size: {LINK}\n", ""),
        ("* a\n\n### x\n\n", f"Paper: {LINK}\n", ""),
        ("### x", "<a>", "\n\n* T"),
        (f"{TABLE}| x |", "\u00a0", "y |"),
        (f"{TABLE}| x |", " ", "y |"),
        (f"{TABLE}| x |", "<!--", "-->|"),
        (f"{TABLE}| x |", f"{LINK}<br>", "|"),
        (f"{TABLE}| x", "|y", "|"),
        (f"{TABLE}| x |", "\\", "|"),
        (f"{TABLE}", f"| {LINK} | y |\n", ""),
    ],
)
def test_a_long_run_in_a_line_is_read_once(begin, run, end):
    def reading(times: int) -> Callable[[], object]:
        text = f"# T\n\n## B\n\n{begin}{run * times}{end}\n"
        return lambda: parse(text)

    assert takes_the_time_of_its_size(reading, LONG)


@pytest.mark.parametrize(
    ("begin", "run", "end"),
    [
        ("", "* T5\n", ""),
        ("", "* T5\n  * [code](https://github.com/google/t5)\n", ""),
        ("* T5\n", f"  * {LINK}\n", ""),
        ("* T5\n", "  * [x](https://a.org/?Expires=1660000000)\n", ""),
        ("* T5 ", "(", ""),
        ("* T5\n\n", "[x]( https://a.org ", ""),
        ("* T5\n\n", "[x](#y) ", ""),
        ("* T5\n\n", "[x](javascript:y) ", ""),
        ("* T5\n\n", "<<<<<<< x\n", ""),
        ("* T5\n\n", "# T\n", ""),
        ("* T5\n\n", "#### T\ufe0f\n## T\n", ""),
    ],
)
def test_many_findings_are_found_in_one_go(begin, run, end):
    today = date(2026, 1, 1)

    def linting(times: int) -> Callable[[], object]:
        text = f"# T\n\n## B\n\n{begin}{run * times}{end}\n"
        return lambda: lint(text, today)

    assert takes_the_time_of_its_size(linting, LONG // 2)


LONG_LIST = 400_000
NUMBERED = "[Model {0}](https://example.org/{0})"


@pytest.mark.long
@pytest.mark.parametrize(
    ("begin", "line"),
    [
        (TABLE, f"| {NUMBERED} | [paper](https://arxiv.org/abs/{{0}}) |\n"),
        ("", f"- {NUMBERED} - A note, with what it is good for.\n"),
        ("", "- **Title {0}**. *A. Author, B. Author*. ACL 2020. [[pdf](https://a.org/{0})]\n"),
        ("", "**Title {0}** \\\n*A. Author* \\\nACL 2020. [[pdf](https://a.org/{0})]\n\n"),
        ("", "[T5 {0}](https://a.org/{0}) is a model, and what it is good for.\n\n"),
    ],
    ids=["rows", "flat lines", "papers", "paragraphs", "paragraphs with notes"],
)
def test_a_long_list_is_read_in_the_time_of_its_length(begin, line):
    def text(size: int) -> str:
        return f"# T\n\n## B\n\n{begin}" + "".join(map(line.format, range(size // len(line))))

    def reading(size: int) -> Callable[[], object]:
        long = text(size)
        return lambda: parse(long)

    assert len(parse(text(10 * len(line))).sections[0].children) == 10
    assert takes_the_time_of_its_size(reading, LONG_LIST)


def test_many_new_rows_are_written_in_the_time_of_their_number():
    stars = "![Star](https://img.shields.io/github/stars/google/{0}.svg)"
    code = "[code](https://github.com/google/{0})"
    row = f"| {stars} [T5 {{0}}](https://example.org/{{0}}) | {code} |\n"
    new = "| [PaLM {0}](https://example.org/p{0}) | [code](https://github.com/google/p{0}) |\n"

    def work(times: int) -> Callable[[], object]:
        rows = "## B\n\n| Model | Code |\n|---|---|\n" + "".join(map(row.format, range(times)))
        document = parse(rows)
        wanted = parse(rows + "".join(map(new.format, range(times)))).meaning
        edits = compare(document.meaning, wanted)
        return lambda: patch(document, edits)

    assert "stars/google/p9.svg" in str(work(10)())
    assert takes_the_time_of_its_size(work, 384)


def test_many_new_organisations_are_written_in_the_time_of_their_number():
    below = f"{TABLE}| M | [p](https://a.org/{{0}}) |\n"
    old, new = (f"## {name} {{0}}\n\n{below}\n" for name in ("Google", "Baidu"))

    def work(times: int) -> Callable[[], object]:
        document = parse("".join(map(old.format, range(times))))
        wanted = parse("".join(map((old + new).format, range(times)))).meaning
        edits = compare(document.meaning, wanted)
        return lambda: patch(document, edits)

    assert "## Baidu 9\n" in str(work(10)())
    assert takes_the_time_of_its_size(work, 448)

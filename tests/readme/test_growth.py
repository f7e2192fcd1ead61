"""A long line costs no more than as many bytes in short ones: no pattern tries a run twice.

Each case is a run of one piece between a begin and an end, where some reader looks for something
that never comes. The run is made 32 times as long, and may take four times that; what is quadratic
would take 1,000 times as long.
"""

import pytest

from catalog.readme import parse
from tests.readme.timing import seconds_of

LONGER = 32
SHORT = 1_000

LINK = "[x](https://a.org)"
TABLE = "| Model | Paper |\n|---|---|\n"


@pytest.mark.parametrize(
    ("begin", "run", "end"),
    [
        ("* a", " ", "b"),
        ("* a", " \t", "b - c"),
        ("* GPT\n  * a", " ", "b: x"),
        (f"* {LINK} (", " ", "x"),
        (f"* {LINK} (", "() ", "x"),
        (f"* {LINK} -", " -", "x"),
        ("* **x** *a", " ", f"b {LINK}"),
        ("* **x** ", "*a", f" [{LINK}]"),
        ("* ", "[", f"{LINK}"),
        ("* ", f"{LINK} ", "x"),
        ("* ", f"{LINK}, ", ""),
        ("* ", "2020 ", "- x"),
        ("* a\r", "* b\r", ""),
        ("* T\n", "  * Key: value\n", ""),
        (f"### {LINK}", " ", "y"),
        ("### x", ":", "\n\n* T"),
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
    def text(times: int) -> str:
        return f"# T\n\n## B\n\n{begin}{run * times}{end}\n"

    short, long = text(SHORT), text(SHORT * LONGER)
    assert seconds_of(lambda: parse(long), runs=1) < 4 * LONGER * max(
        seconds_of(lambda: parse(short)), 0.0005
    )

"""Cases as Markdown: what tests/cases/README.md says, read; and the pairs of the grammar's page.

A curator's bug report becomes a case by copy and paste.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.readme.lists import ROOT

CASES = ROOT / "tests" / "cases"
GRAMMAR_PAGE = ROOT / "catalog" / "readme" / "README.md"

# What an editor would not show, or would take away.
_SIGNS = {"␍": "\r", "␠": " ", "␉": "\t", "␄\n": "", "␂": "\ufeff"}


@dataclass(frozen=True)
class Case:
    """One case: a text and what it says, or a text, wishes and the text after them."""

    file: str
    line: int
    title: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.title}"


def grammar_cases() -> list[Case]:
    """Text, outline."""
    files = sorted((CASES / "grammar").glob("*.md"))
    pairs = [
        Case(GRAMMAR_PAGE.name, line, title, texts)
        for line, title, kinds, texts in _fences(GRAMMAR_PAGE.read_text("utf-8"))
        if kinds == ("markdown", "text")
    ]
    return [*pairs, *(case for path in files for case in read_cases(path, 2))]


def edit_cases() -> list[Case]:
    """Text before, wishes, text after."""
    files = sorted((CASES / "edits").glob("*.md"))
    pairs = [
        Case(GRAMMAR_PAGE.name, line, title, (_side(diff, "-"), wishes, _side(diff, "+")))
        for line, title, kinds, (wishes, diff) in _fences(GRAMMAR_PAGE.read_text("utf-8"))
        if kinds == ("edit", "diff")
    ]
    return [*pairs, *(case for path in files for case in read_cases(path, 3))]


def read_cases(path: Path, number: int) -> list[Case]:
    """The cases of a file; ValueError if one has not this number of parts."""
    lines = path.read_text("utf-8").split("\n")
    dots = [at for at, line in enumerate(lines) if line == "."]
    if len(dots) % (number + 1):
        raise ValueError(f"{path}: each case has {number + 1} lines that are a dot; count them.")
    cases = []
    end = 0
    for first in range(0, len(dots), number + 1):
        marks = dots[first : first + number + 1]
        title = next((line for line in reversed(lines[end : marks[0]]) if line.strip()), "")
        if not title:
            raise ValueError(f"{path}, line {marks[0] + 1}: a case without a title.")
        parts = tuple(_text(lines[a + 1 : b]) for a, b in pairwise(marks))
        cases.append(Case(path.stem, marks[0], title, parts))
        end = marks[-1] + 1
    return cases


def _text(lines: list[str]) -> str:
    text = "".join(f"{line}\n" for line in lines)
    for sign, meant in _SIGNS.items():
        text = text.replace(sign, meant)
    return text


_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _fences(text: str) -> Iterator[tuple[int, str, tuple[str, str], tuple[str, str]]]:
    """Fenced blocks two by two: line, what is said before them, their kinds, their texts."""
    fences = list(_FENCE.finditer(text))
    for upper, lower in zip(fences[::2], fences[1::2], strict=True):
        line = text.count("\n", 0, upper.start()) + 1
        said = text[: upper.start()].rstrip().rpartition("\n\n")[2].replace("\n", " ")
        yield line, said, (upper[1], lower[1]), (_text_of(upper), _text_of(lower))


def _text_of(fence: re.Match[str]) -> str:
    return _text(fence[2].split("\n")[:-1])


def _side(diff: str, sign: str) -> str:
    """One side of a comparison whose lines begin with a blank, a minus or a plus."""
    lines = diff.split("\n")[:-1]
    return "".join(f"{line[1:]}\n" for line in lines if line[:1] in ("", " ", sign))

"""Every case of tests/cases, and every pair on the grammar's own page."""

from collections import Counter

import pytest

from catalog.readme import Meaning, compare, parse, patch, refresh_contents
from tests.readme import lists
from tests.readme.cases import edit_cases, grammar_cases, read_cases
from tests.readme.curator import wished
from tests.readme.outline import meaning_of, outline, outline_of

GRAMMAR, EDITS = grammar_cases(), edit_cases()
REFRESH = "refresh contents\n"


@pytest.mark.parametrize("file", sorted({case.file for case in GRAMMAR}))
def test_a_text_says(file: str, subtests: pytest.Subtests):
    for case in GRAMMAR:
        if case.file == file:
            with subtests.test(case.title):
                text, said = case.parts
                assert outline_of(parse(text)) == said


@pytest.mark.parametrize("file", sorted({case.file for case in EDITS}))
def test_an_edit_makes(file: str, subtests: pytest.Subtests):
    for case in EDITS:
        if case.file == file:
            with subtests.test(case.title):
                assert_makes(*case.parts)


def assert_makes(before: str, wishes: str, after: str) -> None:
    document = parse(before)
    if wishes == REFRESH:
        assert refresh_contents(document) == after
        return
    wanted = wished(document.meaning, wishes)
    assert wanted != document.meaning
    assert patch(document, compare(document.meaning, wanted)) == after
    assert outline(parse(after).meaning) == outline(wanted)


def test_no_two_cases_have_one_title():
    titles = Counter(map(str, [*GRAMMAR, *EDITS]))
    assert [title for title, times in titles.items() if times > 1] == []


def test_an_outline_says_all_that_a_meaning_says():
    for path, document in lists.documents():
        assert meaning_of(outline(document.meaning)) == document.meaning, path.name


def test_a_case_that_is_not_whole_is_reported(tmp_path):
    path = tmp_path / "cases.md"
    path.write_text("A title\n.\n* PaLM\n.\n", "utf-8")
    with pytest.raises(ValueError, match=r"cases\.md: each case has 3 lines that are a dot"):
        read_cases(path, 2)
    path.write_text(".\n* PaLM\n.\nPaLM\n.\n", "utf-8")
    with pytest.raises(ValueError, match=r"line 1: a case without a title"):
        read_cases(path, 2)


def test_a_wish_that_is_none_is_reported():
    with pytest.raises(ValueError, match="No wish"):
        wished(Meaning(), "make it better")
    with pytest.raises(LookupError):
        wished(Meaning(), "remove Google")

"""Which numbers are counted on; tests/cases/edits has what people see of it."""

from catalog.readme.numbers import counted_on
from catalog.readme.ranges import Replacement, replaced

PART = "\n<br/>\n\n"


def counted(before: str, *edits: tuple[str, str]) -> str:
    """The text with each of these words, which stand there once, replaced, or with more before."""
    raw = before.encode()
    replacements = []
    for old, new in edits:
        start = before.index(old)
        assert before.count(old) == 1
        end = start if new.endswith(old) else start + len(old)
        replacements.append(Replacement(start, end, new.removesuffix(old).encode()))
    return counted_on(raw, replacements, replaced(raw, replacements)).decode()


def test_what_comes_between_counts_with_those_around():
    before = "## A\n\n1. a\n2. b\n3. c\n"
    assert counted(before, ("2. b\n", "2. x\n2. b\n")) == "## A\n\n1. a\n2. x\n3. b\n4. c\n"
    assert counted(before, ("1. a\n", "1. x\n1. a\n")) == "## A\n\n1. x\n2. a\n3. b\n4. c\n"


def test_a_count_begins_with_its_own_number():
    assert counted("7. a\n8. b\n9. c\n", ("7. a\n", "")) == "7. b\n8. c\n"


def test_lists_that_become_one_have_one_count():
    before = f"1. a\n{PART}1. b\n2. c\n"
    assert counted(before, (PART, ""), ("1. b\n", "")) == "1. a\n2. c\n"
    assert counted(before, (PART, ""), ("2. c\n", "2. x\n2. c\n")) == "1. a\n2. b\n3. x\n4. c\n"


def test_a_list_that_is_not_counted_parts_counts():
    before = f"1. a\n2. b\n{PART}5. x\n7. y\n{PART}3. c\n"
    after = counted(before, ("2. b\n", "2. z\n2. b\n"))
    assert after == f"1. a\n2. z\n3. b\n{PART}5. x\n7. y\n{PART}3. c\n"


def test_what_went_lends_its_count_to_nobody():
    rest = "1. a\n1. b\n" + PART
    gone = "1. cc\n2. dd\n\n"
    assert len(rest) - len(gone) == rest.index("1. b")
    assert counted(rest + gone, (gone, "")) == rest


def test_of_ranges_within_each_other_the_outer_one_counts():
    before = "1. a\n2. b\n3. c\n4. d\n"
    after = counted(before, ("1. a\n2. b\n", "1. b\n"), ("b\n", "so much more\n"))
    assert after == "1. b\n2. c\n3. d\n"


def test_a_list_is_found_behind_a_text_that_gets_shorter():
    before = "## A\n\nSo much more than before.\n\n## B\n\n1. a\n2. b\n"
    after = counted(before, ("So much more than before.", "So."), ("1. a\n", "1. x\n1. a\n"))
    assert after == "## A\n\nSo.\n\n## B\n\n1. x\n2. a\n3. b\n"


def test_numbers_do_not_go_on_from_heading_to_heading():
    before = "## A\n\n1. a\n\n## B\n\n2. b\n"
    assert counted(before, ("1. a\n", "1. x\n1. a\n")) == "## A\n\n1. x\n2. a\n\n## B\n\n2. b\n"
    before = "## A\n\n1. a\n## B\n\n2. b\n"
    assert counted(before, ("## B", "2. x\n## B")) == "## A\n\n1. a\n2. x\n## B\n\n2. b\n"


def test_what_has_no_number_changes_none():
    before = "1. a\n3. b\n"
    assert counted(before, ("b", "c")) == "1. a\n3. c\n"

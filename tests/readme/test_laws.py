"""The laws of the list engine, on real lists and on what hypothesis invents.

"Says the same" compares meanings; lists.py says which lists take part.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from catalog.readme import (
    Link,
    ListDocument,
    ListRefused,
    Meaning,
    Unstatable,
    apply,
    compare,
    decode,
    parse,
    patch,
    render,
)
from catalog.readme.contents import contents_of
from catalog.readme.meaning import walk
from catalog.readme.patcher import settled
from tests.readme import lists, strategies
from tests.readme.strategies import examples
from tests.readme.timing import takes_the_time_of_its_size

DOCUMENTS = dict(lists.documents())
REAL = DOCUMENTS[lists.REAL_LIST]

every_list = pytest.mark.parametrize(
    "document", DOCUMENTS.values(), ids=[path.name for path in DOCUMENTS]
)


def test_the_laws_run_on_fourteen_lists_at_least():
    assert len(DOCUMENTS) >= 14
    assert sum(len(document.sections) for document in DOCUMENTS.values()) > 150


# 1. Partition.


def assert_every_byte_has_one_owner(document: ListDocument) -> None:
    at = 0
    for piece in document.partition:
        assert piece.owner in ("record", "contents", "prose", "kept")
        assert piece.start == at < piece.end
        at = piece.end
    assert at == len(document.raw)
    assert min(document.coverage) >= 0
    assert document.coverage.in_records >= sum(1 for _ in document.meaning.links())
    assert document.coverage.in_contents >= len(document.contents)


@every_list
def test_every_byte_has_exactly_one_owner_and_every_link_is_counted(document):
    assert_every_byte_has_one_owner(document)


@given(strategies.markdown)
@examples(50)
def test_every_byte_of_any_markdown_has_exactly_one_owner(text):
    document = parse(text)
    assert document.text == text
    assert_every_byte_has_one_owner(document)


# 2. Identity.


@every_list
def test_no_edits_change_nothing(document):
    assert patch(document, ()).encode() == document.raw
    assert compare(document.meaning, document.meaning) == ()


@every_list
def test_a_meaning_survives_json(document):
    assert Meaning.from_json(document.meaning.to_json()) == document.meaning


def assert_stays_as_it_was_read(document: ListDocument) -> None:
    again = parse(document.text, document.meaning.organisations)
    assert again.meaning == document.meaning


@every_list
def test_a_list_whose_organisations_are_known_says_what_it_said_without(document):
    assert_stays_as_it_was_read(document)


@given(strategies.markdown)
@example("## A\n* a\n### Links\n* b\n## B\n* a\n### Links\n* b\n" + "### Links\n* b\n" * 5)
@example("## Maps\n### A\n" + "".join(f"### {x}\n* [x](x/)\n" for x in "BCDE") + "## Steps\n* s\n")
@examples(20)
def test_any_markdown_whose_organisations_are_known_says_what_it_said_without(text):
    assert_stays_as_it_was_read(parse(text))


# 3. Arrival.


def assert_arrives(document: ListDocument, wanted: Meaning) -> None:
    edits = compare(document.meaning, wanted)
    assert apply(document.meaning, edits) == wanted
    after = parse(patch(document, edits))
    assert after.meaning == settled(after, wanted)


@given(strategies.edited(REAL.meaning))
@examples(15)
def test_edits_of_the_real_list_arrive(wanted):
    assert_arrives(REAL, wanted)


def assert_nearly_all_arrive(number: int, documents: st.SearchStrategy[ListDocument]) -> None:
    """Text that no record holds may stand where an edit needs another form. That is seldom."""
    outcomes: Counter[str] = Counter()

    @given(st.data())
    @examples(number)
    def try_to_state(data):
        document = data.draw(documents)
        wanted = data.draw(strategies.edited(document.meaning, 2))
        try:
            assert_arrives(document, wanted)
            outcomes["arrived"] += 1
        except Unstatable as refusal:
            is_of_row = "A row of a table" in str(refusal)  # nothing can stand below it
            outcomes["row" if is_of_row else "unstatable"] += 1

    try_to_state()
    assert outcomes["unstatable"] <= 0.05 * outcomes.total(), outcomes


@pytest.mark.long
def test_edits_of_lists_that_others_wrote_arrive_or_are_called_unstatable():
    assert_nearly_all_arrive(30, st.sampled_from(list(DOCUMENTS.values())))


def test_edits_of_any_markdown_arrive_or_are_called_unstatable():
    assert_nearly_all_arrive(40, strategies.markdown.map(parse))


def test_edits_of_lists_in_mixed_dialects_arrive_or_are_called_unstatable():
    assert_nearly_all_arrive(40, strategies.list_markdown.map(parse))


@given(strategies.odd_list_markdown)
@examples(40)
def test_a_list_in_mixed_dialects_is_whole_and_can_be_rendered(text):
    document = parse(text)
    assert_every_byte_has_one_owner(document)
    assert patch(document, ()) == text
    assert_canon(document.meaning)


@pytest.mark.parametrize("commit", ["51801e4", "b1c01cd", "844ebca", "b082cdf", "10f1934"])
def test_each_version_of_the_real_list_can_be_made_of_the_one_before_and_after(commit):
    other = lists.version(commit)
    assert_arrives(REAL, other.meaning)
    assert_arrives(other, REAL.meaning)


# 4. Locality.


def lines(text: str) -> list[str]:
    return text.split("\n")


def lines_of(document: ListDocument, thing) -> Counter[str]:
    """The lines of a thing and all below it, its note included."""
    start, end = thing.place.lines
    return Counter(lines(document.raw[start:end].decode()))


def assert_only_these_lines_change(document: ListDocument, text: str, things) -> None:
    gone = Counter(lines(document.text)) - Counter(lines(text))
    allowed: Counter[str] = Counter()
    for thing in things:
        allowed += lines_of(document, thing)
    for line in contents_of(document):
        start = document.raw.rfind(b"\n", 0, line.lines.start) + 1
        end = document.raw.find(b"\n", line.lines.end - 1)
        allowed += Counter(lines(document.raw[start:end].decode()))
    stray = [line for line in gone - allowed if line.strip()]
    assert not stray


def test_one_new_value_changes_only_the_line_that_states_it():
    @given(st.data())
    @examples(20)
    def change(data):
        document = data.draw(st.sampled_from(list(DOCUMENTS.values())))
        things = list(walk(document.sections))
        if not things:
            return
        address, thing = data.draw(st.sampled_from(things))
        if isinstance(thing, Link):
            field, values = data.draw(
                st.sampled_from((("title", strategies.titles), ("url", strategies.urls)))
            )
            if field == "title" and not thing.title:
                return
        else:
            field, values = "name", strategies.names
        value = data.draw(values)
        wanted = strategies.changed(
            document.meaning, address, lambda old: replace(old, **{field: value})
        )
        text = patch(document, compare(document.meaning, wanted))
        assert_only_these_lines_change(document, text, [thing])
        before, after = lines(document.text), lines(text)
        if field == "url":
            changed = [new for old, new in zip(before, after, strict=True) if old != new]
            # A badge at the end of a heading changes the anchor that the contents may lead to.
            is_named_anew = document.anchors.keys() != parse(text).anchors.keys()
            assert 0 <= len(changed) - (thing.url != value) <= is_named_anew

    change()


def without_number(line: str) -> str:
    """Numbered items count on behind a new one."""
    return re.sub(r"^([ \t]*)\d+(?=[.)][ \t])", r"\1", line)


@given(st.data())
@examples(20)
def test_a_new_entry_adds_lines_and_touches_none(data):
    document = data.draw(st.sampled_from([d for d in DOCUMENTS.values() if d.sections]))
    index = data.draw(st.integers(0, len(document.sections) - 1))
    section = document.sections[index]
    place = data.draw(st.integers(0, len(section.children)))
    wanted = strategies.inserted(document.meaning, (index,), place, data.draw(strategies.entries))
    try:
        text = patch(document, compare(document.meaning, wanted))
    except Unstatable:  # as seldom as above
        assume(False)
    before, after = (Counter(map(without_number, lines(one))) for one in (document.text, text))
    gone = [line for line in before - after if line]
    # But for a table that had no column yet for what the entry states: its lines get longer.
    come = after - before
    assert all(line.startswith("|") for line in gone)
    assert all(any(new.startswith(line.rstrip("| ")) for new in come) for line in gone)


# 5. Canon.


def assert_canon(meaning: Meaning) -> None:
    text = render(meaning)
    assert parse(text).meaning == meaning
    assert render(parse(text).meaning) == text


@every_list
def test_what_is_rendered_says_the_same(document):
    assert_canon(document.meaning)


@given(strategies.meanings)
@examples(30)
def test_any_meaning_rendered_says_the_same(meaning):
    assert_canon(meaning)


@given(strategies.markdown)
@example("\u2028\nERNIE\n=====\n")  # a blank to us, and a word to Markdown
@examples(40)
def test_what_any_markdown_says_can_be_rendered(text):
    assert_canon(parse(text).meaning)


# 7. Safety.

SMALL = (
    "# Title\n\nText.\n\n## Google\n\n* GPT\n  * [p](https://a.org) ![paper](i)\n\n> GPT it is.\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + SMALL,
        SMALL.replace("\n", "\r\n"),
        SMALL.replace("\n\n", "\r\n\n"),
        SMALL.rstrip("\n"),
        SMALL.replace("GPT", "GP\u001cT"),
        SMALL.replace("GPT", "GP\u2028T"),
        SMALL.replace("GPT", "GP\u0085T"),
        SMALL.replace("GPT", "GP\x0bT\x0c"),
        SMALL.replace("  * [", "\t* ["),
        "",
        "\n",
        "\ufeff",
        "* GPT",
        "## Google",
        "---\n---\n",
    ],
)
def test_odd_bytes_survive(text):
    document = parse(decode(text.encode()))
    assert_every_byte_has_one_owner(document)
    assert patch(document, ()) == text
    if document.sections:
        wanted = strategies.changed(
            document.meaning, (0,), lambda section: replace(section, name="Zeta")
        )
        text_after = patch(document, compare(document.meaning, wanted))
        assert len(lines(text_after)) == len(lines(text))
        assert parse(text_after).meaning == wanted


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_new_lines_end_as_the_others_do(ending):
    document = parse(SMALL.replace("\n", ending))
    wanted = strategies.inserted(
        document.meaning, (0,), 1, replace(document.meaning.sections[0].children[0], name="New")
    )
    text = patch(document, compare(document.meaning, wanted))
    assert text.count("\n") == text.count(ending)


def test_separators_that_only_python_breaks_lines_at_are_part_of_a_name():
    document = parse("## A\n\n* one\u2028two\n* one\x1ctwo\n")
    assert [entry.name for entry in document.meaning.entries()] == ["one\u2028two", "one\x1ctwo"]


@pytest.mark.parametrize("opener", ["> ", "* ", "  * ", "[", "![", "**", "<a>", "(", "`"])
def test_ten_thousand_levels_of_nesting_do_no_harm(opener):
    text = "## A\n\n" + opener * 10_000 + "x\n"
    document = parse(text)
    assert_every_byte_has_one_owner(document)
    assert patch(document, ()) == text


def test_ten_thousand_levels_of_indentation_do_no_harm():
    text = "## A\n\n" + "".join("  " * n + "* x\n" for n in range(600))
    document = parse(text)
    assert_every_byte_has_one_owner(document)
    assert patch(document, ()) == text


def test_entries_deeper_than_32_are_kept_text():
    document = parse("## A\n\n" + "".join("  " * n + f"* n{n}\n" for n in range(40)))
    assert [entry.name for entry in document.meaning.entries()] == [f"n{n}" for n in range(32)]
    assert document.partition[-1].owner == "kept"


@pytest.mark.parametrize(
    "piece",
    [
        "* GPT\n  * [p](https://a.org)\n",
        "## Google\n\n* T\n\n",
        "## A\n\n* T\n\n> T is.\n\n",
        "https://a.org/x_y ",
        "[a](https://a.org) ",
        "* [a](https://a.org), [b](https://b.org)\n",
        "> ",
        "![a](",
        "[",
    ],
)
def test_a_text_is_read_in_the_time_of_its_length(piece):
    def reading(times: int) -> Callable[[], object]:
        text = "# T\n\n## B\n\n" + piece * times
        return lambda: parse(text)

    assert takes_the_time_of_its_size(reading, 3_200)


@given(st.text(max_size=200))
@settings(examples(40), suppress_health_check=[HealthCheck.too_slow])
def test_no_text_makes_it_raise(text):
    if "\0" not in text:
        document = parse(text)
        assert patch(document, ()) == text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"## A\n\xff\n", "Line 2 is not UTF-8"),
        (b"## A\n\n\0", "Line 3 holds a NUL character"),
        (b"\xff\xfe#\0", "Line 1 is not UTF-8"),
        (b"x" * 20_000_001, "20,000,001 bytes; at most 20,000,000"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_a_sentence(data, sentence):
    with pytest.raises(ListRefused, match=sentence):
        decode(data)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\ud800", "half a surrogate pair"),
        ("a\0", "NUL"),
        ("文" * 6_700_000, "at most 20,000,000"),
    ],
)
def test_text_that_no_file_can_hold_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(ListRefused, match=sentence):
        parse(text)

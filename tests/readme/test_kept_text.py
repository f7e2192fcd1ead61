import pytest

from catalog.readme import Entry, ListDocument, Unstatable, compare, parse
from catalog.readme.difference import arrange
from catalog.readme.kept_text import Kept, kept_of
from catalog.readme.ranges import replaced
from catalog.readme.writer import Writer
from tests.readme.curator import wished

GOOGLE = """## Google

<!-- Ask them first. -->

* T5

  <br/>

* PaLM

---

### Old models

* BERT

---

## Baidu

* ERNIE
"""

SIZES = """## Google

All of them.

| Model | Size |
|---|---|
| T5 | 11B |

<br/>

## Baidu

* ERNIE
"""


def written_anew(text: str, at: tuple[int, ...], wishes: str) -> str:
    document: ListDocument = parse(text)
    edits = compare(document.meaning, wished(document.meaning, wishes))
    writer = Writer(document, frozenset([at]), 2)
    return replaced(document.raw, writer.write(arrange(document.meaning, edits))).decode()


def test_the_kept_text_of_a_thing_is_not_that_of_its_children():
    google, _ = parse(GOOGLE).sections
    assert kept_of(parse(GOOGLE), google) == Kept((b"<!-- Ask them first. -->",), (b"---",))
    t5 = google.children[0]
    assert isinstance(t5, Entry)
    assert kept_of(parse(GOOGLE), t5) == Kept((b"  <br/>",), ())


def test_the_titles_of_a_table_go_with_its_rows():
    google, _ = parse(SIZES).sections
    assert kept_of(parse(SIZES), google) == Kept((), (b"<br/>",))


def test_a_heading_that_is_written_anew_keeps_its_text_and_the_lines_of_its_entries():
    text = written_anew(GOOGLE, (0,), "rename Google to Google AI")
    assert text == GOOGLE.replace("## Google", "## Google AI")


def test_so_does_one_with_a_table():
    text = written_anew(SIZES, (0,), "rename Google > T5 to Flan")
    assert text == SIZES.replace("T5", "Flan")


def test_a_table_is_not_written_as_items():
    with pytest.raises(Unstatable, match=r"The table below “Google” cannot say this\."):
        written_anew(SIZES, (0,), "add below Google > T5\n  mT5")


def test_text_that_would_stand_further_in_is_not_kept_but_refused():
    with pytest.raises(Unstatable, match=r"Line 7 .*<br/>"):
        written_anew(GOOGLE, (0, 0), "move Google > T5 below Google > PaLM")

from catalog.readme import parse
from catalog.readme.places import Span

TEXT = """# Awesome

Models.

* [Google](#google)

## Google

* PaLM
  > Large.
  * [Paper](https://arxiv.org/abs/2204.02311)

<br/>

> A company.
"""


def test_every_piece_of_a_text_has_its_owner():
    document = parse(TEXT)
    pieces = [(owner, document.text[start:end]) for owner, start, end in document.partition]
    assert pieces == [
        ("prose", "# Awesome\n"),
        ("kept", "\n"),
        ("prose", "Models.\n"),
        ("kept", "\n"),
        ("contents", "* [Google](#google)\n"),
        ("kept", "\n"),
        ("record", "## Google\n"),
        ("kept", "\n"),
        ("record", "* PaLM\n"),
        ("prose", "  > Large.\n"),
        ("record", "  * [Paper](https://arxiv.org/abs/2204.02311)\n"),
        ("kept", "\n<br/>\n\n"),
        ("prose", "> A company.\n"),
    ]


def test_neighbours_of_one_owner_are_one_piece():
    assert len(parse("## A\n* a\n  * [b](https://b.org), [c](https://c.org)\n* d\n").partition) == 1


def test_a_byte_stands_on_a_line_and_a_line_feed_on_the_one_that_it_ends():
    document = parse("a\u2028b\r\nc\rd\ne")
    lines = {sign: document.line(document.raw.index(sign.encode())) for sign in "ab\ncde"}
    assert lines == {"a": 1, "b": 1, "\n": 1, "c": 2, "d": 2, "e": 3}


def test_anchors_lead_to_headings_and_count_all_of_them():
    text = "# A\n\n## **B** [b](https://b.org)\n\n* x\n\n### A\n\n## B b\n"
    document = parse(text)
    assert {name: text[at:].split("\n")[0] for name, at in document.anchors.items()} == {
        "a": "# A",
        "b-b": "## **B** [b](https://b.org)",
        "a-1": "### A",
        "b-b-1": "## B b",
    }


def test_a_meaning_is_kept_once_it_was_asked_for():
    document = parse(TEXT)
    assert document.meaning is document.meaning
    assert document.meaning.title == document.title == "Awesome"


def test_what_is_kept_within_lines_is_cut_to_them():
    document = parse("## A\n\n* a\n\n<br/>\n<hr/>\n\n* b\n")
    text = document.text
    assert [text[start:end] for start, end in document.kept] == ["\n<br/>\n<hr/>\n\n"]
    rule = text.index("<hr/>")
    assert document.kept_within(Span(rule, rule + 6)) == (rule, rule + 6)
    assert document.kept_within(document.thing((0, 1)).place.lines) is None

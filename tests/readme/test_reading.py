from catalog.readme.reading import Reading, is_single_line
from catalog.readme.source import read_blocks


def note_of(text: str):
    reading = Reading(text.encode())
    return reading, reading.note(read_blocks(text, reading.raw)[0][0])


def test_lines_begin_and_end_at_line_feeds_only():
    reading = Reading("a\u2028b\x0bc\r\nd".encode())
    assert reading.start_of_line(6) == 0
    assert reading.end_of_line(7) == 9
    assert reading.start_of_line(9) == 9
    assert reading.end_of_line(10) == 10


def test_the_end_of_a_line_is_sought_before_the_blanks_behind_it():
    assert Reading(b"a  \n \nb\n").end_of_line(6) == 4


def test_a_range_is_trimmed_at_both_ends():
    assert Reading(b"\t a b \r\n").trimmed(0, 8) == (2, 5)
    assert Reading(b"  ").trimmed(0, 2) == (0, 0)


def test_a_note_is_the_text_of_a_quote_without_its_marks():
    reading, note = note_of("> One\n>   two \n")
    assert note.text == "One\ntwo"
    assert reading.text(*note.span) == "One\n>   two"
    assert reading.text(*note.lines) == "> One\n>   two \n"


def test_a_note_may_be_a_paragraph_but_nothing_else():
    assert note_of("One\n  two\n")[1].text == "One\ntwo"
    assert note_of("> One\n>\n> two\n")[1] is None
    assert note_of("> * One\n")[1] is None
    assert note_of("```\nOne\n```\n")[1] is None


def test_a_note_keeps_blanks_that_are_signs():
    assert note_of("One\u00a0\ntwo\u3000 \n")[1].text == "One\u00a0\ntwo\u3000"


def test_a_block_that_does_not_begin_its_line_is_no_note():
    text = "* a\r> b\n"
    reading = Reading(text.encode())
    quote = read_blocks(text, reading.raw)[0][1]
    assert quote.kind == "quote"
    assert reading.note(quote) is None


def test_the_first_line_begins_behind_the_byte_order_mark():
    assert Reading("\ufeffa\nb".encode()).start_of_line(3) == 3


def test_the_first_badge_of_a_kind_is_remembered():
    text = "![paper](one) ![paper](two) ![stars](three)"
    reading = Reading(text.encode())
    images = read_blocks(text, reading.raw)[1]
    assert [reading.kind_stated(image) for image in images] == ["paper", "paper", None]
    assert reading.badges == {"paper": "![paper](one)"}


def test_a_carriage_return_alone_makes_two_lines():
    assert is_single_line("a\u2028b")
    assert not is_single_line("a\rb")
    assert not is_single_line("a\nb")

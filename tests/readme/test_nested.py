import pytest

from catalog.readme import parse
from catalog.readme.dialects.nested import title_span, url_span
from catalog.readme.reading import Reading


def first_entry(text: str):
    document = parse("## Google\n\n" + text)
    return document.raw, document.sections[0].children[0]


def first_link(line: str):
    raw, entry = first_entry(f"* PaLM\n{line}")
    return raw, entry.children[0]


def test_an_entry_knows_its_places():
    raw, entry = first_entry("* PaLM :\n\n  A note\n  of two lines.\n  * PaLM 540B\n\n\n* UL2\n")
    place = entry.place
    assert raw[slice(*place.name)] == b"PaLM"
    assert raw[place.marker : place.text] == b"* "
    assert raw[slice(*place.head)] == b"* PaLM :\n"
    assert raw[slice(*place.note)] == b"A note\n  of two lines."
    assert raw[slice(*place.lines)].endswith(b"  * PaLM 540B\n")


def test_an_entry_that_is_a_link_is_named_by_its_text():
    raw, entry = first_entry("* [ PaLM ](https://p.org) (big)\n")
    assert raw[slice(*entry.place.name)] == b"PaLM"
    assert entry.children[0].place.form == "head"


def test_a_link_knows_its_places():
    line = "  * 540B : [Paper](https://p.org) ![paper](i) ![star](j) ( long ) \n"
    raw, link = first_link(line)
    place = link.place
    assert raw[slice(*place.lines)].decode() == line
    assert raw[place.marker : place.text] == b"* "
    assert raw[slice(*place.stated)] == line.strip(" *\n").encode()
    assert raw[place.stated_start : place.label_end] == b"540B"
    assert raw[place.badge.start : place.badge.end] == b"![paper](i)"
    assert raw[slice(*place.remark)] == b"long"
    assert (link.label, link.remark) == ("540B", "long")


def test_links_that_share_a_line_state_themselves_apart():
    raw, entry = first_entry("* PaLM\n  * x: [a](https://a.org), [b](https://b.org) (y)\n")
    one, other = (link.place for link in entry.children)
    assert raw[slice(*one.stated)] == b"x: [a](https://a.org)"
    assert raw[slice(*other.stated)] == b"[b](https://b.org) (y)"
    assert one.lines == other.lines
    assert other.label_end == -1


@pytest.mark.parametrize(
    ("line", "title", "url"),
    [
        ("[ a ](https://a.org)", b"a", b"https://a.org"),
        ("[a](<https://a.org/b c>)", b"a", None),
        ("[a](\n    https://a.org 'b')", b"a", b"https://a.org"),
        ("[a](https://a.org/?b&amp;c)", b"a", None),
        ("[a](https://a.org/\\_)", b"a", None),
        ("<https://a.org>", b"https://a.org", None),
        ("https://a.org", b"https://a.org", None),
    ],
)
def test_the_address_has_a_place_if_it_is_written_as_it_reads(line, title, url):
    raw, entry = first_entry(f"* PaLM\n  * {line}\n")
    link = entry.children[0].place.link
    assert raw[slice(*title_span(Reading(raw), link))] == title
    span = url_span(raw, link)
    assert (raw[slice(*span)] if span else None) == url


@pytest.mark.parametrize(
    ("line", "is_read"),
    [
        (f"* {'n' * 300}\n", True),
        (f"* {'n' * 301}\n", False),
        (f"* [{'n' * 300}](https://a.org)\n", True),
        (f"* [{'n' * 301}](https://a.org)\n", False),
        ("* PaLM\n" + f"  * [{'t' * 1000}](https://a.org)\n", True),
        ("* PaLM\n" + f"  * [{'t' * 1001}](https://a.org)\n", False),
        ("* PaLM\n" + f"  * [t](https://a.org/{'u' * 1986})\n", True),
        ("* PaLM\n" + f"  * [t](https://a.org/{'u' * 1987})\n", False),
        ("* PaLM\n" + f"  * {'l' * 300}: [t](https://a.org)\n", True),
        ("* PaLM\n" + f"  * {'l' * 301}: [t](https://a.org)\n", False),
    ],
)
def test_what_no_record_has_room_for_is_kept(line, is_read):
    document = parse("## Google\n\n" + line)
    last = document.partition[-1]
    assert last.owner == ("record" if is_read else "kept")
    # And it is told why.
    too_long = [
        (document.line(long.start), long.characters - long.most) for long in document.too_long
    ]
    assert too_long == ([] if is_read else [(2 + line.count("\n"), 1)])

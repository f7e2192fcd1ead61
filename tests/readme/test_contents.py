from catalog.readme import parse, refresh_contents
from catalog.readme.contents import find_contents
from catalog.readme.contents_lines import follow_contents
from catalog.readme.difference import arrange
from catalog.readme.source import read_blocks
from tests.readme import lists

TEXT = """# Awesome

* [Makers](#makers)
  * [Google](<#google>)
    * [T5](#t5)
* [ More ](#more)

## Google

* T5
"""


def lines(text: str) -> list[str]:
    return text.split("\n")


def test_the_contents_are_the_first_list_of_nothing_but_links_to_headings():
    prose, links, mixed = "* [x](https://x.org)\n", "* [a](#a)\n* [b](#b)\n", "* [a](#a) b\n"
    text = f"{prose}\n<!-- -->\n\n{mixed}\n<!-- -->\n\n{links}\n<!-- -->\n\n* [c](#c)\n"
    blocks, _ = read_blocks(text, text.encode())
    found = find_contents(blocks)
    assert text.encode()[blocks[found].start : blocks[found].end].strip() == links.strip().encode()
    assert find_contents(blocks[:found]) == -1


def test_an_item_of_the_contents_holds_further_such_items_and_nothing_else():
    text = "* [a](#a)\n  * [b](#b)\n\n    c\n"
    assert find_contents(read_blocks(text, text.encode())[0]) == -1


def test_each_line_of_the_contents_knows_its_places():
    document = parse(TEXT)
    raw = document.raw
    assert [raw[slice(*line.text)] for line in document.contents] == [
        b"Makers",
        b"Google",
        b"T5",
        b"More",
    ]
    assert [line.anchor for line in document.contents] == ["makers", "google", "t5", "more"]
    makers, google, _, more = document.contents
    assert raw[slice(*google.target)] == b""  # not written as it reads
    assert raw[slice(*more.target)] == b"#more"
    assert raw[slice(*google.lines)] == b"  * [Google](<#google>)\n    * [T5](#t5)\n"
    assert makers.lines.end == more.lines.start


def test_contents_that_do_not_fit_any_more_are_left_alone():
    before, after = parse(TEXT), parse(TEXT.replace("* [ More ](#more)\n", ""))
    assert follow_contents(before, after, arrange(before.meaning, ())) == after.text


def test_refreshing_the_real_list_adds_the_two_lines_that_it_lacks():
    document = lists.read(lists.REAL_LIST)
    text = refresh_contents(document)
    assert [line for line in lines(text) if line not in lines(document.text)] == [
        "  * [Al21 Labs](#al21-labs)",
        "  * [IDEA](#idea)",
    ]
    assert refresh_contents(parse(text)) == text

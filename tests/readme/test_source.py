"""Blocks and links with their bytes, judged by GitHub's own parser (cmarkgfm)."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

import cmarkgfm
import pytest

from catalog.readme.blocks import Block, Inline
from catalog.readme.source import html, plain_text, read_blocks, unmarked
from tests.readme import lists

TEXTS = {path.name: document.text for path, document in lists.documents()}


class Judge(HTMLParser):
    """What GitHub makes of a text: the addresses of its links, its headings, and its blocks."""

    KINDS = {"li": "item", "blockquote": "quote", "tr": "row", "pre": "code", "hr": "rule"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: Counter[str] = Counter()
        self.headings: list[int] = []
        self.blocks: Counter[str] = Counter()
        # Without its unsafe option it leaves raw HTML out, whose links are no Markdown links.
        self.feed(cmarkgfm.github_flavored_markdown_to_html(text))

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links[address(dict(attrs)["href"])] += 1
        elif tag in self.KINDS:
            self.blocks[self.KINDS[tag]] += 1
        elif tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))


def address(url: str) -> str:
    """One spelling: GitHub escapes, and adds the scheme that bare addresses leave out."""
    return unquote(url).removeprefix("mailto:").removeprefix("http://")


def read(text: str) -> tuple[list[Block], list[Inline]]:
    return read_blocks(text, text.encode())


def all_blocks(blocks):
    for block in blocks:
        yield block
        yield from all_blocks(block.children)


def links(text: str) -> Counter[str]:
    return Counter(address(found.url) for found in read(text)[1] if found.kind != "image")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_list_has_the_links_headings_and_blocks_that_github_sees(text):
    judge = Judge(text)
    blocks = list(all_blocks(read(text)[0]))
    assert links(text) == judge.links
    assert [block.level for block in blocks if block.kind == "heading"] == judge.headings
    kinds = Counter(block.kind for block in blocks if block.kind in Judge.KINDS.values())
    assert kinds == judge.blocks


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_link_stands_where_it_is_said_to_stand(text):
    raw = text.encode()
    for link in read(text)[1]:
        said = raw[link.start : link.end].decode()
        inner = raw[link.inner_start : link.inner_end].decode()
        match link.kind:
            case "link":
                assert said.startswith(f"[{inner}")
                assert said.removeprefix(f"[{inner}").lstrip().startswith("](")
                assert said.endswith(")")
            case "image":
                assert said.startswith(f"![{inner}]")
            case "bare":
                assert said == inner == link.url
            case "autolink":
                assert said == f"<{inner}>"
            case "reference":
                assert said.startswith(f"[{inner}]")


TEXTS_WITH_LINKS = [
    "https://a.org",
    "https://a.org/x_y.",
    "https://a.org/x?y!",
    "(https://a.org)",
    "(https://a.org/b(c))",
    "https://a.org/b(c",
    "https://a.org/&amp;",
    "https://a.org/?a=1&b=2;",
    "*https://a.org*",
    "**https://a.org/x**",
    "~~https://a.org~~",
    "'https://a.org'",
    '"https://a.org",',
    "https://a.org/文。",
    "文https://a.org",
    "xhttps://a.org",
    "https://a.org<br/>",
    "https://",
    "https:// a.org",
    "http://a.org, ftp://b.org and HTTPS://C.org",
    "www.a.org/x.",
    "(www.a.org)",
    "xwww.a.org",
    "www.",
    "a@b.org",
    "a.b-c@d.org.",
    "a@b",
    "a@b.org-",
    "a@b.org_",
    "`https://a.org`",
    "[x](https://a.org) https://b.org",
    "[https://a.org](https://b.org)",
    "![https://a.org](https://b.org)",
    "[https://a.org]",
    "[[x](y) https://a.org",
    "[[x](http://y: //a.org) https://b.org] https://c.org",
    "[ ] https://a.org, \\[ https://b.org and *[x* https://c.org",
    "(x)[https://a.org] y, [www.b.org] and [c@d.org]",
    "![x](y) [ https://a.org\n\nhttps://b.org",
    "<https://a.org>",
    "<a@b.org>",
    "[x][1] and [1]\n\n[1]: https://a.org",
    "# https://a.org\n\n| https://b.org |\n|---|\n| https://c.org |\n",
    "    https://a.org\n",
    "<div>\nhttps://a.org\n</div>\n",
]


def test_a_text_has_the_links_that_github_sees(subtests):
    for text in TEXTS_WITH_LINKS:
        with subtests.test(text):
            assert links(text) == Judge(text).links


def test_a_link_has_its_bytes_those_of_its_text_and_its_address():
    text = "* 文 [a **b** c](<https://x.org/d e> 'f') ![g](h)\n"
    link, image = read(text)[1]
    raw = text.encode()
    assert (link.kind, link.url) == ("link", "https://x.org/d e")
    assert raw[link.start : link.end].decode() == "[a **b** c](<https://x.org/d e> 'f')"
    assert raw[link.inner_start : link.inner_end] == b"a **b** c"
    assert (image.kind, image.url) == ("image", "h")
    assert raw[image.start : image.end] == b"![g](h)"
    assert raw[image.inner_start : image.inner_end] == b"g"


def test_a_link_knows_whether_it_holds_an_image():
    badge, plain = read("[![x](i)](https://x.org) [y](https://y.org)")[1]
    assert badge.has_image
    assert not plain.has_image


def seen(block: Block, text: str) -> str:
    return text.encode()[block.first : block.last].decode()


def test_a_block_knows_where_the_text_that_people_see_begins_and_ends():
    text = "##  文汇 **x** ##\n\nOne\ntwo  \n"
    heading, paragraph = read(text)[0]
    assert (heading.kind, heading.level, seen(heading, text)) == ("heading", 2, "文汇 **x**")
    assert (paragraph.kind, seen(paragraph, text)) == ("paragraph", "One\ntwo")


def test_the_text_of_an_item_is_a_paragraph_whether_items_are_apart_or_not():
    for text in ("* a\n  * b\n* c\n", "* a\n\n  * b\n\n* c\n"):
        (items,) = read(text)[0]
        first, second = items.children
        assert [part.kind for part in first.children] == ["paragraph", "list"]
        assert [seen(part, text) for part in second.children] == ["c"]


def test_a_text_that_begins_with_an_escaped_sign_begins_with_the_backslash():
    text = "\\*Net\n"
    assert seen(read(text)[0][0], text) == "\\*Net"


def test_text_behind_a_block_is_a_paragraph_of_its_own():
    text = "* a\n  > b\n\n  c\n\n---\n\nd\n"
    items, rule, last = read(text)[0]
    assert [part.kind for part in items.children[0].children] == ["paragraph", "quote", "paragraph"]
    assert (rule.kind, last.kind) == ("rule", "paragraph")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("PaLM", "PaLM"),
        ("PLUG (**P**re-training for **L**anguage)", "PLUG (Pre-training for Language)"),
        ("[Google](https://g.org), `T5` ~~x~~", "Google, T5 x"),
        ("A ![badge](i) B", "A B"),
        ("[![x](i)](https://x.org) T", "T"),
        ("A &amp; B \\* C", "A & B * C"),
        ("two\nlines", "two lines"),
        ("# no heading", "# no heading"),
        ("* no item", "* no item"),
        ("x<br/>y", "x y"),
    ],
)
def test_plain_text_is_what_a_reader_sees(markdown, text):
    assert plain_text(markdown) == text


def test_unmarked_text_keeps_its_blanks():
    assert unmarked("A  **B** ![x](i)") == "A  B "


def test_a_note_becomes_markup():
    assert html("A **note**") == "<p>A <strong>note</strong></p>\n"


def test_a_break_parts_words_for_a_reader_but_not_in_an_anchor():
    assert plain_text("gpt-4<br>gpt-4-turbo<BR/>*o1*") == "gpt-4 gpt-4-turbo o1"
    assert unmarked("gpt-4<br>gpt-4-turbo") == "gpt-4gpt-4-turbo"

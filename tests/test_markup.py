"""Notes become HTML that is safe to show."""

import pytest

from catalog.markup import note, plain_text, problem, prose, with_han


def test_a_note_keeps_its_emphasis_and_its_links():
    assert prose('THUDM refers to *the* [Lab](https://thudm.org "home").') == (
        "<p>THUDM refers to <em>the</em> "
        '<a href="https://thudm.org" title="home" rel="noopener noreferrer">Lab</a>.</p>\n'
    )


def test_an_empty_note_is_nothing():
    assert prose("") == ""


@pytest.mark.parametrize(
    "note",
    [
        "<script>alert(1)</script>",
        "a <script src=https://evil.example/x.js></script>",
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt:alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        '<a href="javascript:alert(1)">click</a>',
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/pixel.gif)",
        '<p style="position:fixed" onclick="alert(1)">x</p>',
        "<iframe src=https://evil.example></iframe>",
        "<style>body { display: none }</style>",
        '<form action="https://evil.example"><input name=password></form>',
        "<svg><script>alert(1)</script></svg>",
        "# A headline as large as the page's own",
    ],
)
def test_nothing_in_a_note_acts_on_its_own(note):
    shown = prose(note).lower()
    for danger in (
        "<script", "javascript:", "data:", "onerror", "onclick", "style", "<img", "<iframe",
        "<form", "<input", "<svg", "<h1", "alert(1)</", "evil.example/",
    ):  # fmt: skip
        assert danger not in shown


def test_plain_text_is_what_a_reader_sees():
    assert plain_text("PLUG (**P**re-training) [x](https://x.org)") == "PLUG (Pre-training) x"


def test_a_problem_is_a_sentence_and_no_problem_is_nothing():
    assert problem("name", "PanGu (盘古)") == ""
    assert problem("name", "a](b").startswith("A name cannot hold “](”")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Wenhui (文汇)", 'Wenhui (<span lang="zh-Hans">文汇</span>)'),
        ("封神榜——中文，好。", '<span lang="zh-Hans">封神榜——中文，好。</span>'),
        ("织女 Vega", '<span lang="zh-Hans">织女</span> Vega'),
        ("<b>汉</b> & 字", '&lt;b&gt;<span lang="zh-Hans">汉</span>&lt;/b&gt; &amp; '
         '<span lang="zh-Hans">字</span>'),
        ("Rinna（りんな）日本", "Rinna（りんな）日本"),
        ("T5", "T5"),
    ],
)  # fmt: skip
def test_runs_of_han_are_marked_as_chinese(text, html):
    assert with_han(text) == html


def test_in_a_note_han_is_marked_outside_the_tags():
    assert note('See [研究院](https://x.org/中 "标>题").') == (
        '<p>See <a href="https://x.org/%E4%B8%AD" title="标&gt;题" rel="noopener noreferrer">'
        '<span lang="zh-Hans">研究院</span></a>.</p>\n'
    )

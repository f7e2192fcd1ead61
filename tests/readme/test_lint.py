from datetime import date

import pytest

from catalog.readme.lint import ERROR, HINT, WARNING, Finding, added, lint
from catalog.readme.lint import text as text_rules
from catalog.readme.lint.links import expiry_of
from catalog.readme.lint.records import lonely_bracket
from catalog.readme.parser import parse
from tests.readme.lists import REAL_LIST

TODAY = date(2026, 11, 24)
PAPER = "https://arxiv.org/abs/1910.10683"

GOOD = """\
# Pretrained Models

* [Google](#google)
* [Baidu](#baidu)

## Google

* T5
  * [Exploring](https://arxiv.org/abs/1910.10683) ![paper](https://img.shields.io/badge/-paper-x)

## Baidu

* ERNIE
  * [github repo](https://github.com/PaddlePaddle/ERNIE)
"""


def found(text: str, rule: str) -> list[Finding]:
    return [finding for finding in lint(text, TODAY) if finding.rule == rule]


def test_a_good_list_has_no_finding():
    assert lint(GOOD, TODAY) == ()


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


RULES = [
    ("contents-missing", changed("* [Baidu](#baidu)\n", ""), 10, WARNING),
    (
        "contents-order",
        changed("* [Google](#google)\n* [Baidu](#baidu)", "* [Baidu](#baidu)\n* [Google](#google)"),
        4,
        WARNING,
    ),
    ("dead-anchor", changed("(#baidu)", "(#bidu)"), 4, ERROR),
    ("dead-anchor", changed("(#baidu)", "(#Baidu)"), 4, WARNING),
    ("unsafe-link", changed(PAPER, "javascript:alert(1)"), 9, ERROR),
    ("broken-link", changed("](https://github", "] (https://github"), 14, ERROR),
    (
        "link-expires",
        changed(PAPER, "https://x.org/a.pdf?Expires=1660000000"),
        9,
        ERROR,
    ),
    (
        "link-expires",
        changed(PAPER, "https://x.org/a.pdf?Expires=1990000000"),
        9,
        WARNING,
    ),
    (
        "same-work",
        changed("https://github.com/PaddlePaddle/ERNIE", "https://arxiv.org/pdf/1910.10683v3"),
        14,
        WARNING,
    ),
    ("without-link", changed("* ERNIE\n", "* PLATO\n* ERNIE\n"), 13, HINT),
    ("same-name", changed("* ERNIE\n", "* **T5**\n"), 13, HINT),
    ("badge-against-host", changed(PAPER, "https://github.com/a/b"), 9, WARNING),
    ("unbalanced-bracket", changed("* ERNIE\n", "* ERNIE (a b))\n"), 13, WARNING),
    ("conflict-marker", GOOD + "<<<<<<< ours\n", 15, ERROR),
    ("second-title", GOOD + "\n# Another\n", 16, HINT),
    ("heading-level", GOOD + "\n#### Far down\n", 16, HINT),
    (
        "invisible-character",
        changed("## Baidu", "## Baidu \u2764\ufe0f").replace("(#baidu)", "(#baidu-\ufe0f)"),
        11,
        WARNING,
    ),
]


def test_a_rule_finds_its_line(subtests):
    for rule, text, line, severity in RULES:
        with subtests.test(rule):
            [finding] = found(text, rule)
            assert (finding.line, finding.severity) == (line, severity)
            assert finding.sentence.endswith((".", "…")) or finding.rule == "unbalanced-bracket"
            assert finding.fix.endswith(".")


def test_the_real_list_is_worth_a_look():
    findings = lint(REAL_LIST.read_text(encoding="utf-8"), TODAY)
    sentences = [f.sentence for f in findings if f.severity != HINT]
    assert "Al21 Labs is missing from the contents." in sentences
    assert "IDEA is missing from the contents." in sentences
    assert "The link to scontent-lax3-1.xx.fbcdn.net expired on 2022-08-09." in sentences
    assert any(
        s.startswith("EVA 2.0 links to github:thu-coai/eva, and so does EVA 1") for s in sentences
    )
    assert sum(f.rule == "without-link" for f in findings) == 43
    assert [f.rule for f in findings if f.severity == ERROR] == ["link-expires"]


def test_a_list_without_contents_misses_nothing_in_them():
    text = changed("* [Google](#google)\n* [Baidu](#baidu)\n\n", "")
    assert lint(text, TODAY) == ()


def test_contents_that_list_something_else_are_not_incomplete():
    text = GOOD + "".join(f"\n## Maker {n}\n\n* [M{n}](https://m{n}.org)\n" for n in range(5))
    assert found(text, "contents-missing") == []


def test_an_html_anchor_answers():
    text = changed("(#baidu)", "(#here)") + '\n<a name="here"></a>\n'
    assert found(text, "dead-anchor") == []


def test_a_heading_that_is_html_is_a_step_between_two_levels():
    text = changed("## Baidu", '<h2 id="baidu">Baidu</h2>\n\n### ERNIE family')
    assert lint(text, TODAY) == ()
    assert found(text.replace("h2", "h1"), "heading-level") != []


def test_code_that_shows_a_broken_link_is_not_one():
    text = changed("* ERNIE\n", "* `[ERNIE] (https://e.org)`\n")
    assert found(text, "broken-link") == []


def test_a_list_that_github_cuts_is_an_error_and_a_large_one_a_hint(monkeypatch):
    size = len(GOOD.encode())
    monkeypatch.setattr(text_rules, "GITHUB_CUT", size - 1)
    assert [finding.severity for finding in found(GOOD, "size")] == [ERROR]
    monkeypatch.setattr(text_rules, "GITHUB_CUT", size)
    assert [finding.severity for finding in found(GOOD, "size")] == [HINT]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.fbcdn.net/x.pdf?oh=1&oe=62F1F6BA", date(2022, 8, 9)),
        ("https://a.example.net/x.pdf?oe=62F1F6BA", None),
        ("https://b.s3.org/x?X-Amz-Date=20230101T120000Z&X-Amz-Expires=86400", date(2023, 1, 2)),
        ("https://b.s3.org/x?X-Amz-Date=20230101&X-Amz-Expires=86400", None),
        ("https://b.s3.org/x?X-Amz-Date=99991231T235959Z&X-Amz-Expires=999999999", None),
        ("https://c.org/x?Signature=y&Expires=1660000000", date(2022, 8, 8)),
        ("https://c.org/x?expires=soon", None),
        ("https://c.org/Expires=1660000000", None),
        ("https://[c.org/x?Expires=1660000000", None),
    ],
)  # fmt: skip
def test_an_address_says_when_it_expires(url: str, day: date | None):
    assert expiry_of(url) == day


@pytest.mark.parametrize(
    ("text", "lonely"),
    [
        ("GLM (General Language Model)", ""),
        ("（智源）[x]", ""),
        ("PLUG (a))", ")"),
        ("PLUG ((a)", "("),
        ("（a)", ")"),
    ],
)
def test_a_bracket_without_a_partner_is_named(text: str, lonely: str):
    assert lonely_bracket(text) == lonely


def test_a_sentence_quotes_a_name_without_its_marks():
    [finding] = found(changed("* T5\n", "* **T5** (*Text*))\n"), "unbalanced-bracket")
    assert finding.sentence == "“)” has no partner in: T5 (Text))"


def test_only_what_a_change_adds_is_new():
    plato = changed("* ERNIE\n", "* PLATO\n* PLATO\n* ERNIE\n")
    worse = "\n\n" + plato.replace("* T5", "* PLATO").replace("(#baidu)", "(#x)")
    new = added(lint(plato, TODAY), lint(worse, TODAY))
    assert sorted(f.rule for f in new) == ["contents-missing", "dead-anchor", "same-name"]
    assert added(lint(worse, TODAY), lint(worse, TODAY)) == ()


def test_each_conflict_marker_is_found_in_its_line():
    text = changed("## Google\n", "<<<<<<< ours\n## Google\n>>>>>>> theirs\n")
    assert [finding.line for finding in found(text, "conflict-marker")] == [6, 8]


def test_a_finding_about_two_names_the_line_of_the_other():
    [finding] = found(changed("* ERNIE\n", "* **T5**\n"), "same-name")
    assert (finding.line, finding.other) == (13, 8)


def test_no_two_findings_about_names_and_works_share_a_sentence():
    """A curator's mark is found again by its sentence."""
    code = "  * [code](https://github.com/PaddlePaddle/ERNIE)\n"
    ernie = f"* ERNIE\n{code}"
    text = changed("* T5\n", f"{ernie}* T5\n") + code + ernie + ernie
    text += f"\n## THU\n\n* KEG\n  * ERNIE\n  {code}* GLM\n{code}"
    assert [finding.sentence for finding in found(text, "same-name")] == [
        "ERNIE is listed under Baidu and under Google.",
        "ERNIE is listed twice under Baidu.",
        "ERNIE is listed 3 times under Baidu.",
        "ERNIE is listed under THU > KEG and under Google.",
    ]
    work = "links to github:paddlepaddle/ernie"
    assert [finding.sentence for finding in found(text, "same-work")] == [
        f"ERNIE {work} under Baidu and under Google.",
        f"ERNIE {work} twice.",
        f"ERNIE {work} under Baidu and under Google, twice.",
        f"ERNIE {work} under Baidu and under Google, 3 times.",
        f"ERNIE {work} under THU > KEG and under Google.",
        f"GLM {work}, and so does ERNIE.",
    ]


def test_lines_are_counted_from_the_begin_of_the_text():
    document = parse("# L\n\n## Google\r\n\n* T5")
    starts = [0, 3, 4, 5, 14, 15, 16, 17, 20]
    assert [document.line(start) for start in starts] == [1, 1, 2, 3, 3, 3, 4, 5, 5]

"""`manage.py compare_readme OLD NEW`: for people, for a page of GitHub, for programs."""

import json
import re
from io import StringIO

import cmarkgfm
import pytest
from django.core.management import CommandError, call_command

from tests.sync.cast import CAST

LONG_T5 = CAST.replace(
    "  * ByT5\n",
    "  * LongT5\n"
    "    * [LongT5: Efficient](https://arxiv.org/abs/2112.07916)\n"
    "    * [github repo](https://github.com/google-research/longt5)\n"
    "  * ByT5\n",
)
SENTENCE = "adds LongT5 under T5 family: paper, code; changes nothing else"


@pytest.fixture
def compare(tmp_path):
    """What is said of NEW; the suite lets no test ask the database that does not say so."""

    def run(new: str, old: str = CAST, form: str = "text") -> str:
        for name, text in (("old", old), ("new", new)):
            (tmp_path / name).write_bytes(text.encode())
        files = [str(tmp_path / name) for name in ("old", "new")]
        out = StringIO()
        call_command("compare_readme", *files, format=form, stdout=out)
        return out.getvalue()

    return run


def test_one_change_is_one_sentence(compare):
    assert compare(LONG_T5) == f"- {SENTENCE}\n"
    in_code = SENTENCE.replace("LongT5", "`LongT5`").replace("T5 family", "`T5 family`")
    assert f"- {in_code}\n" in compare(LONG_T5, form="markdown")


def test_more_changes_are_a_list_and_an_end(compare):
    said = compare(LONG_T5.replace("* PaLM\n", ""))
    assert said.splitlines() == [
        "- adds LongT5 under T5 family: paper, code",
        "- removes PaLM under Google",
        "",
        "Nothing else changes.",
    ]


def test_nothing_is_said_to_be_nothing(compare):
    assert compare(CAST) == "No record changes.\n"


def test_what_changes_besides_is_shown(compare):
    said = compare(LONG_T5.replace("Baidu comes last", "Buy here"))
    assert "changes nothing else" not in said
    assert said.splitlines()[2:] == [
        "Besides, 2 lines differ outside of the records, or in its form:",
        "",
        "-<!-- Baidu comes last. -->",
        "+<!-- Buy here. -->",
    ]


def test_findings_that_were_not_there_before_are_told(compare):
    old = CAST.replace("* PLATO", "* PLATO\n* Empty")
    said = compare(old + "\n[gone](#nowhere)\n", old)
    assert "Worth a look, and not there before:" in said
    assert re.search(r"^- line 25, error: .*nowhere.* \[[\w-]+\]$", said, re.MULTILINE)
    assert "Empty" not in said


def test_json_has_the_same(compare):
    said = json.loads(compare(LONG_T5, form="json"))
    assert said["changes"] == [
        {
            "does": "adds",
            "path": ["Google", "T5 family", "LongT5"],
            "sentence": "adds LongT5 under T5 family: paper, code",
        }
    ]
    assert said["other_lines"] == said["findings"] == []


def test_a_list_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "old").write_text(CAST)
    (tmp_path / "new").write_bytes(b"\xff")
    for files in (("old", "new"), ("new", "old"), ("old", "none")):
        with pytest.raises(CommandError, match=r"(new|none): ") as error:
            call_command("compare_readme", *(str(tmp_path / name) for name in files))
        assert error.value.returncode == 2


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "](https://evil.example) [x",
    "`` ` `a` ``` b",
    "@everyone and #1 and GH-1",
    "https://evil.example www.evil.example",
    "::error::no",
    "##[error]no",
    "&lt;b&gt; \\`a\\`",
    "a\u2028::warning::b\u202eevil\x1b[31m",
    "| a | b |",
    "*bold* _it_ ~~gone~~ **`x`**",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_nothing_that_is_written_in_a_list_becomes_more_than_text(compare, name, form):
    escaped = re.sub(r"([\\`*_{}\[\]<>&#|~:@])", r"\\\1", name)
    new = (
        CAST.replace("* PLATO\n", f"* PLATO\n* {name}\n* {escaped}\n  * {escaped}\n")
        .replace("# PLMs", f"# {escaped}")
        .replace("## Baidu", f"## {escaped}\n\n{name}\n\n```\n{name}\n```\n\n## Baidu")
    )
    said = compare(new, form=form)
    assert "adds" in said or "Besides" in said
    for line in said.splitlines():
        assert not re.match(r"\s*::", line)
        assert "##[" not in line
    assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e]", said)
    if form == "markdown":
        page = cmarkgfm.github_flavored_markdown_to_html(said)
        tags = set(re.findall(r"<(\w+)", page))
        assert tags <= {"h3", "p", "ul", "li", "code", "pre"}, page
        words = re.sub(r"<(code|pre)\b.*?</\1>", "", page, flags=re.DOTALL)
        assert not re.search(r"evil|alert|everyone|@|#\d", words)

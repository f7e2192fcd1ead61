"""`manage.py lint_readme`: findings on standard output, the count on standard error, a status."""

import json
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.sync.cast import CAST

EMPTY = CAST.replace("* PaLM", "* PaLM\n* Flan", 1)
DEAD = EMPTY + "\n[gone](#nowhere)\n"


def run(*words: Any, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("lint_readme", *map(str, words), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def refusal(*words: Any, **options: Any) -> tuple[int, str, str]:
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("lint_readme", *map(str, words), stdout=out, stderr=StringIO(), **options)
    return error.value.returncode, str(error.value), out.getvalue()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(CAST)
    return path


def line_of(text: str, beginning: str) -> int:
    return text[: text.index(beginning)].count("\n") + 1


def test_hints_are_told_and_are_no_error(path):
    path.write_text(EMPTY)
    out, err = run(path)
    line = line_of(EMPTY, "* PaLM")
    assert (
        f"{path}:{line}: hint: PaLM has no link. Add its paper, code or page. [without-link]\n"
        in out
    )
    assert "hint" in err


def test_an_error_is_exit_status_1(path):
    path.write_text(DEAD)
    status, said, out = refusal(path)
    assert status == 1
    assert said.startswith("1 error")
    assert f"{path}:{line_of(DEAD, '[gone]')}: error: #nowhere leads to no heading." in out


def test_strict_counts_every_finding(path):
    path.write_text(EMPTY)
    assert refusal(path, "--strict")[0] == 1


def test_only_what_the_file_adds_is_said_beside_a_base(path, tmp_path):
    path.write_text(DEAD)
    base = tmp_path / "old.md"
    base.write_text(DEAD)
    assert run(path, "--base", base) == ("", "Nothing to look at.\n")
    base.write_text(EMPTY)
    assert refusal(path, "--base", base)[1] == "1 error."


def test_json_holds_all_of_a_finding(path):
    path.write_text(DEAD)
    data = json.loads(refusal(path, "--format", "json")[2])
    [dead] = [finding for finding in data["findings"] if finding["rule"] == "dead-anchor"]
    assert dead["line"] == line_of(DEAD, "[gone]")
    assert dead["severity"] == "error"
    assert dead["fix"]


def test_github_gets_a_command_a_finding(path):
    path.write_text(DEAD)
    out = refusal(path, "--format", "github")[2]
    line = line_of(DEAD, "[gone]")
    assert (
        f"::error file={path},line={line},title=dead-anchor::#nowhere leads to no heading." in out
    )
    assert "::notice file=" in out


@pytest.mark.parametrize("end", ["&#13;", "&#10;", "%0A"])
def test_nothing_in_a_list_becomes_a_command_of_github(path, end):
    path.write_bytes(f"{CAST}* [x](#no{end}::add-mask::x)\n* y{end}::add-mask::y\n".encode())
    out = refusal(path, "--format", "github")[2]
    assert "add-mask" in out
    for line in re.split(r"[\r\n]+", out.strip()):
        assert re.match(r"::(error|warning|notice) file=", line)


def test_fix_mends_the_contents_and_nothing_else(path):
    text = CAST.replace("\n## ", "\n* [Google](#google)\n* [Meta](#meta)\n\n## ", 1)
    path.write_text(text)
    _, err = run(path, "--fix")
    assert "the contents now follow the headings" in err
    fixed = path.read_text()
    assert "#meta" not in fixed
    assert [line for line in text.split("\n") if "(#" not in line] == [
        line for line in fixed.split("\n") if "(#" not in line
    ]
    assert run(path, "--fix")[0] == run(path)[0]


@pytest.mark.parametrize("data", [b"\xff", b"a\0b", b"", b"\n", b"Only prose.\n"])
def test_what_cannot_be_read_is_exit_status_2(path, data):
    path.write_bytes(data)
    status, said, out = refusal(path)
    assert (status, out) == (2, "")
    assert said.startswith(f"{path}: ")


def test_no_file_is_exit_status_2(tmp_path):
    assert refusal(tmp_path / "none.md")[0] == 2


def test_fix_needs_a_file():
    assert refusal("-", "--fix")[:2] == (2, "--fix writes into FILE: name it.")

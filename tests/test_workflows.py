"""The workflows that docs/ has ready to copy, and the commands that its pages name."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from tests.commands.repositories import Repositories, git
from tests.readme.lists import ROOT
from tests.sync.cast import CAST

WORKFLOWS = sorted((ROOT / "docs" / "git").glob("*.yml"))
PAGES = [*WORKFLOWS, ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def workflow(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "git" / f"{name}.yml").read_text())
    return read


def steps(name: str) -> list[dict[str, Any]]:
    (job,) = workflow(name)["jobs"].values()
    return list(job["steps"])


def scripts(name: str) -> list[str]:
    return [step["run"] for step in steps(name) if "run" in step]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_one_and_its_scripts_are_shell(path):
    for script in scripts(path.stem):
        read = subprocess.run(["sh", "-n"], input=script.encode(), capture_output=True, check=False)
        assert read.returncode == 0, read.stderr.decode()
        assert "${{" not in script, "what others wrote must not become a part of a script"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_that_is_named_is_there_with_its_options(path):
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    named = re.findall(r"manage\.py ([a-z_]+)([^\n`|;]*)", text)
    for name, words in named:
        app = get_commands().get(name)
        assert app is not None, f"{path.name} names manage.py {name}"
        parser = load_command_class(app, name).create_parser("manage.py", name)
        options = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", words))
        assert options <= set(parser._option_string_actions), f"{path.name}: {name} {words}"


def test_the_pages_that_are_linked_are_there():
    for page in PAGES:
        for target in re.findall(r"\]\(([\w./-]+\.(?:md|yml))\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).is_file(), f"{page.name} links to {target}"


def test_a_pull_request_of_a_stranger_reads_and_nothing_else():
    read = workflow("pull-request")
    # YAML reads a key `on` as true.
    assert set(read[True]) == {"pull_request"}
    assert read["permissions"] == {"contents": "read"}
    assert "secrets." not in (ROOT / "docs" / "git" / "pull-request.yml").read_text()
    (job,) = read["jobs"].values()
    assert "permissions" not in job
    checkouts = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_the_sync_has_the_whole_history_and_runs_alone():
    read = workflow("sync")
    (the_list, _) = (step for step in steps("sync") if "checkout" in step.get("uses", ""))
    assert the_list["with"]["fetch-depth"] == 0
    assert read["permissions"] == {"contents": "write"}
    assert read["concurrency"]


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [("", True), ("sqlite:///db.sqlite3", True), ("postgres://a:b@db.example.org/plm", False)],
)
def test_the_sync_refuses_a_database_that_would_be_forgotten(url, is_refused):
    done = subprocess.run(
        ["sh", "-e"],
        input=scripts("sync")[0].encode(),
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        check=False,
    )
    assert bool(done.returncode) == is_refused
    assert done.stdout.startswith(b"::error::") == is_refused


def test_the_check_of_a_pull_request_writes_its_summary(tmp_path):
    """As GitHub runs it: HEAD is the merge, its first parent the branch before."""
    (tmp_path / "begun").mkdir()
    host = Repositories(Repositories.begun(tmp_path / "begun", CAST), tmp_path)
    host.push(CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n") + "\n[gone](#nowhere)\n")
    git(tmp_path, "clone", "--quiet", str(host.host), "list")
    (tmp_path / "catalogue").symlink_to(ROOT)
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')  # a link would lose its venv
    python.chmod(0o755)
    statuses = [run(tmp_path, script) for script in scripts("pull-request")[1:]]
    summary = (tmp_path / "summary").read_text()
    assert "- adds `Wenxin` under `Baidu`" in summary
    assert "#nowhere" in summary
    assert [status for status, _ in statuses] == [0, 0, 1]
    _, (_, compared), (_, found) = statuses
    assert compared == "", "only the summary may hold what others wrote"
    assert found.startswith("::")
    assert "::error file=README.md,line=" in found


def run(folder: Path, script: str) -> tuple[int, str]:
    done = subprocess.run(
        ["sh", "-e"],
        input=script.encode(),
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "DEBUG": "1",
            "LIST": "",
            # None is asked.
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
            "DJANGO_SETTINGS_MODULE": "plmsite.settings",
        },
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.returncode, done.stdout.decode()

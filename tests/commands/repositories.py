"""A list's repository as git hosts have it, the site's clone of it, and a contributor's."""

import hashlib
import os
import shutil
import subprocess
import threading
import zlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

# Nobody's own settings, and no question: the tests are the same on every machine.
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    # Nothing is tidied up behind so few commits.
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "maintenance.auto",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_KEY_1": "receive.autogc",
    "GIT_CONFIG_VALUE_1": "false",
    "GIT_AUTHOR_NAME": "The catalogue",
    "GIT_AUTHOR_EMAIL": "catalogue@example.org",
    "GIT_COMMITTER_NAME": "The catalogue",
    "GIT_COMMITTER_EMAIL": "catalogue@example.org",
}

# Git leaves them out of a name, too.
_NOT_IN_NAMES = str.maketrans("", "", "<>")


class Repositories:
    """`host` is bare, as is `site`; contributors push to the host without a clone of theirs."""

    branch: tuple[str, ...] = ("--branch", "main")
    """Named, for the host would be asked for it each time."""

    def __init__(self, begun: Path, folder: Path) -> None:
        """Copies of what `begun` made: quicker than git itself."""
        self.host, self.site = folder / "host.git", folder / "site.git"
        shutil.copytree(begun / "host.git", self.host)
        shutil.copytree(begun / "site.git", self.site)
        config = self.site / "config"
        config.write_text(config.read_text().replace(str(begun), str(folder)))

    @classmethod
    def begun(cls, folder: Path, text: str) -> Path:
        """A host with this list, and a clone of it."""
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", "--template=", "host.git")
        first = cls.__new__(cls)
        first.host = folder / "host.git"
        first.push(text, "Begin", parent=None)
        git(folder, "clone", "--quiet", "--bare", "--template=", str(first.host), "site.git")
        return folder

    def push(
        self,
        text: str,
        message: str = "Edit",
        *,
        by: str = "Octocat",
        parent: str | None = "main",
        file: str = "README.md",
        to: str = "refs/heads/main",
    ) -> str:
        """A commit of somebody, now the host's main; another parent, or none, rewrites it."""
        blob = self._written("blob", text.encode())
        named = f"100644 {file}\0".encode()
        lines = [f"tree {self._written('tree', named + bytes.fromhex(blob))}"]
        if parent:
            lines.append(f"parent {self._commit(parent)}")
        name = by.translate(_NOT_IN_NAMES)
        lines += [f"{role} {name} <x@example.org> 0 +0000" for role in ("author", "committer")]
        commit = self._written("commit", "\n".join([*lines, "", message, ""]).encode())
        (self.host / to).parent.mkdir(parents=True, exist_ok=True)
        (self.host / to).write_text(f"{commit}\n")
        return commit

    def _written(self, kind: str, content: bytes) -> str:
        """An object as git keeps it: its own processes would take longer than what is tested."""
        stored = f"{kind} {len(content)}\0".encode() + content
        name = hashlib.sha1(stored, usedforsecurity=False).hexdigest()
        path = self.host / "objects" / name[:2] / name[2:]
        path.parent.mkdir(exist_ok=True)
        # Whole at once: others may write the same, or read it.
        half = path.with_name(f"{threading.get_ident()}")
        half.write_bytes(zlib.compress(stored))
        half.rename(path)
        return name

    def _commit(self, name: str) -> str:
        return self.head if name == "main" else name

    def merge(self, change: Callable[[str], str]) -> None:
        """A pull request that the host merges into whatever its branch is at by then."""
        for _ in range(50):
            head = self.head
            mine = f"refs/pull/{threading.get_ident()}"
            commit = self.push(change(text_at(self.host, head)), parent=head, to=mine)
            words = ("update-ref", "refs/heads/main", commit, head)
            done = subprocess.run(["git", *words], cwd=self.host, capture_output=True, check=False)
            if not done.returncode:
                return
        raise AssertionError("The branch never stood still.")

    @property
    def head(self) -> str:
        return (self.host / "refs" / "heads" / "main").read_text().strip()

    @property
    def text(self) -> str:
        return text_at(self.host, "main")

    @property
    def message(self) -> str:
        return git(self.host, "log", "-1", "--format=%B", "main")

    @property
    def subjects(self) -> list[str]:
        """The newest first."""
        return git(self.host, "log", "--format=%s", "main").splitlines()

    def sync(self, *words: str) -> str:
        out = StringIO()
        words = (*self.branch, *words)
        call_command("git_sync", str(self.site), *words, stdout=out, stderr=StringIO())
        return out.getvalue()

    def refusal(self, *words: str) -> tuple[int, str]:
        try:
            said = self.sync(*words)
        except CommandError as error:
            return error.returncode, str(error)
        raise AssertionError(f"It was done:\n{said}")


def git(folder: Path, *words: str, data: str | None = None, **environment: str) -> str:
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT, **environment},
        input=None if data is None else data.encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"git {words}: {done.stderr.decode()}")
    return done.stdout.decode().strip()


def text_at(folder: Path, commit: str) -> str:
    done: Any = subprocess.run(
        ["git", "cat-file", "blob", f"{commit}:README.md"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    text: str = done.stdout.decode()
    return text

"""What the loop asks of git: fetch, read a version, make a commit, push it."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

# Our own names: they disturb no branch of whoever else uses the clone.
_FETCHED: Final = "refs/plm/fetched"
_SYNCED: Final = "refs/plm/synced"
# A server that does not answer must not hold the lock for ever.
_SECONDS: Final = 300
_ASKED_AT_FIRST: Final = (
    "rev-parse",
    "--path-format=absolute",
    "--git-common-dir",
    "--is-bare-repository",
)
_FILE_MODES: Final = ("100644", "100755")


class GitFailed(Exception):
    """Git, or what is in the clone, does not allow it; the message says what and how to go on."""


class Version(NamedTuple):
    """A commit, and the file as it was then; no blob if it was not there."""

    commit: str
    blob: str


@dataclass(frozen=True)
class Repository:
    """A clone, bare or with a work tree, and the file and branch of it that hold the list."""

    path: Path
    file: str
    remote: str
    branch: str
    folder: Path = Path()
    """Where git keeps the clone's objects."""
    url: str = ""
    is_bare: bool = True

    @classmethod
    def opened(cls, path: Path, *, file: str, remote: str, branch: str) -> Repository:
        """Raises GitFailed if it is no clone of that remote, or may not commit."""
        here = cls(path.resolve(), file, remote, branch)
        if not path.is_dir():
            raise GitFailed(f"There is no folder {path}: git clone --bare URL {path}")
        try:
            folder, bare = here._git(*_ASKED_AT_FIRST).splitlines()
        except GitFailed as error:
            raise GitFailed(f"{path} is no clone: git clone --bare URL {path}\n{error}") from None
        url = here._git("remote", "get-url", remote)
        if here._asked("var", "GIT_COMMITTER_IDENT") is None:
            raise GitFailed(
                "Git does not know in whose name to commit:\n"
                f"git -C {path} config user.name 'The catalogue'\n"
                f"git -C {path} config user.email catalogue@example.org"
            )
        return replace(
            here,
            branch=branch or here._branch_of_remote(),
            folder=Path(folder),
            url=url,
            is_bare=bare == "true",
        )

    def _branch_of_remote(self) -> str:
        said = self._git("ls-remote", "--symref", self.remote, "HEAD")
        found = re.match(r"ref: refs/heads/(.+)\tHEAD", said)
        if found is None:
            raise GitFailed(f"{self.remote} has no branch yet: push a first commit, or --branch.")
        return found[1]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One run at a time. The system opens the lock when its owner dies, however that is."""
        with (self.folder / "plm-sync.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise GitFailed(
                    f"Another git_sync is at work in {self.path}: nothing was done."
                ) from None
            yield

    # Reading.

    def fetch(self) -> str:
        """The commit that the branch of the remote is at."""
        self._git(
            "fetch",
            "--quiet",
            "--no-tags",
            *(["--unshallow"] if (self.folder / "shallow").exists() else []),
            self.remote,
            f"+refs/heads/{self.branch}:{_FETCHED}",
        )
        return self._git("rev-parse", "--verify", _FETCHED)

    def text(self, commit: str) -> bytes:
        """The list as that commit has it. Raises GitFailed if there is no such file."""
        if self._mode(commit) not in _FILE_MODES:
            raise GitFailed(
                f"{self.branch} of {self.remote} has no file {self.file}: name the list with "
                "--file (a link's target rather than the link)."
            )
        return self._run("cat-file", "blob", f"{commit}:{self.file}")

    def versions(self, commit: str) -> list[Version]:
        """The file in the history of that commit, the newest first.

        The full history: by itself git leaves out the side of a merge that did not get its way.
        """
        commits = self._git(
            "rev-list", "--topo-order", "--full-history", commit, "--", self.file
        ).split()
        asked = "".join(f"{each}:{self.file}\n" for each in (commit, *commits))
        said = self._run("cat-file", "--batch-check", data=asked.encode()).decode()
        blobs = (line.split(" ")[0] if " blob " in line else "" for line in said.splitlines())
        return [Version(*found) for found in zip((commit, *commits), blobs, strict=True)]

    def commits(self, since: str, until: str) -> list[tuple[str, str]]:
        """The commits that changed the file in between, the newest first: (commit, author)."""
        said = self._git(
            "log", "--no-merges", "--full-history", "--format=%H %aN",
            f"{since}..{until}", "--", self.file,
        )  # fmt: skip
        parted = (line.partition(" ") for line in said.splitlines())
        return [(commit, author) for commit, _, author in parted]

    # Writing.

    def commit(self, text: bytes, message: str, parent: str) -> str:
        """A commit that differs from its parent by the text of the list; no branch moves."""
        blob = self._run("hash-object", "-w", "--stdin", data=text).decode().strip()
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._git("read-tree", parent, more=index)
            entry = f"{self._mode(parent)},{blob},{self.file}"
            self._git("update-index", "--cacheinfo", entry, more=index)
            tree = self._git("write-tree", more=index)
        said = self._run("commit-tree", tree, "-p", parent, "-F", "-", data=message.encode())
        return said.decode().strip()

    def push(self, commit: str) -> str:
        """What git says if it does not go; empty if it went."""
        try:
            self._git("push", "--quiet", self.remote, f"{commit}:refs/heads/{self.branch}")
        except GitFailed as error:
            return str(error)
        return ""

    def follow(self, commit: str) -> str:
        """Bring a work tree on that branch along; why not, if it has changes of its own."""
        if (
            self.is_bare
            or self._asked("symbolic-ref", "--quiet", "HEAD") != f"refs/heads/{self.branch}"
        ):
            return ""
        if self._asked("merge", "--ff-only", "--quiet", commit) is None:
            return f"The files in {self.path} stay as they are: they have changes of their own."
        return ""

    # What was synced last.

    def note_synced(self, commit: str) -> None:
        self._git("update-ref", _SYNCED, commit)

    def lost(self, commit: str) -> str:
        """The blob that was synced last, if the branch was rewritten since and left it out."""
        synced = self._asked("rev-parse", "--verify", "--quiet", f"{_SYNCED}^{{commit}}")
        if synced is None or self._asked("merge-base", "--is-ancestor", synced, commit) is not None:
            return ""
        return self._asked("rev-parse", "--verify", "--quiet", f"{synced}:{self.file}") or ""

    # Git itself.

    def _mode(self, commit: str) -> str:
        """100644 of a file, 120000 of a link, nothing if there is none."""
        return self._git("ls-tree", "--full-tree", commit, "--", self.file).partition(" ")[0]

    def _asked(self, *words: str) -> str | None:
        """The answer, or None if git says no."""
        try:
            return self._git(*words)
        except GitFailed:
            return None

    def _git(self, *words: str, more: Mapping[str, str] | None = None) -> str:
        return self._run(*words, more=more).decode("utf-8", "replace").strip()

    def _run(self, *words: str, data: bytes = b"", more: Mapping[str, str] | None = None) -> bytes:
        try:
            done = subprocess.run(
                ["git", "--literal-pathspecs", *words],
                cwd=self.path,
                env={**self._environment(), **(more or {})},
                input=data,
                capture_output=True,
                check=False,
                timeout=_SECONDS,
            )
        except FileNotFoundError:
            raise GitFailed("Git is missing: install it (apt install git).") from None
        except subprocess.TimeoutExpired:
            raise GitFailed(f"git {words[0]} had no answer in {_SECONDS} seconds.") from None
        if done.returncode:
            # A URL may hold a password.
            said = re.sub(r"://[^/@\s]+@", "://", done.stderr.decode("utf-8", "replace")).strip()
            raise GitFailed(f"git {words[0]} failed: {said or f'status {done.returncode}'}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        """Nobody is asked anything, and this very folder is meant: not one around it, nor one that
        a hook, from which we may be called, has named."""
        ours = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
        return ours | {
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
            "GIT_CEILING_DIRECTORIES": str(self.path.parent),
        }


_OF_HOOKS: Final = frozenset(
    {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
    }
)

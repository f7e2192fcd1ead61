"""Real edits of other people's lists, made again from what they mean.

    python -m benchmarks.replay FOLDER [--misses] [--diff REPOSITORY STEP]

FOLDER holds index.json and for each repository `0000.md` and its patches. Of each edit only the
meaning passes through: the text before is patched so that it says what the text after says. "Says"
counts those that do, "bytes" those that come out as the curators wrote them. clean.py says which
edits are "clean": those that a hand could make again from their meaning alone.
"""

import difflib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.clean import is_clean, is_strictly_clean
from catalog.readme import Meaning, Unstatable, compare, parse, patch


class Outcome(NamedTuple):
    repository: str
    kind: str
    step: int
    says: bool
    is_same: bool
    is_clean: bool
    is_strictly_clean: bool
    reason: str

    @property
    def clean(self) -> str:
        return " strict" if self.is_strictly_clean else " wide" if self.is_clean else ""


def patched(text: str, change: str) -> str:
    """The text after a unified diff."""
    lines = text.split("\n")
    out: list[str] = []
    at = 0
    hunk = change.split("\n")
    number = 0
    while number < len(hunk):
        line = hunk[number]
        number += 1
        if not line.startswith("@@"):
            continue
        begin = line.split()[1].lstrip("-").split(",")
        start = int(begin[0]) - (0 if len(begin) > 1 and begin[1] == "0" else 1)
        out += lines[at:start]
        at = start
        while number < len(hunk) and not hunk[number].startswith("@@"):
            body = hunk[number]
            number += 1
            if body.startswith("\\"):
                continue
            if body == "" and number == len(hunk):
                break
            if body[:1] in (" ", ""):
                out.append(lines[at])
                at += 1
            elif body[:1] == "-":
                at += 1
            else:
                out.append(body[1:])
    return "\n".join([*out, *lines[at:]])


def steps(folder: Path) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Each edit with the text before and after it."""
    texts: dict[str, str] = {}
    for edit in json.loads((folder / "index.json").read_text("utf-8")):
        repository = edit["repo"]
        if repository not in texts:
            texts[repository] = (folder / repository / "0000.md").read_bytes().decode()
        before = texts[repository]
        change = (folder.parent / edit["patch"]).read_bytes().decode()
        texts[repository] = after = applied(before, change)
        yield edit, before, after


def applied(before: str, change: str) -> str:
    after = patched(before, change)
    has_end = not change.rstrip("\n").endswith("\\ No newline at end of file")
    if "\\ No newline" not in change:
        return after
    added_last = [line for line in change.split("\n") if line[:1] in "+- \\"]
    is_new_bare = has_end is False and added_last[-2:][0].startswith(("+", " "))
    if is_new_bare:
        return after.rstrip("\n")
    return after if after.endswith("\n") else after + "\n"


def replayed(before: str, after: str) -> tuple[str, str]:
    """The text that our patch makes, or none and the reason."""
    document = parse(before)
    wanted = Meaning.from_json(json.loads(json.dumps(parse(after).meaning.to_json())))
    try:
        return patch(document, compare(document.meaning, wanted)), ""
    except Unstatable as refusal:
        return "", str(refusal)


def main(folder: Path, *, shows_misses: bool, only: tuple[str, int] | None) -> None:
    outcomes: list[Outcome] = []
    for edit, before, after in steps(folder):
        repository, step = edit["repo"], edit["step"]
        if only is not None and (only[0] not in repository or only[1] != step):
            continue
        text, reason = replayed(before, after)
        says = bool(text) and parse(text).meaning == parse(after).meaning
        clean = is_clean(before, after), is_strictly_clean(before, after)
        outcomes.append(
            Outcome(repository, edit["kind"], step, says, text == after, *clean, reason)
        )
        if only is not None:
            lines = difflib.unified_diff(after.split("\n"), text.split("\n"), "theirs", "ours", n=1)
            print("\n".join(line[:400] for line in lines), reason)
    for key in ("repository", "kind"):
        groups = sorted({getattr(one, key) for one in outcomes})
        for group in groups:
            _print(group, [one for one in outcomes if getattr(one, key) == group])
    for repository in sorted({one.repository for one in outcomes}):
        strict = [one for one in outcomes if one.is_strictly_clean]
        _print(f"{repository}, strict", [one for one in strict if one.repository == repository])
    _print("all", outcomes)
    _print("clean, wide", [one for one in outcomes if one.is_clean])
    _print("clean, strict", [one for one in outcomes if one.is_strictly_clean])
    if shows_misses:
        for one in outcomes:
            if not one.is_same:
                said = "" if one.says else f" SAYS SOMETHING ELSE {one.reason[:100]}"
                print(f"  {one.repository} {one.step} {one.kind}{one.clean}{said}")


def _print(name: str, outcomes: list[Outcome]) -> None:
    number = max(len(outcomes), 1)
    says, same = sum(one.says for one in outcomes), sum(one.is_same for one in outcomes)
    print(
        f"{name:40} {len(outcomes):4} edits, say the same {says:4} ({says / number:6.1%}), "
        f"bytes {same:4} ({same / number:6.1%})"
    )


if __name__ == "__main__":
    arguments = sys.argv[1:]
    chosen = None
    if "--diff" in arguments:
        at = arguments.index("--diff")
        chosen = arguments[at + 1], int(arguments[at + 2])
    main(Path(arguments[0]), shows_misses="--misses" in arguments, only=chosen)

"""Real merges replayed: what people and git made of them, and what we make of them.

    python -m benchmarks.merges FOLDER

Below FOLDER each case is a folder with `base.md`, and `ours.patch`, `theirs.patch` and
`result.patch` against it; its `info.json` says whether git's line merge managed it.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.readme import (
    Link,
    ListDocument,
    Meaning,
    Merge,
    Unstatable,
    compare,
    decode,
    in_words,
    merge,
    merge_texts,
    parse,
)
from catalog.readme.meaning import name_of, walk
from catalog.readme.text_merger import TextMerge

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+")


def patched(text: bytes, diff: bytes) -> bytes:
    """The text after a unified diff. Raises ValueError if the diff is for another text."""
    lines, done, at = text.split(b"\n"), [], 0
    for line in diff.split(b"\n"):
        hunk = _HUNK.match(line)
        if hunk is not None:
            start = int(hunk[1]) - (hunk[2] != b"0")
            done += lines[at:start]
            at = start
        elif line[:3] in (b"---", b"+++") and not done and not at:
            continue
        elif line[:1] == b"+":
            done.append(line[1:])
        elif line[:1] in (b" ", b"-"):
            if lines[at] != line[1:]:
                raise ValueError(f"line {at + 1} is not {line[1:]!r}")
            done += [lines[at]] if line[:1] == b" " else []
            at += 1
    return b"\n".join([*done, *lines[at:]])


@dataclass(frozen=True)
class Case:
    name: str
    is_clean: bool
    """Whether git's line merge managed it."""
    base: ListDocument
    ours: ListDocument
    theirs: ListDocument
    result: ListDocument


def cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("**/info.json")):
        raw = (path.parent / "base.md").read_bytes()
        base = parse(decode(raw))
        sides = [  # with the organisations of the base, as an import reads a file
            parse(
                decode(patched(raw, (path.parent / f"{side}.patch").read_bytes())),
                base.meaning.organisations,
            )
            for side in ("ours", "theirs", "result")
        ]
        is_clean = json.loads(path.read_bytes())["git_merge_file"].startswith("clean")
        name = str(path.parent.relative_to(folder))
        yield Case(name, is_clean, base, *sides)


def said_by(*meanings: Meaning) -> set[str]:
    things = [thing for meaning in meanings for _, thing in walk(meaning.sections)]
    return {name_of(thing) for thing in things} | {getattr(thing, "url", "") for thing in things}


def unordered(thing: Any) -> Any:
    if isinstance(thing, Link):
        return thing
    below = thing.sections if isinstance(thing, Meaning) else thing.children
    said = [getattr(thing, name, "") for name in ("name", "note", "title", "introduction", "facts")]
    return type(thing), *said, sorted(map(unordered, below), key=repr)


def lost(case: Case, found: Merge) -> set[str]:
    """Names and links that a side added and neither the merge nor a conflict says."""
    added = said_by(case.ours.meaning, case.theirs.meaning) - said_by(case.base.meaning)
    named = {name for conflict in found.conflicts for name in conflict.names()}
    return added - said_by(found.meaning) - named


def written(case: Case, found: Merge) -> TextMerge | None:
    """The text, as a sync with an old copy would write it; None if there is no form for it."""
    try:
        return merge_texts(case.base, case.ours, case.theirs, found.meaning)
    except Unstatable:
        return None


def main(folder: str) -> None:
    print(f"{'case':<38}{'git':<9}{'conflicts':>9}  {'as committed':<14}{'written':<12}lost   kept")
    totals = {True: [0, 0, 0], False: [0, 0, 0]}
    for case in cases(Path(folder)):
        found = merge(case.base.meaning, case.ours.meaning, case.theirs.meaning)
        agreed = case.result.meaning
        is_same = found.meaning == agreed
        same = "yes" if is_same else "but for order"
        if unordered(found.meaning) != unordered(agreed):
            same = "no"
        text = written(case, found)
        is_exact = text is not None and text.document.raw == case.result.raw
        how = "every byte" if is_exact else "no form" if text is None else "yes"
        gone, kept = lost(case, found), text.disputed if text is not None else ()
        is_without_question = not found.conflicts and not kept
        totals[case.is_clean][0] += is_same and is_without_question
        totals[case.is_clean][1] += is_exact and is_without_question
        totals[case.is_clean][2] += 1
        print(
            f"{case.name:<38}{'clean' if case.is_clean else 'conflict':<9}"
            f"{len(found.conflicts):>9}  {same:<14}{how:<12}{len(gone):>4}{len(kept):>7}"
        )
        details = [conflict.in_words() for conflict in found.conflicts]
        details += [f"lost: {said}" for said in (*sorted(gone), *kept)]
        details += [
            f"committed: {words}"
            for words in in_words(compare(found.meaning, agreed), ("entry", "entries"))
        ]
        for words in details[:12] if "-v" in sys.argv else ():
            print(f"      {words[:160]}")
    for is_clean, (good, exact, all_) in totals.items():
        print(
            f"git {'succeeds' if is_clean else 'conflicts'}: {good} of {all_} merged without a "
            f"question, as people committed it; {exact} of them to the byte"
        )


if __name__ == "__main__":
    main(sys.argv[1])

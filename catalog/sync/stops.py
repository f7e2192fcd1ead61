"""What must not happen unseen: each finds a reason to write nothing, in a sentence, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from catalog import readme, words
from catalog.models import Snapshot
from catalog.readme import Edit, Entry, Link, Meaning, Section
from catalog.readme.lint.text import lines_with_conflict_marker
from catalog.readme.meaning import Thing, walk

# Of a small list so many records may go without a word, of a large one a tenth.
_ALLOWED_DELETIONS: Final = 10


def conflict_markers(data: bytes) -> Iterator[str]:
    line = next(lines_with_conflict_marker(data), None)
    if line is not None:
        yield f"Line {line} is a conflict marker: finish the merge in the file first."


def another_list(agreed: Meaning, edits: Sequence[Edit]) -> Iterator[str]:
    """Fewer than half of what was agreed on is left."""
    before = sum(1 for _ in agreed.entries())
    gone = sum(isinstance(thing, Entry) for thing in _removed(edits))
    if gone * 2 > before:
        many = words.entry().many
        yield (
            f"This looks like another list: {gone:,} of {before:,} {many} are not in it. "
            "Another list needs a database of its own (DATABASE_URL, or make run LIST=...). "
            f"If it is the same list, cut short, remove the {many} in the database and export."
        )


def many_removals(
    agreed: Meaning, edits: Sequence[Edit], allowed: int | None, command: str
) -> Iterator[str]:
    """An empty or wrong side must not empty the other. `command` is what was asked for."""
    records = sum(1 for _ in walk(agreed.sections))
    gone = removals(edits)
    limit = max(_ALLOWED_DELETIONS, records // 10) if allowed is None else allowed
    if gone > limit:
        yield (
            f"{gone:,} of {records:,} records would be removed, more than {limit:,}. If that is "
            f"meant: manage.py {command} --allow-deletions {gone}"
        )


def removals(edits: Sequence[Edit]) -> int:
    """How many records would go, with all that stands below them."""
    return sum(1 for _ in _removed(edits))


def another_grammar(newest: Snapshot, command: str) -> Iterator[str]:
    """What was agreed on and what is read now may differ although nobody changed anything."""
    if newest.grammar != readme.GRAMMAR:
        yield (
            f"The newest text, snapshot {newest.pk}, was read by another version of this program, "
            "which may have understood it differently. First import_readme that very text, "
            f"unchanged (the admin shows it under Snapshots); then {command}."
        )


def with_below(thing: Thing) -> Iterator[Thing]:
    """A thing and all that stands below it."""
    yield thing
    if not isinstance(thing, Link):
        for _, below in islice(walk([Section("", children=thing.children)]), 1, None):
            yield below


def _removed(edits: Sequence[Edit]) -> Iterator[Thing]:
    for edit in edits:
        if edit.kind == "remove" and edit.thing is not None:
            yield from with_below(edit.thing)

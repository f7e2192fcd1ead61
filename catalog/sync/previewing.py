"""What writes that are not kept yet do to README.md: its lines, and what they do not say.

    before = standing()              # under the lock, before anything is written
    ...                              # the writes themselves, by whoever wants to know
    report = preview(before, noted)  # what they noted; then they are kept, or rolled back

So a preview can promise nothing that saving would not do: it is the same save.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from catalog import readme
from catalog.changes import TABLES
from catalog.models import FACTS, AliasKind, Change, Resource, Snapshot
from catalog.sync.exporting import CannotExport, planned
from catalog.sync.lines import AlteredLines, altered_lines
from catalog.sync.rows import Row, Rows, read_rows
from catalog.sync.snapshots import newest_snapshot
from catalog.sync.unstatable import ADVICE

Key = tuple[str, int]
"""A row as the memory names it: its table and its id."""

_TABLE_OF = {row_class: table for table, row_class in TABLES.items()}


@dataclass(frozen=True)
class _Made:
    """The text that rows make, or why they make none."""

    text: bytes = b""
    problem: str = ""
    many_removals: str = ""
    """Why the next export would stop and ask."""


@dataclass(frozen=True)
class Standing:
    """What the rows say at a moment, and the text that they make."""

    rows: Rows
    newest: Snapshot | None
    """The text that was imported or exported last, if any ever was."""

    @cached_property
    def made(self) -> _Made:
        """Made when it is asked for: where nothing is written in the end, nobody asks.

        It is that of the rows as they were read, whatever became of them since.
        """
        if self.newest is None and not self.rows.meaning.sections:
            return _Made()
        try:
            report = planned(self.rows, self.newest, allow_deletions=sys.maxsize)
        except CannotExport as error:
            return _Made(problem=str(error).replace(f" {ADVICE}", ""))
        return _Made(report.text, many_removals=report.many_removals)

    @cached_property
    def shown(self) -> dict[Key, Row]:
        """What the list holds."""
        return {key_of(row): row for row in self.rows.at.values()}

    @cached_property
    def above(self) -> dict[Key, Row | None]:
        """What each row stands below, drafts included."""
        return {
            key_of(row): parent for parent, below in self.rows.children.items() for row in below
        }

    @cached_property
    def known(self) -> dict[Key, Row]:
        """All rows, drafts included."""
        return {key_of(row): row for below in self.rows.children.values() for row in below}


@dataclass(frozen=True)
class Preview:
    """What a change does to README.md."""

    lines: AlteredLines
    sentences: tuple[str, ...] = ()
    """What the lines do not say, for a curator."""
    refusal: str = ""
    """Why this must not be kept: README.md could be written before, and could not after."""


def standing() -> Standing:
    """How things stand now. For those who hold the lock, and keep it until they have asked."""
    return Standing(read_rows(), newest_snapshot())


def preview(before: Standing, noted: Sequence[Change]) -> Preview:
    """What these changes, which the rows hold already, do to the text. See `standing`."""
    none = AlteredLines(())
    if not noted:
        return Preview(none, ("Nothing is changed.",))
    after = standing()
    problem, problem_before = after.made.problem, before.made.problem
    if problem and not problem_before:
        refusal = f"README.md could not be written with this. {problem}"
        return Preview(none, refusal=refusal)
    if problem_before:
        return Preview(none, (_without_lines(problem_before, problem),))
    lines = altered_lines(before.made.text, after.made.text)
    return Preview(lines, tuple(_sentences(before, after, noted, lines)))


def _without_lines(before: str, after: str) -> str:
    if after:
        return f"README.md cannot be written at present, with or without this. {after}"
    return f"With this README.md can be written again. Until now: {before}"


def _sentences(
    before: Standing, after: Standing, noted: Sequence[Change], lines: AlteredLines
) -> Iterator[str]:
    if lines and after.newest is None:
        yield ("No list was imported yet: this is the README.md that is made of what is published.")
    if after.made.many_removals and not before.made.many_removals:
        yield f"The next export will stop and ask. {after.made.many_removals}"
    unstated = set(_unstated(after, noted))
    if unstated:
        told = f"This list has no place for {_listed(sorted(unstated))}"
        stays = "" if lines else ", so README.md stays as it is"
        yield f"Shown on the site and in the data. {told}{stays}."
    withheld = set(_withheld_by(before, after, noted))
    if withheld:
        are, they_are = ("is", "it is") if len(withheld) == 1 else ("are", "they are")
        stays = "what belongs to it is not written" if lines else "README.md stays as it is"
        yield f"{_listed(sorted(withheld))} {are} unpublished: {stays} until {they_are} published."
    if not (lines or unstated or withheld):
        yield "README.md stays as it is."


# What has no place in the list.

_UNSTATED = {
    "organisation": {"slug"},
    "model": {"slug", "kind", *FACTS},
    "resource": {"is_official"},
}
# What a new row has without anybody's saying so.
_GUESSED = {"slug", "kind"}


def _unstated(after: Standing, noted: Iterable[Change]) -> Iterator[str]:
    """The fields with a new value that this list does not write, as forms call them."""
    for change in noted:
        if change.table == "alias" and _is_said_by_a_curator(change):
            yield "other names"
        row = after.shown.get((change.table, change.object_id))
        if row is None or change.action == "delete":
            continue
        fields = _UNSTATED[change.table] & change.after.keys()
        if change.action == "create":
            fields = {name for name in fields - _GUESSED if _is_filled(row, name)}
        if isinstance(row, Resource) and row.organisation_id and change.after.get("label"):
            fields.add("label")
        yield from (
            str(field.verbose_name) for field in row._meta.concrete_fields if field.name in fields
        )


def _is_said_by_a_curator(change: Change) -> bool:
    """A rename keeps the former name by itself."""
    kind = (change.before | change.after).get("kind", AliasKind.OTHER_NAME)
    return kind == AliasKind.OTHER_NAME


def _is_filled(row: Row, name: str) -> bool:
    return bool(getattr(row, name) != getattr(type(row)(), name))


# What is withheld.


def _withheld_by(before: Standing, after: Standing, noted: Iterable[Change]) -> Iterator[str]:
    """The unpublished records that keep what was changed out of the list."""
    for change in noted:
        key = (change.table, change.object_id)
        if change.action == "delete" or key in before.shown or key in after.shown:
            continue
        row = after.known.get(key)
        while row is not None and (isinstance(row, Resource) or row.is_published):
            row = after.above.get(key_of(row))
        if row is not None:
            yield f"“{readme.plain_text(str(row))}”"


def key_of(row: Row) -> Key:
    return _TABLE_OF[type(row)], row.pk


def _listed(names: Iterable[str]) -> str:
    """A, B and C; each once."""
    *some, last = dict.fromkeys(names)
    return f"{', '.join(some)} and {last}" if some else last

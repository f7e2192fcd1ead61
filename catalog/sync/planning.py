"""What an import would do: the file against the rows, from the text on which they agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catalog import readme, words
from catalog.models import Snapshot, SnapshotOrigin
from catalog.readme import Edit, ListDocument, Meaning
from catalog.sync import stops
from catalog.sync.files import changed_lines
from catalog.sync.rows import Branch, Path, Rows
from catalog.sync.snapshots import find_base, meaning_of, newest_snapshot
from catalog.sync.wanted import Wanted
from catalog.sync.withheld import Settled, settle


@dataclass(frozen=True)
class Choices:
    """What a person decided beforehand: the options of the command."""

    file: str = "FILE"
    """As a sentence with a command names it."""
    base: str = ""
    prefer: str = ""
    allow_deletions: int | None = None


@dataclass(frozen=True)
class Plan:
    """What the rows shall say, or the sentences that stop it."""

    base: str
    """A sentence that names the text from which the changes are counted."""
    rows: Rows
    wanted: Wanted | None = None
    """What these rows shall say; None if nothing else than now."""
    left_out: tuple[str, ...] = ()
    """What the file says and is not taken, in sentences."""
    stopped: tuple[str, ...] = ()
    published: Mapping[Branch, Path] = field(default_factory=dict)
    """Withheld rows that come back because the file names them, with their paths of names."""
    is_agreed: bool = True
    """Whether the text of the file is from now on what both sides agree on."""

    def in_words(self) -> Iterator[str]:
        yield from (f"published: {' > '.join(path)}" for path in self.published.values())
        yield from self.left_out
        if self.wanted is not None:
            yield from readme.in_words(self.wanted.edits, words.entry())


def plan_import(document: ListDocument, rows: Rows, choices: Choices) -> Plan:
    """What the file asks of the rows. Raises NoSuchBase."""
    plan = Plan("", rows)
    stopped = tuple(stops.conflict_markers(document.raw))
    if stopped:
        return replace(plan, stopped=stopped)
    base = find_base(document.raw, document.meaning, choices.base)
    plan = replace(plan, base=base.sentence)
    if base.doubts:
        return replace(plan, stopped=base.doubts)
    if base.snapshot is None:
        return _first_meeting(plan, document.meaning, choices)
    return _fast_forward(plan, document, base.snapshot, choices)


# With a text that was agreed on.


def _fast_forward(plan: Plan, document: ListDocument, base: Snapshot, choices: Choices) -> Plan:
    newest = newest_snapshot()
    is_newest, text = base == newest, bytes(base.text)
    if newest is not None and bytes(newest.text) != document.raw:
        stopped = tuple(stops.another_grammar(newest, "import_readme"))
        if stopped:
            return replace(plan, stopped=stopped)
    agreed = _agreed(base, is_newest=is_newest)
    there = readme.compare(agreed, document.meaning)
    here = readme.compare(agreed, plan.rows.meaning, plan.rows.former)
    if text == document.raw and not there:
        return replace(plan, base=_nothing_new(plan, here), is_agreed=is_newest)
    if not is_newest and _was_imported_since(base):
        return replace(plan, stopped=tuple(_other_text_since(base)))
    if not there:
        return replace(plan, base=_nothing_new(plan, here))
    if plan.rows.meaning == document.meaning:
        return replace(plan, base=f"{plan.base} The rows say the same already.")
    if here:
        lines = changed_lines(text, document.raw)
        return replace(plan, stopped=tuple(_both_changed(here, there, lines)))
    stopped = tuple(stops.another_list(agreed, there))
    if stopped:
        return replace(plan, stopped=stopped)
    plan = _settled(plan, settle(plan.rows, document.meaning, choices.prefer))
    if plan.stopped or plan.wanted is None:
        return plan
    allowed, command = choices.allow_deletions, f"import_readme {choices.file}"
    stopped = tuple(stops.many_removals(agreed, plan.wanted.edits, allowed, command))
    return replace(plan, stopped=stopped)


def _settled(plan: Plan, settled: Settled) -> Plan:
    return replace(
        plan,
        rows=settled.rows,
        wanted=None if settled.conflicts else settled.wanted,
        left_out=settled.left_out,
        published=settled.published,
        stopped=settled.conflicts,
    )


def _agreed(base: Snapshot, *, is_newest: bool) -> Meaning:
    """What both sides took the base to say.

    An older one, read by another version, is read again: its reading was merged with the newest.
    """
    if base.grammar == readme.GRAMMAR or is_newest:
        return meaning_of(base)
    return readme.parse(readme.decode(bytes(base.text))).meaning


def _nothing_new(plan: Plan, here: Sequence[Edit]) -> str:
    stays = "; what has changed since stays" if here else ""
    return f"{plan.base} The file holds nothing new{stays}."


def _was_imported_since(base: Snapshot) -> bool:
    newer = Snapshot.objects.filter(pk__gt=base.pk, origin=SnapshotOrigin.IMPORT)
    return newer.exists()


def _other_text_since(base: Snapshot) -> Iterator[str]:
    yield (
        f"Another text was imported since snapshot {base.pk}, and what it says outside of the "
        "records would be lost."
    )
    yield _BY_HAND


_BY_HAND = (
    "To keep both: export_readme to another file, put the changes of this file into that one, "
    "import_readme it, and put it in the place of this file."
)


def _both_changed(here: Sequence[Edit], there: Sequence[Edit], lines: int) -> Iterator[str]:
    yield (
        f"both sides changed: {_counted(_records(here), 'record')} here, "
        f"{_counted(lines, 'line')} there"
    )
    yield "In the database:"
    yield from (f"  {sentence}" for sentence in readme.in_words(here, words.entry()))
    yield "In the file:"
    yield from (f"  {sentence}" for sentence in readme.in_words(there, words.entry()))
    yield _BY_HAND


def _records(edits: Sequence[Edit]) -> int:
    """How many records differ; one that is added or removed counts with all below it."""
    whole = [edit.thing for edit in edits if edit.kind in ("add", "remove") and edit.thing]
    changed = {edit.at for edit in edits if edit.kind in ("set", "move")}
    texts = {edit.field for edit in edits if edit.at == ()}
    in_whole = sum(1 for thing in whole for _ in stops.with_below(thing))
    return in_whole + len(changed - {()}) + len(texts)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


# Without one.


def _first_meeting(plan: Plan, theirs: Meaning, choices: Choices) -> Plan:
    """Nothing was ever agreed on: equal things pair, and what only the rows have stays."""
    plan = _settled(plan, settle(plan.rows, theirs, choices.prefer, removes=False))
    wanted = plan.wanted
    if wanted is None:
        return plan
    conflicts = [edit for edit in wanted.asked if _is_conflict(edit)]
    if conflicts and not choices.prefer:
        return replace(plan, wanted=None, stopped=tuple(_differing(conflicts)))
    back = set(wanted.missing())
    for edit in wanted.asked:
        is_ours = choices.prefer == "database" and edit in conflicts
        if edit.kind == "set" and (is_ours or (edit.old and not edit.new)):
            wanted.set_back(edit)
        elif edit.kind == "move" and is_ours and edit.at is not None:
            back.add(edit.at)
    wanted.put_back(back)
    return plan


def _is_conflict(edit: Edit) -> bool:
    """Two values where there can be one; an order is none, there the file's holds."""
    if edit.kind == "move":
        return bool(edit.old[:-1] != edit.new[:-1])
    return edit.kind == "set" and bool(edit.old and edit.new)


def _differing(conflicts: Sequence[Edit]) -> Iterator[str]:
    verb = "differs" if len(conflicts) == 1 else "differ"
    yield (
        f"{_counted(len(conflicts), 'field')} {verb}, in the database -> in the file, and no "
        "earlier text tells which side changed. Choose one side for all: --prefer database or "
        "--prefer file."
    )
    yield from (f"  {sentence}" for sentence in readme.in_words(conflicts, words.entry()))

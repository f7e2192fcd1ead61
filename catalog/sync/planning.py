"""What an import would do: the file and the rows, merged from the text on which they agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from catalog import readme, words
from catalog.models import Snapshot, SnapshotOrigin
from catalog.readme import Conflict, Edit, ListDocument, Meaning
from catalog.sync import stops
from catalog.sync.comparing import lines_besides
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
    notes: tuple[str, ...] = ()
    """What was decided where both sides had changed the same, in sentences."""
    stopped: tuple[str, ...] = ()
    published: Mapping[Branch, Path] = field(default_factory=dict)
    """Withheld rows that come back because the file names them, with their paths of names."""
    is_agreed: bool = True
    """Whether the text of the file is from now on what both sides agree on."""

    def in_words(self) -> Iterator[str]:
        yield from (f"published: {' > '.join(path)}" for path in self.published.values())
        yield from self.left_out
        yield from self.notes
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
    return _from_base(plan, document, base.snapshot, choices)


# From a text that was agreed on.


def _from_base(plan: Plan, document: ListDocument, base: Snapshot, choices: Choices) -> Plan:
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
        if any(lines_besides(readme.parse(readme.decode(text)), there, document)):
            return replace(plan, stopped=tuple(_other_text_since(base)))
        # All that is new in the file goes into rows; the newest text, which has more, goes on.
        plan = replace(plan, is_agreed=False)
    if not there:
        return replace(plan, base=_nothing_new(plan, here))
    if plan.rows.meaning == document.meaning:
        return replace(plan, base=f"{plan.base} The rows say the same already.")
    stopped = tuple(stops.another_list(agreed, there))
    if stopped:
        return replace(plan, stopped=stopped)
    if here:
        plan = _merged(plan, agreed, document, choices)
    else:
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
    yield (
        "To keep both: export_readme to another file, put the changes of this file into that one, "
        "import_readme it, and put it in the place of this file."
    )


# Both sides have changed.

# What the option of the command means to the engine.
_SIDES: Final[Mapping[str, str]] = {"database": "ours", "file": "theirs"}


def _merged(plan: Plan, agreed: Meaning, document: ListDocument, choices: Choices) -> Plan:
    """Rows and file together; what both changed, each in its own way, is left to a person."""
    rows, prefer = plan.rows, _SIDES.get(choices.prefer, "")
    merge = readme.merge(agreed, rows.meaning, document.meaning, rows.former, prefer=prefer)
    if merge.unsettled:
        return replace(plan, stopped=tuple(_conflicts(merge.unsettled, document)))
    settled = settle(rows, merge.meaning, choices.prefer, pairs=merge.ours)
    plan = _settled(plan, settled)
    reordered = (
        f"both sides reordered {_where(path)}: the file's order holds" for path in merge.reordered
    )
    return replace(plan, notes=(*_settled_by_choice(merge.conflicts), *reordered))


def _conflicts(conflicts: Sequence[Conflict], document: ListDocument) -> Iterator[str]:
    yield (
        f"{_counted(len(conflicts), 'conflict')}: both sides changed the same, each in its own "
        "way. Change one of them and import again, or choose one side for all: --prefer database "
        "or --prefer file."
    )
    for conflict in conflicts:
        place = document.thing(conflict.at.theirs).place if conflict.at.theirs else None
        line = f" (line {document.line(place.start)})" if place is not None else ""
        yield f"  {conflict.in_words()}{line}"


def _settled_by_choice(conflicts: Sequence[Conflict]) -> Iterator[str]:
    for conflict in conflicts:
        holds = "database" if conflict.choice == "ours" else "file"
        yield f"the {holds} holds: {conflict.in_words()}"


def _where(path: Path) -> str:
    return " > ".join(path) or f"the {words.section().many}"


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

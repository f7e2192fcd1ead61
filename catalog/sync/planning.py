"""What an import would do: the file and the rows, merged from the text on which they agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from catalog import readme, words
from catalog.models import Snapshot, SnapshotOrigin
from catalog.readme import Edit, ListDocument, Meaning, Merge
from catalog.sync import questions, stops
from catalog.sync.comparing import lines_besides
from catalog.sync.lines import altered_lines
from catalog.sync.questions import DATABASE, SIDES, Question, undecided
from catalog.sync.rows import Branch, Path, Rows
from catalog.sync.snapshots import document_of, find_base, meaning_of, newest_snapshot
from catalog.sync.wanted import Wanted
from catalog.sync.withheld import Settled, settle

_MOST_TOLD: Final = 5


@dataclass(frozen=True)
class Choices:
    """What people decided beforehand: the options of the command, and conflict by conflict."""

    file: str = "FILE"
    """As a sentence with a command names it."""
    base: str = ""
    prefer: str = ""
    allow_deletions: int | None = None
    made: questions.Choices = field(default_factory=dict)


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
    decided: tuple[str, ...] = ()
    """Which side holds where both had changed the same, in sentences."""
    reordered: tuple[str, ...] = ()
    """What both sides had put into another order, in sentences."""
    stopped: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    """What only people decide, decided or not; it stops while one is undecided."""
    removals: int = 0
    """That many records would go, and that is what stops it."""
    descends_from: Snapshot | None = None
    """The base itself."""
    published: Mapping[Branch, Path] = field(default_factory=dict)
    """Withheld rows that come back because the file names them, with their paths of names."""
    agreed: tuple[bytes, Meaning] | None = None
    """From which text both sides go on, and what it says; None if it is that of the file."""

    def in_words(self) -> Iterator[str]:
        yield from self.decided
        yield from self.changes_in_words()

    def changes_in_words(self) -> Iterator[str]:
        yield from (f"published: {' > '.join(path)}" for path in self.published.values())
        yield from self.left_out
        yield from self.reordered
        if self.wanted is not None:
            yield from readme.in_words(self.wanted.edits, words.entry())


def plan_import(document: ListDocument, rows: Rows, choices: Choices) -> Plan:
    """What the file asks of the rows. Raises NoSuchBase."""
    plan = Plan("", rows)
    stopped = tuple(stops.conflict_markers(document.raw))
    if stopped:
        return replace(plan, stopped=stopped)
    base = find_base(document.raw, document.meaning, choices.base)
    plan = replace(plan, base=base.sentence, descends_from=base.snapshot)
    if base.doubts:
        return replace(plan, stopped=base.doubts)
    if base.snapshot is None:
        return _first_meeting(plan, document, choices)
    return _from_base(plan, document, base.snapshot, choices)


# From a text that was agreed on.


def _from_base(plan: Plan, document: ListDocument, base: Snapshot, choices: Choices) -> Plan:
    newest = newest_snapshot()
    assert newest is not None
    if bytes(newest.text) != document.raw:
        stopped = tuple(stops.another_grammar(newest, "import_readme"))
        if stopped:
            return replace(plan, stopped=stopped)
    agreed = _agreed(base, is_newest=base == newest)
    there = readme.compare(agreed, document.meaning)
    here = readme.compare(agreed, plan.rows.meaning, plan.rows.former)
    if bytes(base.text) == document.raw and not there:
        return replace(plan, base=_nothing_new(plan, document, here), agreed=_text_of(newest))
    plan = _of_rows(plan, document, agreed, there, here, choices)
    if plan.stopped or base == newest or not _was_imported_since(base):
        return plan
    return _with_other_text(plan, document, base, agreed, newest)


def _of_rows(
    plan: Plan,
    document: ListDocument,
    agreed: Meaning,
    there: Sequence[Edit],
    here: Sequence[Edit],
    choices: Choices,
) -> Plan:
    if not there:
        return replace(plan, base=_nothing_new(plan, document, here))
    if plan.rows.meaning == document.meaning:
        return replace(plan, base=f"{plan.base} The rows say the same already.")
    stopped = tuple(stops.another_list(agreed, there))
    if stopped:
        return replace(plan, stopped=stopped)
    if here:
        plan = _merged(plan, agreed, document, choices)
    else:
        settled = settle(plan.rows, document.meaning, choices.prefer, choices.made)
        plan = _settled(plan, settled)
    if plan.stopped or plan.wanted is None:
        return plan
    allowed, command = choices.allow_deletions, f"import_readme {choices.file}"
    stopped = tuple(stops.many_removals(agreed, plan.wanted.edits, allowed, command))
    removals = stops.removals(plan.wanted.edits) if stopped else 0
    return replace(plan, stopped=stopped, removals=removals)


def _settled(plan: Plan, settled: Settled) -> Plan:
    waiting = undecided(settled.questions)
    return replace(
        plan,
        rows=settled.rows,
        wanted=None if waiting else settled.wanted,
        left_out=settled.left_out,
        published=settled.published,
        questions=(*plan.questions, *settled.questions),
        stopped=tuple(question.sentence for question in waiting),
    )


def _agreed(base: Snapshot, *, is_newest: bool) -> Meaning:
    """What both sides took the base to say.

    An older one, read by another version, is read again: its reading was merged with the newest.
    """
    if base.grammar == readme.GRAMMAR or is_newest:
        return meaning_of(base)
    return document_of(base).meaning


def _nothing_new(plan: Plan, document: ListDocument, here: Sequence[Edit]) -> str:
    stays = "; what has changed since stays" if here else ""
    assert plan.descends_from is not None
    lines = altered_lines(bytes(plan.descends_from.text), document.raw)
    if lines:
        return f"{plan.base} The file changes no record{stays}. {lines.summary}"
    return f"{plan.base} The file holds nothing new{stays}."


# Another text was imported since.


def _was_imported_since(base: Snapshot) -> bool:
    newer = Snapshot.objects.filter(pk__gt=base.pk, origin=SnapshotOrigin.IMPORT)
    return newer.exists()


def _with_other_text(
    plan: Plan, document: ListDocument, base: Snapshot, agreed: Meaning, newest: Snapshot
) -> Plan:
    """Both sides go on from the newest text and this one together."""
    before, disputed = document_of(base), tuple[str, ...]()
    said = readme.merge(agreed, meaning_of(newest), document.meaning).meaning
    try:
        merge = readme.merge_texts(before, document_of(newest), document, said)
        if not merge.disputed:
            return replace(plan, agreed=(merge.document.raw, said))
        disputed = merge.disputed
    except ValueError:  # one of the texts has no form for what is said
        pass
    if any(lines_besides(before, readme.compare(agreed, document.meaning), document)):
        return replace(plan, stopped=tuple(_other_text_since(base, disputed)))
    # All that is new in the file goes into rows; the newest text, which has more, goes on.
    return replace(plan, agreed=_text_of(newest))


def _text_of(snapshot: Snapshot) -> tuple[bytes, Meaning]:
    return bytes(snapshot.text), meaning_of(snapshot)


def _other_text_since(base: Snapshot, disputed: Sequence[str]) -> Iterator[str]:
    yield (
        f"Another text was imported since snapshot {base.pk}, and what both say outside of the "
        "records cannot be put together."
    )
    yield from (f"Both changed this line or its place: {line!r}" for line in disputed[:_MOST_TOLD])
    yield (
        "To keep both: export_readme to another file, put the changes of this file into that one, "
        "import_readme it, and put it in the place of this file."
    )


# Both sides have changed.


def _merged(plan: Plan, agreed: Meaning, document: ListDocument, choices: Choices) -> Plan:
    """Rows and file together; what both changed, each in its own way, is left to a person."""
    rows = plan.rows
    merge = _merge(agreed, rows, document.meaning, choices)
    asked = questions.of_conflicts(merge.conflicts, agreed, rows, document, choices.made)
    plan = replace(plan, questions=asked)
    if undecided(asked):
        return replace(plan, stopped=tuple(_conflicts(undecided(asked))))
    settled = settle(rows, merge.meaning, choices.prefer, choices.made, pairs=merge.ours)
    plan = _settled(plan, settled)
    reordered = tuple(
        f"both sides reordered {_where(path)}: the file's order holds" for path in merge.reordered
    )
    return replace(plan, decided=tuple(_decided(asked)), reordered=reordered)


def _merge(agreed: Meaning, rows: Rows, theirs: Meaning, choices: Choices) -> Merge:
    """With the choices that were made.

    Where a field follows another's choice, the key of our question is not that of the engine's
    conflict: only the merge tells which conflicts those are, so it is made again with them.
    """
    prefer, sides = SIDES.get(choices.prefer, ""), (agreed, rows.meaning, theirs)
    made = {key: SIDES[choice.side] for key, choice in choices.made.items()}
    while True:
        merge = readme.merge(*sides, rows.former, prefer=prefer, choices=made)
        keys = {conflict.key: questions.key_of(conflict, sides) for conflict in merge.conflicts}
        more = {key: made[ours] for key, ours in keys.items() if key not in made and ours in made}
        if not more:
            return merge
        made |= more


def _conflicts(asked: Sequence[Question]) -> Iterator[str]:
    yield (
        f"{_counted(len(asked), 'conflict')}: both sides changed the same, each in its own "
        "way. Change one of them and import again, or choose one side for all: --prefer database "
        "or --prefer file."
    )
    for question in asked:
        line = f" (line {question.line})" if question.line else ""
        yield f"  {question.sentence}{line}"


def _decided(asked: Sequence[Question]) -> Iterator[str]:
    for question in asked:
        by = f" (chosen by {question.choice.who})" if question.choice.who else ""
        yield f"the {question.choice.side} holds: {question.sentence}{by}"


def _where(path: Path) -> str:
    return " > ".join(path) or f"the {words.section().many}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


# Without one.


def _first_meeting(plan: Plan, document: ListDocument, choices: Choices) -> Plan:
    """Nothing was ever agreed on: equal things pair, and what only the rows have stays."""
    theirs, prefer, made = document.meaning, choices.prefer, choices.made
    plan = _settled(plan, settle(plan.rows, theirs, prefer, made, removes=False))
    wanted = plan.wanted
    if wanted is None:
        return plan
    conflicts = [edit for edit in wanted.asked if _is_conflict(edit)]
    asked = questions.of_edits(conflicts, plan.rows, made, prefer)
    plan = replace(plan, questions=(*plan.questions, *asked))
    if undecided(asked):
        return replace(plan, wanted=None, stopped=tuple(_differing(undecided(asked))))
    sides = [question.choice.side for question in asked]
    ours = [edit for edit, side in zip(conflicts, sides, strict=True) if side == DATABASE]
    back = set(wanted.missing())
    for edit in wanted.asked:
        if edit.kind == "set" and (edit in ours or (edit.old and not edit.new)):
            wanted.set_back(edit)
        elif edit.kind == "move" and edit in ours and edit.at is not None:
            back.add(edit.at)
    wanted.put_back(back)
    return plan


def _is_conflict(edit: Edit) -> bool:
    """Two values where there can be one; an order is none, there the file's holds."""
    if edit.kind == "move":
        return bool(edit.old[:-1] != edit.new[:-1])
    return edit.kind == "set" and bool(edit.old and edit.new)


def _differing(asked: Sequence[Question]) -> Iterator[str]:
    verb = "differs" if len(asked) == 1 else "differ"
    yield (
        f"{_counted(len(asked), 'field')} {verb}, in the database -> in the file, and no "
        "earlier text tells which side changed. Choose one side for all: --prefer database or "
        "--prefer file."
    )
    yield from (f"  {question.sentence}" for question in asked)

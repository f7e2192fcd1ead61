"""The texts that were agreed on, and which of them a file descends from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalog import changes, readme
from catalog.models import Snapshot
from catalog.readme import Meaning


@dataclass(frozen=True)
class Base:
    """The text that a file descends from, as far as one can tell."""

    snapshot: Snapshot | None
    sentence: str
    """The first line of every plan."""
    doubts: tuple[str, ...] = ()
    """Why nobody but a person knows; empty if the base is sure."""


class NoSuchBase(ValueError):
    """What `--base` names is no snapshot; the message says what to name instead."""


def newest_snapshot() -> Snapshot | None:
    return Snapshot.objects.order_by("-pk").first()


def meaning_of(snapshot: Snapshot) -> Meaning:
    return Meaning.from_json(snapshot.meaning)


def keep(
    recording: changes.Recording, text: bytes, meaning: Meaning, *, who: str, origin: str
) -> None:
    """Remember a text that was taken or handed out, unless it is the one remembered last."""
    newest = newest_snapshot()
    is_known = newest is not None and bytes(newest.text) == text
    if newest is not None and is_known and newest.grammar == readme.GRAMMAR:
        return
    recording.create(
        Snapshot(
            text=text,
            meaning=meaning.to_json(),
            grammar=readme.GRAMMAR,
            origin=origin,
            taken_by=who,
        )
    )


def find_base(data: bytes, theirs: Meaning, named: str) -> Base:
    """The base of a file; `named` is "newest", an id, a file with its text, or empty.

    Not named, it is the newest snapshot, unless an older one is nearer to the file. Then the file
    is either an old copy or takes changes back on purpose: that is left to a person. Raises
    NoSuchBase.
    """
    newest = newest_snapshot()
    if newest is None:
        if named not in ("", "newest"):
            raise NoSuchBase(f"--base {named}: no text was imported or exported yet.")
        return Base(None, "Base: none, nothing was imported or exported before.")
    if named and named != "newest":
        snapshot = _named(named)
        return Base(snapshot, f"Base: {_called(snapshot)}, as asked.")
    sentence = f"Base: {_called(newest)}, the newest."
    if named == "newest" or bytes(newest.text) == data:
        return Base(newest, sentence)
    nearer = _nearer(data, theirs, newest)
    if nearer is None:
        return Base(newest, sentence)
    return Base(
        newest,
        sentence,
        (
            f"The file is nearer to {_called(nearer)} than to the newest. Either it is an old "
            f"copy: then --base {nearer.pk} takes only what was changed in it since, and "
            "export_readme brings it up to date.",
            "Or it takes newer changes back on purpose: then --base newest undoes them here, too.",
        ),
    )


def _named(named: str) -> Snapshot:
    if named.isdecimal():
        found = Snapshot.objects.filter(pk=int(named)).first()
        if found is None:
            raise NoSuchBase(f"--base {named}: there is no snapshot with this number.")
        return found
    path = Path(named)
    if not path.is_file():
        raise NoSuchBase(
            f"--base {named}: write newest, the number of a snapshot, or a file with its text."
        )
    text = path.read_bytes()
    for snapshot in Snapshot.objects.order_by("-pk").iterator():
        if bytes(snapshot.text) == text:
            return snapshot
    raise NoSuchBase(f"--base {named}: this text was never imported or exported.")


def _nearer(data: bytes, theirs: Meaning, newest: Snapshot) -> Snapshot | None:
    """The newest of those snapshots that are nearer to the file than the newest of all."""
    fewest = len(readme.compare(meaning_of(newest), theirs))
    nearest = None
    for snapshot in Snapshot.objects.order_by("-pk")[1:].iterator():
        if bytes(snapshot.text) == data:
            return snapshot
        if fewest == 0:
            continue
        edits = len(readme.compare(meaning_of(snapshot), theirs))
        if edits < fewest:
            nearest, fewest = snapshot, edits
    return nearest


def _called(snapshot: Snapshot) -> str:
    return f"snapshot {snapshot.pk} ({snapshot.origin})"

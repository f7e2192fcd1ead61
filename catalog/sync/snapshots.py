"""The texts that were agreed on, and which of them a file descends from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from catalog import changes, readme
from catalog.models import Snapshot
from catalog.readme import ListDocument, Meaning

# A file comes nearer, edit by edit, on the way back to the text that it descends from. So many
# snapshots in a row that are no nearer: the way leads elsewhere, and each of them costs time.
_IN_VAIN: Final = 50


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


def newest_number() -> int | None:
    """The newest snapshot's, without reading what it holds; None if there is none."""
    return Snapshot.objects.order_by("-pk").values_list("pk", flat=True).first()


def newest_text() -> bytes:
    """Empty if no text was imported or exported yet."""
    newest = newest_snapshot()
    return bytes(newest.text) if newest is not None else b""


def meaning_of(snapshot: Snapshot) -> Meaning:
    return Meaning.from_json(snapshot.meaning)


def document_of(snapshot: Snapshot) -> ListDocument:
    return _parsed(bytes(snapshot.text), _organisations_of(snapshot))


@lru_cache(maxsize=2)
def _parsed(text: bytes, organisations: frozenset[str]) -> ListDocument:
    """A document never changes, and the text that was agreed on is asked for all day."""
    return readme.parse(readme.decode(text), organisations)


def agreed_organisations() -> frozenset[str]:
    """The names by which a text that is offered is read as the one agreed on."""
    newest = newest_snapshot()
    return _organisations_of(newest) if newest is not None else frozenset()


def _organisations_of(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(section["name"] for section in snapshot.meaning["sections"])


def is_known(text: bytes) -> bool:
    """Whether this very text was imported or exported."""
    return Snapshot.objects.filter(text=text).exists()


def keep(
    recording: changes.Recording, text: bytes, meaning: Meaning, *, who: str, origin: str
) -> None:
    """Remember a text that was taken or handed out, unless it is the one remembered last."""
    newest = newest_snapshot()
    if newest and bytes(newest.text) == text and newest.grammar == readme.GRAMMAR:
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
    if not path.exists() or path.is_dir():
        raise NoSuchBase(
            f"--base {named}: write newest, the number of a snapshot, or a file with its text."
        )
    found = _with_text(path.read_bytes())
    if found is None:
        raise NoSuchBase(f"--base {named}: this text was never imported or exported.")
    return found


def _with_text(text: bytes) -> Snapshot | None:
    return Snapshot.objects.filter(text=text).order_by("-pk").first()


def _nearer(data: bytes, theirs: Meaning, newest: Snapshot) -> Snapshot | None:
    """The newest of those snapshots that are nearer to the file than the newest of all."""
    known = _with_text(data)
    if known is not None:
        return known
    fewest = len(readme.compare(meaning_of(newest), theirs))
    nearest = None
    in_vain = 0
    older = Snapshot.objects.order_by("-pk")[1:].only("origin", "meaning")
    for snapshot in older.iterator(chunk_size=20) if fewest else ():
        edits = len(readme.compare(meaning_of(snapshot), theirs))
        in_vain += 1
        if edits < fewest:
            nearest, fewest, in_vain = snapshot, edits, 0
        if in_vain == _IN_VAIN:
            break
    return nearest


def _called(snapshot: Snapshot) -> str:
    return f"snapshot {snapshot.pk} ({snapshot.origin})"

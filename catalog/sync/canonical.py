"""A list in our own form: records are written anew, kept text stays verbatim in its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterator
from typing import NamedTuple

from catalog import readme
from catalog.readme import ListDocument
from catalog.readme.meaning import walk
from catalog.readme.places import BranchPlace


class LosesKeptText(ValueError):
    """Kept text stands where our form has no place for it; the message says which."""


class _Kept(NamedTuple):
    behind: Hashable
    """The thing that it stands behind, by its key."""
    text: bytes
    line: int


def canonical_text(document: ListDocument) -> str:
    """The canonical text of a list, with its kept text. Raises LosesKeptText."""
    rendered = readme.parse(readme.render(document.meaning))
    ends = dict(_ends(rendered))
    kept = list(_kept(document, ends))
    raw = rendered.raw
    # From the end, so that the places before it still hold; what shares one in its own order.
    for piece in sorted(kept, key=lambda piece: ends[piece.behind])[::-1]:
        at = ends[piece.behind]
        raw = raw[:at] + _fitted(piece.text, at, raw[at:]) + raw[at:]
    text = raw.decode()
    if readme.parse(text).meaning == document.meaning:
        return text
    raise LosesKeptText(
        "In our own form the records would not read the same with the text that no record holds "
        f"between them; the first of it is on line {kept[0].line}. Leave --canonical out."
    )


def _kept(document: ListDocument, known: Collection[Hashable]) -> Iterator[_Kept]:
    ends = sorted((end, n, key) for n, (key, end) in enumerate(_ends(document)) if key in known)
    starts = [end for end, _, _ in ends]
    for piece in document.partition:
        text = document.raw[piece.start : piece.end]
        if piece.owner == "kept" and text.strip():
            _, _, behind = ends[bisect_right(starts, piece.start) - 1]
            yield _Kept(behind, text, document.line(piece.start))


def _ends(document: ListDocument) -> Iterator[tuple[Hashable, int]]:
    """Where the lines of each thing end, by a key that both texts have in common."""
    yield "start", 0
    for name, span in document.texts.items():
        yield name, document.raw.find(b"\n", span.end) + 1 or len(document.raw)
    if document.contents:
        yield "contents", max(line.lines.end for line in document.contents)
    for address, thing in walk(document.sections):
        place = thing.place
        assert place is not None
        if not isinstance(place, BranchPlace):
            yield address, place.end
            continue
        yield address, place.head_end
        note = place.note_lines
        if note is not None and not document.raw[place.head_end : note.start].strip():
            yield (*address, "note"), note.end


def _fitted(text: bytes, at: int, following: bytes) -> bytes:
    """Kept text with at most one blank line before and behind it."""
    lines = text.split(b"\n")
    said = [number for number, line in enumerate(lines) if line.strip()]
    before = b"\n" if said[0] > 0 and at > 0 else b""
    behind = b"\n" if len(lines) - said[-1] > 2 and not following.startswith(b"\n") else b""
    return before + b"\n".join(lines[said[0] : said[-1] + 1]) + b"\n" + behind

"""The line of an entry, composed of its parts as its siblings are.

A line is a walk from part to part: name, note, links. What stands between two parts is taken from
the line itself if it has both, else from the nearest sibling that has. So one way of writing serves
for a change and for a newcomer: what did not change comes out as it was, and what is new looks
like the rest.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from catalog import titles
from catalog.readme import renderer
from catalog.readme.difference import Arranged
from catalog.readme.fields import relink
from catalog.readme.meaning import Entry, Link, Thing, is_own
from catalog.readme.patterns import Pattern, are_papers, nearest_image
from catalog.readme.places import BranchPlace, LinkPlace, Part
from catalog.readme.ranges import Replacement, replaced
from catalog.readme.reading import Reading
from catalog.readme.repositories import repository
from catalog.readme.separators import LINKS, PAPER_MARKS, Piece, Separators, unless_ended
from catalog.readme.style import width


class Composer(Separators):
    """Composes the lines of entries: `kin` are the lines to look at, the nearest first."""

    # A line that is there.

    def changed(self, was: Entry, own: Pattern, wanted: Entry, links: Sequence[Arranged]) -> bytes:
        """The line from its first part on, saying what is wanted."""
        composer = Composer(self.raw, self.style, [own, *self.kin])
        pieces = composer._own_pieces(was, own, wanted, links)
        start = self.raw[own.place.text : own.parts[0].outer_start]
        return start + composer._joined(pieces, own)

    def _own_pieces(
        self, was: Entry, own: Pattern, wanted: Entry, links: Sequence[Arranged]
    ) -> list[Piece]:
        facts, stated = dict(wanted.facts), dict(was.facts)
        new = [key for key in facts if key not in stated]
        staying = {child.source[-1]: child for child in links if child.source is not None}
        present = {part.link for part in own.parts if part.link >= 0}
        queue = [
            child
            for child in links
            if child.source is not None and child.source[-1] in present and not is_own(child.thing)
        ]
        pieces: list[Piece] = []
        for number, part in enumerate(own.parts):
            piece: Piece | None = None
            if part.key == "name":
                piece = self._name_piece(was, own, number, wanted, links)
            elif part.key == "other":
                piece = Piece("other", self._bytes(part.outer_start, part.outer_end), number)
            elif part.link >= 0:
                if part.link in staying and queue:
                    piece = self._link_piece(was, own, number, queue.pop(0))
            else:
                key = part.key
                before = was.note if key == "note" else stated.get(key, "")
                if before and key != "note" and key not in facts:
                    key = next((one for one in new if _is_within(before, facts[one])), key)
                    new = [one for one in new if one != key]
                value = wanted.note if key == "note" else facts.get(key, "")
                piece = self._text_piece(own, number, before, value, key)
            if piece is not None:
                pieces.append(piece)
        placed = {id(child) for child in links if child.source and child.source[-1] in present}
        self._add_texts(pieces, wanted, own.place)
        self._add_links(pieces, [c for c in links if not is_own(c.thing)], placed)
        return pieces

    def _bytes(self, start: int, end: int) -> bytes:
        return self.raw[start:end]

    def _name_piece(
        self, was: Entry, own: Pattern, number: int, wanted: Entry, links: Sequence[Arranged]
    ) -> Piece:
        part = own.parts[number]
        prefix, suffix = part.outer(self.raw)
        link = next((child.thing for child in links if is_own(child.thing)), None)
        if not isinstance(link, Link):
            inner = wanted.name.encode()
        elif part.link < 0:
            inner = self._link_text(replace(link, title=wanted.name), "")
        else:
            before = was.children[part.link]
            assert isinstance(before, Link)
            inner = self._relinked(before, link, part, was.name, wanted.name)
        return Piece("name", prefix + inner + suffix, number)

    def _link_piece(self, was: Entry, own: Pattern, number: int, child: Arranged) -> Piece:
        part = own.parts[number]
        assert isinstance(child.thing, Link)
        assert child.source is not None
        source = child.source[-1]
        stood = next(one for one in own.parts if one.link == source)
        before = was.children[source]
        assert isinstance(before, Link)
        text = self._relinked(before, child.thing, stood)
        prefix, suffix = part.outer(self.raw)
        return Piece(part.key, prefix + text + suffix, number)

    def _relinked(
        self, was: Link, wanted: Link, part: Part, name: str = "", new_name: str = ""
    ) -> bytes:
        """The bytes of a link with what differs in it changed."""
        replacements: list[Replacement] = []
        if was != wanted:
            replacements += relink(self.raw, self.style, was, wanted)
        place = was.place
        if name != new_name and isinstance(place, LinkPlace):
            reading = Reading(self.raw)
            span = reading.trimmed(place.link.inner_start, place.link.inner_end)
            replacements.append(Replacement(*span, new_name.encode()))
        return replaced(self.raw, replacements, part.start, part.end)

    def _text_piece(
        self, own: Pattern, number: int, before: str, value: str, key: str
    ) -> Piece | None:
        """The text of a part, or of another fact that takes its place."""
        part = own.parts[number]
        if not value:
            return None
        if value == before:
            return Piece(key, self._bytes(part.outer_start, part.outer_end), number)
        prefix, suffix = part.outer(self.raw)
        text = self._on_lines(value, self._further_prefix(own, number, own.place, part.outer_start))
        return Piece(key, prefix + text + suffix, number)

    def _line_prefix(self, place: BranchPlace, at: int) -> bytes:
        """What begins a further line of a value that stands here."""
        start = self.raw.rfind(b"\n", 0, at) + 1
        lead = self.raw[start:at]
        if start > place.start and not lead.strip(b" \t>"):
            return lead
        indent = self.raw[place.start : place.marker]
        return indent + b" " * width(self.raw[place.marker : place.text].decode())

    def _further_prefix(self, like: Pattern, number: int, place: BranchPlace, at: int) -> bytes:
        """What begins a further line of a value: as in the line it is like, if that has any."""
        part = like.parts[number]
        _, line, further = like.raw[part.start : part.end].partition(b"\n")
        if line and like.place.marker - like.place.start == place.marker - place.start:
            return further[: len(further) - len(further.lstrip(b" \t>"))]
        return self._line_prefix(place, at)

    def _on_lines(self, value: str, prefix: bytes) -> bytes:
        end = self.style.newline.encode()
        return (end + prefix).join(line.encode() for line in value.split("\n"))

    # A line that is new.

    def new(self, wanted: Entry, links: Sequence[Arranged]) -> bytes:
        """The line of a newcomer, behind its marker."""
        own = next((child.thing for child in links if is_own(child.thing)), None)
        keys = {key for key, _ in wanted.facts} | ({"note"} if wanted.note else set())
        self.kin.sort(key=lambda one: not keys <= {part.key for part in one.parts})
        like = self.first("name", lambda one, i: (one.parts[i].link >= 0) == (own is not None))
        prefix, suffix = b"", b""
        if like is not None:
            pattern, number = like
            prefix, suffix = pattern.parts[number].outer(pattern.raw)
        text = wanted.name.encode()
        if prefix and text.startswith(prefix):
            prefix, suffix = b"", b""  # it has such marks round a part of it
        if isinstance(own, Link):
            text = self._link_text(replace(own, title=wanted.name), "")
        pieces = [Piece("name", prefix + text + unless_ended(wanted.name, suffix))]
        self._add_texts(pieces, wanted, self.nearest)
        self._add_links(pieces, [c for c in links if not is_own(c.thing)], set())
        self._add_badges(pieces, own)
        return self._joined(pieces, None)

    def _add_badges(self, pieces: list[Piece], own: Thing | None) -> None:
        """Images that stand for the address of their entry, such as the stars of a repository."""
        there = repository(own.url.encode()) if isinstance(own, Link) else b""
        found = nearest_image(self.kin) if there else None
        if found is None:
            return
        pattern, number, here = found
        part, before = pattern.parts[number], pattern.parts[number - 1].key
        at = next((i for i, one in enumerate(pieces) if one.key == before), -1)
        if at >= 0:
            image = pattern.raw[part.start : part.end]
            pieces.insert(at + 1, Piece("other", image.replace(here, there)))

    # What is added to either.

    def _add_texts(self, pieces: list[Piece], wanted: Entry, place: BranchPlace | None) -> None:
        present = {piece.key for piece in pieces}
        texts = [("note", wanted.note)] if wanted.note else []
        texts += list(wanted.facts)
        for key, value in self._in_order(texts):
            if key in present:
                continue
            found = self.first(key)
            if found is None:
                piece = self._default_piece(key, value, place)
                pieces.insert(self._default_place(pieces, key), piece)
                continue
            pattern, number = found
            prefix, _ = pattern.parts[number].outer(pattern.raw)
            suffix = pattern.closing(number, [key for key, _ in texts])
            at = -1 if place is None else place.text
            further = self._further_prefix(pattern, number, place or pattern.place, at)
            lines = self._on_lines(value, further)
            piece = Piece(key, prefix + lines + unless_ended(value, suffix))
            pieces.insert(self._place_like(pieces, pattern, number), piece)

    def _in_order(self, texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Texts in the order in which the nearest line has them."""
        rank: dict[str, int] = {}
        for pattern in self.kin:
            for part in pattern.parts:
                rank.setdefault(part.key, len(rank))
        return sorted(texts, key=lambda text: rank.get(text[0], len(rank)))

    def _place_like(self, pieces: list[Piece], pattern: Pattern, number: int) -> int:
        """Behind the nearest part that stands before it there, too."""
        for part in reversed(pattern.parts[:number]):
            for i in range(len(pieces) - 1, -1, -1):
                if pieces[i].key == part.key:
                    return i + 1
        return 0 if number < pattern.find("name") else 1

    def _default_place(self, pieces: list[Piece], key: str) -> int:
        """Words stand before the links at the end, a short name behind them."""
        if key == "note" or (key in ("authors", "venue", "released") and are_papers(self.kin)):
            at = next((i for i, p in enumerate(pieces) if i and p.key == "tail"), len(pieces))
            is_first = key != "note" and len(pieces) > 1 and pieces[1].key == "link"
            return 1 if is_first and at == len(pieces) else at
        return len(pieces)

    def _default_piece(self, key: str, value: str, place: BranchPlace | None) -> Piece:
        if key == "note":
            further = b"" if place is None else self._line_prefix(place, place.text)
            return Piece(key, self._on_lines(value, further))
        if key in PAPER_MARKS and are_papers(self.kin):
            opening, closing = PAPER_MARKS[key]
            return Piece(key, f"{opening}{value}{closing}".encode())
        return Piece(f"+{key}", value.encode())

    def _add_links(self, pieces: list[Piece], links: Sequence[Arranged], placed: set[int]) -> None:
        """Newcomers behind the link before them, else where the links of siblings stand."""
        last = -1
        for child in links:
            if id(child) in placed:
                last = next(
                    (i for i in range(last + 1, len(pieces)) if pieces[i].is_link),
                    last,
                )
                continue
            assert isinstance(child.thing, Link)
            link = child.thing
            at = self._place_kept(pieces, link)
            if at < 0:
                key, at = self._place_of_link(pieces, link, last)
                pieces.insert(at, self._new_link(key, link))
            last = at

    def _place_kept(self, pieces: list[Piece], link: Link) -> int:
        """Fill the place that `[code]()` keeps for this link; answers its number, or -1."""
        kept = f"[{link.title}]()".encode()
        for at, piece in enumerate(pieces):
            if piece.key == "other" and kept in piece.text:
                text = piece.text.replace(kept, self._link_text(link, "title"))
                pieces[at] = Piece("link", text, piece.own)
                return at
        return -1

    def _place_of_link(self, pieces: list[Piece], link: Link, last: int) -> tuple[str, int]:
        wanted = f"{link.label}:" if link.label else ""
        if last >= 0:
            key = pieces[last].key
            if link.label:
                return wanted, last + 1
            return (key if key in LINKS or key.endswith("+") else f"{key}+"), last + 1
        keys = (wanted,) if wanted else ("link", "tail", ":")
        has_note = any(piece.key == "note" for piece in pieces)
        alike = [one for one in self.kin if (one.find("note") >= 0) == has_note]
        present = {piece.key for piece in pieces}
        whole = [one for one in alike if present <= {part.key for part in one.parts}]
        for is_titled, pattern in product((True, False), (*whole, *alike, *self.kin)):
            for number, part in enumerate(pattern.parts):
                if part.key in keys and not (is_titled and pattern.title_at(number) != link.title):
                    return part.key, self._place_like(pieces, pattern, number)
        has_lines = any(
            b"\n" in one.raw[one.parts[0].start : one.parts[-1].end] for one in self.kin
        )
        if wanted or has_lines:
            return wanted or ":", len(pieces)
        return "link", 1

    def _new_link(self, key: str, link: Link) -> Piece:
        if key in LINKS and (text := self.pictured(link)):
            return Piece(key, text)
        found = self.first(key.rstrip("+") if key not in LINKS else key)
        prefix, suffix, context = b"", b"", "title"
        if found is not None:
            pattern, number = found
            prefix, suffix = pattern.parts[number].outer(pattern.raw)
        elif key == "tail":
            prefix, suffix = b"[", b"]"
        if found is not None and link.label and key == f"{link.label}:":
            return Piece(key, self._labelled_like(key, link))
        if key not in LINKS:
            kind = titles.kind_of_title(key.removesuffix(":+")) if key.endswith("+") else None
            behind_label = f"title {kind}" if kind else None
            return Piece(key, renderer.link_text(link, self.style, behind_label).encode())
        return Piece(key, prefix + self._link_text(link, context) + suffix)

    def _labelled_like(self, key: str, link: Link) -> bytes:
        """A link behind its label as those around have it, with the same image of its address."""
        url = link.url.encode()
        is_starred = bool(repository(url))
        like = self.first(key, lambda one, i: bool(one.image_for(i, url)) == is_starred)
        like = like or self.first(key)
        assert like is not None
        pattern, number = like
        place = pattern.link_at(number)
        if place is None or place.label_end < 0:
            return renderer.link_text(link, self.style).encode()
        colon = pattern.raw[place.label_end : place.link.start]
        text = self._link_text(link, place.context)
        return link.label.encode() + colon + text + pattern.image_for(number, url)

    def _link_text(self, link: Link, context: str) -> bytes:
        return renderer.link_text(replace(link, label=""), self.style, context).encode()

    def _joined(self, pieces: list[Piece], own: Pattern | None) -> bytes:
        text = pieces[0].text
        for before, behind in itertools.pairwise(pieces):
            text += self.between(before, behind, own) + behind.text
        return text + self.end(pieces[-1], own)


def _is_within(one: str, other: str) -> bool:
    """Whether one value holds the other, as a venue does its year."""
    return one in other or other in one

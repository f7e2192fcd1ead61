"""Slugs, the last part of a record's address: ``PanGu (盘古) family`` becomes ``pangu-family``.

A name that is taken gets the name of its team or organisation, never a bare number, which would
read as a version. Slugs are chosen once, at creation; what was public once stays taken.
"""

import html
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count
from typing import Final

from anyascii import anyascii

MAX_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A record that wants a slug."""

    name: str
    owners: tuple[str, ...] = ()
    """Names of what it stands under, from the nearest (a family, a team) to the organisation."""
    organisation: str = ""
    """Whatever tells its organisation from all others: a slug, a key."""


def slugs_for(
    newcomers: Iterable[Newcomer],
    *,
    taken: Container[str] = (),
    families: Iterable[Newcomer] = (),
    word: str = "model",
) -> list[str]:
    """A slug for each newcomer, in their order, no two the same; for a whole list or for one.

    ``taken`` holds the slugs that are or once were in use. A family holds its stem: while Baidu
    has an "ERNIE family", no other organisation's model becomes ``ernie``. ``families`` are the
    families that exist already; those among the newcomers count too, wherever they stand.

    Tried in this order: the name; the name with each owner, from the nearest; the name with all
    owners; the same with ``-again``, ``-again-b``, ``-again-c``, … (letters alone would read as
    another model: ``ernie-m``). For a name without any letter or digit ``word`` stands in, with an
    owner if there is one: ``model-google``.
    """
    newcomers = list(newcomers)
    holders: dict[str, set[str]] = {}
    for record in (*families, *newcomers):
        stem = family_stem(record.name)
        if stem is not None:
            holders.setdefault(stem, set()).add(record.organisation)
    slugs: list[str] = []
    given: set[str] = set()
    repeats: dict[str, int] = {}
    for record in newcomers:
        for slug in _candidates(record.name, record.owners, word, repeats):
            holding = holders.get(slug)
            is_held = holding is not None and record.organisation not in holding
            if not is_held and slug not in given and slug not in taken:
                slugs.append(slug)
                given.add(slug)
                break
    return slugs


def base_slug(name: str) -> str:
    """The slug of a name on its own, at most 60 characters; empty if it has no letter or digit."""
    return _cut("-".join(_slug_words(name)), MAX_LENGTH)


def family_stem(name: str) -> str | None:
    """The slug of what a family is a family of, None if the name does not say that it is one.

    "ERNIE family", "GPT-family", "T0 series", "文心系列" -> "ernie", "gpt", "t0", "wen-xin".
    """
    text = _plain_text(name).rstrip()
    lower = text.lower()
    for ending in ("family", "families", "series", "家族", "系列"):
        if lower.endswith(ending):
            rest = text[: -len(ending)]
            if rest and (not ending.isascii() or not rest[-1].isalnum()):
                return base_slug(rest) or None
    return None


# Candidates


def _candidates(
    name: str, owners: Sequence[str], word: str, repeats: dict[str, int]
) -> Iterator[str]:
    """All slugs that a name may get, the best first, without end.

    ``repeats`` remembers how far a thousand equal names have come, so that each does not have to
    count from the beginning again.
    """
    base = base_slug(name)
    if base:
        yield base
    helpful = []
    for owner in owners:
        added = family_stem(owner) or base_slug(owner)
        if added and not f"{base}-".startswith(f"{added}-") and added not in helpful:
            helpful.append(added)
    base = base or word
    for added in helpful:
        yield _join(base, added)
    longest = _join(base, "-".join(helpful)) if helpful else base
    yield longest
    for n in count(repeats.get(longest, 0)):
        repeats[longest] = n
        yield _join(longest, f"again-{_letters(n)}" if n else "again")


def _join(base: str, added: str) -> str:
    """Both together within the length; if both are long, each gets about half."""
    if len(base) + 1 + len(added) > MAX_LENGTH:
        added = _cut(added, max(MAX_LENGTH // 2, MAX_LENGTH - 1 - len(base)))
        base = _cut(base, MAX_LENGTH - 1 - len(added))
    return f"{base}-{added}"


def _cut(slug: str, length: int) -> str:
    if len(slug) <= length:
        return slug
    whole_words = slug[: length + 1].rpartition("-")[0]
    return whole_words or slug[:length]


def _letters(n: int) -> str:
    """1 -> b, 25 -> z, 26 -> aa, as the columns of a spreadsheet after the first."""
    letters = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


# From a name to words

# How much is looked at: far more than a slug shows, and little enough for any text to be quick.
_LONGEST_SOURCE: Final = 4000
_LONGEST_NAME: Final = 200

_IMAGE: Final = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")
_LINK: Final = re.compile(r"\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS: Final = re.compile(r"\*+|~~|`+")

_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN: Final = re.compile(f"[{_HAN}]+")
_SUBTITLE: Final = re.compile(r"\s*(?:[\u2013-\u2015]+|--+|:)\s*")
_LATIN_WORD: Final = re.compile(r"[a-z]+", re.IGNORECASE)
_LONE_GREEK_LETTER: Final = re.compile(
    "(?<![\u0370-\u03ff])[\u0391-\u03a9\u03b1-\u03c9](?![\u0370-\u03ff])"
)
_SLUG_WORD: Final = re.compile(r"[a-z0-9]+")

_ALIKE: Final = 0.7  # "nezha" reads 哪吒 (transliterated "nazha"), "qwen" reads 千问 ("qianwen")


def _slug_words(name: str) -> list[str]:
    text = _plain_text(name)
    if not text.isascii():
        text = _without_han_subtitle(text)
        text = _HAN_RUN.sub(_HanReader(text), text)
        text = _LONE_GREEK_LETTER.sub(_greek_name, text)
        # anyascii would spell symbols out, an emoji as ":fire:".
        text = "".join(" " if unicodedata.category(c)[0] == "S" else c for c in text)
        text = anyascii(text)
    return _SLUG_WORD.findall(text.replace("'", "").lower())


def _plain_text(name: str) -> str:
    """What a name shows, without its inline Markdown; a link gives its text, an image nothing."""
    text = name[:_LONGEST_SOURCE]
    if not text.isalnum():
        text = _IMAGE.sub("", text)
        text = _LINK.sub(r"\1", text)
        text = _TAG.sub("", text)
        text = _EMPHASIS.sub("", text)
        text = html.unescape(text)
    text = text[:_LONGEST_NAME]
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _without_han_subtitle(text: str) -> str:
    """封神榜——中文语言预训练模型开源计划 is called 封神榜."""
    for subtitle in _SUBTITLE.finditer(text):
        title, rest = text[: subtitle.start()], text[subtitle.end() :]
        han = sum(map(len, _HAN_RUN.findall(rest)))
        latin = sum(map(len, _LATIN_WORD.findall(rest)))
        if any(map(str.isalnum, title)) and han > latin:
            return title
    return text


class _HanReader:
    """Writes a run of Han as its syllables, or drops it if the name says it in Latin already."""

    def __init__(self, text: str) -> None:
        self._latin_words = [word.lower() for word in _LATIN_WORD.findall(text)]

    def __call__(self, run: re.Match[str]) -> str:
        syllables = [anyascii(character).lower() for character in run[0]]
        if self._is_said_in_latin("".join(syllables), at_most=len(syllables)):
            return " "
        return f" {' '.join(syllables)} "

    def _is_said_in_latin(self, reading: str, at_most: int) -> bool:
        matcher = SequenceMatcher(None, "", reading, autojunk=False)
        for start in range(len(self._latin_words)):
            for end in range(start + 1, min(start + at_most, len(self._latin_words)) + 1):
                matcher.set_seq1("".join(self._latin_words[start:end]))
                bounds = matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio
                if all(bound() >= _ALIKE for bound in bounds):  # the cheapest first
                    return True
        return False


def _greek_name(letter: re.Match[str]) -> str:
    """PanGu-α is read "PanGu-Alpha"."""
    return f" {unicodedata.name(letter[0], '').rpartition(' ')[2]} "

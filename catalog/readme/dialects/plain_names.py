"""Names that no mark shows, before links whose titles say what they are.

    - BERT: Pre-training, ICML 2020 [[paper](url)]
    - "T5: Exploring the limits" [2019-10] [JMLR 2020] [[paper](url)]
    - PaLM <br> Arxiv 2022 [[Paper]](url) [[Code]](url)
    - **C4 2019-10 | All | EN | [Paper](url) | [Dataset](url)**
    - 2022 | PERT: Pre-training BERT | Yiming Cui, et al. | arXiv | [PDF](url)

The words end with where and when it was published, in one of a few forms.
"""

from __future__ import annotations

import re
from typing import Final

from catalog import titles
from catalog.readme.dialects.authors import Word, fact_of, is_person
from catalog.readme.dialects.names import is_name
from catalog.readme.dialects.prose import is_prose
from catalog.readme.places import Range
from catalog.readme.reading import holds_block
from catalog.readme.source import plain_text

_LONGEST: Final = 600
_MOST_WORDS: Final = 12
_MOST_WORDS_OF_A_TITLE: Final = 25
_MOST_WORDS_BEFORE_A_COLON: Final = 4
_AT_END: Final = re.compile(
    r"""(?: <br\s*/?>\s*(?P<line>[^<>\n]{1,120})
    | \[(?P<square>[^\[\]()]{1,80})\]
    | \((?P<round>[^\[\]()]{1,80})\)
    | <(?P<tag>ins|em|i|u|b|sub|sup)>(?P<tagged>[^<>]{1,80})</(?P=tag)>
    | (?P<mark>[*_`])(?P<marked>[^*_`\n]{1,300})(?P=mark)
    | (?<=\s)(?P<month>(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?)
    | (?<=[,._*])\s(?P<plain>(?:(?:[A-Z]|ar[Xx]iv\b)[^][,.<>()?:\n]{0,50})?(?:,?\s)?(?:19|20)\d\d
        (?:\s\((?:[Ff]indings|[Ww]orkshop|[Oo]ral|[Pp]oster|[Ss]potlight|[Dd]emo)\))?)
    )\Z""",
    re.VERBOSE,
)
_FORMS: Final = ("line", "square", "round", "tagged", "marked", "month", "plain")
_NOTED: Final = re.compile(r"(?P<name>.+?)\s*+\((?P<when>[^()]{2,40})\)\s*[:–—-]\s+(?P<note>.+)")
_CLOSING: Final = frozenset("])>*_`")
_LONGEST_ENDING: Final = 320
_PIPE: Final = re.compile(r"[ \t]\|[ \t](?=[^\n]+\Z)")
_CELL: Final = re.compile(r"[^|]+")
_FEWEST_CELLS: Final = 3
_KEYS_OF_CELLS: Final = ("released", "name", "authors", "venue")
_MOST_WORDS_OF_A_VENUE: Final = 6
_QUOTES: Final = {'"': '"', "“": "”", "「": "」", "《": "》"}
_SENTENCES: Final = re.compile(r"(?:[^\W\d_]{3}|\))[.;]\s")
_BROKEN: Final = re.compile(r"</?\w+>")
_SOURCE: Final = re.compile(
    r"(?P<outer>\[(?P<mark>\*\*|)(?P<source>(?!\s*[\]*])[^\[\]()*]{1,40})(?P=mark)\])\s+(?=\S)"
)
# A sentence goes on with the link behind them: `See the [paper](url)`.
_LEAD_ON: Final = frozenset(
    {
        *("a", "an", "our", "the", "their", "this", "your"),
        *("and", "are", "at", "by", "for", "from", "in", "is", "of", "on", "or", "see", "to"),
        *("via", "with"),
    }
)
_TAGGED: Final = re.compile(r"<(?P<tag>u|b|i|em|strong|ins)>(?P<inside>[^<>]+)</(?P=tag)>")
_LABELLED: Final = re.compile(r"(?P<name>[^\s:][^:*<>\[\]()\n]{0,40}):\s+(?P<note>[^\n]+)")


def split_name(text: str, *, may_be_long: bool, is_ended: bool) -> list[Word] | None:
    """The name, and what is said of it behind; None if the words are prose.

    A title may be long if each link behind stands in brackets, and it does not end as a sentence
    or says before it where it is from.
    """
    if len(text) > _LONGEST:
        return None
    if (piped := _piped(text)) is not None:
        return piped or None
    found, end = _behind(text)
    source = _SOURCE.match(text)
    outer = start, end = _stripped(text, source.end() if source is not None else 0, end)
    is_quoted = end - start > 2 and _QUOTES.get(text[start]) == text[end - 1]
    if (tagged := _TAGGED.fullmatch(text, start, end)) is not None:
        start, end = tagged.span("inside")
    elif is_quoted:
        start, end = _stripped(text, start + 1, end - 1)
    name = text[start:end]
    if not is_name(name) or not plain_text(name) or name.lower().split()[-1] in _LEAD_ON:
        return None
    is_sourced = source is not None
    is_title = (may_be_long and is_sourced) or (
        (may_be_long or is_sourced) and (bool(found) or not is_ended)
    )
    most = _MOST_WORDS_OF_A_TITLE if is_title else _MOST_WORDS
    begins_bold = name.startswith("**")  # an item would end the name with the bold words
    is_broken = _BROKEN.search(name) is not None or (begins_bold if is_quoted else "**" in name)
    is_sentence = is_prose(name.rstrip("?!") if is_title else name, most_words=most)
    if is_broken or is_sentence or _SENTENCES.search(name):
        return None if found or is_broken or not may_be_long else _labelled(text)
    before = [("source", source.span("source"), source.span("outer"))] if source is not None else []
    return [*before, ("name", (start, end), outer), *found]


def _piped(text: str) -> list[Word] | None:
    """`2022 | PERT: Pre-Training BERT | Yiming Cui, et al. | arXiv`, each word in a cell.

    None if no year comes first; nothing if the cells behind one are others.
    """
    cells = [_stripped(text, *cell.span()) for cell in _CELL.finditer(text)]
    if len(cells) < _FEWEST_CELLS or fact_of(text[slice(*cells[0])]) != "released":
        return None
    found = [(key, cell, cell) for key, cell in zip(_KEYS_OF_CELLS, cells, strict=False)]
    said = {key: text[slice(*cell)] for key, cell, _ in found}
    is_named = is_name(said["name"]) and bool(plain_text(said["name"]))
    is_short = len(said.get("venue", "").split()) <= _MOST_WORDS_OF_A_VENUE
    is_whole = len(found) == len(cells) and all(said.values())
    return found if is_named and is_short and is_whole else []


def _labelled(text: str) -> list[Word] | None:
    """`TensorRT: An engine that runs models.`: a name, and a sentence behind a colon."""
    found = _LABELLED.fullmatch(text)
    if found is None or len(found["name"].split()) > _MOST_WORDS_BEFORE_A_COLON:
        return None
    if titles.meant_by(found["name"]) is not None or not is_name(found["name"]):
        return None
    name, note = found.span("name"), found.span("note")
    return [("name", name, name), ("note", note, note)]


def _behind(text: str) -> tuple[list[Word], int]:
    """What stands behind a name - venue, date and authors, each once - and where it begins."""
    noted = _NOTED.fullmatch(text)
    if noted is not None and (key := fact_of(noted["when"])):
        start, end = noted.span("when")
        note = noted.span("note")
        return [(key, (start, end), (start - 1, end + 1)), ("note", note, note)], start - 1
    words, end = list[Word](), len(text)
    if (cell := _PIPE.search(text)) is not None and cell.start():
        note = _stripped(text, cell.end(), end)
        if holds_block(text[slice(*note)]):
            return [], end
        words, end = [("note", note, note)], cell.start()
    while (found := _last(text, _stripped(text, 0, end)[1])) is not None:
        form = next(form for form in _FORMS if found[form] is not None)
        inner = _stripped(text, *found.span(form))
        key = _key(form, text[slice(*inner)], text[: found.start()].rstrip())
        if not key and form == "marked" and [key for key, _, _ in words] == ["venue"]:
            key = "authors" if is_person(text[slice(*inner)]) else ""
        if not key or any(key == one for one, _, _ in words):
            break
        words.insert(0, (key, inner, inner if form in ("line", "month", "plain") else found.span()))
        end = found.start()
    return words, end


def _last(text: str, end: int) -> re.Match[str] | None:
    """What the words before this place end with; most end with nothing of the kind."""
    last = text[end - 1 : end]
    if not last.isdigit() and last not in _CLOSING and "<br" not in text:
        return None
    return _AT_END.search(text, max(0, end - _LONGEST_ENDING), end)


def _key(form: str, words: str, before: str) -> str:
    """What words in this form say; empty if they may belong to the name before them."""
    key = fact_of(words)
    if not key and form == "line":
        return "venue"
    if not key and form == "square" and before[-1:] in ('"', "”", "]"):
        return "venue"
    if not key and form == "marked" and ("," in words or "et al" in words):
        return "authors"
    return key


def _stripped(text: str, start: int, end: int) -> Range:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;:|–—-"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end

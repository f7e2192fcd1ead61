"""Words beside a name that say, without a mark, who wrote it, and when or where it was published.

- [Title](url), CVPR 2022
- [Title](url) by Ada Lin, Wei Chen and Noor Haddad.
- **Title** (ICML 2022) <br />
  Ada Lin, Wei Chen, Noor Haddad. [[paper](url)]
- **GPT-2**: "Language Models are Unsupervised Multitask Learners" [2019-02] [[paper](url)]
- Ada Lin, Wei Chen. 2016. **Title**. In Proceedings of ACL. [[paper](url)]
"""

from __future__ import annotations

import re
from typing import Final

from catalog.readme.dialects.authors import Word, are_names, fact_of, is_person
from catalog.readme.places import Range

# A venue is called by capital letters, `NeurIPS`, and has a year: other words may be a title.
_VENUE: Final = re.compile(
    r"""(?P<venue> (?:Findings\sof\s)?
        (?:ar[Xx]iv|[A-Z][A-Za-z]{0,20}[A-Z][A-Za-z]{0,20}) (?:[ -][A-Z]\w{0,30}){0,2}
        ,?\s(?:19|20)\d\d (?:\s(?:[Ff]indings|[Ww]orkshop|[Tt]rack|[Dd]emo|[Oo]ral))? ) \.?""",
    re.VERBOSE,
)
_BY: Final = re.compile(
    r"""(?:,?<br\s*/?>\s*)* by\s (?P<mark>[*_]?) (?P<authors>[^\n<>\[\]*_]+?) (?P=mark)
        (?:,\s (?P<released>(?:[A-Z][a-z]{2,8}\.?\s)?(?:19|20)\d\d) )? \.? (?:\s*<br\s*/?>)*""",
    re.VERBOSE,
)
_ON_OWN_LINE: Final = re.compile(
    r"""[.,]?\s? (?:[(（](?P<published>[^()（）\n]{2,60})[)）])?
        (?P<break>(?:<br\s*/?>|\\(?=\n)|\s)*) (?P<authors>[^\s<>\[\]()*_][^\n<>\[\]()*_]*?) \.?""",
    re.VERBOSE,
)
_QUOTED: Final = re.compile(
    r"""(?P<note>["“][^\n]+["”]) \s\[(?P<released>(?:19|20)\d\d[-/.]\d{1,2})\]
        (?:\s\[(?P<venue>[^\[\]\n]{2,60})\])?""",
    re.VERBOSE,
)
# `Ada Lin, Bo Ray, et al. 2016. `, also with a line break behind.
_CITED: Final = re.compile(
    r"""(?: (?P<authors>[^\W\d_][^<>*\[\]():|\n]*?) (?:[.,]\s+(?P<released>(?:19|20)\d\d))?
        | (?P<year>(?:19|20)\d\d) )
        (?: [.,] \s* (?:<br\s*/?>|\\(?=\s*\n))? | <br\s*/?> | \\(?=\s*\n) ) \s*""",
    re.VERBOSE,
)
_LONGEST: Final = 2_000
_TOPIC: Final = re.compile(r"(?:tion|sion|ment|ity|ics|ology|[a-z]{5}ing)s?\b")
_BETWEEN_PEOPLE: Final = re.compile(r",?\s(?:and|&)\s|[,;]\s?")


def split_published(text: str, *, is_linked: bool, is_on_own_line: bool) -> list[Word] | None:
    """What such words say; None if they say something else, or more.

    `is_linked` is whether the name before them is a link, `is_on_own_line` whether a line ends
    between both.
    """
    if len(text) > _LONGEST:
        return None
    if (venue := _VENUE.fullmatch(text)) is not None:
        return _words(venue, "venue")
    if (by := _BY.fullmatch(text)) is not None and are_people(by["authors"], 1):
        return _words(by, "authors", "released")
    if is_linked:
        return None
    if (quoted := _QUOTED.fullmatch(text)) is not None:
        return _words(quoted, "note", "released", "venue")
    written = _ON_OWN_LINE.fullmatch(text)
    if written is None or not (is_on_own_line or written["break"].strip(" ")):
        return None
    key = fact_of(written["published"] or "")
    if not are_people(written["authors"], 2) or bool(written["published"]) != bool(key):
        return None
    found = _words(written, "published", "authors")
    return [(key if one == "published" else one, inner, outer) for one, inner, outer in found]


def is_acronym_with_year(words: str) -> bool:
    """Whether words are a venue in the form in which most are called: `NeurIPS 2020`."""
    return _VENUE.fullmatch(words) is not None


def split_citation(text: str) -> list[Word]:
    """Who wrote a paper, and when, before its title; nothing if other words stand there."""
    found = _CITED.fullmatch(text)
    if found is None:
        return []
    if found["year"]:
        return [("released", found.span("year"), found.span("year"))]
    names = found["authors"]
    is_dated = found["released"] and len(names.split()) > 1 and are_names(names)
    is_one = (is_dated or is_person(names)) and _TOPIC.search(names) is None
    if not (is_one or are_people(names, 1 if "et al" in names else 2)):
        return []
    return _words(found, "authors", "released")


def _words(found: re.Match[str], *keys: str) -> list[Word]:
    return [(key, found.span(key), _around(found, key)) for key in keys if found[key]]


def _around(found: re.Match[str], key: str) -> Range:
    """The place of words with the brackets round them."""
    start, end = found.span(key)
    around = found.string[max(0, start - 1) : start] + found.string[end : end + 1]
    return (start - 1, end + 1) if around in ("()", "（）", "[]", "**", "__") else (start, end)


def are_people(words: str, fewest: int) -> bool:
    """Whether words are the names of several people, and no list of topics.

    So many of them at least have a first name and a last.
    """
    names = [one for one in _BETWEEN_PEOPLE.split(words) if one.strip()]
    if len(names) < 2 and "et al" not in words:
        return False
    full = sum(len(one.split()) > 1 for one in names)
    topics = sum(_TOPIC.search(one) is not None for one in names)
    return are_names(words) and full >= max(fewest, len(names) // 2) and topics * 2 < len(names)

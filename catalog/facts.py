"""What the columns of a model make of the facts that its list states.

The list states a fact in words of its own: "2023/05", "7B", "[8192](https://…)". The words stay as
they are; a column holds what can be searched and sorted by. It stays empty where the words say
several things, or one that it has no exact value for: 32k may be 32,000 or 32,768 tokens.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from catalog.markup import plain_text

Facts = Iterable[Sequence[str]]
"""As a row holds them: a fact and the list's words for it, each."""


def columns_of(facts: Facts) -> dict[str, Any]:
    """A value for each column that some fact fills, the empty one where its words say none."""
    columns: dict[str, Any] = {}
    for fact, words in facts:
        said = " ".join(_COMMENT.sub("", plain_text(words)).split())
        for column, read in _COLUMNS.get(fact, {}).items():
            # Stated twice, it is stated by neither.
            columns[column] = _EMPTY[column] if column in columns else read(said)
    return columns


def filled_by(facts: Facts) -> frozenset[str]:
    """The columns that follow these facts."""
    return frozenset(column for fact, _ in facts for column in _COLUMNS.get(fact, ()))


def following(before: Facts, after: Facts, now: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns become when the facts change; `now` is what they hold.

    A column follows if it is empty or says what the facts of before made it say. What a person
    wrote there stays.
    """
    old, new = _EMPTY | columns_of(before), _EMPTY | columns_of(after)
    return {
        column: new[column]
        for column in sorted(filled_by(before) | filled_by(after))
        if now[column] in (old[column], _EMPTY[column])
    }


# Readers of words: the empty value where they say nothing that the column could hold.


def _text(said: str) -> str:
    return said if len(said) <= _MOST_CHARACTERS else ""


def _date(said: str) -> str:
    """2022, 2022-05 or 2022-05-04 if the words are a date, however it is written."""
    found = next((match for form in _DATES if (match := form.fullmatch(said))), None)
    if found is None:
        return ""
    stated = found.groupdict()
    month = stated.get("month") or ""
    if not month.isdigit():
        month = str(_MONTHS.get(month[:3].casefold(), ""))
    parts = [int(part) for part in (stated["year"], month, stated.get("day")) if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return ""
    return "-".join(f"{part:02}" for part in parts)


def _number(said: str) -> int | None:
    """One size with a unit: 1.3B, 340M, 130 亿."""
    found = _SIZE.fullmatch(said)
    if found is None:
        return None
    value = round(float(found["figure"].replace(",", "")) * _UNITS[found["unit"].upper()])
    return value if 0 < value <= _LARGEST else None


def _tokens(said: str) -> int | None:
    found = _TOKENS.fullmatch(said)
    value = int(found["figure"].replace(",", "")) if found is not None else 0
    return value if 0 < value <= _MOST_TOKENS else None


def _access(said: str) -> str:
    return said.casefold() if said.casefold() in ("open", "limited", "closed") else ""


_MOST_CHARACTERS: Final = 300
# What a column of 32 and of 64 bits holds.
_MOST_TOKENS: Final = 2**31 - 1
_LARGEST: Final = 2**63 - 1
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_UNITS: Final = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12, "万": 10**4, "亿": 10**8}
_SIZE: Final = re.compile(
    rf"(?P<figure>\d{{1,9}}(?:,\d{{3}})*(?:\.\d{{1,9}})?)\s?(?P<unit>[{''.join(_UNITS)}])"
    r"(?:\s?(?:params|parameters|参数))?",
    re.IGNORECASE,
)
_TOKENS: Final = re.compile(r"(?P<figure>\d{1,9}(?:,\d{3})*)(?:\s?tokens)?", re.IGNORECASE)
_MONTHS: Final = {month_abbr[number].casefold(): number for number in range(1, 13)}
_WORD: Final = "|".join([*month_name[1:], *month_abbr[1:]])
_DATES: Final = [
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})年?",
        r"(?P<year>\d{4})\s?[-/.]\s?(?P<month>\d{1,2})(?:\s?[-/.]\s?(?P<day>\d{1,2}))?",
        r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?",
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s)?(?P<month>{_WORD})\.?,?\s(?P<year>\d{{4}})",
        rf"(?P<month>{_WORD})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})",
    )
]
_COLUMNS: Final[dict[str, dict[str, Callable[[str], Any]]]] = {
    "released": {"released": _date},
    "parameters": {"parameters": _text, "parameters_number": _number},
    "architecture": {"architecture": _text},
    "languages": {"languages": _text},
    "modality": {"modality": _text},
    "access": {"access": _access},
    "code_licence": {"code_licence": _text},
    "weights_licence": {"weights_licence": _text},
    "context_length": {"context_length": _tokens},
    "based_on": {"based_on": _text},
    "status": {"status": _text},
}
_EMPTY: Final[dict[str, Any]] = {
    column: None if column in ("parameters_number", "context_length") else ""
    for columns in _COLUMNS.values()
    for column in columns
}

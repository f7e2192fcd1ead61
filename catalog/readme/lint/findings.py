"""A finding: something that a curator should look at, where it is, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from catalog.readme.document import ListDocument
from catalog.readme.meaning import Address, Thing, name_of
from catalog.readme.source import plain_text

ERROR: Final = "error"
"""Something is lost or broken."""
WARNING: Final = "warning"
"""Something is most likely not meant so."""
HINT: Final = "hint"
"""Something could be better, or is as it is."""

SEVERITIES: Final = (ERROR, WARNING, HINT)


@dataclass(frozen=True, slots=True)
class Finding:
    """`line` counts from 1; `fix` says how to mend it, in the imperative.

    `other` is the line of the other one where a finding is about two. No sentence holds a line's
    number, so that two lists can be compared by what is found in them.
    """

    line: int
    severity: str
    rule: str
    sentence: str
    fix: str
    other: int = 0
    about: str = ""
    """What a summary names: the section that is missing, the day on which a link expired."""


def line_of(document: ListDocument, thing: Thing) -> int:
    assert thing.place is not None
    return document.line(thing.place.start)


# For sentences that tell things of one name apart.


def place_of(address: Address, things: Mapping[Address, Thing]) -> str:
    """What it stands below: Tsinghua > KEG."""
    above = (things[address[:length]] for length in range(1, len(address)))
    return " > ".join(plain_text(name_of(thing)) for thing in above)


def in_words(times: int) -> str:
    return "twice" if times == 2 else f"{times:,} times"

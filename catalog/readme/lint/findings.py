"""A finding: something that a curator should look at, where it is, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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

"""What pages and sentences call the records: the list's own words, from the settings.

A list of language models has organisations and models; one of data sets may have topics and data
sets. Code keeps its own names; whatever people read asks here.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.conf import settings


class Noun(NamedTuple):
    one: str
    many: str

    def counted(self, number: int) -> str:
        """1 model, 1,024 models"""
        return f"{number:,} {self.one if number == 1 else self.many}"


RESOURCE: Final = Noun("resource", "resources")


def section() -> Noun:
    """What a heading of the list stands for."""
    return Noun(*settings.SECTION_WORDS)


def entry() -> Noun:
    """What stands below a heading."""
    return Noun(*settings.ENTRY_WORDS)


def in_templates(request: object) -> dict[str, Any]:
    """Context processor: {{ words.entry.many }}"""
    return {"words": {"section": section(), "entry": entry(), "resource": RESOURCE}}

"""What pages and sentences call the records: the list's own words, from the settings.

A list of language models has organisations and models; one of data sets may have topics and data
sets. Code keeps its own names; whatever people read asks here.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.utils.functional import lazy


class Noun(NamedTuple):
    one: str
    many: str

    def counted(self, number: int) -> str:
        """1 model, 1,024 models"""
        return f"{number:,} {self.one if number == 1 else self.many}"

    @property
    def with_article(self) -> str:
        """a model, an organisation"""
        return f"{'an' if _BEGINS_WITH_A_VOWEL.match(self.one) else 'a'} {self.one}"


# By the sound: an hour, an LLM, but a university, a European team, a one-off.
_BEGINS_WITH_A_VOWEL: Final = re.compile(
    r"""  (?= [AEFHILMNORSX] (?: [A-Z0-9] | \b ) ) .       # letters that are spelled out
        | (?! [A-Z]{2} )
          (?i: hour | honest | honou?r | heir
             | (?! uni(?! [mn] ) | us[aeu] | ut[ei] | u\b | eu | ewe | one\b | once ) [aeiou] )""",
    re.VERBOSE,
)

RESOURCE: Final = Noun("resource", "resources")


def section() -> Noun:
    """What a heading of the list stands for."""
    return Noun(*settings.SECTION_WORDS)


def entry() -> Noun:
    """What stands below a heading."""
    return Noun(*settings.ENTRY_WORDS)


def of_table(table: str) -> str:
    """A record by the name that its table has in the memory: "list_text" is a list text."""
    own = {"organisation": section().one, "model": entry().one}
    return own.get(table, table.replace("_", " "))


def in_templates(request: object) -> dict[str, Any]:
    """Context processor: {{ words.entry.many }}"""
    return {"words": {"section": section(), "entry": entry(), "resource": RESOURCE}}


# Sentences that are written down once and read later.


def in_sentences() -> dict[str, str]:
    """The gaps that the sentences below may have."""
    return {
        "section": section().one,
        "a_section": section().with_article,
        "entry": entry().one,
        "an_entry": entry().with_article,
    }


class Sentence(str):
    """A sentence with gaps, "Another %(section)s has this slug.", for models and constraints.

    Migrations hold and compare it with its gaps, so that other words are no change of the
    database. Django fills in such a sentence with `%` before anybody reads it.
    """

    def __mod__(self, names: Any) -> str:
        return str(self).__mod__(in_sentences() | dict(names))


def _filled_in(sentence: str) -> str:
    return sentence % in_sentences()


later = lazy(_filled_in, str)
"""The same for help texts of forms, which are no part of a migration: filled in when shown."""

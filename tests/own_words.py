"""A list with words of its own, and a reader that finds the old ones in what people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from django.apps import apps
from django.test import override_settings

from tests.readme.lists import LISTS

DATA_SETS = LISTS / "text-data-sets.md"

_OLD = re.compile(r"(?:\S+ ){0,3}\b(?:organi[sz]ation|model)s?\b(?: \S+){0,3}", re.IGNORECASE)
# Attributes that are read, aloud or by the admin's scripts that write them on buttons.
_READ = {"title", "aria-label", "alt", "placeholder", "label", "content", "data-add"}


@contextmanager
def topics_and_data_sets() -> Iterator[None]:
    """As if the site had been started with SECTION_WORDS and ENTRY_WORDS."""
    config = apps.get_app_config("catalog")
    with override_settings(
        SECTION_WORDS=("topic", "topics"), ENTRY_WORDS=("data set", "data sets")
    ):
        config.name_the_records()  # type: ignore[attr-defined]
        yield
    config.name_the_records()  # type: ignore[attr-defined]


def old_words(text: str) -> list[str]:
    """Each place where a text says "organisation" or "model", with a few words around it."""
    return _OLD.findall(re.sub(r"\s+", " ", text.replace("_", " ")))


class Read(HTMLParser):
    """What people read of a page: its text, and the attributes that are shown or spoken."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._is_code = False
        self.feed(page)
        self.text = "\n".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._is_code = tag in ("script", "style")
        self._parts += [value for name, value in given.items() if name in _READ]
        if tag == "input" and given.get("type") in ("submit", "button", "text"):
            self._parts.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self._is_code = False

    def handle_data(self, data: str) -> None:
        if not self._is_code:
            self._parts.append(data)

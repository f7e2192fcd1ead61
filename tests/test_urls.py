"""The addresses speak the list's own words."""

import pytest

from catalog.urls import addresses


def routes() -> list[str]:
    return [str(address.pattern) for address in addresses()]


@pytest.mark.parametrize(
    ("sections", "entries", "first_parts"),
    [
        (("organisation", "organisations"), ("model", "models"), ["organisations", "models"]),
        (("topic", "topics"), ("data set", "data sets"), ["topics", "data-sets"]),
        (("组织", "组织"), ("模型", "模型"), ["zu-zhi", "mo-xing"]),
        # What others answer for, what is no word, and the same word twice.
        (("admin", "admin"), ("API", "API"), ["organisations", "models"]),
        (("!", "!"), ("?", "?"), ["organisations", "models"]),
        (("thing", "things"), ("thing", "things"), ["things", "models"]),
    ],
)
def test_the_first_part_is_the_lists_own_word(settings, sections, entries, first_parts):
    settings.SECTION_WORDS = sections
    settings.ENTRY_WORDS = entries
    assert routes() == ["", *(f"{part}/<slug:slug>/" for part in first_parts)]

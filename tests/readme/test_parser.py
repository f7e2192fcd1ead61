import contextlib
import gc

import pytest

from catalog.readme import ListRefused, compare, parse, patch
from catalog.readme.dialects.names import begins_with
from tests.readme import lists

REAL = lists.read(lists.REAL_LIST)


def names(text: str) -> list[str]:
    return [section.name for section in parse(text).sections]


def test_the_real_list_is_read_whole():
    said = REAL.meaning
    assert said.title.startswith("Awesome Pretrained Language Models")
    assert said.introduction.startswith("Pretrained Language Models (PLMs) have been")
    assert len(said.sections) == 21
    assert sum(1 for _ in said.entries()) == 102
    assert REAL.coverage == (76, 20, 2, 1)
    assert REAL.coverage.total == 99
    assert REAL.section_level == 2
    assert set(REAL.badges) == {"paper", "code", "demo", "website"}
    assert REAL.unsafe == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("## Google\n\n* PaLM\n", 2),
        ("# Awesome\n\n### Google\n\n* PaLM\n", 3),
        ("# Awesome\n\n# Google\n\n* PaLM\n", 1),
        ("# Google\n\n* PaLM\n", 1),
        ("# Awesome\n\n## A\n\n* a\n\n### B\n\n* b\n\n### C\n\n* c\n\n### D\n\n* d\n", 2),
        ("# Awesome\n\n## A\n\n* a\n" + "".join(f"\n### {b}\n\n* b\n" for b in "BCDE"), 3),
        ("# Awesome\n\n## A\n\n* a\n" + "\n### B\n\n* b\n" * 4, 2),
        ("# Awesome\n\n### Google\n\n> A quote.\n", 3),
        ("# Awesome\n\n### Google\n\nProse.\n", 2),
        ("", 2),
    ],
)
def test_the_level_of_organisations_is_the_highest_that_often_holds_entries(text, level):
    assert parse(text).section_level == level


def test_a_lone_heading_that_holds_entries_is_an_organisation_and_no_title():
    document = parse("# Google\n\n* PaLM\n")
    assert document.title == ""
    assert names("# Google\n\n* PaLM\n") == ["Google"]


def test_an_empty_first_heading_is_no_title():
    document = parse("#\n\nModels.\n\n## Google\n\n* PaLM\n")
    assert document.texts == {}
    assert document.meaning.title == document.meaning.introduction == ""


def test_a_heading_that_is_too_long_for_a_name_is_kept():
    text = f"## {'x' * 300}\n\n* a\n\n## {'y' * 301}\n\n* b\n"
    assert names(text) == ["x" * 300]
    [long] = parse(text).too_long
    assert (parse(text).line(long.start), long.characters, long.most) == (5, 301, 300)


def test_title_and_introduction_know_their_places():
    document = parse("# Awesome #\n\nOne\ntwo.\n\n## Google\n\n* PaLM\n")
    texts = {field: document.raw[slice(*span)] for field, span in document.texts.items()}
    assert texts == {"title": b"Awesome", "introduction": b"One\ntwo."}
    lines = {field: document.raw[slice(*span)] for field, span in document.prose.items()}
    assert lines == {"title": b"# Awesome #\n", "introduction": b"One\ntwo.\n"}


def test_an_organisation_knows_its_places():
    document = parse("## Google ##\n\n* PaLM\n\n> A company.\n\n<br/>\n\n## Baidu\n\n* ERNIE\n")
    place = document.sections[0].place
    raw = document.raw
    assert raw[slice(*place.name)] == b"Google"
    assert raw[slice(*place.head)] == b"## Google ##\n"
    assert raw[slice(*place.note)] == b"A company."
    assert raw[slice(*place.note_lines)] == b"> A company.\n"
    assert raw[slice(*place.lines)].endswith(b"<br/>\n")


def test_links_are_counted_where_they_stand():
    text = (
        "# Awesome [a](https://a.org)\n\nSee https://b.org.\n\n* [Google](#google)\n\n"
        "## Google\n\n* [PaLM](https://c.org)\n  * [d](https://d.org), [e](https://e.org)\n\n"
        "> [f](https://f.org)\n\n<br/> [g](https://g.org) ![h](https://h.org)\n"
    )
    assert parse(text).coverage == (3, 1, 3, 1)


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("* PaLM\n", True),
        ("| a |\n|---|\n| b |\n", True),
        ("## [Google](https://g.org)\n", True),
        ("## ![Google](g.png)\n\nProse with [a link](https://a.org).\n", False),
        ("", False),
        ("## Survey\n\n**BERT**. *A. Lin*. ACL 2020. [[pdf](https://a.org)]\n", True),
    ],
)
def test_a_list_has_an_item_a_table_a_paragraph_that_is_an_entry_or_a_linked_heading(text, is_list):
    assert parse(text).is_list is is_list


def test_addresses_that_run_a_program_are_reported_with_their_lines():
    text = "## A\n\n* [x](javascript:1)\n* [y](<  DATA:text/html,x>)\n\n[z](vbscript:2) "
    text += "![a](data:image/png)\n"
    assert parse(text).unsafe == (
        (3, "javascript:1"),
        (4, "  DATA:text/html,x"),
        (6, "vbscript:2"),
    )


@pytest.mark.parametrize(
    ("text", "name", "begins"),
    [
        ("THUDM refers to a group.", "THUDM", True),
        ("THUDM", "THUDM", True),
        ("**THUDM**: a group", "[THUDM](https://t.org)", True),
        ("THUDMs are many", "THUDM", False),
        ("T5 is", "T", False),
        ("THU-CoAI is", "THU", True),
        ("智源是研究院", "智源", True),
        ("The THUDM", "THUDM", False),
        ("A note", "", False),
    ],
)
def test_a_note_begins_with_a_name_as_a_word(text, name, begins):
    assert begins_with(text, name) is begins


def test_known_organisations_say_which_headings_are_some_if_those_hold_anything():
    below = "".join(f"\n### {name}\n\n* {name} 1\n" for name in "ABCD")
    text = f"## Surveys\n\n* S\n\n## Models\n{below}"
    assert parse(text).section_level == 3
    assert parse(text, ["Surveys", "Models", "Gone"]).section_level == 2
    assert parse(text, ["Surveys", "A", "B"]).section_level == 3
    assert parse(text, ["Surveys", "A"]).section_level == parse(text).section_level == 3
    assert parse(text, ["Gone"]).section_level == 3
    assert parse(text.replace("* S\n", ""), ["Models"]).section_level == 3


@pytest.mark.parametrize("words", ["Google made these.\n", "---\n", "<br />\n", "<!-- T5 -->\n"])
def test_a_known_organisation_is_one_although_nothing_but_prose_is_left_of_it(words):
    text = f"## Google\n\n{words}\n## Baidu\n\n* ERNIE\n"
    assert [section.name for section in parse(text).sections] == ["Baidu"]
    document = parse(text, ["Google", "Baidu"])
    assert [section.name for section in document.sections] == ["Google", "Baidu"]
    assert document.sections[0].note == (words.strip() if words[0] == "G" else "")


def test_a_known_organisation_may_be_called_as_what_is_about_the_list():
    text = "## Google\n\n* T5\n\n## Contributors\n\n## Contributing\n\nWelcome.\n"
    assert [section.name for section in parse(text).sections] == ["Google"]
    document = parse(text, ["Google", "Contributors"])
    assert [section.name for section in document.sections] == ["Google", "Contributors"]


def test_prose_below_the_name_of_a_known_organisation_is_none_beside_it():
    text = "## Google\n\n* T5\n\n## Baidu\n\n* ERNIE\n\n## Google\n\nThanks.\n"
    assert parse(text, ["Google", "Baidu"]).meaning == parse(text).meaning


def test_headings_that_repeat_below_each_model_are_no_organisations():
    parts = "### Description\n* fast\n### Links\n* [Code](https://github.com/a/{0})\n"
    models = "".join(f"## [{name}](https://x.org/{name})\n" + parts.format(name) for name in "ABCD")
    document = parse("# Agents\n\n# Open\n" + models)
    assert [section.name for section in document.sections] == ["Open"]
    assert [entry.name for entry in document.sections[0].children] == list("ABCD")


def test_an_edit_of_what_was_read_with_known_organisations_is_read_with_those_again():
    text = "## Surveys\n\n* S\n\n## Models\n\n### A\n\n* T5\n\n### B\n\n* U\n\n### C\n\n* V\n"
    document = parse(text, ["Surveys", "Models"])
    more = parse(text + "\n### D\n\n* W\n", ["Surveys", "Models"])
    assert patch(document, compare(document.meaning, more.meaning)) == more.text


@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize("text", ["# T\n\n## Google\n\n* T5\n", "a\0b"], ids=["read", "refused"])
def test_the_collector_is_left_as_it_was_found(is_on, text):
    was_on = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        with contextlib.suppress(ListRefused):
            parse(text)
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if was_on else gc.disable)()

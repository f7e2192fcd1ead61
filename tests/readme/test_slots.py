from catalog.readme import compare, parse
from catalog.readme.difference import arrange
from catalog.readme.meaning import name_of
from catalog.readme.slots import slots_of, units_of
from tests.readme.curator import wished

DOCUMENT = parse(
    "## Meta\n\n"
    "* OPT: [site](https://s.org)\n"
    "  * [a](https://a.org), [b](https://b.org), [c](https://c.org)\n"
    "  * OPT-IML\n"
    "  * [d](https://d.org)\n"
)
OPT = DOCUMENT.sections[0].children[0]
SLOTS = list(slots_of(OPT.children))


def units(wishes: str) -> list[tuple[list[str], int | None]]:
    edits = compare(DOCUMENT.meaning, wished(DOCUMENT.meaning, wishes))
    opt = arrange(DOCUMENT.meaning, edits).children[0].children[0]
    opt.below = [child for child in opt.children if name_of(child.thing) != "site"]
    return [
        ([name_of(child.thing) for child in unit.children], unit.home)
        for unit in units_of(opt, SLOTS)
    ]


def test_links_that_share_a_line_share_a_slot_and_those_of_the_head_have_none():
    assert [(slot.first, [name_of(part) for part in slot.parts]) for slot in SLOTS] == [
        (1, ["a", "b", "c"]),
        (4, ["OPT-IML"]),
        (5, ["d"]),
    ]
    assert DOCUMENT.text[SLOTS[1].start : SLOTS[1].end] == "  * OPT-IML\n"


def test_links_that_still_share_a_line_are_one_unit():
    assert units("remove Meta > OPT > b") == [(["a", "c"], 0), (["OPT-IML"], 1), (["d"], 2)]


def test_of_links_that_come_apart_the_first_stays_and_the_others_are_newcomers():
    assert units("move Meta > OPT > OPT-IML, after a") == [
        (["a"], 0),
        (["OPT-IML"], 1),
        (["b"], None),
        (["c"], None),
        (["d"], 2),
    ]
    assert units("move Meta > OPT > c, before a")[0] == (["c"], 0)


def test_what_was_not_here_is_a_newcomer():
    assert units('add below Meta > OPT, after OPT-IML\n  demo "e" https://e.org')[2] == (
        ["e"],
        None,
    )

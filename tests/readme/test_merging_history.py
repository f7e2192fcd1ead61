"""The real list's own next version, merged with what a curator did meanwhile."""

from collections import Counter
from dataclasses import replace

from catalog.readme import Link, Meaning, Merge, choose, compare, merge, patch
from catalog.readme.meaning import Entry, walk
from catalog.readme.pairing import pair
from tests.readme import lists
from tests.readme.curator import wished
from tests.readme.strategies import address_of, at, inserted

BASE = lists.read(lists.REAL_LIST).meaning
FILE = lists.version("844ebca")
NEXT = FILE.meaning

_PAIRS = {origin: to for to, origin in pair(BASE, NEXT).items()}
# Where the models without a link are that the next version fills, and the first link it gives.
FILLED = {
    address: children[0]
    for address, thing in walk(BASE.sections)
    if isinstance(thing, Entry) and not thing.children and address in _PAIRS
    if (children := at(NEXT, _PAIRS[address]).children)
}


def edited(wishes: str) -> Merge:
    return merge(BASE, wished(BASE, wishes), NEXT)


def filled(link: Link | None = None) -> Meaning:
    """A curator fills the same models: with this link, or with the file's and another address."""
    ours = BASE
    for number, (address, theirs) in enumerate(FILLED.items()):
        own = link or replace(theirs, url=f"https://example.org/{number}")
        ours = inserted(ours, address, 0, own)
    return ours


def test_alone_it_is_taken_as_it_is():
    found = merge(BASE, BASE, NEXT)
    assert (found.meaning, found.conflicts, found.reordered) == (NEXT, (), ())
    assert patch(FILE, compare(NEXT, found.meaning, pairs=found.theirs)) == FILE.text


def test_five_renamed_models_and_an_organisation_keep_what_was_done_to_them():
    found = edited(
        "set Tencent > Motian, note to Skies.\n"
        "add below Microsoft > Metro-LM\n  Metro-XL\n"
        'add below Facebook (Meta)\n  Galactica\n    website "site" https://galactica.org'
    )
    assert found.conflicts == ()
    renamed = {
        (at(BASE, found.ours[address]).name, at(found.meaning, address).name)
        for address, origin in found.theirs.items()
        if address in found.ours and hasattr(at(NEXT, origin) if origin else None, "children")
    }
    assert sum(old != new for old, new in renamed) == 6
    motian = address_of(found.meaning, "Tencent", "Motian (摩天)")
    assert at(found.meaning, motian).note == "Skies."
    assert found.ours[motian] == address_of(BASE, "Tencent", "Motian")
    address_of(found.meaning, "Microsoft", "METRO", "Metro-XL")
    address_of(found.meaning, "Meta (Facebook)", "Galactica", "site")


def test_what_a_curator_filled_meanwhile_stands_beside_what_the_file_fills():
    assert len(FILLED) == 24  # one of them is renamed as well
    found = merge(BASE, filled(Link("Our own", "https://example.org/own", "demo")), NEXT)
    assert found.conflicts == ()
    titles = Counter(link.title for link in found.meaning.links())
    assert titles["Our own"] == len(FILLED)
    assert titles - Counter(link.title for link in NEXT.links()) == {"Our own": len(FILLED)}


def test_the_same_link_with_two_addresses_is_asked_about_for_each_model():
    found = merge(BASE, filled(), NEXT)
    assert Counter(conflict.what for conflict in found.conflicts) == {"url": len(FILLED)}
    assert len({conflict.key for conflict in found.conflicts}) == len(FILLED)
    taken = merge(BASE, filled(), NEXT, choices=choose(found.conflicts, "theirs"))
    assert (taken.meaning, taken.unsettled) == (NEXT, ())


def test_what_the_file_removed_and_a_curator_changed_is_asked_about():
    found = edited('add below Microsoft > Turning NLG\n  website "Turing" https://turing.ms')
    (conflict,) = found.conflicts
    assert conflict.label == "Microsoft > Turning NLG, removed"
    assert "https://turing.ms" in set(conflict.names())
    address_of(found.meaning, "Microsoft", "Turning NLG", "Turing")


def test_what_is_merged_is_the_authors_file_and_only_our_lines():
    found = edited(
        "set Tencent > Motian, note to Skies.\n"
        "add first\n  Anthropic\n    Claude\n"
        "remove Google > Minerva\n"
        'add below Google > PaLM\n  website "site" https://palm.org'
    )
    assert [conflict.label for conflict in found.conflicts] == ["Google > Minerva, removed"]
    text = patch(FILE, compare(NEXT, found.meaning, pairs=found.theirs))
    before, after = Counter(FILE.text.split("\n")), Counter(text.split("\n"))
    assert {line.strip() for line in after - before if line} == {
        "* [Anthropic](#anthropic)",
        "## Anthropic",
        "* Claude",
        "> Skies.",
        "* [site](https://palm.org) ![website](https://img.shields.io/badge/-website-9cf?style=flat)",
    }

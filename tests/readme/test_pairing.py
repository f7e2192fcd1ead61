from collections.abc import Callable

import pytest

from catalog.readme import Entry, Meaning, Section, parse
from catalog.readme.meaning import walk
from catalog.readme.pairing import likeness, pair
from tests.readme import lists
from tests.readme.outline import meaning_of
from tests.readme.strategies import address_of, at
from tests.readme.timing import takes_the_time_of_its_size

REAL = lists.read(lists.REAL_LIST).meaning
NEXT = lists.version("844ebca").meaning


def paired(old: Meaning, new: Meaning) -> dict[str, str | None]:
    """The name of each thing in `new`, and which one in `old` it was."""
    pairs = pair(old, new)
    return {
        _called(thing): _called(at(old, pairs[to])) if to in pairs else None
        for to, thing in walk(new.sections)
    }


def _called(thing) -> str:
    return getattr(thing, "name", None) or thing.title


def one(*names: str) -> Meaning:
    """One organisation with these entries."""
    return Meaning("", "", (Section("Google", children=tuple(map(Entry, names))),))


# The real list and its next version.


def test_the_next_version_renames_five_models_and_one_organisation():
    pairs = pair(REAL, NEXT)
    olds, news = dict(walk(REAL.sections)), dict(walk(NEXT.sections))
    renamed = {
        olds[origin].name: news[to].name
        for to, origin in pairs.items()
        if to and hasattr(news[to], "name") and olds[origin].name != news[to].name
    }
    assert renamed == {
        "Motian": "Motian (摩天)",
        "ShenZhou": "ShenZhou (神舟)",
        "ShenNonG": "ShenNonG (神农)",
        "HunYuan_nlp": "HunYuan  (混元)",
        "Metro-LM": "METRO",
        "Facebook (Meta)": "Meta (Facebook)",
    }


def test_one_that_holds_as_much_of_several_is_the_first_of_them():
    """Whatever order a set has today: words have other hashes in each process."""
    for name in "abcdefgh":
        halves = [f"* {n}\n  * [{name}{n}](https://{name}{n}.org)\n" for n in ("one", "two")]
        old = parse("## Google\n\n" + "".join(halves)).meaning
        links = "".join(half.partition("\n")[2] for half in halves)
        new = parse(f"## Google\n\n* Both\n{links}").meaning
        assert pair(old, new)[0, 0] == (0, 0)


def test_a_former_name_that_is_known_pairs_what_else_would_not():
    old = parse("## Google\n\n* Meena\n* PaLM\n").meaning
    new = parse("## Google\n\n* LaMDA\n* PaLM\n").meaning
    assert (0, 0) not in pair(old, new)
    assert pair(old, new, {(0, 0): ["Meena"]})[0, 0] == (0, 0)


def test_what_stands_in_the_same_place_is_not_the_same():
    pairs = pair(REAL, NEXT)
    assert address_of(REAL, "Microsoft", "Turning NLG") not in pairs.values()
    assert address_of(NEXT, "Microsoft", "DeepNMT") not in pairs


@pytest.mark.parametrize(
    "path",
    [
        ("Baidu", "ERNIE family", "ERNIE 1.0"),
        ("THU (Tsinghua) & BAAI (Beijing)", "Tsinghua AI", "ERNIE"),
        ("THU (Tsinghua) & BAAI (Beijing)", "Tsinghua AI", "CPM family", "CPM-1"),
        ("THU (Tsinghua) & BAAI (Beijing)", "BAAI", "GLM"),
    ],
)
def test_one_name_below_two_parents_is_two_things(path):
    assert pair(REAL, NEXT)[address_of(NEXT, *path)] == address_of(REAL, *path)


def test_of_two_models_of_one_name_the_one_that_goes_is_gone():
    pairs = pair(REAL, NEXT)
    gone = address_of(REAL, "THU (Tsinghua) & BAAI (Beijing)", "BAAI", "CPM family", "CPM-1")
    assert gone not in pairs.values()


# One rule after the other.


def test_equal_paths_pair_the_nth_with_the_nth():
    old = one("T5", "T5", "PaLM")
    assert pair(old, one("T5", "T5", "T5")) == {(): (), (0,): (0,), (0, 0): (0, 0), (0, 1): (0, 1)}


def test_what_holds_a_paper_that_nobody_else_holds_is_the_same_under_another_name():
    old = meaning_of('Google\n  Alpha\n    paper "A" https://arxiv.org/abs/2204.02311\n  Beta\n')
    new = meaning_of('Google\n  Beta\n  Omega\n    paper "B" https://arxiv.org/pdf/2204.02311v5\n')
    assert paired(old, new)["Omega"] == "Alpha"


def test_a_paper_that_two_hold_proves_nothing():
    paper = '    paper "A" https://arxiv.org/abs/2204.02311\n'
    old = meaning_of(f"Google\n  Alpha\n{paper}  Gamma\n{paper}")
    new = meaning_of(f"Google\n  Omega\n{paper}")
    assert paired(old, new)["Omega"] is None


def test_most_shared_works_win():
    a, b, c = (f'    paper "{n}" https://arxiv.org/abs/2204.0000{n}\n' for n in "123")
    old = meaning_of(f"Google\n  Alpha\n{a}  Beta\n{b}{c}")
    new = meaning_of(f"Google\n  Omega\n{a}{b}{c}")
    assert paired(old, new)["Omega"] == "Beta"


def test_an_organisation_is_known_by_what_it_made():
    old = meaning_of("Al21 Labs\n  Jurassic-1\nGoogle\n  PaLM\n")
    new = meaning_of("Google\n  PaLM\nThe makers of Jurassic\n  Jurassic-1\n")
    assert paired(old, new)["The makers of Jurassic"] == "Al21 Labs"
    assert paired(old, new)["Jurassic-1"] == "Jurassic-1"


def test_an_entry_is_known_by_its_name_wherever_it_went():
    old = meaning_of("Google\n  DeBERTa\nMicrosoft\n  GODEL\n")
    new = meaning_of("Google\nMicrosoft\n  GODEL\n    DeBERTa\n")
    assert paired(old, new)["DeBERTa"] == "DeBERTa"


def test_an_organisation_never_becomes_an_entry():
    old = meaning_of("Google\n  PaLM\nDeepMind\n  Gopher\n")
    new = meaning_of("Google\n  PaLM\n  DeepMind\n    Gopher\n")
    assert paired(old, new)["DeepMind"] is None
    assert paired(old, new)["Gopher"] == "Gopher"


def test_alike_names_pair_below_one_parent_only():
    assert paired(one("Langbaot"), one("Langboat"))["Langboat"] == "Langbaot"
    old = meaning_of("Google\n  Langbaot\nBaidu\n  ERNIE\n")
    new = meaning_of("Google\nBaidu\n  ERNIE\n  Langboat\n")
    assert paired(old, new)["Langboat"] is None


def test_alike_names_must_be_each_others_best():
    said = paired(one("ERNIE 3.0"), one("ERNIE 3.0 Titan", "ERNIE 3.0 (base)"))
    assert said == {"Google": "Google", "ERNIE 3.0 Titan": None, "ERNIE 3.0 (base)": "ERNIE 3.0"}


ALIKE = [
    ("Motian", "Motian (摩天)", True),
    ("Motian", "Motian（摩天）", True),
    ("HunYuan_nlp", "HunYuan  (混元)", True),
    ("Metro-LM", "METRO", True),
    ("T5", "T5 family", True),
    ("GPTNeo", "GPT-Neo", True),
    ("PLUG (**P**re-training)", "**PLUG**", True),
    ("ERNIE 3.0", "ERNIE 3.0 TiTan", True),
    ("Langbaot", "Langboat", True),
    ("Turning NLG", "DeepNMT", False),
    ("DeepNet", "DeepNMT", False),
    ("GPT-2", "GPT-3", False),
    ("GLM", "GLM-130B", False),
    ("LLaMA", "LLaMA 2", False),
    ("PLATO-1", "PLATO-12", False),
    ("UL2", "UL2 Y", True),
    ("OPT", "OPT-IML", True),
    ("BERT", "ALBERT", False),
    ("(摩天)", "(神舟)", False),
    ("", "PaLM", False),
]


def test_names_are_alike(subtests):
    for one_name, other, is_alike in ALIKE:
        with subtests.test(one_name):
            assert (paired(one(one_name), one(other))[other] == one_name) is is_alike
            assert likeness(one_name, other) == likeness(other, one_name)


# Links.


def links(*lines: str) -> Meaning:
    return meaning_of("Google\n  PaLM\n" + "".join(f"    {line}\n" for line in lines))


PAPER = 'paper "Paper" https://arxiv.org/abs/2204.02311'


def test_links_pair_by_the_work_then_by_title_then_as_the_only_ones_of_their_kind():
    old = links(PAPER, 'code "repo" https://github.com/a/b', 'demo "Try" https://a.org')
    new = links(
        'demo "Explorer" https://b.org',
        'code "repo" https://github.com/c/d',
        'paper "Scaling" https://arxiv.org/pdf/2204.02311.pdf',
    )
    assert paired(old, new) == {
        "Google": "Google",
        "PaLM": "PaLM",
        "Explorer": "Try",
        "repo": "repo",
        "Scaling": "Paper",
    }


def test_two_links_of_a_kind_pair_by_their_titles():
    old = links('code "repo" https://github.com/a/b', 'code "tool" https://github.com/c/d')
    new = links('code "tool" https://github.com/e/f', 'code "repo" https://github.com/g/h')
    assert paired(old, new)["repo"] == "repo"
    assert paired(old, new)["tool"] == "tool"


def test_two_links_of_a_kind_that_share_nothing_do_not_pair():
    old = links('demo "A" https://a.org', 'demo "B" https://b.org')
    new = links('demo "C" https://c.org')
    assert paired(old, new)["C"] is None


def test_a_link_that_moves_to_another_entry_is_the_same():
    old = meaning_of(f"Google\n  PaLM\n    {PAPER}\n  UL2\n")
    new = meaning_of(f"Google\n  PaLM\n  UL2\n    {PAPER}\n")
    assert pair(old, new)[0, 1, 0] == (0, 0, 0)


# Growth.


def equal_headings(number: int) -> Meaning:
    return Meaning("", "", tuple(Section("Google", children=(Entry("T5"),)) for _ in range(number)))


def test_638_equal_headings_pair_in_their_order():
    old = equal_headings(638)
    pairs = pair(old, Meaning("", "", old.sections[1:]))
    assert pairs[636, 0] == (636, 0)
    assert len(pairs) == 1 + 2 * 637


def test_equal_headings_pair_in_the_time_of_their_number():
    def pairing(number: int) -> Callable[[], object]:
        old = equal_headings(number)
        new = Meaning("", "", (*old.sections[1:], Section("Baidu")))
        return lambda: pair(old, new)

    assert takes_the_time_of_its_size(pairing, 2_400)


def test_too_many_candidates_are_not_compared_by_name():
    old, new = one(*(f"A{n} x" for n in range(201))), one(*(f"A{n} xy" for n in range(201)))
    assert len(pair(old, new)) == 2


def test_of_two_with_one_name_the_one_that_says_the_same_stays_if_the_other_is_renamed():
    old = parse("## A\n\n* x\n\n## Models\n\n* PaLM\n\n## B\n\n* y\n\n## Models\n\n* ERNIE\n")
    new = parse(old.text.replace("## Models", "## Zeta", 1))
    found = pair(old.meaning, new.meaning)
    assert [found[address] for address in ((0,), (1,), (2,), (3,))] == [(0,), (1,), (2,), (3,)]

from dataclasses import replace

from catalog.readme import Edit, Entry, Link, Meaning, Section, apply, compare, in_words
from catalog.readme.difference import arrange
from tests.readme.curator import wished
from tests.readme.outline import meaning_of

OLD = meaning_of(
    """
# Awesome
Google
  T5 family
    T5
      paper "Exploring" https://arxiv.org/abs/1910.10683
    ByT5
  PaLM
  UL2
Baidu
  ERNIE
    code "github repo" https://github.com/PaddlePaddle/ERNIE
"""
)


def edits(wishes: str) -> list[tuple]:
    """Kind, address before and after, and field of each edit."""
    found = compare(OLD, wished(OLD, wishes))
    return [(edit.kind, edit.at, edit.to, edit.field) for edit in found]


def words(wishes: str) -> list[str]:
    return list(in_words(compare(OLD, wished(OLD, wishes)), ("model", "models")))


def test_meanings_that_say_the_same_differ_in_nothing():
    assert compare(OLD, replace(OLD)) == ()
    assert compare(OLD, Meaning()) != ()


def test_each_field_that_differs_is_an_edit():
    wishes = (
        "set Google > T5 family > T5 > Exploring, url to https://x.org\n"
        "set Google > T5 family > T5 > Exploring, remark to long\n"
        "set title to Awesome PLMs"
    )
    assert edits(wishes) == [
        ("set", (), (), "title"),
        ("set", (0, 0, 0, 0), (0, 0, 0, 0), "url"),
        ("set", (0, 0, 0, 0), (0, 0, 0, 0), "remark"),
    ]


def test_a_thing_that_comes_or_goes_is_one_edit_with_all_below_it():
    (edit,) = compare(OLD, wished(OLD, "remove Google > T5 family"))
    assert (edit.kind, edit.at, edit.thing) == ("remove", (0, 0), OLD.sections[0].children[0])
    (edit,) = compare(OLD, wished(OLD, "add below Google, after PaLM\n  Switch\n    Switch-C"))
    assert (edit.kind, edit.to, edit.thing) == (
        "add",
        (0, 2),
        Entry("Switch", children=(Entry("Switch-C"),)),
    )


def test_a_reorder_moves_as_little_as_it_can():
    assert edits("move Google > UL2, first") == [("move", (0, 2), (0, 0), "")]
    assert edits("move Google > T5 family") == [("move", (0, 0), (0, 2), "")]


def test_what_moves_into_the_middle_moves_alone():
    old = meaning_of("Google\n  A\n  B\n  C\n  D\n  E\n")
    (edit,) = compare(old, wished(old, "move Google > A, after C"))
    assert (edit.kind, edit.at, edit.to) == ("move", (0, 0), (0, 2))


def test_what_moves_out_of_something_that_goes_is_moved_and_not_removed():
    found = compare(
        OLD,
        wished(OLD, "move Google > T5 family > T5 below Baidu > ERNIE\nremove Google > T5 family"),
    )
    assert [(edit.kind, edit.at, edit.to) for edit in found] == [
        ("remove", (0, 0), None),
        ("move", (0, 0, 0), (1, 0, 1)),
    ]
    assert found[0].thing == Entry("T5 family", children=(Entry("ByT5"),))


def test_what_moves_below_something_new_is_moved_and_not_added():
    wishes = "add below Google\n  Pathways\nmove Google > PaLM below Google > Pathways"
    added, moved = compare(OLD, wished(OLD, wishes))
    assert (added.kind, added.to, added.thing) == ("add", (0, 2), Entry("Pathways"))
    assert (moved.kind, moved.at, moved.to) == ("move", (0, 1), (0, 2, 0))


def test_a_link_becomes_another_kind_of_thing_by_going_and_coming():
    new = Meaning(
        OLD.title, "", (replace(OLD.sections[0], children=(Link("PaLM", "https://p.org"),)),)
    )
    assert {edit.kind for edit in compare(OLD, new)} == {"remove", "add"}


def test_who_knows_which_thing_is_which_is_believed():
    new = wished(OLD, "remove Google > UL2\nadd below Google\n  Something else")
    pairs = {(): (), (0,): (0,), (0, 2): (0, 2)}
    found = [edit for edit in compare(OLD, new, pairs=pairs) if edit.kind == "set"]
    assert [(edit.at, edit.to, edit.new) for edit in found] == [((0, 2), (0, 2), "Something else")]


def test_edits_make_the_new_meaning_of_the_old():
    wishes = (
        "rename Baidu > ERNIE to ERNIE 1.0\n"
        "move Baidu, first\n"
        "move Google > UL2 below Google > T5 family, first\n"
        "add below Google > T5 family, first\n  mT5\n"
        "remove Google > PaLM\n"
        "set introduction to Models."
    )
    wanted = wished(OLD, wishes)
    assert apply(OLD, compare(OLD, wanted)) == wanted
    assert apply(wanted, compare(wanted, OLD)) == OLD


def test_an_arranged_tree_knows_where_each_thing_stood():
    wanted = wished(OLD, "move Google > UL2, first\nadd below Google, after UL2\n  FLAN")
    google = arrange(OLD, compare(OLD, wanted)).children[0]
    assert [(child.thing.name, child.source) for child in google.children] == [
        ("UL2", (0, 2)),
        ("FLAN", None),
        ("T5 family", (0, 0)),
        ("PaLM", (0, 1)),
    ]
    assert google.grown() == wanted.sections[0]


def test_edits_read_as_sentences():
    assert words("rename Google > PaLM to PaLM (540B)") == ["renamed: Google > PaLM -> PaLM (540B)"]
    assert words("rename Google to Google AI\nrename Google AI > PaLM to PaLM (540B)") == [
        "renamed: Google -> Google AI",
        "renamed: Google AI > PaLM -> PaLM (540B)",
    ]
    assert words("set Google > PaLM, note to Large.") == [
        "changed: Google > PaLM, note: '' -> 'Large.'"
    ]
    assert words("set title to PLMs") == ["changed: title: 'Awesome' -> 'PLMs'"]
    assert words("remove Google > T5 family") == [
        "removed: Google > T5 family, with 2 models and 1 resource"
    ]
    assert words("remove Google > PaLM") == ["removed: Google > PaLM"]
    assert words('add below Google > PaLM\n  paper "Paper" https://p.org') == [
        "added: Google > PaLM > Paper"
    ]
    assert words("move Google > UL2, first") == ["moved: Google > UL2, among its siblings"]
    assert words("move Google > UL2 below Baidu") == ["moved: Baidu > UL2, from Google"]


def test_a_link_without_a_title_is_called_by_its_address():
    old = Meaning(
        "", "", (Section("A", children=(Entry("B", children=(Link("", "https://b.org"),)),)),)
    )
    removed = Edit(
        "remove", (0, 0, 0), thing=Link("", "https://b.org"), path=("A", "B", "https://b.org")
    )
    new = Meaning("", "", (Section("A", children=(Entry("B"),)),))
    assert compare(old, new) == (removed,)

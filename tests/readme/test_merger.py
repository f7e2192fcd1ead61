"""What merge makes of hand-written lists; test_merging_laws.py has the laws."""

import pytest

from catalog.readme import Link, Meaning, Merge, choose, merge
from tests.readme.curator import wished
from tests.readme.outline import meaning_of, outline
from tests.readme.strategies import at

BASE = meaning_of(
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
  Wenxin
"""
)


def merged(ours: str, theirs: str, **options) -> Merge:
    return merge(BASE, wished(BASE, ours), wished(BASE, theirs), **options)


def asked(merge: Merge) -> list[str]:
    return [conflict.label for conflict in merge.conflicts]


def says(merge: Merge, wishes: str) -> bool:
    """Whether the merged meaning is the base after these wishes."""
    return outline(merge.meaning) == outline(wished(BASE, wishes))


# Fields.


def test_a_field_that_one_side_changed_holds():
    ours = "rename Google > PaLM to PaLM (540B)\nset Baidu > ERNIE > github repo, remark to old"
    theirs = "set Google > PaLM, note to Large.\nset title to Awesome PLMs"
    found = merged(ours, theirs)
    assert found.conflicts == ()
    assert says(
        found,
        "set Google > PaLM, note to Large.\nset title to Awesome PLMs\n"
        "rename Google > PaLM to PaLM (540B)\nset Baidu > ERNIE > github repo, remark to old",
    )


def test_a_field_that_both_changed_to_the_same_is_no_question():
    wishes = "rename Google > PaLM to PaLM 2\nset introduction to Models."
    assert merged(wishes, wishes).conflicts == ()


def test_a_field_that_both_changed_is_a_question_with_three_values():
    found = merged(
        "set Google > PaLM, note to Large.\nset title to A", "set Google > PaLM, note to Big."
    )
    (conflict,) = found.conflicts
    assert (conflict.what, conflict.path) == ("note", ("Google", "PaLM"))
    assert (conflict.base, conflict.ours, conflict.theirs) == ("", "Large.", "Big.")
    assert conflict.at == ((0, 1), (0, 1), (0, 1))
    assert (
        conflict.in_words()
        == "Google > PaLM, note: before '', in the database 'Large.', in the file 'Big.'"
    )
    assert says(found, "set Google > PaLM, note to Large.\nset title to A")


def test_the_title_can_be_asked_about():
    (conflict,) = merged("set title to A", "set title to B").conflicts
    assert (conflict.label, conflict.path, conflict.at.ours) == ("title", (), ())


def test_a_renamed_thing_keeps_what_the_other_side_does_to_it():
    found = merged(
        "rename Google > T5 family to T5 and its kin",
        "set Google > T5 family > ByT5, note to Bytes.\nadd below Google > T5 family\n  mT5",
    )
    assert found.conflicts == ()
    assert says(
        found,
        "set Google > T5 family > ByT5, note to Bytes.\nadd below Google > T5 family\n  mT5\n"
        "rename Google > T5 family to T5 and its kin",
    )


def test_the_kind_of_a_link_goes_with_the_address_that_is_chosen():
    path = "Baidu > ERNIE > github repo"
    ours = f"set {path}, url to https://ours.org"
    theirs = f"set {path}, url to https://hf.co/a/b\nset {path}, kind to weights"
    (conflict,) = merged(ours, theirs).conflicts
    assert (conflict.what, conflict.along) == ("url", ("kind",))
    assert says(merged(ours, theirs), ours)
    assert says(merged(ours, theirs, prefer="theirs"), theirs)


def test_each_fact_of_an_entry_is_a_field():
    def with_facts(*facts: tuple[str, str]) -> Meaning:
        (section,) = meaning_of("Google\n  PaLM\n").sections
        (entry,) = section.children
        entry = type(entry)("PaLM", "", facts)
        return Meaning("", "", (type(section)("Google", "", (entry,)),))

    base = with_facts(("released", "2022"), ("licence", "MIT"), ("size", "1B"))
    ours = with_facts(("released", "2022-04"), ("licence", "MIT"), ("size", "2B"), ("blog", "x"))
    theirs = with_facts(("language", "en"), ("released", "2022"), ("size", "3B"))
    found = merge(base, ours, theirs)
    assert next(found.meaning.entries()).facts == (
        ("language", "en"),
        ("released", "2022-04"),
        ("size", "2B"),
        ("blog", "x"),
    )
    assert asked(found) == ["Google > PaLM, size"]


# Removals.


def test_what_one_side_removed_is_gone():
    found = merged("remove Google > T5 family", "remove Baidu\nset Google > PaLM, note to Large.")
    assert found.conflicts == ()
    assert says(found, "remove Google > T5 family\nremove Baidu\nset Google > PaLM, note to Large.")


@pytest.mark.parametrize(
    "change",
    [
        "set Google > T5 family, note to Text to text.",
        "set Google > T5 family > T5 > Exploring, remark to long",
        "add below Google > T5 family\n  mT5",
        "move Google > UL2 below Google > T5 family",
        "move Google > T5 family below Baidu",
        "move Google > T5 family > ByT5 below Google > T5 family > T5",
    ],
)
def test_what_one_side_removed_and_the_other_changed_is_a_question(change):
    for ours, theirs, chosen in (
        (change, "remove Google > T5 family", "ours"),
        ("remove Google > T5 family", change, "theirs"),
    ):
        found = merged(ours, theirs)
        assert [conflict.what for conflict in found.conflicts] == ["removed"]
        assert says(found, ours)
        kept = merged(ours, theirs, choices=choose(found.conflicts, chosen))
        assert outline(kept.meaning) == outline(wished(BASE, change))
        assert kept.unsettled == ()


def test_a_question_about_a_removal_names_all_that_one_choice_would_lose():
    (conflict,) = merged(
        'add below Google > T5 family\n  mT5\n    paper "mT5" https://arxiv.org/abs/2010.11934',
        "remove Google > T5 family",
    ).conflicts
    assert conflict.theirs is None
    assert {"mT5", "https://arxiv.org/abs/2010.11934"} <= set(conflict.names())
    assert conflict.in_words() == (
        "Google > T5 family: removed in the file, changed in the database, with 5 below it"
    )


def test_what_was_moved_out_of_something_removed_stays_without_a_question():
    found = merged(
        "move Google > T5 family > T5 below Google\nremove Google > T5 family",
        "set Google > T5 family > T5, note to Text to text.",
    )
    assert found.conflicts == ()
    assert says(
        found,
        "set Google > T5 family > T5, note to Text to text.\n"
        "move Google > T5 family > T5 below Google\nremove Google > T5 family",
    )


def test_what_moved_into_something_removed_is_not_lost_with_it():
    found = merged(
        "move Google > UL2 below Google > T5 family", "remove Google > T5 family", prefer="theirs"
    )
    assert says(found, "remove Google > T5 family")


def test_what_two_things_became_on_two_sides_stays_two_things():
    def with_papers(*names: str) -> Meaning:
        said = {"Alpha": 1, "Omega": 2}
        return meaning_of(
            "Google\n"
            + "".join(
                f'  {name.split(":")[0]}\n    paper "P" https://arxiv.org/abs/2401.0000'
                f"{said[name.split(':')[-1]]}\n"
                for name in names
            )
        )

    found = merge(
        with_papers("Alpha", "Omega"), with_papers("Zeta:Alpha"), with_papers("Zeta:Omega")
    )
    assert [conflict.what for conflict in found.conflicts] == ["removed", "removed"]


# Additions.


def test_what_both_add_below_the_same_place_is_one_thing():
    found = merged(
        'add below Baidu\n  PLATO\n    paper "Paper" https://arxiv.org/abs/1910.07931',
        'add below Baidu, first\n  PLATO\n    > Talks.\n    paper "Paper" '
        "https://arxiv.org/pdf/1910.07931\n    code https://github.com/a/plato",
    )
    assert asked(found) == ["Baidu > PLATO > Paper, url"]
    assert [entry.name for entry in found.meaning.entries()].count("PLATO") == 1
    plato = at(found.meaning, (1, 0))
    assert (plato.note, len(plato.children)) == ("Talks.", 2)


def test_what_both_add_with_a_work_that_only_they_hold_and_alike_names_is_one_thing():
    paper = '    paper "Paper" https://arxiv.org/abs/1910.07931'
    found = merged(
        f"add below Baidu\n  PLATO (chat)\n{paper}", f"add below Baidu > ERNIE\n  PLATO\n  {paper}"
    )
    assert asked(found) == ["Baidu > PLATO (chat), moved", "Baidu > PLATO (chat), name"]
    assert found.conflicts[0].ours == ("Baidu",)
    assert found.conflicts[0].theirs == ("Baidu", "ERNIE")
    assert found.conflicts[0].in_words() == (
        "Baidu > PLATO (chat), moved: in the database Baidu, in the file Baidu > ERNIE"
    )


def test_one_name_that_both_add_in_two_places_is_two_things():
    found = merged("add below Google\n  PLATO", "add below Baidu\n  PLATO")
    assert found.conflicts == ()
    assert [entry.name for entry in found.meaning.entries()].count("PLATO") == 2


def test_another_name_for_a_work_is_another_thing():
    paper = '    paper "Paper" https://arxiv.org/abs/1910.07931'
    found = merged(f"add below Baidu\n  PLATO\n{paper}", f"add below Baidu\n  Galactica\n{paper}")
    assert order(found, 1) == ["ERNIE", "Wenxin", "PLATO", "Galactica"]


def test_the_first_of_two_equal_names_is_the_one_of_the_other_side():
    one = meaning_of('Google\n  T5\n    paper "P" https://arxiv.org/abs/2401.00001\n')
    two = meaning_of("Google\n  T5\n  T5\n    code https://arxiv.org/abs/2401.00001\n")
    for ours, theirs in ((one, two), (two, one)):
        found = merge(Meaning(), ours, theirs)
        assert found.conflicts == ()
        assert [len(entry.children) for entry in found.meaning.entries()] == [1, 1]


def test_a_second_link_that_a_name_would_be_gets_the_name_as_its_title():
    own = "  website https://palm.org"
    base = wished(BASE, f"add below Google > PaLM\n{own}")
    ours = wished(base, "add below Google > UL2\n  demo https://ul2.org")
    theirs = wished(base, f"remove Google > PaLM > own link\nadd below Google > UL2\n{own}")
    ul2 = at(merge(base, ours, theirs).meaning, (0, 2))
    assert [(link.title, link.url) for link in ul2.children] == [
        ("", "https://ul2.org"),
        ("UL2", "https://palm.org"),
    ]


def test_two_links_that_both_sides_give_one_name_are_a_question():
    found = merged(
        "add below Google > PaLM\n  website https://ours.org",
        "add below Google > PaLM\n  code https://github.com/their/s",
    )
    assert asked(found) == ["Google > PaLM > https://ours.org, url"]
    assert found.meaning.sections[0].children[1].children == (
        Link("", "https://ours.org", "website"),
    )


def test_a_former_name_makes_one_thing_of_what_was_never_agreed_on():
    ours, theirs = meaning_of("Google\n  LaMDA\n"), meaning_of("Google\n  Meena\n    > Talks.\n")
    assert len(list(merge(Meaning(), ours, theirs).meaning.entries())) == 2
    found = merge(Meaning(), ours, theirs, {(0, 0): ["Meena"]})
    assert asked(found) == ["Google > LaMDA, name"]
    assert next(found.meaning.entries()).note == "Talks."


def test_without_a_base_equal_things_pair_and_nothing_is_removed():
    ours = wished(BASE, "remove Baidu\nset Google > PaLM, note to Large.\nset title to Mine")
    theirs = wished(BASE, "remove Google > UL2")
    found = merge(Meaning(), ours, theirs)
    assert asked(found) == ["title"]
    assert outline(found.meaning) == outline(
        wished(BASE, "set Google > PaLM, note to Large.\nset title to Mine")
    )


# Moves.


def test_what_one_side_moved_stands_there_with_what_the_other_changed():
    found = merged("move Google > UL2 below Baidu, first", "set Google > UL2, note to Unified.")
    assert found.conflicts == ()
    assert says(found, "set Google > UL2, note to Unified.\nmove Google > UL2 below Baidu, first")


def test_what_both_moved_to_two_places_is_a_question():
    ours, theirs = "move Google > UL2 below Baidu", "move Google > UL2 below Google > PaLM"
    found = merged(ours, theirs)
    (conflict,) = found.conflicts
    assert (conflict.what, conflict.base) == ("moved", ("Google",))
    assert (conflict.ours, conflict.theirs) == (("Baidu",), ("Google", "PaLM"))
    assert says(found, ours)
    assert says(merged(ours, theirs, prefer="theirs"), theirs)


def test_two_moves_that_would_put_things_inside_each_other_are_questions():
    ours, theirs = "move Google > UL2 below Google > PaLM", "move Google > PaLM below Google > UL2"
    found = merged(ours, theirs)
    assert asked(found) == ["Google > PaLM, moved", "Google > PaLM > UL2, moved"]
    assert says(found, ours)
    assert says(merged(ours, theirs, prefer="theirs"), theirs)
    both = choose(found.conflicts[:1], "theirs") | choose(found.conflicts[1:], "ours")
    assert says(merged(ours, theirs, choices=both), ours)


def test_what_stands_in_a_place_that_is_gone_on_each_side_brings_one_back():
    ours = "move Google > PaLM below Google > UL2\nremove Baidu"
    theirs = "move Google > PaLM below Baidu\nremove Google > UL2"
    for prefer in ("", "ours", "theirs"):
        names = [entry.name for entry in merged(ours, theirs, prefer=prefer).meaning.entries()]
        assert "PaLM" in names


def test_of_two_places_that_are_gone_the_one_comes_back_that_nobody_chose_to_remove():
    ours = "move Baidu > ERNIE below Google > UL2\nremove Baidu"
    found = merged(ours, "remove Google > UL2")
    assert asked(found) == ["Google > UL2, removed"]
    assert says(found, ours)
    taken = merged(ours, "remove Google > UL2", prefer="theirs")
    assert says(taken, "remove Google > UL2\nremove Baidu > Wenxin")


# Orders.


def order(found: Merge, section: int = 0) -> list[str]:
    return [child.name for child in found.meaning.sections[section].children]


def test_an_order_that_one_side_changed_holds():
    reorder, add = "move Google > UL2, first", "add below Google, after PaLM\n  Switch"
    for ours, theirs in ((reorder, add), (add, reorder)):
        found = merged(ours, theirs)
        assert order(found) == ["UL2", "T5 family", "PaLM", "Switch"]
        assert (found.conflicts, found.reordered) == ((), ())


def test_where_both_changed_an_order_that_of_the_file_holds_and_is_reported():
    found = merged(
        "move Google > UL2, first\nadd below Google, after UL2\n  Switch", "move Google > T5 family"
    )
    assert order(found) == ["PaLM", "UL2", "Switch", "T5 family"]
    assert (found.conflicts, found.reordered) == ((), (("Google",),))


def test_an_order_that_both_changed_alike_is_not_reported():
    wishes = "move Google > UL2, first"
    found = merged(wishes, f"{wishes}\nadd below Google\n  Switch")
    assert (order(found), found.reordered) == (["UL2", "T5 family", "PaLM", "Switch"], ())


def test_of_what_both_add_in_one_place_ours_stands_first():
    found = merged("add below Google, after PaLM\n  A\n  B", "add below Google, after PaLM\n  C")
    assert order(found) == ["T5 family", "PaLM", "A", "B", "C", "UL2"]
    found = merged("add below Google, first\n  A", "add below Google, first\n  C")
    assert order(found)[:2] == ["A", "C"]


def test_the_link_that_a_name_is_stays_first():
    found = merged(
        'add below Google > PaLM, first\n  paper "P" https://p.org',
        "add below Google > PaLM\n  website https://palm.org",
    )
    assert [link.title for link in at(found.meaning, (0, 1)).children] == ["", "P"]


# Choices.


def test_a_choice_settles_its_conflict_and_no_other():
    ours = "set Google > PaLM, note to A\nset Google > UL2, note to B"
    theirs = "set Google > PaLM, note to C\nset Google > UL2, note to D"
    first, second = merged(ours, theirs).conflicts
    found = merged(ours, theirs, choices={first.key: "theirs"})
    assert [conflict.choice for conflict in found.conflicts] == ["theirs", ""]
    assert [conflict.key for conflict in found.unsettled] == [second.key]
    assert says(found, "set Google > PaLM, note to C\nset Google > UL2, note to B")
    assert merged(ours, theirs, choices={"no such key": "theirs", first.key: "?"}).unsettled == (
        first,
        second,
    )


def test_a_choice_holds_while_the_question_is_the_same():
    ours = "set Google > PaLM, note to A"
    (conflict,) = merged(ours, "set Google > PaLM, note to C").conflicts
    elsewhere = f"{ours}\nadd first\n  Anthropic\nrename Google to Google AI".replace(
        "\n  Anthropic\nrename", "\n  Anthropic\nrename"
    )
    assert asked(merged(elsewhere, "set Google > PaLM, note to C")) == ["Google AI > PaLM, note"]
    (same,) = merged(elsewhere, "set Google > PaLM, note to C").conflicts
    (newer,) = merged(ours, "set Google > PaLM, note to D").conflicts
    assert same.key == conflict.key != newer.key


def test_equal_questions_about_two_things_have_two_keys():
    base = meaning_of("Google\n  T5\n  T5\n")

    def noted(*notes: str) -> Meaning:
        lines = "".join(f"  T5\n    > {note}\n" for note in notes)
        return meaning_of(f"Google\n{lines}")

    first, second = merge(base, noted("a", "a"), noted("b", "b")).conflicts
    assert first.key != second.key
    found = merge(base, noted("a", "a"), noted("b", "b"), choices={second.key: "theirs"})
    assert found.meaning == noted("a", "b")


def test_a_choice_for_a_paper_is_none_for_the_code_of_the_same_title_and_address():
    def remarked(paper: str, code: str) -> Meaning:
        said = f'    paper "T5" https://t5.org ({paper})\n    code "T5" https://t5.org ({code})\n'
        return meaning_of(f"Google\n  T5\n{said}")

    base, theirs = remarked("old", "old"), remarked("new", "new")
    of_the_paper, _ = merge(base, remarked("ours", "ours"), theirs).conflicts
    found = merge(base, remarked("new", "ours"), theirs, choices={of_the_paper.key: "theirs"})
    assert [conflict.choice for conflict in found.conflicts] == [""]


# Where it all is.


def test_a_merge_knows_where_each_side_has_what_it_says():
    found = merged(
        "rename Google > PaLM to PaLM (540B)\nadd first\n  Anthropic",
        "move Google > PaLM below Baidu, first",
    )
    here = (2, 0)
    assert at(found.meaning, here).name == "PaLM (540B)"
    assert (found.ours[here], found.theirs[here]) == ((1, 1), (1, 0))
    assert (0,) not in found.theirs


# Headings between neighbours.

HEADED = meaning_of("Open LLMs\n  T5\n  UL2\n  Bloom\nDatasets\n  C4\n  Pile\nEvals\n  HELM\n")


def headed(ours: str, theirs: str) -> Merge:
    """Swapped as well, which must say the same here."""
    one = merge(HEADED, wished(HEADED, ours), wished(HEADED, theirs))
    other = merge(HEADED, wished(HEADED, theirs), wished(HEADED, ours))
    assert outline(one.meaning) == outline(other.meaning)
    assert one.conflicts == other.conflicts == ()
    return one


def test_what_is_new_follows_its_neighbours_below_a_new_heading():
    heading = (
        "add after Open LLMs\n  For code\nmove Open LLMs > Bloom below For code\n"
        "move Open LLMs > UL2 below For code, first"
    )
    found = headed(heading, "add below Open LLMs\n  CodeGen\nadd below Open LLMs, first\n  BERT")
    assert (order(found, 0), order(found, 1)) == (["BERT", "T5"], ["UL2", "Bloom", "CodeGen"])


def test_a_heading_that_takes_all_takes_what_is_new_as_well():
    heading = "add after Datasets\n  Corpora\nmove Datasets > C4 below Corpora\n" + (
        "move Datasets > Pile below Corpora"
    )
    found = headed(
        heading, "add below Datasets, first\n  BookCorpus\nadd below Datasets\n  RefinedWeb"
    )
    assert order(found, 1) == []
    assert order(found, 2) == ["BookCorpus", "C4", "Pile", "RefinedWeb"]


def test_what_is_new_falls_with_its_neighbours_to_the_heading_before():
    heading = (
        "move Datasets > C4 below Open LLMs\nmove Datasets > Pile below Open LLMs\nremove Datasets"
    )
    found = headed(heading, "add below Datasets, first\n  BookCorpus")
    assert order(found) == ["T5", "UL2", "Bloom", "BookCorpus", "C4", "Pile"]


def test_what_moves_alone_takes_no_neighbour_along():
    found = headed("move Open LLMs > Bloom below Datasets", "add below Open LLMs\n  CodeGen")
    assert order(found) == ["T5", "UL2", "CodeGen"]
    grouped = "add first\n  Old\nmove Open LLMs > Bloom below Old"
    assert order(headed(grouped, "add below Open LLMs\n  CodeGen"), 1) == ["T5", "UL2", "CodeGen"]


def test_what_a_heading_took_may_stand_in_another_order():
    taken = (
        "add after Datasets\n  Corpora\nmove Datasets > C4 below Corpora\n"
        "move Datasets > Pile below Corpora, first"
    )
    fallen = (
        "move Datasets > C4 below Open LLMs\nmove Datasets > Pile below Open LLMs, first\n"
        "remove Datasets"
    )
    for wishes in (taken, fallen):
        ours = wished(HEADED, wishes)
        assert merge(HEADED, ours, HEADED).meaning == merge(HEADED, HEADED, ours).meaning == ours


def test_a_heading_that_both_added_divides_nothing_that_is_new():
    heading = "add after Open LLMs\n  For code\n"
    found = headed(
        f"{heading}move Open LLMs > Bloom below For code",
        f"{heading}add below Open LLMs\n  BERT",
    )
    assert (order(found, 0), order(found, 1)) == (["T5", "UL2", "BERT"], ["Bloom"])


def test_what_a_heading_did_not_divide_by_its_place_takes_nothing_along():
    picked = (
        "add after Open LLMs\n  Old\nmove Open LLMs > T5 below Old\n"
        "move Open LLMs > Bloom below Old"
    )
    found = headed(picked, "add below Open LLMs\n  BERT")
    assert (order(found, 0), order(found, 1)) == (["UL2", "BERT"], ["T5", "Bloom"])


def test_what_is_new_below_a_heading_whose_entries_went_apart_is_a_question():
    apart = "move Datasets > Pile below Evals\nmove Datasets > C4 below Open LLMs\nremove Datasets"
    new = wished(HEADED, "add below Datasets\n  RefinedWeb")
    assert asked(merge(HEADED, wished(HEADED, apart), new)) == ["Datasets, removed"]

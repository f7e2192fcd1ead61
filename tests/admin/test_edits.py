"""Each edit at the desk changes the lines of the README that it must, and undo takes it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from catalog import changes, sync
from catalog.models import ChangeSet, LanguageModel, ListText, Organisation, Resource
from tests.admin.desk import changed_lines, inline
from tests.changes.memory import everything


@pytest.fixture
def remembered(real_list):
    """Around edits: each is one ChangeSet by Li, and undone they leave the rows and the file."""

    @contextmanager
    def around(edits: int = 1) -> Iterator[None]:
        rows, newest = everything(), ChangeSet.objects.latest("pk")
        yield
        made = list(ChangeSet.objects.filter(pk__gt=newest.pk).order_by("-pk"))
        assert [(one.who, one.origin) for one in made] == [("Li", "admin")] * edits
        for change_set in made:
            assert changes.undo(change_set, who="Kim").problems == ()
        assert everything() == rows
        assert sync.export_text() == real_list

    return around


def model(slug: str) -> LanguageModel:
    return LanguageModel.objects.get(slug=slug)


def organisation(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def text_now() -> str:
    return sync.export_text(allow_deletions=1000).decode()


def line_before(text: str, line: str) -> str:
    """The line above that line, blanks at the ends aside."""
    lines = [found.rstrip() for found in text.split("\n")]
    return lines[lines.index(line) - 1]


# One field.


def test_renaming_a_model_changes_its_line(desk, real_list, remembered):
    with remembered():
        desk.save(model("motian"), name="Motian (摩天)")
        assert changed_lines(real_list) == (["* Motian "], ["* Motian (摩天) "])


def test_renaming_an_organisation_changes_its_heading_and_its_line_of_contents(
    desk, real_list, remembered
):
    with remembered():
        desk.save(organisation("Google"), name="Google Research")
        assert changed_lines(real_list) == (
            ["  * [Google](#google)", "## Google "],
            ["  * [Google Research](#google-research)", "## Google Research "],
        )


@pytest.mark.parametrize("page", ["of its model", "of its own"])
def test_mending_a_url_changes_its_line(desk, real_list, remembered, page):
    url = "https://github.com/ai21labs/lm-evaluation"
    resource = Resource.objects.get(url=url)
    with remembered():
        if page == "of its own":
            desk.save(resource, url=f"{url}-harness")
        else:
            assert list(resource.model.resources.in_tree_order())[1] == resource
            desk.save(resource.model, **inline(1, url=f"{url}-harness"))
        removed, added = changed_lines(real_list)
        assert [line.replace(f"({url}-harness)", f"({url})") for line in added] == removed
        assert len(added) == 1
        resource.refresh_from_db()
        assert resource.identifier == "github:ai21labs/lm-evaluation-harness"


def test_a_note_of_an_organisation_changes_its_lines(desk, real_list, remembered):
    noted = Organisation.objects.exclude(note="").first()
    with remembered():
        desk.save(noted, note=f"{noted.note} And more.")
        removed, added = changed_lines(real_list)
        assert len(removed) == len(added) == 1
        assert added[0].rstrip() == f"{removed[0].rstrip()} And more."


def test_a_note_of_a_model_changes_its_lines(desk, real_list, remembered):
    noted = LanguageModel.objects.exclude(note="").first()
    with remembered():
        desk.save(noted, note=f"{noted.note} And more.")
        removed, added = changed_lines(real_list)
        assert len(removed) == len(added) == 1
        assert added[0].rstrip() == f"{removed[0].rstrip()} And more."


def test_a_first_note_of_several_lines_is_written_below_its_model(desk, real_list, remembered):
    with remembered():
        desk.save(model("motian"), note="Announced in 2021.\nNot released.")
        assert model("motian").note == "Announced in 2021.\nNot released."
        assert changed_lines(real_list) == (
            [],
            ["  > Announced in 2021.", "  > Not released."],
        )


def test_the_introduction_changes_its_line(desk, real_list, remembered):
    introduction = ListText.objects.get(key="introduction")
    with remembered():
        desk.save(introduction, text=introduction.text.replace("succesful", "successful"))
        removed, added = changed_lines(real_list)
        assert [line.replace("succesful", "successful") for line in removed] == added
        assert len(added) == 1


# Something new.


def test_the_first_resource_of_an_empty_model_adds_one_line(desk, real_list, remembered):
    with remembered():
        desk.save(model("palm"), **inline(0, title="PaLM", url="https://arxiv.org/abs/2204.02311"))
        assert changed_lines(real_list) == (
            [],
            [
                "  * [PaLM](https://arxiv.org/abs/2204.02311) "
                "![paper](https://img.shields.io/badge/-paper-lightgrey?style=flat)"
            ],
        )
        assert Resource.objects.get(title="PaLM").kind == "paper"


@pytest.mark.parametrize("place", ["start", "middle", "end"])
def test_a_new_model_adds_one_line_at_its_place(desk, real_list, remembered, place):
    google = organisation("Google")
    tops = list(google.models.filter(parent=None).in_tree_order())
    where: dict[str, Any] = {
        "start": {"stands_first": True},
        "middle": {"stands_after": tops[3]},
        "end": {"stands_after": tops[-1]},
    }
    with remembered():
        desk.add("languagemodel", name="Pathways", organisation=google, **where[place])
        assert changed_lines(real_list) == ([], ["* Pathways"])
        lines = [line.rstrip() for line in text_now().split("\n")]
        index = lines.index("* Pathways")
        if place == "end":
            assert lines.index(f"* {tops[-1].name}") < index
            assert next(line for line in lines[index + 1 :] if line).startswith("## ")
        else:
            follower = tops[0] if place == "start" else tops[4]
            assert lines[index + 1].startswith(f"* {follower.name}")


def test_a_first_model_stays_behind_the_links_of_its_organisation(desk, real_list, remembered):
    with remembered():
        desk.add(
            "languagemodel",
            name="Pile-GPT",
            organisation=organisation("EleutherAI"),
            stands_first=True,
        )
        assert changed_lines(real_list) == ([], ["* Pile-GPT"])
        assert line_before(text_now(), "* GPT-Neo") == "* Pile-GPT"


def test_a_new_organisation_adds_its_section_and_a_line_of_contents(desk, real_list, remembered):
    with remembered(edits=2):
        desk.add("organisation", name="Cohere", stands_after=organisation("BigSicence"))
        desk.add(
            "languagemodel",
            name="Command",
            organisation=organisation("Cohere"),
            **inline(0, title="github repo", url="https://github.com/cohere-ai/command"),
        )
        removed, added = changed_lines(real_list)
        assert removed == []
        assert [line for line in added if line] == [
            "  * [Cohere](#cohere)",
            "## Cohere",
            "* Command",
            "  * [github repo](https://github.com/cohere-ai/command) "
            "![github](https://img.shields.io/badge/GitHub-100000?style=flat&logo=github&logoColor=white)",
        ]
        lines = [line.rstrip() for line in text_now().split("\n") if line.strip()]
        assert lines[lines.index("  * [Cohere](#cohere)") - 1] == "  * [BigSicence](#bigsicence)"
        assert lines[lines.index("## Cohere") + 3] == "## DeepMind"


def test_a_new_organisation_without_a_chosen_place_gets_its_natural_place(desk, real_list):
    desk.add("organisation", name="Cohere")
    names = list(Organisation.objects.in_tree_order().values_list("name", flat=True))
    assert names[names.index("Cohere") - 1 :][:3] == ["BigSicence", "Cohere", "DeepMind"]


def test_a_new_resource_of_an_organisation_is_written_below_its_heading(
    desk, real_list, remembered
):
    with remembered():
        desk.save(
            organisation("EleutherAI"),
            **inline(1, title="website", url="https://www.eleuther.ai/", kind="website"),
        )
        removed, added = changed_lines(real_list)
        assert removed == []
        assert [line for line in added if line] == [
            "[website](https://www.eleuther.ai/) "
            "![website](https://img.shields.io/badge/-website-9cf?style=flat)"
        ]


# Moving.


def test_a_model_moved_below_another_is_indented_there(desk, real_list, remembered):
    with remembered():
        desk.save(model("palm"), parent=model("t5-family"))
        assert changed_lines(real_list) == (["* PaLM "], ["  * PaLM "])
        assert line_before(text_now(), "  * PaLM") == "  * ExT5"


def test_a_model_moved_without_a_place_comes_behind_the_resources_of_its_new_parent(
    desk, real_list, remembered
):
    with remembered():
        desk.save(model("blender"), parent=model("xglm"))
        xglm = model("xglm")
        assert xglm.children.get().position > max(r.position for r in xglm.resources.all())


def test_a_model_moved_to_another_organisation_takes_its_sub_models_along(
    desk, real_list, remembered
):
    family, google = model("plato-family"), organisation("Google")
    below = list(family.children.in_tree_order())
    with remembered():
        desk.save(family, organisation=google)
        assert {row.organisation for row in family.children.all()} == {google}
        assert list(family.children.in_tree_order()) == below
        lines = [line.rstrip() for line in text_now().split("\n")]
        assert lines.index("## Google") < lines.index("  * PLATO-XL") < lines.index("## Huawei")
        assert sorted(filter(str.strip, text_now().split("\n"))) == sorted(
            filter(str.strip, real_list.decode().split("\n"))
        )


def test_two_siblings_change_their_places(desk, real_list, remembered):
    with remembered():
        desk.save(model("ernie-2-0"), stands_first=True)
        lines = text_now().split("\n")
        first = lines.index("  * ERNIE 2.0")
        assert [line.strip()[:11] for line in lines[first : first + 3 : 2]] == [
            "* ERNIE 2.0",
            "* ERNIE 1.0",
        ]
        assert sorted(lines) == sorted(real_list.decode().split("\n"))


def test_two_resources_change_their_places(desk, real_list, remembered):
    paper, code = model("jurassic-1").resources.in_tree_order()
    with remembered():
        desk.save(paper, stands_after=code)
        assert list(model("jurassic-1").resources.in_tree_order()) == [code, paper]
        removed, added = changed_lines(real_list)
        assert removed == added
        assert len(added) == 1


def test_a_resource_gets_another_owner(desk, real_list, remembered):
    code = model("jurassic-1").resources.get(kind="code")
    with remembered():
        desk.save(code, model=model("gpt-j"))
        assert list(model("gpt-j").resources.in_tree_order())[-1] == code
        removed, added = changed_lines(real_list)
        assert [line.strip() for line in removed] == [line.strip() for line in added]
        assert len(added) == 1


def test_plato_before_ernie_leaves_the_break_between_them(desk, real_list, remembered):
    with remembered():
        desk.save(model("plato-family"), stands_first=True)
        text = text_now()
        assert text.index("* PLATO family") < text.index("<br/>") < text.index("* ERNIE family")
        assert sorted(text.split("\n")) == sorted(real_list.decode().split("\n"))


# Taking away.


def test_a_family_is_deleted_with_its_lines(desk, real_list, remembered):
    with remembered():
        question = desk.delete(model("t5-family"))
        for name in ("T5 family", "T5 series", "ByT5", "ExT5"):
            assert f">{name}</a>" in question
        assert "Cannot delete" not in question
        assert changed_lines(real_list) == (
            ["* T5 family", "  * T5 series ", "  * ByT5 ", "  * ExT5 "],
            [],
        )


def test_an_organisation_is_deleted_with_all_that_is_below_it(desk, real_list, remembered):
    baidu = organisation("Baidu")
    names = [row.name for row in baidu.models.all()]
    with remembered():
        question = desk.delete(baidu)
        assert all(f">{name}</a>" in question for name in names)
        assert not LanguageModel.objects.filter(name__in=names, organisation__name="Baidu")
        removed, added = changed_lines(real_list)
        assert added == []
        assert removed[0] == "  * [Baidu](#baidu)"


def test_a_resource_is_deleted_in_the_page_of_its_model(desk, real_list, remembered):
    with remembered():
        desk.save(model("jurassic-1"), **inline(1, DELETE=True))
        removed, added = changed_lines(real_list)
        assert added == []
        assert len(removed) == 1
        assert removed[0].startswith("  * [github repo](https://github.com/ai21labs/")


def test_several_are_deleted_with_the_action_of_the_list(desk, real_list, remembered):
    with remembered():
        # A family and a member of it: the second goes with the first.
        question = desk.delete_selected(model("t5-family"), model("byt5"), model("palm"))
        assert question.count(">ByT5</a>") == 1
        assert changed_lines(real_list) == (
            ["* T5 family", "  * T5 series ", "  * ByT5 ", "  * ExT5 ", "* PaLM "],
            [],
        )


def test_a_model_unpublished_and_published_again_leaves_the_file_as_before(
    desk, real_list, remembered
):
    with remembered(edits=2):
        desk.save(model("palm"), is_published=False)
        assert changed_lines(real_list) == (["* PaLM "], [])
        desk.save(model("palm"), is_published=True)
        assert text_now().encode() == real_list


def test_an_organisation_unpublished_and_published_again_leaves_the_file_as_before(
    desk, real_list, remembered
):
    with remembered(edits=2):
        desk.save(organisation("DeepMind"), is_published=False)
        removed, added = changed_lines(real_list)
        assert added == []
        assert {"## DeepMind ", "* Gopher ", "  * [DeepMind](#deepmind)"} <= set(removed)
        desk.save(organisation("DeepMind"), is_published=True)
        assert text_now().encode() == real_list


# Nothing.


@pytest.mark.long
def test_pages_saved_as_they_were_opened_change_nothing(desk, real_list):
    """Line ends, blanks, kinds: what a form cannot show as it is, it would change unasked."""
    rows, count = everything(), ChangeSet.objects.count()
    names = ("PLUG", "ERNIE-ViLG", "Alexa", "ERNIE family", "PLATO-1", "封神榜", "GPT, GPT-2")
    pages = [
        *Organisation.objects.exclude(note=""),
        organisation("EleutherAI"),
        *LanguageModel.objects.exclude(note=""),
        *(LanguageModel.objects.filter(name__startswith=name).first() for name in names),
        *Resource.objects.exclude(remark=""),
        *Resource.objects.exclude(label=""),
        *Resource.objects.filter(title=""),
        *ListText.objects.all(),
    ]
    for page in pages:
        desk.save(page)
    assert everything() == rows
    assert ChangeSet.objects.count() == count

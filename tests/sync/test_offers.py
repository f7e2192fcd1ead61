"""A text that stops at questions waits; a choice holds as long as its very question is asked."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import sync
from catalog.models import Change, ChangeSet, LanguageModel, Resource, Snapshot, WaitingImport
from catalog.sync.offers import waiting_offer
from tests.changes.memory import edit, everything, queries, undo
from tests.sync.cast import (
    CAST,
    cast_taken,
    draft,
    model,
    organisation,
    rename,
    take,
    taken,
    text_now,
    unpublish,
)

pytestmark = pytest.mark.django_db

OURS = "PaLM (540B)"
THEIRS = CAST.replace("* PaLM", "* PaLM (Pathways)")
URL = "https://arxiv.org/abs/1910.10683"


@pytest.fixture
def conflict() -> None:
    """PaLM has one new name here and another in THEIRS."""
    cast_taken()
    rename(model("PaLM"), OURS)


def offered() -> sync.Offered:
    found = sync.what_is_offered()
    assert found is not None
    return found


def asked() -> list[str]:
    """What nobody has decided yet."""
    found = sync.what_is_offered()
    return [question.title for question in found.undecided] if found else []


def choose(side: str, number: int = 0) -> str:
    """Mei takes a side in one of the questions; its key."""
    found = offered()
    key = found.questions[number].key
    sync.choose(found.offer.pk, key, side, who="Mei")
    return key


# What waits.


def test_an_import_that_stops_at_a_conflict_leaves_its_text_and_nothing_else(conflict):
    before, sets, texts = everything(), ChangeSet.objects.count(), Snapshot.objects.count()
    report = take(THEIRS, source="https://example.org/pull/7")
    assert report.waits
    assert (everything(), ChangeSet.objects.count(), Snapshot.objects.count()) == (
        before,
        sets,
        texts,
    )
    waiting = WaitingImport.objects.get()
    assert bytes(waiting.text) == THEIRS.encode()
    assert (waiting.name, waiting.offered_by) == ("README.md", "Li")
    assert waiting.source == "https://example.org/pull/7"
    assert waiting.base == Snapshot.objects.get()


def test_a_dry_run_leaves_nothing(conflict):
    assert take(THEIRS, dry_run=True).waits
    assert not WaitingImport.objects.exists()


def test_a_question_has_its_three_sides_and_says_where_they_stand(conflict):
    take(THEIRS)
    (question,) = offered().questions
    assert question.title == "PaLM (540B), name"
    assert (question.before, question.database, question.file) == (
        "PaLM",
        OURS,
        "PaLM (Pathways)",
    )
    assert question.line == THEIRS[: THEIRS.index("* PaLM")].count("\n") + 1
    assert offered().file == "README"


@pytest.mark.parametrize(
    "text",
    [CAST.replace("* PaLM", "<<<<<<< HEAD\n* PaLM"), "# Other\n\n## A\n\n* B\n"],
    ids=["conflict markers", "another list"],
)
def test_what_stops_without_a_question_does_not_wait_and_leaves_what_waits(conflict, text):
    assert not take(text).waits
    assert not WaitingImport.objects.exists()
    take(THEIRS)
    take(text)
    assert bytes(WaitingImport.objects.get().text) == THEIRS.encode()


def test_a_newer_offer_takes_the_place_of_the_older(conflict):
    take(THEIRS)
    first = offered().offer.pk
    take(THEIRS.replace("(Pathways)", "2"))
    assert bytes(WaitingImport.objects.get().text) == THEIRS.replace("(Pathways)", "2").encode()
    with pytest.raises(sync.OfferGone):
        sync.dismiss(first)


def test_the_same_offer_again_is_the_same_with_its_choices(conflict):
    rename(model("PLATO"), "PLATO-2")
    text = THEIRS.replace("* PLATO", "* PLATO-XL")
    take(text)
    before = offered().offer
    choose("file")
    take(text)
    assert (offered().offer.pk, offered().offer.offered_at) == (before.pk, before.offered_at)
    assert asked() == ["PLATO-2, name"]


def test_a_successful_import_clears_what_waited(conflict):
    take(THEIRS)
    taken(CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n"))
    assert sync.what_is_offered() is None


def test_the_same_file_without_its_conflict_clears_what_waited(conflict):
    take(THEIRS)
    taken(CAST)
    assert sync.what_is_offered() is None


def test_another_file_that_holds_nothing_new_leaves_what_waits(conflict):
    take(THEIRS)
    sync.import_readme(CAST.encode(), who="cron", source_name="/srv/list/README.md")
    assert asked() == ["PaLM (540B), name"]


def test_a_dismissed_offer_is_gone_and_its_choices_with_it(conflict):
    take(THEIRS)
    choose("file")
    sync.dismiss(offered().offer.pk)
    assert sync.what_is_offered() is None
    assert not take(THEIRS).questions[0].choice.side


# Choices.


@pytest.mark.parametrize(("side", "name"), [("database", OURS), ("file", "PaLM (Pathways)")])
def test_the_next_import_uses_the_choice(conflict, side, name):
    take(THEIRS)
    choose(side)
    assert asked() == []
    report = taken(THEIRS)
    assert any(
        told.startswith(f"the {side} holds: ") and told.endswith(" (chosen by Mei)")
        for told in report.plan
    )
    assert text_now() == CAST.replace("* PaLM", f"* {name}")
    assert not WaitingImport.objects.exists()


def test_sync_readme_uses_the_choice(conflict, tmp_path):
    path = tmp_path / "README.md"
    path.write_text(THEIRS)
    assert sync.sync_readme(path, who="cron").imported.waits
    assert path.read_text() == THEIRS
    choose("database")
    assert sync.sync_readme(path, who="cron").imported.stopped == ()
    assert path.read_text() == CAST.replace("* PaLM", f"* {OURS}")


def test_another_text_that_asks_the_same_uses_the_choice(conflict):
    take(THEIRS)
    choose("file")
    taken("<!-- read me -->\n\n" + THEIRS.replace("* PLATO\n", "* PLATO\n* Wenxin\n"))
    assert model("PaLM (Pathways)")


def test_a_choice_taken_back_leaves_the_question_open(conflict):
    take(THEIRS)
    key = choose("file")
    sync.take_back(offered().offer.pk, key)
    assert asked() == ["PaLM (540B), name"]
    assert take(THEIRS).stopped


def test_the_other_side_can_be_chosen_afterwards(conflict):
    take(THEIRS)
    choose("file")
    choose("database")
    assert taken(THEIRS)
    assert model(OURS)


def test_a_choice_goes_before_the_option_for_all(conflict):
    edit(lambda r: r.update(organisation("Baidu"), note="Ours."))
    text = THEIRS.replace("## Baidu\n", "## Baidu\n\n> Theirs.\n")
    take(text)
    assert asked() == ["PaLM (540B), name", "Baidu, note"]
    choose("database")
    taken(text, prefer="file")
    assert (model(OURS).name, organisation("Baidu").note) == (OURS, "Theirs.")


@pytest.mark.parametrize("side", ["database", "file"])
def test_a_choice_is_not_used_when_the_database_says_something_else_by_then(conflict, side):
    take(THEIRS)
    choose(side)
    rename(model(OURS), "PaLM (62B)")
    assert asked() == ["PaLM (62B), name"]
    assert take(THEIRS).stopped
    assert model("PaLM (62B)")


@pytest.mark.parametrize("side", ["database", "file"])
def test_a_choice_is_not_used_when_the_file_says_something_else_by_then(conflict, side):
    take(THEIRS)
    choose(side)
    assert take(THEIRS.replace("(Pathways)", "(Flan)")).stopped
    assert asked() == ["PaLM (540B), name"]


def test_a_choice_holds_again_when_both_sides_say_the_same_again(conflict):
    take(THEIRS)
    choose("file")
    rename(model(OURS), "PaLM (62B)")
    take(THEIRS)
    rename(model("PaLM (62B)"), OURS)
    assert asked() == []


def test_the_kind_that_would_follow_an_address_belongs_to_what_was_chosen():
    """The kind of a link goes with its address: changed by then, it would be lost unseen."""
    cast_taken()
    paper = Resource.objects.get(url=URL)
    edit(lambda r: r.update(paper, url=f"{URL}v2"))
    theirs = CAST.replace(URL, f"{URL}v3")
    take(theirs)
    assert [question.what for question in offered().questions] == ["url"]
    choose("file")
    assert asked() == []
    edit(lambda r: r.update(Resource.objects.get(pk=paper.pk), kind="website"))
    assert asked() == ["T5 > Exploring the Limits, URL"]
    assert take(theirs).stopped
    choose("file")
    taken(theirs)
    paper.refresh_from_db()
    assert (paper.url, paper.kind) == (f"{URL}v3", "paper")


def test_what_one_side_removed_is_chosen_with_all_that_the_other_changed_below_it():
    cast_taken()
    edit(lambda r: r.delete(model("ERNIE")))
    theirs = CAST.replace("PaddlePaddle/ERNIE)", "PaddlePaddle/ERNIE-SDK)")
    take(theirs)
    (question,) = offered().questions
    assert (question.title, question.database) == ("ERNIE, removed", None)
    assert question.file == "ERNIE\n  github repo https://github.com/PaddlePaddle/ERNIE-SDK"
    choose("file")
    more = theirs.replace("ERNIE-SDK", "ERNIE-Bot")
    assert take(more).stopped  # something else below it
    choose("file")
    taken(more)
    assert text_now() == more


def test_each_of_several_conflicts_is_chosen_by_itself(conflict):
    rename(model("PLATO"), "PLATO-2")
    text = THEIRS.replace("* PLATO", "* PLATO-XL")
    take(text)
    choose("file", 0)
    assert asked() == ["PLATO-2, name"]
    choose("database", 1)
    taken(text)
    assert model("PaLM (Pathways)")
    assert model("PLATO-2")


def test_nobody_chooses_for_what_is_not_asked(conflict):
    take(THEIRS)
    pk = offered().offer.pk
    with pytest.raises(sync.NotAsked):
        sync.choose(pk, "0123456789abcdef", "file", who="Mei")
    with pytest.raises(ValueError, match="A side is one of"):
        sync.choose(pk, offered().questions[0].key, "both", who="Mei")
    with pytest.raises(sync.OfferGone):
        sync.choose(pk + 1, offered().questions[0].key, "file", who="Mei")
    assert waiting_offer().choices == {}


# Other questions.


@pytest.mark.parametrize(("side", "is_published"), [("file", True), ("database", False)])
def test_what_is_withheld_here_and_named_in_the_file_waits_as_well(side, is_published):
    cast_taken()
    draft()
    text = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n  * Wenxin 2\n")
    assert take(text).waits
    (question,) = offered().questions
    assert question.title == "Wenxin, unpublished here"
    assert (question.database, question.file) == ("unpublished", "Wenxin\n  Wenxin 2")
    choose(side)
    taken(text)
    assert model("Wenxin").is_published is is_published


def test_of_two_withheld_models_one_is_published_and_one_left_out():
    cast_taken()
    draft("Wenxin")
    draft("Wudao")
    text = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n* Wudao\n")
    take(text)
    choose("file", 0)
    assert asked() == ["Wudao, unpublished here"]
    choose("database", 1)
    report = taken(text)
    assert "left out: Baidu > Wudao, which is withheld here" in report.plan
    assert [model(name).is_published for name in ("Wenxin", "Wudao")] == [True, False]
    assert text_now() == text.replace("* Wudao\n", "")


@pytest.mark.parametrize("side", ["database", "file"])
def test_what_differs_at_the_first_meeting_is_chosen_one_by_one(side):
    cast_taken()
    WaitingImport.objects.all().delete()
    ChangeSet.objects.update(snapshot=None)
    Snapshot.objects.all().delete()
    text = CAST.replace("[Exploring the Limits]", "[Exploring]").replace(f"{URL})", f"{URL}v2)")
    assert take(text).waits
    before = len(offered().questions)
    assert before
    for number in range(before):
        choose(side, number)
    taken(text)
    url = Resource.objects.get(model__name="T5").url
    assert url == (URL if side == "database" else f"{URL}v2")


# Who changed it.


def last(**fields: Any) -> ChangeSet:
    change = Change.objects.filter(**fields).latest("pk")
    return change.change_set


def test_it_says_who_last_changed_that_field(conflict):
    by_li = last(table="model", object_id=model(OURS).pk)
    edit(lambda r: r.update(model(OURS), note="Another field."))
    take(THEIRS)
    assert list(offered().last_changes.values()) == [by_li]


def test_it_says_who_deleted_what_the_file_changed():
    cast_taken()
    edit(lambda r: r.delete(model("ERNIE")))
    take(CAST.replace("PaddlePaddle/ERNIE)", "PaddlePaddle/ERNIE-SDK)"))
    assert list(offered().last_changes.values()) == [last(table="model", action="delete")]


def test_it_says_so_by_the_former_name_if_the_file_renamed_what_was_deleted():
    cast_taken()
    edit(lambda r: r.delete(model("PLATO")))
    take(CAST.replace("* PLATO", "* PLATO-XL"))
    assert [question.title for question in offered().questions] == ["PLATO-XL, removed"]
    assert list(offered().last_changes.values()) == [last(table="model", action="delete")]


def test_it_says_who_unpublished_what_the_file_changed():
    cast_taken()
    unpublish(model("PLATO"))
    take(CAST.replace("* PLATO", "* PLATO-XL"))
    assert list(offered().last_changes.values()) == [last(table="model", action="update")]


def test_it_says_who_changed_something_below_what_the_file_removed():
    cast_taken()
    resource = Resource.objects.get(model__name="ERNIE")
    edit(lambda r: r.update(resource, title="code"))
    take(CAST.replace("* ERNIE\n  * [github repo](https://github.com/PaddlePaddle/ERNIE)\n", ""))
    assert list(offered().last_changes.values()) == [last(table="resource")]


def test_twenty_conflicts_take_as_many_queries_as_ten():
    names = [f"M{number}" for number in range(20)]
    text = "# L\n\n## Org\n\n" + "".join(f"* {name}\n" for name in names)
    taken(text)

    def looking(number: int) -> int:
        theirs = text
        for name in names[:number]:
            theirs = theirs.replace(f"* {name}\n", f"* {name} theirs\n")
        take(theirs)
        assert len(offered().questions) == number
        return queries(lambda: offered().last_changes)

    for name in names:
        rename(model(name), f"{name} ours")
    assert looking(10) == looking(20)


# Import now.


def test_the_offer_is_imported_as_those_who_offered_it_by_the_decision_of_others(conflict):
    take(THEIRS, source="https://example.org/pull/7")
    choose("file")
    report = sync.import_offer(offered().offer.pk, who="Kim")
    assert report.stopped == ()
    made = ChangeSet.objects.latest("pk")
    assert made == report.change_set
    assert (made.who, made.source) == ("Li", "https://example.org/pull/7")
    assert made.summary == "import of README.md, decided by Mei, Kim"
    assert not WaitingImport.objects.exists()
    undo(made)
    assert text_now() == CAST.replace("* PaLM", f"* {OURS}")


def test_it_is_merged_from_the_text_that_it_descends_from_though_one_was_exported_since(conflict):
    take(THEIRS)
    sync.export_readme(None, who="Li")
    choose("file")
    sync.import_offer(offered().offer.pk, who="Kim")
    assert text_now() == THEIRS


def test_stops_still_apply():
    names = [f"M{number}" for number in range(30)]
    text = "# L\n\n## Org\n\n" + "".join(f"* {name}\n" for name in names)
    taken(text)
    rename(model("M0"), "M0 ours")
    theirs = "# L\n\n## Org\n\n* M0 theirs\n" + "".join(f"* {name}\n" for name in names[1:19])
    take(theirs)
    choose("file")
    found = offered()
    assert found.removals == 11
    assert found.stopped[0].startswith("11 of 31 records would be removed")
    report = sync.import_offer(found.offer.pk, who="Kim")
    assert report.stopped == found.stopped
    assert asked() == []
    assert offered().questions[0].choice.who == "Mei"  # nothing that was chosen is lost
    assert sync.import_offer(found.offer.pk, who="Kim", allow_deletions=11).stopped == ()
    assert LanguageModel.objects.count() == 19


def test_what_changed_since_somebody_read_the_plan_stops_the_import(conflict):
    take(THEIRS)
    choose("file")
    found = offered()
    edit(lambda r: r.update(organisation("Baidu"), note="Newer."))
    before = everything()
    with pytest.raises(sync.PlanOutdated):
        sync.import_offer(found.offer.pk, who="Kim", planned=found.state)
    assert everything() == before
    sync.import_offer(found.offer.pk, who="Kim", planned=offered().state)
    assert model("PaLM (Pathways)")


# The lock.


@pytest.mark.parametrize("act", ["offer", "look", "choose", "take back", "dismiss"])
def test_what_waits_is_read_under_the_lock_under_which_it_is_written(conflict, act):
    take(THEIRS)
    found = offered()
    pk, key = found.offer.pk, found.questions[0].key
    acts: dict[str, Any] = {
        "offer": lambda: take(THEIRS),
        "look": sync.what_is_offered,
        "choose": lambda: sync.choose(pk, key, "file", who="Mei"),
        "take back": lambda: sync.take_back(pk, key),
        "dismiss": lambda: sync.dismiss(pk),
    }
    with CaptureQueriesContext(connection) as captured:
        acts[act]()
    said = [query["sql"] for query in captured if "catalog_" in query["sql"]]
    assert said[0].startswith('UPDATE "catalog_catalogue"')
    assert any("catalog_waitingimport" in sql for sql in said)

"""What a file says goes into the rows, or nothing does."""

from collections import Counter

import pytest

from catalog import changes, readme, sync, tree
from catalog.models import Alias, ChangeSet, LanguageModel, Organisation, Resource, Snapshot
from catalog.readme import ListRefused
from catalog.sync.rows import read_rows
from catalog.sync.snapshots import document_of, meaning_of, newest_snapshot
from tests.changes.memory import edit, everything, queries, undo
from tests.readme.lists import NEWEST, paths
from tests.sync.cast import CAST, cast_taken, model, rename, take, taken, text_now

pytestmark = pytest.mark.django_db


# The real list.


def test_the_real_list_becomes_21_organisations_102_models_and_76_resources(real_list):
    assert Organisation.objects.count() == 21
    assert LanguageModel.objects.count() == 102
    assert Counter(Resource.objects.values_list("kind", flat=True)) == {
        "paper": 41,
        "code": 22,
        "weights": 9,
        "demo": 2,
        "website": 1,
        "other": 1,
    }


def test_all_99_links_of_the_real_list_are_accounted_for(real_list):
    links = take(real_list).coverage
    assert (links.in_records, links.in_contents, links.in_prose + links.in_kept) == (76, 20, 3)
    assert links.total == 99


def test_the_deepest_models_of_the_real_list_stand_at_level_3(real_list):
    depths = tree.depths(dict(LanguageModel.objects.values_list("pk", "parent_id")))
    assert max(depths.values()) == 3
    cpm = LanguageModel.objects.get(slug="cpm-1")
    assert [cpm.parent.name, cpm.parent.parent.name] == ["CPM family", "Tsinghua AI"]
    assert LanguageModel.objects.filter(name="CPM-1").count() == 2


def test_a_model_stands_between_the_resources_of_its_parent(real_list):
    parent = model("Alexa Teacher Model")
    (child,) = parent.children.all()
    first, second = parent.resources.in_tree_order()
    assert child.name == "AlexaTM 20B"
    assert first.position < child.position < second.position


def test_one_import_is_one_change_set(real_list):
    assert ChangeSet.objects.count() == 1
    assert ChangeSet.objects.get().changes.count() == 21 + 102 + 76 + 2


def test_an_undone_import_leaves_an_empty_catalogue(real_list):
    undo(ChangeSet.objects.get())
    assert not any(everything().values())


def test_the_next_version_of_the_real_list_renames_five_models(real_list):
    before = dict(LanguageModel.objects.values_list("pk", "name"))
    report = taken(NEWEST.read_bytes())
    after = dict(LanguageModel.objects.values_list("pk", "name"))
    renamed = {before[pk]: name for pk, name in after.items() if before.get(pk, name) != name}
    assert renamed == {
        "Motian": "Motian (摩天)",
        "ShenZhou": "ShenZhou (神舟)",
        "ShenNonG": "ShenNonG (神农)",
        "HunYuan_nlp": "HunYuan  (混元)",
        "Metro-LM": "METRO",
    }
    assert report.is_round_trip


@pytest.mark.parametrize("path", list(paths()), ids=lambda path: "/".join(path.parts[-2:]))
def test_every_list_goes_in_and_comes_out_byte_for_byte(path):
    data = path.read_bytes()
    try:
        report = sync.import_readme(data, who="Li", source_name=path.name)
    except ListRefused:
        return
    assert report.stopped == ()
    assert report.is_round_trip
    assert sync.export_text() == data
    assert read_rows().meaning == readme.parse(data.decode()).meaning


# A file that goes on from the newest text.


def test_the_same_file_again_changes_nothing():
    cast_taken()
    before = everything()
    assert taken(CAST).plan == ()
    assert everything() == before
    assert ChangeSet.objects.count() == 1


def test_an_edit_in_the_file_becomes_an_edit_in_the_rows():
    cast_taken()
    data = CAST.replace("* T5 family", "* T5").replace("abs/1910.10683", "abs/1910.10683v2")
    report = taken(data)
    assert report.plan == (
        "renamed: Google > T5 family -> T5",
        "changed: Google > T5 > T5 > Exploring the Limits, url: "
        "'https://arxiv.org/abs/1910.10683' -> 'https://arxiv.org/abs/1910.10683v2'",
    )
    assert report.is_round_trip
    assert text_now() == data


def test_a_renamed_model_keeps_its_row_its_slug_and_its_old_name():
    cast_taken()
    before = model("PLATO")
    taken(CAST.replace("* PLATO", "* PLATO (文心)"))
    after = LanguageModel.objects.get(pk=before.pk)
    assert (after.name, after.slug) == ("PLATO (文心)", before.slug)
    assert Alias.objects.get().name == "PLATO"


def test_what_a_curator_knows_of_a_model_survives_every_import():
    cast_taken()
    facts = {"released": "2022-04", "parameters": "540B", "access": "closed", "kind": "team"}
    edit(lambda r: r.update(model("PaLM"), **facts))
    paper = Resource.objects.get(kind="paper")
    edit(lambda r: r.update(paper, is_official=False))
    taken(CAST.replace("* PaLM", "* PaLM (Pathways)").replace("Exploring the", "Exploring"))
    assert LanguageModel.objects.filter(name="PaLM (Pathways)", **facts).exists()
    assert not Resource.objects.get(kind="paper").is_official


def test_the_change_set_says_who_and_from_where():
    url = "https://github.com/DEROOCE/list/pull/7"
    sync.import_readme(CAST.encode(), who="Kim", source_name="README.md", source=url)
    made = ChangeSet.objects.get()
    assert (made.who, made.origin, made.source) == ("Kim", "import", url)
    assert made.summary == "import of README.md"


def test_a_name_that_no_change_set_can_hold_stops_the_import():
    report = sync.import_readme(CAST.encode(), who="x" * 151, source_name="README.md")
    assert "150 characters" in report.stopped[0]
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("text", [CAST, CAST.replace("* PLATO", "* PLATO\n* Wenxin")])
def test_a_dry_run_says_the_same_and_writes_nothing(text):
    cast_taken()
    before, kept = everything(), Snapshot.objects.count()
    dry = taken(text, dry_run=True)
    assert everything() == before
    assert (Snapshot.objects.count(), ChangeSet.objects.count()) == (kept, 1)
    assert taken(text) == dry


def test_what_an_export_could_not_write_is_told_after_an_import():
    cast_taken()
    LanguageModel.objects.filter(name="PaLM").update(name="* PaLM")
    report = taken(CAST)
    assert report.exported is None
    assert report.cannot_export.startswith("Google > * PaLM cannot be written. ")


def test_lines_that_no_record_holds_are_reported_with_their_numbers():
    assert taken(CAST).kept == ((16, "<!-- Baidu comes last. -->"),)
    data = CAST.replace("\n", "\r\n")
    assert taken(data).kept == ((16, "<!-- Baidu comes last. -->"),)


@pytest.mark.parametrize(
    "text",
    [CAST.replace("\n", "\r\n"), "\ufeff" + CAST, CAST.rstrip("\n")],
    ids=["CRLF", "BOM", "no final line end"],
)
def test_every_way_of_ending_lines_survives_an_edit(text):
    data = text.encode()
    taken(data)
    rename(model("PaLM"), "PaLM (540B)")
    assert sync.export_text() == data.replace(b"* PaLM", b"* PaLM (540B)")


# Both sides.


THEIRS = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n")


def test_what_both_sides_changed_in_the_same_way_is_agreed_on():
    cast_taken()
    rename(model("PaLM"), "PaLM (540B)")
    report = taken(CAST.replace("* PaLM", "* PaLM (540B)"))
    assert report.base.endswith("The rows say the same already.")
    assert report.is_round_trip


# A text that cannot be taken.


HUGE = b"# L\n\n## A\n\n" + b"* " + b"x" * 50_000_000


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"Only prose.\n", "no list item"),
        (b"# L\n\n## A\n\n* \xff\n", "Line 5 is not UTF-8"),
        (b"# L\n\n## A\n\n* M\0\n", "Line 5 holds a NUL"),
        (HUGE, "at most 20,000,000"),
        (b"# L\n\n## A\n\n* [M](javascript:alert(1))\n", "only web addresses"),
        (b"# L\n\n## A\n\n* M\n  * [p](JavaScript:x)\n", "Line 6"),
    ],
    ids=["empty", "prose", "not UTF-8", "NUL", "50 MB", "javascript", "JavaScript"],
)
def test_a_text_that_cannot_be_taken_is_refused_and_the_rows_are_as_they_were(data, said):
    cast_taken()
    before = everything()
    with pytest.raises(ListRefused, match=said):
        take(data)
    assert everything() == before


@pytest.mark.parametrize(
    "deep",
    ["".join("  " * i + f"* M{i}\n" for i in range(1000)), "- " * 10_000 + "M\n", "> " * 10_000],
    ids=["1,000 levels on lines of their own", "10,000 levels on one line", "10,000 quotes"],
)
def test_what_is_nested_too_deep_is_kept_text(deep):
    data = CAST + deep
    report = taken(data)
    assert report.is_round_trip
    assert report.counts.models <= 6 + 32


@pytest.mark.parametrize(
    "line",
    [
        f"* {'M' * 301}",
        f"* M\n  * [p](https://x.org/{'p' * 2000})",
        f"* M\n  * [{'p' * 1001}](https://x.org)",
    ],
    ids=["name", "URL", "title"],
)
def test_what_is_too_long_for_a_record_is_kept_text(line):
    data = f"{CAST}{line}\n"
    report = taken(data)
    assert report.is_round_trip
    assert len(report.kept) == 2


# What it costs.


def test_twice_the_models_take_the_same_number_of_queries():
    with changes.record(who="Li", origin="command") as recording:
        recording.create(Organisation(name="Google"))

    def importing(number: int) -> int:
        text = "# L\n\n## Org\n\n" + "".join(
            f"* M{i}\n  * [P{i}](https://arxiv.org/abs/2001.{i:05})\n" for i in range(number)
        )
        return queries(lambda: taken(text, dry_run=True))

    assert importing(10) == importing(20)


def test_twice_the_removals_take_the_same_number_of_queries():
    head = "# L\n\n## Org\n\n* Stays\n"
    models = [f"* M{i}\n  * [P{i}](https://arxiv.org/abs/2001.{i:05})\n" for i in range(40)]
    taken(head + "".join(models))

    def removing(number: int) -> int:
        text = head + "".join(models[number:])
        return queries(lambda: taken(text, dry_run=True, allow_deletions=100))

    assert removing(5) == removing(10)


@pytest.mark.django_db
def test_links_within_notes_and_facts_are_counted_as_those_of_rows():
    text = (
        "# L\n\nBy [us](https://a.org).\n\n## Google\n\n> See [this](https://b.org).\n\n"
        "| Model | Licence | Paper |\n|---|---|---|\n"
        "| T5 | [Apache](https://c.org) | [p](https://d.org) |\n"
    )
    sync.import_readme(text.encode(), who="Li", source_name="README.md")
    assert Resource.objects.count() == 1
    assert sync.links_in_rows() == 4


SURVEYS = """# Papers

## Surveys

* PLMs: a Survey

## Models

### Google

* PaLM

### Baidu

* ERNIE

### Meta

* OPT
"""
BIGSCIENCE = """
### BigScience

* BLOOM
"""


def test_organisations_stay_organisations_although_more_is_held_by_what_stands_below_them():
    take(SURVEYS)
    assert [one.name for one in Organisation.objects.all()] == ["Surveys", "Models"]
    assert readme.parse(SURVEYS + BIGSCIENCE).meaning.organisations >= {"Google", "BigScience"}
    report = take(SURVEYS + BIGSCIENCE)
    assert report.plan == ("added: Models > BigScience, with 1 model",)
    assert [one.name for one in Organisation.objects.all()] == ["Surveys", "Models"]
    assert text_now() == SURVEYS + BIGSCIENCE


def test_so_they_do_when_a_curator_changes_what_is_below_them():
    take(SURVEYS)
    take(SURVEYS + BIGSCIENCE)
    rename(model("PaLM"), "Pathways")
    after = (SURVEYS + BIGSCIENCE).replace("PaLM", "Pathways")
    assert text_now() == after
    assert take(after).plan == ()


def test_a_text_with_other_organisations_is_read_as_it_will_be_from_now_on():
    """With the organisations of the text before, headings of both levels would be some."""
    speech = "#### Speech\n\n* [{0}](https://{0}.org)\n\n"
    before = speech.format("a") + speech.format("b")
    taken(before)
    data = before.replace("#### Speech", "## Erlang\n\n* [c](https://c.org)\n\n#### Speech", 2)
    data = data.removeprefix("## Erlang\n\n* [c](https://c.org)\n\n")
    taken(data, allow_deletions=10)
    newest = newest_snapshot()
    assert document_of(newest).meaning == meaning_of(newest)
    assert text_now() == data

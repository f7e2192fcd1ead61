"""`manage.py git_sync DIR`: the rows and a list's git repository, through all that can come."""

import shutil
from collections.abc import Callable
from contextlib import contextmanager
from copy import copy
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from catalog import changes, sync
from catalog.git_loop import credits
from catalog.git_loop.repository import Repository
from catalog.models import ChangeSet, LanguageModel, Snapshot
from catalog.sync.rows import Branch
from tests.beginnings import begun as rows_begun
from tests.changes.memory import edit, everything, undo
from tests.commands.repositories import ENVIRONMENT, Repositories, git, text_at
from tests.sync.cast import CAST, model, organisation, rename, taken, text_now

pytestmark = pytest.mark.django_db

WENXIN = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n")
PALM = "* PaLM (540B)"


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    return Repositories.begun(tmp_path_factory.mktemp("begun"), CAST)


@pytest.fixture
def _as_the_catalogue(monkeypatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repositories(begun, tmp_path, _as_the_catalogue) -> Repositories:
    """The cast at the host, and a clone."""
    return Repositories(begun, tmp_path)


@pytest.fixture
def synced(begun, tmp_path, _as_the_catalogue) -> Repositories:
    """The same, taken into the rows: once by a sync, and after that as copies of what it left."""
    first = begun / "synced"

    def sync_first() -> None:
        shutil.rmtree(first, ignore_errors=True)
        first.mkdir()
        Repositories(begun, first).sync()

    rows_begun(f"the rows of {first}", sync_first)
    return Repositories(first, tmp_path)


def rename_palm() -> None:
    by("Kim", model("PaLM"), name="PaLM (540B)")


def by(who: str, row: Branch, **values: str) -> None:
    with changes.record(who=who, origin="admin") as recording:
        recording.update(row, **values)


@contextmanager
def landing(monkeypatch, action, times=1):
    """Something that happens when we have read the branch and not yet pushed to it."""
    push, left = Repository.push, [action] * times

    def meanwhile(self, commit):
        if left:
            left.pop()()
        return push(self, commit)

    with monkeypatch.context() as patch:
        patch.setattr(Repository, "push", meanwhile)
        yield
    assert not left


# Once round.


def test_an_empty_database_takes_the_list_and_pushes_nothing(repositories):
    head = repositories.head
    repositories.branch = ()  # then it is the one that the host calls its HEAD
    assert repositories.sync().endswith("Nothing to push.\n")
    assert LanguageModel.objects.count() == 6
    assert repositories.head == head


def test_what_both_sides_did_ends_up_on_both(synced):
    rename_palm()
    theirs = synced.push(WENXIN, "Add Wenxin")
    assert "added: Baidu > Wenxin" in synced.sync()
    assert synced.text == WENXIN.replace("* PaLM", PALM)
    assert synced.subjects == ["Rename PaLM", "Add Wenxin", "Begin"]
    assert git(synced.host, "rev-parse", "main^") == theirs
    assert model("Wenxin").organisation.name == "Baidu"


def test_a_second_run_has_nothing_to_do(synced):
    rename_palm()
    synced.push(WENXIN)
    synced.sync()
    before, head = everything(), synced.head
    assert synced.sync().endswith("Nothing to push.\n")
    assert (everything(), synced.head) == (before, head)


def test_a_dry_run_shows_plan_and_lines_and_writes_nothing(synced):
    rename_palm()
    synced.push(WENXIN)
    before, head = everything(), synced.head
    said = synced.sync("--dry-run")
    assert "added: Baidu > Wenxin" in said
    assert f"\n-* PaLM\n+{PALM}\n" in said
    assert (everything(), synced.head) == (before, head)


def test_only_the_list_changes_in_a_commit(tmp_path, repositories):
    site, host = repositories.site, repositories.host
    blob = git(host, "hash-object", "-w", "--stdin", data=CAST)
    other = git(host, "hash-object", "-w", "--stdin", data="other")
    below = git(host, "mktree", data=f"100755 blob {blob}\tlist of lists.md\n")
    tree = git(host, "mktree", data=f"100644 blob {other}\tLICENSE\n040000 tree {below}\tdocs\n")
    git(host, "update-ref", "refs/heads/main", git(host, "commit-tree", tree, "-m", "Other"))
    words = ("--file", "docs/list of lists.md")
    repositories.sync(*words)
    rename_palm()
    repositories.sync(*words)
    changed = git(site, "diff", "--raw", "--abbrev=4", f"{repositories.head}^", repositories.head)
    assert changed.startswith(":100755 100755 ")
    assert changed.endswith("M\tdocs/list of lists.md")


def test_a_work_tree_comes_along_unless_it_has_changes_of_its_own(tmp_path, synced):
    tree = tmp_path / "tree"
    git(tmp_path, "clone", "--quiet", str(synced.host), str(tree))
    synced.site = tree
    rename_palm()
    synced.sync()
    assert (tree / "README.md").read_text() == synced.text
    assert git(tree, "status", "--porcelain") == ""

    (tree / "README.md").write_text("mine")
    rename(model("PaLM (540B)"), "PaLM")
    assert "stay as they are" in synced.sync()
    assert (tree / "README.md").read_text() == "mine"
    assert synced.text == CAST


# Who did it.


def test_contributors_and_the_page_of_their_commits_are_remembered(synced, monkeypatch):
    base = synced.head
    synced.push(WENXIN, by="Octocat")
    head = synced.push(WENXIN.replace("* PaLM", "* PaLM\n* Gemma"), by="Li <x> Wei")
    url, page = "https://x:secret@github.com/ghost/list.git", credits.page
    monkeypatch.setattr(credits, "page", lambda _, *more: page(url, *more))
    synced.sync()
    made = ChangeSet.objects.filter(origin="import").latest("pk")
    assert made.who == "Li x Wei, Octocat"
    assert made.source == f"https://github.com/ghost/list/compare/{base[:12]}...{head[:12]}"


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://github.com/o/list", "https://github.com/o/list/"),
        ("git@github.com:o/list.git", "https://github.com/o/list/"),
        ("ssh://git@github.com/o/list.of.it.git", "https://github.com/o/list.of.it/"),
        ("https://github.com.example.org/o/list", ""),
        ("/srv/host.git", ""),
    ],
)
def test_a_page_is_named_where_the_host_has_one(url, home):
    one, two = ("a" * 40, "Kim"), ("b" * 40, "Li")
    between = f"{'c' * 12}...{'b' * 12}"
    assert credits.page(url, "c" * 40, [one], one[0]) == (
        f"{home}commit/{one[0]}" if home else f"commit {one[0]}"
    )
    assert credits.page(url, "c" * 40, [two, one], two[0]) == (
        f"{home}compare/{between}" if home else f"commits {between}"
    )


def test_many_contributors_are_counted():
    commits = [("a", f"Contributor {number}") for number in range(30)]
    assert credits.contributors(commits).endswith(", Contributor 7 and 22 more")


def test_curators_are_named_and_their_addresses_only_if_asked_for(synced):
    User.objects.create_user("Kim", "kim@example.org", first_name="Kim", last_name="Lee")
    rename_palm()
    rename(model("PLATO"), "PLATO-2")
    synced.sync()
    assert synced.message.partition("\n\n")[2].endswith("Edited-by: Kim\nEdited-by: Li")
    assert "kim@example.org" not in synced.message

    by("Kim", model("PLATO-2"), name="PLATO")
    by("Zoë", organisation("Baidu"), note="A")
    synced.sync("--co-authors")
    assert synced.message.endswith("Edited-by: Zoë\nCo-authored-by: Kim Lee <kim@example.org>")


# The branch moves while we work.


def test_a_pull_request_that_lands_before_our_push_is_taken_and_ours_goes_on_top(
    synced, monkeypatch
):
    rename_palm()
    synced.push(CAST.replace("* ERNIE", "* ERNIE 3"), "Rename ERNIE")
    theirs = WENXIN.replace("* ERNIE", "* ERNIE 3")
    with landing(monkeypatch, lambda: synced.push(theirs, "Add Wenxin")):
        said = synced.sync()
    assert "renamed: Baidu > ERNIE -> ERNIE 3, before the branch moved\n" in said
    assert "  added: Baidu > Wenxin\n" in said
    assert synced.text == theirs.replace("* PaLM", PALM)
    assert synced.subjects == ["Rename PaLM", "Add Wenxin", "Rename ERNIE", "Begin"]
    assert synced.message.endswith("Edited-by: Kim")
    assert text_now() == synced.text


def test_a_pull_request_that_meets_our_edit_stops_the_second_round(synced, monkeypatch):
    rename_palm()
    theirs = CAST.replace("* PaLM", "* PaLM (Pathways)")
    with landing(monkeypatch, lambda: synced.push(theirs)):
        status, said = synced.refusal()
    assert status == 1
    assert "in the database 'PaLM (540B)', in the file 'PaLM (Pathways)'" in said
    assert synced.text == theirs
    assert model("PaLM (540B)")
    synced.sync("--prefer", "database")
    assert synced.text == CAST.replace("* PaLM", PALM)


def test_a_branch_that_always_moves_is_left_to_the_next_run(synced, monkeypatch):
    rename_palm()
    texts = iter([WENXIN, WENXIN.replace("* Wenxin", "* Wenxin\n* Wenxin 2")])
    with landing(monkeypatch, lambda: synced.push(next(texts)), times=2):
        status, said = synced.refusal()
    assert status == 2
    assert "the next run pushes" in said
    synced.sync()
    assert "Wenxin 2" in synced.text
    assert PALM in synced.text
    assert text_now() == synced.text


def test_a_host_that_refuses_the_push_is_told_and_nothing_is_lost(synced):
    hook = synced.host / "hooks" / "pre-receive"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\necho 'main is protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    rename_palm()
    synced.push(WENXIN)
    status, said = synced.refusal()
    assert status == 2
    assert "main is protected" in said
    hook.unlink()
    synced.sync()
    assert synced.text == WENXIN.replace("* PaLM", PALM)
    assert synced.message.endswith("Edited-by: Kim")


@pytest.mark.parametrize("step", ["commit", "push", "note_synced"])
def test_a_run_that_dies_anywhere_is_mended_by_the_next(synced, monkeypatch, step):
    rename_palm()
    synced.push(WENXIN)
    with monkeypatch.context() as patch:
        patch.setattr(Repository, step, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            synced.sync()
    synced.push(synced.text.replace("* ERNIE", "* ERNIE 3"), "After the crash")
    synced.sync()
    assert synced.text == WENXIN.replace("* PaLM", PALM).replace("* ERNIE", "* ERNIE 3")
    assert text_now() == synced.text
    assert synced.subjects.count("Rename PaLM") == 1


def test_two_runs_at_once_do_not_meet(synced):
    mine = Repository.opened(synced.site, file="README.md", remote="origin", branch="main")
    before = everything()
    with mine.alone():
        assert synced.refusal() == (
            2,
            f"{synced.site}: Another git_sync is at work in {synced.site}: nothing was done.",
        )
    assert everything() == before
    synced.sync()


@pytest.fixture
def overtaken(synced, tmp_path, monkeypatch) -> Callable[..., None]:
    """Lets another machine take a text of the branch after we have looked at it."""

    def by(text: str, then: Callable[[], object] = lambda: None) -> None:
        other = copy(synced)
        other.site = tmp_path / "other.git"
        git(tmp_path, "clone", "--quiet", "--bare", str(synced.host), str(other.site))
        real, left = sync.import_readme, [other]

        def slower(*args, **options):
            if left:
                if text != synced.text:
                    synced.push(text)
                left.pop().sync()
                then()
            return real(*args, **options)

        monkeypatch.setattr(sync, "import_readme", slower)

    return by


def test_a_run_elsewhere_that_was_quicker_is_no_question(synced, overtaken):
    rename_palm()
    theirs = WENXIN.replace("comes last", "comes second")
    synced.push(theirs)
    overtaken(theirs)
    synced.sync()
    assert synced.text == theirs.replace("* PaLM", PALM)
    assert synced.subjects == ["Rename PaLM", "Edit", "Begin"]


def test_nor_is_one_whose_records_a_curator_has_changed_since(synced, overtaken):
    theirs = CAST.replace("* PaLM\n", "* PaLM 2\n")
    synced.push(theirs)
    overtaken(theirs, then=lambda: rename(model("PaLM 2"), "PaLM 3"))
    synced.sync()
    assert synced.text == CAST.replace("* PaLM\n", "* PaLM 3\n")


def test_nor_is_one_that_was_quicker_with_another_text_for_the_same_line(synced, overtaken):
    synced.push(WENXIN.replace("comes last", "comes second"))
    newer = WENXIN.replace("comes last", "comes third")
    overtaken(newer)
    assert synced.sync().endswith("Nothing to push.\n")
    assert synced.text == newer


def test_why_an_import_stops_is_told_although_the_host_is_gone_by_then(synced, monkeypatch):
    synced.push(CAST + "<<<<<<< ours\n* A\n=======\n* B\n>>>>>>> theirs\n")
    real = sync.import_readme

    def last(*args, **options):
        shutil.rmtree(synced.host)
        return real(*args, **options)

    monkeypatch.setattr(sync, "import_readme", last)
    status, said = synced.refusal()
    assert status == 1
    assert "conflict" in said


# Taking back.


def test_a_contributors_revert_of_our_newest_commit_is_taken_back_in_the_rows(synced):
    rename_palm()
    synced.sync()
    rename(model("PLATO"), "PLATO-2")
    synced.push(CAST, 'Revert "Rename PaLM"')
    assert "renamed: Google > PaLM (540B) -> PaLM" in synced.sync()
    assert model("PaLM")
    assert synced.text == CAST.replace("* PLATO", "* PLATO-2")


def test_a_revert_of_the_revert_is_taken_as_well(synced):
    rename_palm()
    synced.sync()
    ours = synced.text
    synced.push(CAST, "Revert")
    synced.sync()
    synced.push(ours, "Revert the revert")
    synced.sync()
    assert model("PaLM (540B)")
    assert synced.text == ours


def test_a_merge_that_dropped_our_side_takes_it_back(synced):
    """Git by itself would look no further than the parent with the same text."""
    begin = synced.head
    rename_palm()
    synced.sync()
    ours = synced.head
    theirs = synced.push(WENXIN, "Add Wenxin", parent=begin)
    tree = git(synced.host, "rev-parse", f"{theirs}^{{tree}}")
    merge = git(synced.host, "commit-tree", tree, "-m", "Merge", "-p", theirs, "-p", ours)
    git(synced.host, "update-ref", "refs/heads/main", merge)
    said = synced.sync()
    assert "renamed: Google > PaLM (540B) -> PaLM" in said
    assert "added: Baidu > Wenxin" in said
    assert synced.text == WENXIN


def test_a_branch_begun_long_ago_reverts_nothing_once_it_is_merged(synced, tmp_path):
    for number in range(3):
        by("Kim", model("PaLM" if not number else f"PaLM {number}"), name=f"PaLM {number + 1}")
        synced.sync()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(synced.host), str(clone))
    git(clone, "checkout", "--quiet", "-b", "old", "main~3")
    (clone / "README.md").write_text(WENXIN)
    git(clone, "commit", "--quiet", "--all", "--message", "Add Wenxin", GIT_AUTHOR_NAME="Octocat")
    git(clone, "checkout", "--quiet", "main")
    git(clone, "merge", "--quiet", "--no-edit", "old")
    git(clone, "push", "--quiet")
    by("Kim", model("PaLM 3"), note="Not in the branch yet.")
    said = synced.sync()
    assert [line for line in said.splitlines() if line.startswith("  ")] == [
        "  added: Baidu > Wenxin"
    ]
    assert ChangeSet.objects.filter(origin="import").latest("pk").who == "Octocat"
    assert model("PaLM 3").note == "Not in the branch yet."
    assert synced.text == text_now()


def test_an_undo_here_goes_into_the_branch(synced):
    rename_palm()
    change_set = ChangeSet.objects.latest("pk")
    synced.sync()
    undo(change_set)
    synced.sync()
    assert synced.text == CAST


# Other histories.


def test_a_fresh_clone_knows_the_base(synced, tmp_path):
    rename_palm()
    synced.sync()
    synced.push(synced.text.replace("* PLATO\n", "* PLATO\n* Wenxin\n"))
    synced.site = tmp_path / "fresh.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(synced.host), str(synced.site))
    assert "added: Baidu > Wenxin" in synced.sync()
    assert synced.text == WENXIN.replace("* PaLM", PALM)


def test_a_shallow_clone_is_made_whole(synced, tmp_path, monkeypatch):
    rename_palm()
    synced.sync()
    synced.push(CAST, "Revert")
    synced.site = tmp_path / "shallow.git"
    where = f"file://{synced.host}"
    git(tmp_path, "clone", "--quiet", "--bare", "--depth=1", where, str(synced.site))
    by("Kim", model("ERNIE"), name="ERNIE 3")
    again = CAST.replace("* PLATO\n", "* PLATO\n* Wenxin\n")
    with landing(monkeypatch, lambda: synced.push(again)):
        synced.sync()
    assert synced.text == again.replace("* ERNIE", "* ERNIE 3")


def test_a_rewritten_branch_without_our_commit_is_left_to_a_person(synced):
    rename_palm()
    begin = synced.head
    synced.sync()
    rewritten = synced.push(CAST.replace("* ERNIE", "* ERNIE 3"), "Rewritten", parent=begin)
    before = everything()
    status, said = synced.refusal()
    assert status == 1
    assert "--base newest" in said
    assert (everything(), synced.head) == (before, rewritten)
    first = Snapshot.objects.earliest("pk").pk
    synced.sync("--base", str(first))
    assert synced.text == CAST.replace("* ERNIE", "* ERNIE 3").replace("* PaLM", PALM)


def test_a_rewritten_branch_that_has_our_text_is_no_question(synced):
    rename_palm()
    synced.sync()
    synced.push(synced.text, "Squashed", parent=None)
    synced.push(synced.text.replace("* PLATO\n", "* PLATO\n* Wenxin\n"))
    synced.sync()
    assert synced.text == WENXIN.replace("* PaLM", PALM)


def test_a_download_that_was_never_committed_is_no_base(synced):
    rename_palm()
    sync.export_readme(None, who="Kim")
    synced.push(WENXIN)
    synced.sync()
    assert synced.text == WENXIN.replace("* PaLM", PALM)
    assert synced.subjects[0] == "Rename PaLM"


def test_a_download_that_was_committed_by_hand_and_edited_on_is_the_base(synced):
    rename_palm()
    text = sync.export_readme(None, who="Kim").text.decode()
    synced.push(text, "By hand")
    synced.push(text.replace("* PLATO\n", "* PLATO\n* Wenxin\n"))
    assert "added: Baidu > Wenxin" in synced.sync()
    assert synced.text == WENXIN.replace("* PaLM", PALM)


def test_a_database_older_than_the_branch_takes_what_it_lacks(synced):
    """As after a restore: the newest text that it knows is an earlier one."""
    synced.push(WENXIN)
    synced.push(WENXIN.replace("* PaLM", PALM))
    synced.sync()
    assert model("PaLM (540B)")
    assert model("Wenxin")


# What stops it.


def test_a_conflict_stops_both_ways_and_says_how_to_go_on(synced):
    rename_palm()
    theirs = synced.push(CAST.replace("* PaLM", "* PaLM (Pathways)"))
    before = everything()
    status, said = synced.refusal()
    assert status == 1
    assert "--prefer database" in said
    assert "Nothing was written and nothing pushed." in said
    assert (everything(), synced.head) == (before, theirs)


def test_a_list_cut_short_empties_no_rows_and_empty_rows_no_list(synced):
    synced.push("# PLMs\n\n## Google\n\n* PaLM\n")
    assert synced.refusal()[0] == 1
    synced.push(CAST)
    edit(lambda r: r.delete_many(LanguageModel.objects.filter(parent=None)))
    head = synced.head
    status, said = synced.refusal("--allow-deletions", "2")
    assert status == 2
    assert "--allow-deletions" in said
    assert synced.head == head


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--file", "LIST.md"], "main of origin has no file LIST.md"),
        (["--branch", "dev"], "couldn't find remote ref refs/heads/dev"),
        (["--remote", "upstream"], "No such remote 'upstream'"),
        (["--base", "4711"], "there is no snapshot with this number"),
    ],
)
def test_what_is_not_there_is_told(synced, words, said):
    status, told = synced.refusal(*words)
    assert status == 2
    assert said in told


def test_a_folder_that_is_no_clone_is_told(synced, tmp_path):
    synced.site = tmp_path / "none"
    assert "git clone --bare URL" in synced.refusal()[1]
    # Inside of a clone, which is not meant.
    synced.site = synced.host / "refs"
    assert "is no clone" in synced.refusal()[1]


def test_without_a_name_to_commit_in_nothing_is_begun(synced, monkeypatch):
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name)
    git(synced.site, "config", "user.useConfigOnly", "true")
    status, said = synced.refusal()
    assert status == 2
    assert "config user.name" in said


def test_a_link_in_the_place_of_the_list_is_not_followed(synced):
    host = synced.host
    blob = git(host, "hash-object", "-w", "--stdin", data="/etc/passwd")
    tree = git(host, "mktree", data=f"120000 blob {blob}\tREADME.md\n")
    git(host, "update-ref", "refs/heads/main", git(host, "commit-tree", tree, "-m", "Link"))
    assert "has no file README.md" in synced.refusal()[1]


def test_what_the_site_pushed_is_what_it_says(synced):
    rename_palm()
    taken(WENXIN, base="newest")  # by hand meanwhile
    synced.sync()
    assert text_at(synced.host, "main") == text_now()

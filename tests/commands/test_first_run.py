"""`first_run` and `password`: what `make run` and `make password` do, and the lines they say."""

import os
import re
import shutil
import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from catalog import sync
from catalog.management import preflight
from catalog.management.preflight import NotReady
from catalog.models import Organisation, Resource, Snapshot

ROOT = Path(__file__).parent.parent.parent
REAL_LIST = ROOT / "fixtures" / "awesome-plm.md"
SMALL_LIST = "# PLMs\n\n## Google\n* T5\n  * [Exploring](https://arxiv.org/abs/1910.10683)\n"


@pytest.fixture
def small_list(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(SMALL_LIST, encoding="utf-8")
    return path


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def first_run(free_port):
    def run(path: Path) -> list[str]:
        out = StringIO()
        call_command("first_run", list=str(path), port=str(free_port), stdout=out)
        return out.getvalue().splitlines()

    return run


@pytest.mark.django_db
class TestFirstRun:
    def test_the_real_list_goes_in_and_the_four_lines_are_said(self, first_run, free_port):
        to_look_at, imported, links, exported, site = first_run(REAL_LIST)
        assert to_look_at == (
            "Worth a look: 43 models without a link; Al21 Labs and IDEA missing from the contents; "
            "1 link expired on 2022-08-09."
        )
        assert imported == f"Imported {REAL_LIST}: 21 organisations, 102 models, 76 resources."
        assert links == (
            "99 links: 76 in records, 20 in the contents, 3 in prose and kept text. None lost."
        )
        assert exported == "Exported again: the same 16,177 bytes."
        address = f"http://localhost:{free_port}/"
        assert re.fullmatch(
            rf"Site {address}   Admin {address}admin/   "
            r"user curator, password \w{14} \(again: make password\)",
            site,
        )

    def test_the_password_that_is_said_opens_the_admin(self, first_run, small_list, client):
        *_, site = first_run(small_list)
        (password,) = re.findall(r"password (\w+)", site)[:1]
        assert client.login(username="curator", password=password)
        assert client.get("/admin/").status_code == 200

    def test_a_second_run_imports_nothing_and_keeps_the_password(self, first_run, small_list):
        first_run(small_list)
        small_list.write_text(SMALL_LIST + "* mT5\n", encoding="utf-8")
        before = get_user_model().objects.get().password
        holds, exported, site = first_run(small_list)
        assert holds == "The catalogue holds 1 organisation, 1 model, 1 resource."
        assert exported == (f"Exported: the same {len(SMALL_LIST)} bytes as the newest snapshot.")
        assert "user curator, password as before (again: make password)" in site
        assert Snapshot.objects.count() == 1
        assert get_user_model().objects.get().password == before

    def test_an_edit_since_is_counted_in_lines(self, first_run, small_list):
        first_run(small_list)
        Resource.objects.update(url="https://arxiv.org/abs/1910.10683v4")
        _, exported, _ = first_run(small_list)
        assert exported == (
            "Exported: differs from the newest snapshot in 1 line: manage.py export_readme --diff"
        )

    def test_a_link_without_a_row_is_called_lost(self, first_run, small_list, monkeypatch):
        import_readme = sync.import_readme

        def forgetful(*args, **options):
            report = import_readme(*args, **options)
            Resource.objects.all().delete()
            return report

        monkeypatch.setattr(sync, "import_readme", forgetful)
        *_, links, exported, _ = first_run(small_list)
        assert links.endswith("1 LOST.")
        assert exported.startswith("Exported again: differs from ")

    def test_the_cure_names_the_list_whose_database_it_is(self, first_run, small_list, monkeypatch):
        monkeypatch.setenv("LIST", "my lists/README.md")
        assert first_run(small_list)[-1].endswith(
            "(again: make password LIST='my lists/README.md')"
        )

    def test_a_list_that_is_refused_makes_no_catalogue_and_no_curator(self, first_run, tmp_path):
        (tmp_path / "prose.md").write_text("Only prose.\n", encoding="utf-8")
        with pytest.raises(CommandError, match=r"prose\.md is not imported\. "):
            first_run(tmp_path / "prose.md")
        assert not Organisation.objects.exists()
        assert not get_user_model().objects.exists()

    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite's files")
    def test_a_new_database_is_taken_away_with_the_refused_list(self, manage, free_port, tmp_path):
        path, folder = tmp_path / "README.md", tmp_path / "var"
        path.write_text(SMALL_LIST + "<<<<<<< ours\n* mT5\n", encoding="utf-8")
        words = ("first_run", "--list", path, "--port", free_port)
        refused = manage(*words, database=folder / "new.sqlite3")
        assert refused.status == 1
        assert b"README.md is not imported. " in refused.errors
        assert b"Traceback" not in refused.errors
        assert list(folder.iterdir()) == []

    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite's files")
    def test_a_database_that_was_there_before_stays(self, first_run, tmp_path, monkeypatch):
        database = tmp_path / "db.sqlite3"
        database.write_bytes(b"precious")
        monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
        (tmp_path / "prose.md").write_text("Only prose.\n", encoding="utf-8")
        with pytest.raises(CommandError, match="is not imported"):
            first_run(tmp_path / "prose.md")
        assert database.read_bytes() == b"precious"

    def test_a_list_with_conflict_markers_is_stopped_with_its_reason(self, first_run, small_list):
        small_list.write_text(SMALL_LIST + "<<<<<<< ours\n* mT5\n", encoding="utf-8")
        with pytest.raises(CommandError, match=r"is not imported.*conflict marker"):
            first_run(small_list)

    def test_a_missing_list_is_said_before_anything_happens(self, first_run, tmp_path):
        with pytest.raises(CommandError, match=r"There is no file .*none\.md"):
            first_run(tmp_path / "none.md")

    def test_a_taken_port_is_said_before_anything_happens(self, small_list, taken_port):
        with pytest.raises(CommandError, match=f"Port {taken_port} is taken by another program"):
            call_command("first_run", list=str(small_list), port=str(taken_port))
        assert not Organisation.objects.exists()

    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite's files")
    def test_the_folder_of_a_new_database_is_made(
        self, first_run, small_list, tmp_path, monkeypatch
    ):
        database = tmp_path / "var" / "lists" / "one.sqlite3"
        monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
        first_run(small_list)
        assert database.parent.is_dir()


class TestPreflight:
    def test_a_list_that_can_be_read_is_well(self, small_list):
        assert preflight.check_list(str(small_list)) is None

    def test_a_folder_is_no_list(self, tmp_path):
        with pytest.raises(NotReady) as refusal:
            preflight.check_list(str(tmp_path))
        assert str(refusal.value).startswith(f"{tmp_path} is a folder: name the list in it")
        assert str(refusal.value).endswith(f"make run LIST={tmp_path / 'README.md'}")

    def test_a_list_that_may_not_be_read_is_said_with_the_cure(self, small_list, monkeypatch):
        # Not by chmod: an administrator may read everything.
        monkeypatch.setattr(preflight.os, "access", lambda path, mode: False)
        with pytest.raises(NotReady, match=r"You may not read .*README\.md: chmod u\+r"):
            preflight.check_list(str(small_list))

    def test_the_cure_of_a_taken_port_keeps_the_list(self, taken_port, monkeypatch):
        monkeypatch.setenv("LIST", "my lists/README.md")
        with pytest.raises(NotReady, match=r"make run PORT=\d+ LIST='my lists/README\.md'$"):
            preflight.check_port(str(taken_port))

    def test_a_taken_port_is_refused_with_one_that_is_free(self, taken_port):
        with pytest.raises(NotReady) as refusal:
            preflight.check_port(str(taken_port))
        cure = re.search(r"make run PORT=(\d+)$", str(refusal.value))
        assert cure is not None
        assert preflight.check_port(cure[1]) == int(cure[1]) > taken_port

    def test_a_port_taken_on_all_addresses_is_taken(self):
        with socket.create_server(("", 0)) as server, pytest.raises(NotReady, match="is taken"):
            preflight.check_port(str(server.getsockname()[1]))

    def test_a_port_taken_by_a_server_that_would_share_it_is_taken(self):
        with (
            socket.create_server(("127.0.0.1", 0), reuse_port=True) as server,
            pytest.raises(NotReady, match="is taken"),
        ):
            preflight.check_port(str(server.getsockname()[1]))

    def test_a_port_taken_only_for_ipv6_is_taken_because_browsers_ask_there_first(self):
        try:
            server = socket.create_server(("::1", 0), family=socket.AF_INET6)
        except OSError:
            pytest.skip("this machine has no IPv6")
        with server, pytest.raises(NotReady, match="is taken"):
            preflight.check_port(str(server.getsockname()[1]))

    def test_a_free_port_is_taken_as_a_number(self, free_port):
        assert preflight.check_port(str(free_port)) == free_port

    @pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1", "8000.5", "８０００"])
    def test_nonsense_is_no_port(self, port):
        with pytest.raises(NotReady, match="write a number"):
            preflight.check_port(port)

    def test_an_old_python_is_told_what_is_needed(self, monkeypatch):
        monkeypatch.setattr(preflight.sys, "version_info", (3, 9, 2))
        with pytest.raises(NotReady, match=r"This is Python 3\.9; the site needs 3\.11"):
            preflight.check_python()

    def test_a_python_without_venv_is_told_the_cure(self, monkeypatch):
        monkeypatch.setattr(preflight.importlib.util, "find_spec", lambda name: None)
        with pytest.raises(NotReady, match="apt install python3-venv"):
            preflight.check_python()


@pytest.mark.skipif(shutil.which("make") is None, reason="this machine has no make")
class TestMakeRun:
    """What `make run` refuses before it makes an environment or a database."""

    @pytest.fixture
    def make(self, tmp_path):
        for name in ("Makefile", "requirements.txt"):
            shutil.copy(ROOT / name, tmp_path)
        (tmp_path / "catalog" / "management").mkdir(parents=True)
        shutil.copy(preflight.__file__, tmp_path / "catalog" / "management")

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                ["make", f"PYTHON={sys.executable}", *arguments], cwd=tmp_path,
                env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=60,
            )  # fmt: skip

        yield run
        assert not (tmp_path / ".venv").exists()

    @pytest.mark.parametrize("port", ["abc", "", "80000"])
    def test_nonsense_is_no_port(self, make, small_list, port):
        refused = make("run", f"PORT={port}", f"LIST={small_list}")
        assert refused.returncode != 0
        assert refused.stderr.startswith(f"PORT is {port!r}: write a number")

    def test_a_taken_port_is_said_with_a_command_that_works(self, make, tmp_path, taken_port):
        (tmp_path / "with blank's").mkdir()
        (tmp_path / "with blank's" / "README.md").write_text(SMALL_LIST, encoding="utf-8")
        refused = make("run", f"PORT={taken_port}", "LIST=with blank's/README.md")
        said, _, cure = refused.stderr.splitlines()[0].partition(": make run ")
        assert said == f"Port {taken_port} is taken by another program"
        assert re.fullmatch(r"""PORT=\d+ LIST='with blank'"'"'s/README.md'""", cure)

    def test_a_missing_list_is_said(self, make, free_port):
        refused = make("run", f"PORT={free_port}", "LIST=no such/README.md")
        assert refused.returncode != 0
        assert refused.stderr.startswith("There is no file no such/README.md: name a list")

    def test_only_this_machine_is_served(self, make):
        assert "--host 127.0.0.1 --port" in make("--dry-run", "run").stdout


@pytest.mark.django_db
class TestPassword:
    def test_it_sets_the_password_that_it_prints(self):
        get_user_model().objects.create_superuser("curator", password="old")
        out = StringIO()
        call_command("password", stdout=out)
        said = re.fullmatch(r"user curator, password (\w{14})\n", out.getvalue())
        assert said is not None
        assert authenticate(username="curator", password=said[1]) is not None
        assert authenticate(username="curator", password="old") is None

    def test_two_passwords_differ(self):
        get_user_model().objects.create_superuser("li", password="old")
        said = [StringIO(), StringIO()]
        for out in said:
            call_command("password", user="li", stdout=out)
        assert said[0].getvalue() != said[1].getvalue()

    def test_a_missing_user_is_said_with_the_command_that_makes_one(self):
        with pytest.raises(CommandError, match=r"manage\.py createsuperuser --username li"):
            call_command("password", user="li")

    def test_a_database_without_tables_is_said_with_the_cure(self):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE auth_user RENAME TO auth_user_away")
        with pytest.raises(CommandError, match=r"no users yet\. `make run` makes it"):
            call_command("password")

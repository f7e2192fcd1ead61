"""The site starts with good variables and refuses bad ones in one sentence."""

import importlib.metadata
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import override_settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from plmsite import environment
from plmsite.environment import BadEnvironment

ROOT = Path(__file__).parent.parent
A_KEY = "a-key-of-fifty-characters-and-more-0123456789-abcdefghij"


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as an operator does: in its own process, with these variables only."""
    return python("manage.py", *arguments, **variables)


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_without_a_secret_key_a_start_is_refused_with_the_command_that_makes_one(fresh_settings):
    refused = manage("check")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Not started. SECRET_KEY is not set: make one with")
    assert "Traceback" not in refused.stderr
    command = refused.stderr.splitlines()[1].strip()
    made = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    # With it the settings of production pass the deployment check.
    with in_force(fresh_settings(SECRET_KEY=made.stdout.strip())):
        call_command("check", deploy=True, fail_level="WARNING")


def test_a_server_is_refused_as_a_command_is():
    refused = python("-c", "import plmsite.wsgi")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Not started. SECRET_KEY is not set: make one with")
    assert "Traceback" not in refused.stderr


def test_debug_needs_no_secret_key(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    assert environment.secret_key(debug=True) == environment.INSECURE_DEBUG_KEY
    with pytest.raises(BadEnvironment, match="SECRET_KEY is not set"):
        environment.secret_key(debug=False)


@pytest.fixture
def fresh_settings(monkeypatch):
    """What settings.py sets with these variables only; the running settings stay."""

    def read(**variables: str) -> dict[str, object]:
        for name in [*os.environ]:
            monkeypatch.delenv(name)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "plmsite" / "settings.py"))

    return read


def test_debug_is_off_unless_asked_for(fresh_settings):
    assert fresh_settings(SECRET_KEY=A_KEY)["DEBUG"] is False
    assert fresh_settings(SECRET_KEY=A_KEY, DEBUG="1")["DEBUG"] is True


def test_the_deployment_check_fails_without_https(fresh_settings):
    with (
        in_force(fresh_settings(SECRET_KEY=A_KEY, HTTPS="0")),
        pytest.raises(SystemCheckError, match=r"security\.W008"),
    ):
        call_command("check", deploy=True, fail_level="WARNING")


def in_force(settings: dict[str, object]) -> override_settings:
    """Those of them that the deployment check is about."""
    said = ("ALLOWED_HOSTS", "DEBUG", "MIDDLEWARE", "SECRET_KEY")
    begun = ("CSRF_", "SECURE_", "SESSION_", "SILENCED_")
    return override_settings(
        **{name: settings[name] for name in settings if name in said or name.startswith(begun)}
    )


def test_static_files_are_hashed_and_compressed_in_production(tmp_path):
    """Collected and asked for as in production, with this checkout's own style sheet only."""
    script = """
from django.conf import settings
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client

OTHERS = ["admin", "rest_framework", "django_filters"]
settings.STATIC_ROOT = sys.argv[1]
settings.ALLOWED_HOSTS = ["testserver"]
call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=OTHERS)
url = static("catalog/site.css")
answer = Client(headers={"accept-encoding": "br, gzip"}).get(url, secure=True)
print(url, answer.status_code, answer["Content-Encoding"], answer["Cache-Control"])
"""
    done = python("-c", f"import sys, django; django.setup()\n{script}", str(tmp_path),
                  SECRET_KEY=A_KEY, DJANGO_SETTINGS_MODULE="plmsite.settings")  # fmt: skip
    assert re.fullmatch(
        r"/static/catalog/site\.[0-9a-f]{12}\.css 200 br max-age=\d{9}, public, immutable\n",
        done.stdout,
    ), done.stdout + done.stderr


@pytest.mark.parametrize(
    "files", [["requirements.txt"], ["requirements.txt", "requirements-dev.txt"]]
)
def test_whatever_is_installed_is_pinned_down_to_the_last_need(files):
    lines = [line for file in files for line in (ROOT / file).read_text().splitlines()]
    pins = [
        Requirement(line.partition("#")[0].strip())
        for line in lines
        if line and not line.startswith(("#", "-r"))
    ]
    assert [str(pin) for pin in pins if not str(pin.specifier).startswith("==")] == []
    needed = [
        need
        for pin in pins
        for need in map(Requirement, importlib.metadata.requires(pin.name) or ())
        if not need.marker or any(need.marker.evaluate({"extra": e}) for e in {"", *pin.extras})
    ]
    names = {canonicalize_name(pin.name) for pin in pins}
    loose = [need for need in needed if not str(need.specifier).startswith("==")]
    assert {canonicalize_name(need.name) for need in loose} - names == set()


@pytest.mark.parametrize(("value", "meaning"), [("1", True), ("Yes", True), ("off", False)])
def test_a_flag_is_read(monkeypatch, value, meaning):
    monkeypatch.setenv("DEBUG", value)
    assert environment.flag("DEBUG", default=not meaning) is meaning


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_counts_as_not_set(monkeypatch, value):
    monkeypatch.setenv("DEBUG", value)
    assert environment.flag("DEBUG", default=True) is True
    assert environment.flag("DEBUG", default=False) is False


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("DEBUG", "maybe", "write 1 for yes or 0 for no"),
        ("HTTPS", "2", "write 1 for yes or 0 for no"),
        ("BEHIND_PROXY", "caddy", "write 1 for yes or 0 for no"),
        ("HSTS_SECONDS", "a year", "write a whole number"),
        ("HSTS_SECONDS", "-1", "write a whole number"),
        ("ALLOWED_HOSTS", "https://plm.example.org/", "without scheme"),
        ("ALLOWED_HOSTS", "plm.example.org:8000", "without scheme, port"),
        ("ALLOWED_HOSTS", "plm.example.org www.example.org", "separated by commas"),
        ("CSRF_TRUSTED_ORIGINS", "plm.example.org", "such as https://plm.example.org"),
        ("CSRF_TRUSTED_ORIGINS", "https://plm.example.org/", "such as https://plm.example.org"),
        ("TIME_ZONE", "Berlin", "such as Europe/Berlin"),
        ("TIME_ZONE", "../../etc/passwd", "such as Europe/Berlin"),
    ],
)
def test_nonsense_is_refused_with_variable_value_and_cure(monkeypatch, name, value, cure):
    monkeypatch.setenv(name, value)
    read = {
        "ALLOWED_HOSTS": environment.allowed_hosts,
        "CSRF_TRUSTED_ORIGINS": environment.trusted_origins,
        "TIME_ZONE": environment.time_zone,
        "HSTS_SECONDS": lambda: environment.whole_number("HSTS_SECONDS", default=3600),
    }.get(name, lambda: environment.flag(name, default=False))
    with pytest.raises(BadEnvironment) as refusal:
        read()
    assert name in str(refusal.value)
    assert value in str(refusal.value)
    assert cure in str(refusal.value)


@pytest.mark.parametrize("variable", ["DEBUG", "HTTPS", "HSTS_SECONDS", "BEHIND_PROXY"])
def test_every_variable_is_really_asked_at_the_start(fresh_settings, variable):
    with pytest.raises(BadEnvironment, match=f"^{variable} is 'nonsense'"):
        fresh_settings(**{"SECRET_KEY": A_KEY, variable: "nonsense"})


@pytest.mark.parametrize(
    "hosts", ["plm.example.org", ".example.org,localhost", "[::1], 10.0.0.7", "*"]
)
def test_good_host_names_are_taken(monkeypatch, hosts):
    monkeypatch.setenv("ALLOWED_HOSTS", hosts)
    assert environment.allowed_hosts() == [host.strip() for host in hosts.split(",")]


def test_without_host_names_only_this_machine_is_answered(monkeypatch):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    assert environment.allowed_hosts() == ["localhost", "127.0.0.1", "[::1]"]


class TestDatabase:
    @pytest.fixture(autouse=True)
    def _no_variables(self, monkeypatch):
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.delenv("LIST", raising=False)

    def test_it_is_sqlite_in_the_project_by_default(self, tmp_path):
        settings = environment.database(tmp_path)
        assert settings["ENGINE"] == "django.db.backends.sqlite3"
        assert settings["NAME"] == tmp_path / "db.sqlite3"

    @pytest.mark.parametrize("url", ["", "sqlite:///plm.sqlite3", "sqlite:///:memory:"])
    def test_every_sqlite_waits_instead_of_failing(self, tmp_path, monkeypatch, url):
        monkeypatch.setenv("DATABASE_URL", url)
        options = environment.database(tmp_path)["OPTIONS"]
        assert options["transaction_mode"] == "IMMEDIATE"
        assert options["timeout"] == 20
        assert "journal_mode=WAL" in options["init_command"]
        assert "synchronous=NORMAL" in options["init_command"]

    def test_a_relative_path_is_meant_from_the_project(self, tmp_path, monkeypatch):
        (tmp_path / "data").mkdir()
        monkeypatch.setenv("DATABASE_URL", "sqlite:///data/plm.sqlite3")
        assert environment.database(tmp_path)["NAME"] == tmp_path / "data/plm.sqlite3"

    def test_an_absolute_path_is_kept(self, tmp_path, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/plm.sqlite3")
        assert environment.database(Path("/elsewhere"))["NAME"] == tmp_path / "plm.sqlite3"

    def test_a_folder_that_is_not_there_is_named(self, tmp_path, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "sqlite:///srv/plm.sqlite3")
        with pytest.raises(BadEnvironment, match=r"a file in .*/srv, and there is no such folder"):
            environment.database(tmp_path)

    def test_a_database_in_memory_needs_no_folder(self, tmp_path, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "sqlite:///:memory:")
        assert environment.database(tmp_path / "none")["NAME"] == ":memory:"

    def test_postgresql_keeps_its_connection(self, tmp_path, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgres://li:p%40ss@db.example.org:6543/plm")
        settings = environment.database(tmp_path)
        assert settings["ENGINE"] == "django.db.backends.postgresql"
        assert (settings["USER"], settings["PASSWORD"]) == ("li", "p@ss")
        assert (settings["HOST"], settings["PORT"]) == ("db.example.org", 6543)
        assert settings["CONN_MAX_AGE"] > 0
        assert settings["CONN_HEALTH_CHECKS"] is True

    @pytest.mark.parametrize(
        ("url", "sentence"),
        [
            ("mysql://li:secret@db/plm", "begins with 'mysql'"),
            ("db.sqlite3", "begins with 'db.sqlite3'"),
            ("postgres:plm", "begins with 'postgres'"),
            ("postgres://li:secret@db:port/plm", "is no postgres address"),
            ("postgres://li:secret@db/", "names no database"),
            ("postgres://li:secret@db", "names no database"),
            ("sqlite:///", "names no database"),
        ],
    )
    def test_a_bad_url_is_refused_without_its_password(self, tmp_path, monkeypatch, url, sentence):
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(BadEnvironment) as refusal:
            environment.database(tmp_path)
        assert sentence in str(refusal.value)
        assert "secret" not in str(refusal.value)

    def test_a_list_has_a_database_of_its_own(self, tmp_path, monkeypatch):
        names = set()
        for path in ("lists/one/README.md", "lists/two/README.md", "lists/百科/README.md"):
            monkeypatch.setenv("LIST", path)
            names.add(environment.database(tmp_path)["NAME"])
        assert len(names) == 3
        assert {name.parent for name in names} == {tmp_path / "var" / "lists"}
        assert all(name.suffix == ".sqlite3" for name in names)

    def test_two_ways_to_write_a_path_are_one_list(self, tmp_path):
        plain = environment.database_of_list(tmp_path, "lists/README.md")
        assert environment.database_of_list(tmp_path, "./other/../lists/README.md") == plain

    def test_a_list_and_a_database_url_together_are_refused(self, tmp_path, monkeypatch):
        monkeypatch.setenv("LIST", "lists/README.md")
        monkeypatch.setenv("DATABASE_URL", "postgres://postgres@127.0.0.1/postgres")
        with pytest.raises(BadEnvironment, match="DATABASE_URL and LIST are both set"):
            environment.database(tmp_path)


def test_every_answer_carries_a_strict_content_security_policy(client):
    policy = client.get("/no-such-page")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy

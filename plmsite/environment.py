"""Reading the settings that come from environment variables.

Each reader gives a clean value or raises `BadEnvironment` with one sentence: which variable, what
it says, what to write instead. A variable that is set but empty counts as not set.
"""

import hashlib
import os
import re
import zoneinfo
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# The addresses of this machine itself: all that a site without ALLOWED_HOSTS answers to.
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# For DEBUG only; production refuses to start without a key of its own.
INSECURE_DEBUG_KEY = "django-insecure-for-debug-on-one-machine-only-never-for-a-public-site"

_MAKE_A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")
_HOST = re.compile(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]")
_DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")


class BadEnvironment(ImproperlyConfigured):
    """An environment variable is missing or says something that cannot be meant."""


def flag(name: str, *, default: bool) -> bool:
    value = _value(name)
    if not value:
        return default
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    raise BadEnvironment(f"{name} is {value!r}: write 1 for yes or 0 for no.")


def whole_number(name: str, *, default: int) -> int:
    value = _value(name)
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,10}", value):
        raise BadEnvironment(f"{name} is {value!r}: write a whole number such as {default}.")
    return int(value)


def noun(name: str, *, default: tuple[str, str]) -> tuple[str, str]:
    """A word and its plural."""
    words = _words(name)
    if not words:
        return default
    if len(words) != 2:
        raise BadEnvironment(
            f"{name} is {_value(name)!r}: write one word and its plural, separated by a comma, "
            f"such as {', '.join(default)}."
        )
    return words[0], words[1]


def secret_key(*, debug: bool) -> str:
    """SECRET_KEY, or in DEBUG a key that everybody knows."""
    value = _value("SECRET_KEY")
    if value:
        return value
    if debug:
        return INSECURE_DEBUG_KEY
    raise BadEnvironment(
        "SECRET_KEY is not set: make one with\n"
        f"    {_MAKE_A_KEY}\n"
        "and keep it in the environment (or set DEBUG=1 to try the site on your own machine)."
    )


def allowed_hosts() -> list[str]:
    """ALLOWED_HOSTS: names that this site answers to; without it only this machine's own."""
    hosts = _words("ALLOWED_HOSTS")
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise BadEnvironment(
                f"ALLOWED_HOSTS contains {host!r}: write host names without scheme, port and path, "
                "separated by commas, such as plm.example.org,www.example.org."
            )
    return hosts or LOOPBACK_HOSTS


def trusted_origins() -> list[str]:
    """CSRF_TRUSTED_ORIGINS: other origins whose forms may write here; normally none."""
    origins = _words("CSRF_TRUSTED_ORIGINS")
    for origin in origins:
        if not re.fullmatch(r"https?://[^/\s?#]+", origin):
            raise BadEnvironment(
                f"CSRF_TRUSTED_ORIGINS contains {origin!r}: write scheme and host, separated by "
                "commas, such as https://plm.example.org."
            )
    return origins


def time_zone() -> str:
    name = _value("TIME_ZONE") or "UTC"
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise BadEnvironment(
            f"TIME_ZONE is {name!r}: write a name such as Europe/Berlin or Asia/Shanghai."
        ) from None
    return name


def database(root: Path) -> dict[str, Any]:
    """Django's settings of the one database.

    DATABASE_URL names it. LIST, the path of a list file, stands for a database file of that list's
    own, so that trying another list never mixes it into the first. Without both it is
    `db.sqlite3` below `root`.
    """
    url, list_path = _value("DATABASE_URL"), _value("LIST")
    if url and list_path:
        raise BadEnvironment(
            f"DATABASE_URL and LIST are both set, and LIST={list_path} means a database of its "
            "own: unset one of them."
        )
    if url:
        return _database_at(url, root)
    return _sqlite(database_of_list(root, list_path) if list_path else root / "db.sqlite3")


def database_of_list(root: Path, list_path: str) -> Path:
    """The database file of a list: its name for people, a hash of its full path against mix-ups."""
    path = Path(list_path).expanduser().resolve()
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:8]
    name = re.sub(r"[^\w.-]+", "-", f"{path.parent.name}-{path.stem}").strip("-.")[:60]
    return root / "var" / "lists" / f"{name}-{digest}.sqlite3"


def _database_at(url: str, root: Path) -> dict[str, Any]:
    # A URL may hold a password: sentences name its scheme, never the whole.
    scheme = url.partition(":")[0]
    if scheme not in _DATABASE_SCHEMES or "://" not in url:
        raise BadEnvironment(
            f"DATABASE_URL begins with {scheme[:20]!r}: write "
            "postgres://user:password@host:5432/name or sqlite:////absolute/path/of/db.sqlite3."
        )
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:
        raise BadEnvironment(
            f"DATABASE_URL is no {scheme} address: write postgres://user:password@host:5432/name, "
            "with the special characters of the password percent-encoded."
        ) from None
    if not settings["NAME"] or url.rstrip("/") == "sqlite:":
        raise BadEnvironment(
            "DATABASE_URL names no database: write its name behind the last slash."
        )
    if scheme == "sqlite":
        return _sqlite(_sqlite_file(settings["NAME"], root))
    # One worker thread serves (docs/operate.md), so one lasting connection is all that a pool
    # would hold; asked before each request whether it still lives.
    return settings | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def _sqlite_file(name: str, root: Path) -> Path | str:
    if name == ":memory:":
        return name
    # A path is meant from here, not from wherever cron happens to start.
    path = root / name
    if not path.parent.is_dir():
        raise BadEnvironment(
            f"DATABASE_URL names a file in {path.parent}, and there is no such folder: make it "
            "first (an absolute path begins with four slashes, sqlite:////)."
        )
    return path


def _sqlite(name: Path | str) -> dict[str, Any]:
    """SQLite so that readers and writers wait for each other instead of failing ("locked")."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _value(name: str) -> str:
    return os.environ.get(name, "").strip()


def _words(name: str) -> list[str]:
    return [word.strip() for word in _value(name).split(",") if word.strip()]

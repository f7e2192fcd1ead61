"""The site that is looked at: a real server over a database file that is set back in an instant.

Each catalogue is made once and kept as a file of its own; to show it, that file's pages are
copied over the database's. So a test may save what it likes, and the next one finds the list
as it was, without importing it again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from catalog import changes, sync
from catalog.models import LanguageModel, Organisation
from tests import factories
from tests.readme.lists import REAL_LIST

# 120 characters, without a place to break a line after the first words.
LONG_NAME = ("A name as long as the database allows " + "Hyperparameterised" * 5)[:120]


class Site:
    """The server, and which catalogue it shows."""

    def __init__(self, server: LiveServer, folder: Path) -> None:
        self.url = server.url
        self._folder = folder
        self.session = _seat_the_curator()
        self._keep("empty")

    def show(self, catalogue: str) -> None:
        """Put the database into the state in which this catalogue was made."""
        if not self._file(catalogue).exists():
            self._set_back_to("empty")
            CATALOGUES[catalogue]()
            self._keep(catalogue)
        self._set_back_to(catalogue)

    def _file(self, catalogue: str) -> Path:
        return self._folder / f"{catalogue}.sqlite3"

    def _keep(self, catalogue: str) -> None:
        _copy(_database(), self._file(catalogue))

    def _set_back_to(self, catalogue: str) -> None:
        connection.close()
        _copy(self._file(catalogue), _database())


def _empty() -> None:
    """Nothing but the curator."""


def _real() -> None:
    report = sync.import_readme(REAL_LIST.read_bytes(), who="Kim", source_name="README.md")
    assert report.stopped == ()


def _crowded() -> None:
    """300 models of one organisation, 300 resources of one of them, and a very long name."""
    google = factories.organisation("Google")
    for number in range(1, 300):
        factories.language_model(f"Model {number}", organisation=google, position=number)
    full = factories.language_model("Model 300", organisation=google, position=300)
    for number in range(1, 301):
        factories.resource(
            f"Paper {number}", model=full, position=number, url=f"https://x.org/{number}"
        )
    long = factories.organisation(LONG_NAME, slug="long")
    factories.language_model(LONG_NAME, organisation=long, slug="long")


def _asked() -> None:
    """The real list, and another text of it that asks three things."""
    _real()
    with changes.record(who="Li", origin="admin") as recording:
        recording.update(LanguageModel.objects.get(name="PaLM"), name="PaLM (540B)")
        recording.update(Organisation.objects.get(name="Baidu"), note="Baidu, in Beijing.")
        recording.delete(LanguageModel.objects.get(name="Motian"))
    text = REAL_LIST.read_text(encoding="utf-8")
    for old, new in (
        ("* PaLM ", "* PaLM (Pathways) "),
        ("## Baidu \n", "## Baidu \n\n> Maker of ERNIE and PLATO.\n"),
        ("* Motian ", "* Motian (摩天) "),
        ("* LaMDA", "* LaMDA 2"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    report = sync.import_readme(
        text.encode(),
        who="octocat",
        source_name="README.md",
        source="https://github.com/example/list/pull/7",
    )
    assert report.waits


def _decided() -> None:
    """The same, when somebody has chosen, and a text was handed out since."""
    _asked()
    sync.export_readme(None, who="Li")
    offered = sync.what_is_offered()
    assert offered is not None
    for question, side in zip(offered.questions, ("file", "database", "file"), strict=True):
        sync.choose(offered.offer.pk, question.key, side, who="Li")


CATALOGUES: dict[str, Callable[[], None]] = {
    "empty": _empty,
    "real": _real,
    "asked": _asked,
    "decided": _decided,
    "crowded": _crowded,
}


def _seat_the_curator() -> str:
    """Li, who may do everything; answers with the key of a session in which Li is logged in."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("Li", password="Li"))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _database() -> Path:
    return Path(connection.settings_dict["NAME"])


def _copy(source: Path, target: Path) -> None:
    # SQLite's own way: it takes the locks, and knows what still lies in the write-ahead log.
    with closing(sqlite3.connect(source)) as pages, closing(sqlite3.connect(target)) as copy:
        pages.backup(copy)

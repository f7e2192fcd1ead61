"""The real list as a file and as rows: the two must agree."""

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from catalog import sync

FIXTURES = Path(__file__).parent.parent / "fixtures"
LIST = FIXTURES / "awesome-plm.md"
ROWS = FIXTURES / "catalogue.json"

TABLES = ("organisation", "languagemodel", "resource", "listtext")


def dumped() -> str:
    """The rows as `manage.py dumpdata` writes them; so catalogue.json was made."""
    out = StringIO()
    call_command(
        "dumpdata",
        *(f"catalog.{table}" for table in TABLES),
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
        indent=1,
        stdout=out,
    )
    return out.getvalue().rstrip("\n")


def test_the_list_is_byte_for_byte_that_of_its_author():
    sha256 = "f069759e5ff290b8bb816bc2f6c66f7dff31500888f0334a04244aa13599e130"
    assert hashlib.sha256(LIST.read_bytes()).hexdigest() == sha256


@pytest.mark.django_db
def test_the_list_imported_is_the_fixture_of_rows():
    sync.import_readme(LIST.read_bytes(), who="Li", source_name="README.md")
    assert dumped() == ROWS.read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.django_db
def test_the_fixture_of_rows_loaded_is_the_list():
    call_command("loaddata", "catalogue", verbosity=0)
    assert dumped() == ROWS.read_text(encoding="utf-8").rstrip("\n")
    report = sync.import_readme(LIST.read_bytes(), who="Li", source_name="README.md")
    assert (report.stopped, report.plan) == ((), ())
    assert sync.export_text() == LIST.read_bytes()


@pytest.mark.django_db
def test_the_fixture_of_rows_loaded_twice_is_there_once():
    call_command("loaddata", "catalogue", verbosity=0)
    call_command("loaddata", "catalogue", verbosity=0)
    assert dumped() == ROWS.read_text(encoding="utf-8").rstrip("\n")

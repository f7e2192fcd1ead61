"""An import that waits is decided by clicks alone, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from catalog import sync
from catalog.models import LanguageModel, Snapshot, WaitingImport
from tests.browser.screen import Look, Screen


@pytest.fixture
def catalogue() -> str:
    return "asked"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def li(new_screen, request) -> Screen:
    """The curator, with scripts and without."""
    return new_screen(Look(javascript=request.param), curator=True)


def test_three_clicks_choose_and_a_fourth_imports(li):
    page = li.open("admin:index")
    page.get_by_role("link", name="3 conflicts wait").click()
    page.get_by_role("button", name="The file holds: Baidu, note").click()
    expect(page.get_by_text("2 conflicts wait")).to_be_visible()
    page.get_by_role("button", name="The database holds: PaLM (540B), name").click()
    page.get_by_role("button", name="The database holds: Motian (摩天), removed").click()
    page.get_by_role("button", name="Take the choice back: Motian").click()
    expect(page.get_by_text("1 conflict waits")).to_be_visible()
    page.get_by_role("button", name="The database holds: Motian (摩天), removed").click()
    page.get_by_role("button", name="Import now").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Imported README.md.")
    expect(page.locator("#content")).to_contain_text("https://github.com/example/list/pull/7")
    assert not WaitingImport.objects.exists()
    names = set(LanguageModel.objects.values_list("name", flat=True))
    assert {"PaLM (540B)", "LaMDA 2"} < names
    assert not {name for name in names if name.startswith("Motian")}


def test_a_pasted_text_is_planned_and_then_imported(li):
    text = bytes(Snapshot.objects.get().text).decode()
    page = li.open("admin:import")
    page.get_by_label("or its text").fill(text.replace("* LaMDA", "* LaMDA 2"))
    page.get_by_role("button", name="Show the plan").click()
    expect(page.get_by_text("added: Google > LaMDA 2")).to_be_visible()
    assert not LanguageModel.objects.filter(name="LaMDA 2").exists()
    page.get_by_role("button", name="Import these changes").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Imported pasted text.")
    assert LanguageModel.objects.filter(name="LaMDA 2").exists()
    assert b"* LaMDA 2" in sync.export_text()

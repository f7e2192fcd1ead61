"""The cast as a list, and what the tests of the bridge do with it."""

from typing import Any

from catalog import sync
from catalog.models import LanguageModel, Organisation
from catalog.sync.rows import Branch
from tests.beginnings import begun
from tests.changes.memory import edit

CAST = """\
# PLMs

What Google and Baidu made.

* [Google](#google)
* [Baidu](#baidu)

## Google

* T5 family
  * T5
    * [Exploring the Limits](https://arxiv.org/abs/1910.10683)
  * ByT5
* PaLM

<!-- Baidu comes last. -->

## Baidu

* ERNIE
  * [github repo](https://github.com/PaddlePaddle/ERNIE)
* PLATO
"""


def take(text: str | bytes, **choices: Any) -> sync.ImportReport:
    """An import by Li."""
    data = text.encode() if isinstance(text, str) else text
    return sync.import_readme(data, who="Li", source_name="README.md", **choices)


def taken(text: str | bytes, **choices: Any) -> sync.ImportReport:
    """One that must not stop."""
    report = take(text, **choices)
    assert report.stopped == ()
    return report


def cast_taken() -> sync.ImportReport:
    """The cast, imported: for tests of what comes after."""
    return begun("cast", lambda: taken(CAST))


def text_now() -> str:
    return sync.export_text(allow_deletions=1000).decode()


def changed(before: str | bytes) -> tuple[list[str], list[str]]:
    """The lines that an export now takes out of a text, and those that it puts in."""
    old = before.encode() if isinstance(before, str) else before
    lines = list(sync.diff(old, text_now().encode()))[2:]
    return (
        [line[1:] for line in lines if line.startswith("-")],
        [line[1:] for line in lines if line.startswith("+")],
    )


def model(name: str) -> LanguageModel:
    return LanguageModel.objects.get(name=name)


def organisation(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def draft(name: str = "Wenxin", *, below: str = "Baidu", **fields: Any) -> LanguageModel:
    """A model that is not published, below a model or an organisation."""
    parent = LanguageModel.objects.filter(name=below).first()
    owner = parent.organisation if parent else organisation(below)
    row = LanguageModel(organisation=owner, parent=parent, name=name, is_published=False, **fields)
    edit(lambda r: r.create(row))
    return row


def unpublish(row: Branch) -> None:
    edit(lambda r: r.update(row, is_published=False))


def rename(row: Branch, name: str) -> None:
    edit(lambda r: r.update(row, name=name))

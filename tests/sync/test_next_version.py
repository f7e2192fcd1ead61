"""The real list's own next version, taken into rows that a curator has changed meanwhile."""

import pytest

from catalog import sync
from catalog.models import LanguageModel, Organisation, Resource
from tests.admin.desk import changed_lines
from tests.changes.memory import edit
from tests.readme.lists import version

pytestmark = pytest.mark.django_db

NEXT = version("844ebca").text.encode()
RENAMED = {
    "Metro-LM": "METRO",
    "Motian": "Motian (摩天)",
    "ShenZhou": "ShenZhou (神舟)",
    "ShenNonG": "ShenNonG (神农)",
    "HunYuan_nlp": "HunYuan  (混元)",
}


def take_next() -> sync.ImportReport:
    return sync.import_readme(NEXT, who="Kim", source_name="README.md")


def model(name: str) -> LanguageModel:
    return LanguageModel.objects.get(name=name)


def test_rows_and_addresses_of_what_was_renamed_stay(real_list):
    rows = {old: model(old) for old in RENAMED}
    facebook = Organisation.objects.get(name="Facebook (Meta)")
    names = set(LanguageModel.objects.values_list("pk", flat=True))
    assert take_next().stopped == ()
    for old, new in RENAMED.items():
        assert (model(new).pk, model(new).slug) == (rows[old].pk, rows[old].slug)
    facebook.refresh_from_db()
    assert facebook.name == "Meta (Facebook)"
    assert len(names - set(LanguageModel.objects.values_list("pk", flat=True))) == 6
    assert sync.export_text() == NEXT


def test_what_a_curator_did_meanwhile_stands_in_the_authors_file(real_list):
    palm, motian, baidu = model("PaLM"), model("Motian"), Organisation.objects.get(name="Baidu")
    edit(lambda r: r.update(motian, note="A language model of Tencent."))
    edit(lambda r: r.create(Resource(model=palm, kind="demo", title="Demo", url="https://a.org")))
    edit(lambda r: r.create(LanguageModel(organisation=baidu, name="ERNIE-Music")))
    assert take_next().stopped == ()
    removed, added = changed_lines(NEXT)
    assert removed == []
    assert [line.strip() for line in added if line.strip()] == [
        "* ERNIE-Music",
        "* [Demo](https://a.org) ![demo](https://img.shields.io/badge/-demo-blue?style=flat)",
        "> A language model of Tencent.",
    ]
    assert model("Motian (摩天)").pk == motian.pk


def test_what_both_have_filled_differently_is_asked_and_nothing_is_lost(real_list):
    palm = model("PaLM")
    edit(
        lambda r: r.create(
            Resource(
                model=palm,
                kind="paper",
                title="PaLM: Scaling Language Modeling with Pathways",
                url="https://example.org/palm",
            )
        )
    )
    report = take_next()
    assert [question.field for question in report.questions] == ["URL"]
    assert Resource.objects.get(model=palm).url == "https://example.org/palm"
    assert sync.what_is_offered() is not None

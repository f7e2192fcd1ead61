"""What the list states of a model beside its links: seen and edited at the desk, fact by fact."""

import pytest

from catalog import sync
from catalog.models import LanguageModel
from tests.admin.desk import errors

TABLE = """# Awesome models

## Google

| Model | Released | Params | Context | Paper |
|---|---|---|---|---|
| T5 | 2019/10 | 11B | 512 | [paper](https://arxiv.org/abs/1910.10683) |
| ByT5 | 2021/05 | 13B | | [paper](https://arxiv.org/abs/2105.13626) |

## Baidu

* ERNIE
"""


@pytest.fixture
def table(db) -> str:
    report = sync.import_readme(TABLE.encode(), who="Kim", source_name="README.md")
    assert report.stopped == ()
    return TABLE


def model(name: str) -> LanguageModel:
    return LanguageModel.objects.get(name=name)


def field_of(fields: dict, fact: str) -> str:
    """The name of the input for the words of a fact."""
    (name,) = (name for name, value in fields.items() if value == fact and name.endswith("_fact"))
    return name.removesuffix("_fact") + "_said"


def opened(desk, row: LanguageModel) -> dict:
    return desk.opened(f"/admin/catalog/languagemodel/{row.pk}/change/")


def text_now() -> str:
    return sync.export_text().decode()


def test_the_import_keeps_the_lists_words_and_fills_the_columns(table):
    t5 = model("T5")
    assert t5.facts == [["released", "2019/10"], ["parameters", "11B"], ["context_length", "512"]]
    assert (t5.released, t5.parameters, t5.parameters_number) == ("2019-10", "11B", 11 * 10**9)
    assert t5.context_length == 512
    assert text_now() == table


def test_a_changed_fact_changes_its_cell_and_its_column(desk, table):
    t5 = model("T5")
    desk.save(t5, **{field_of(opened(desk, t5), "released"): "2019/11"})
    assert text_now() == table.replace("2019/10", "2019/11")
    assert model("T5").released == "2019-11"


def test_a_fact_that_a_sibling_states_can_be_stated(desk, table):
    byt5 = model("ByT5")
    desk.save(byt5, **{field_of(opened(desk, byt5), "context_length"): "1024"})
    assert "| ByT5 | 2021/05 | 13B | 1024 |" in text_now()
    assert model("ByT5").context_length == 1024


def test_a_column_that_is_empty_in_every_row_can_be_filled(desk, db):
    text = TABLE.replace("| Paper |", "| Paper | Tokenizer |").replace("|---|\n", "|---|---|\n")
    text = text.replace("10683) |", "10683) | |").replace("13626) |", "13626) | |")
    sync.import_readme(text.encode(), who="Kim", source_name="README.md")
    t5 = model("T5")
    desk.save(t5, **{field_of(opened(desk, t5), "Tokenizer"): "SentencePiece"})
    assert "10683) | SentencePiece |\n" in text_now()
    assert model("T5").facts[-1] == ["Tokenizer", "SentencePiece"]


def test_a_row_is_offered_the_columns_of_its_own_table(desk, db):
    rows = "  | Model | Data | Tokenizer |\n  |---|---|---|\n  | UL2 | C4 | |\n"
    text = f"{TABLE}\n## Others\n\n* Families\n\n{rows}"
    sync.import_readme(text.encode(), who="Kim", source_name="README.md")
    assert model("UL2").parent == model("Families")
    assert "Tokenizer" in opened(desk, model("UL2")).values()
    assert "Tokenizer" not in opened(desk, model("ByT5")).values()
    assert "Tokenizer" in desk.opened("/admin/catalog/languagemodel/add/").values()


def test_a_unit_in_the_title_of_a_column_is_shown(desk, db):
    text = TABLE.replace("Params", "Params (B)").replace("11B", "11").replace("13B", "13")
    text += (
        text.partition("\n\n")[2]
        .replace("Google", "Others")
        .replace("T5", "UL2")
        .replace("Params (B)", "大小（亿）")
    )
    sync.import_readme(text.encode(), who="Kim", source_name="README.md")
    for name, title in (("T5", "Parameters (B)"), ("UL2", "Parameters (亿)")):
        row = model(name)
        change = desk.client.get(f"/admin/catalog/languagemodel/{row.pk}/change/")
        assert f">{title}</label>" in change.content.decode()
        page = desk.client.get(row.get_absolute_url()).content.decode()
        assert f"<dt>{title}</dt>" in page
    add = desk.client.get("/admin/catalog/languagemodel/add/").content.decode()
    assert ">Parameters</label>" in add


def test_an_emptied_fact_is_stated_no_longer(desk, table):
    t5 = model("T5")
    desk.save(t5, **{field_of(opened(desk, t5), "parameters"): " "})
    assert (model("T5").parameters, model("T5").parameters_number) == ("", None)
    assert "11B" not in text_now()


def test_a_column_that_follows_the_list_cannot_be_filled_beside_it(desk, table):
    t5 = model("T5")
    desk.save(t5, released="1999", status="retired")
    t5.refresh_from_db()
    assert (t5.released, t5.status) == ("2019-10", "retired")
    assert text_now() == table


def test_a_fact_on_two_lines_is_refused_with_the_reason(desk, table):
    t5 = model("T5")
    page = desk.refused(t5, **{field_of(opened(desk, t5), "released"): "2019\n10"})
    assert "one line" in str(errors(page))


def test_where_the_list_states_nothing_the_page_has_no_such_part(desk, table):
    page = desk.client.get(f"/admin/catalog/languagemodel/{model('ERNIE').pk}/change/")
    assert "Stated in the list" not in page.content.decode()


def test_an_import_that_changes_a_fact_is_told_by_its_name(table):
    changed = table.replace("| 512 |", "| 1024 |").encode()
    report = sync.import_readme(changed, who="Kim", source_name="README.md")
    assert report.plan == ("changed: Google > T5, context length: '512' -> '1024'",)
    assert model("T5").context_length == 1024

"""What titles of columns and labels of lines mean."""

import pytest

from catalog import titles
from catalog.titles import Meant

TITLES = [
    ("Model", Meant("name")),
    ("模型", Meant("name")),
    ("Release Date", Meant("fact", "released")),
    ("时间", Meant("fact", "released")),
    ("Params (B)", Meant("fact", "parameters")),
    ("大小", Meant("fact", "parameters")),
    ("Institute", Meant("fact", "organisation")),
    ("Licence", Meant("fact", "code_licence")),
    ("Context Length", Meant("fact", "context_length")),
    ("语言", Meant("fact", "languages")),
    ("Checkpoints", Meant("links", "weights")),
    ("下载", Meant("links", "weights")),
    ("Paper/Blog", Meant("links", "paper")),
    ("文献", Meant("links", "paper")),
    ("项目地址", Meant("links", "website")),
    ("Description ️", Meant("note")),
    ("Used by", None),
]


def test_a_title_means(subtests):
    for title, meant in TITLES:
        with subtests.test(title):
            assert titles.meant_by(title) == meant


@pytest.mark.parametrize(
    ("title", "kind"),
    [("pdf", "paper"), ("code & model", "code"), ("Model", "weights"), ("Attention", None)],
)
def test_the_words_of_a_link_state_its_kind(title, kind):
    assert titles.kind_of_title(title) == kind


def test_what_is_written_for_a_fact_means_that_fact():
    for fact in ("released", "parameters", "code_licence", "context_length", "based_on", "venue"):
        for chinese in (False, True):
            title = titles.title_of(fact, chinese=chinese)
            assert titles.fact_named(title) == fact


def test_a_title_that_could_not_stand_before_a_colon_names_no_fact():
    assert titles.fact_named("# Samples") == "Samples"
    assert titles.fact_named("How: many words may a title have at most") == ""


def test_facts_have_one_order_whatever_the_order_of_the_columns():
    facts = (("Used by", "x"), ("venue", "y"), ("released", "z"))
    assert titles.in_order(facts) == titles.in_order(reversed(facts))
    assert [fact for fact, _ in titles.in_order(facts)] == ["released", "venue", "Used by"]

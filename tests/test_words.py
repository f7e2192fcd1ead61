import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.test import override_settings

from catalog import words
from tests.own_words import topics_and_data_sets


def test_a_noun_counts():
    assert words.Noun("model", "models").counted(1) == "1 model"
    assert words.Noun("model", "models").counted(1024) == "1,024 models"


NOUNS = [
    "a model",
    "an organisation",
    "an entry",
    "a university",
    "an uninvited guest",
    "a user",
    "an hour",
    "a house",
    "a European team",
    "a one-off",
    "an only child",
    "an LLM",
    "a PLM",
    "an NLP task",
    "a URL",
    "an Institute",
    "a Model",
    "an F-score",
    "a data set",
]


def test_a_noun_has_its_article(subtests):
    for noun in NOUNS:
        with subtests.test(noun):
            article, _, one = noun.partition(" ")
            assert words.Noun(one, "").with_article == f"{article} {one}"


def test_a_record_is_called_by_the_name_of_its_table():
    tables = ["organisation", "model", "resource", "list_text"]
    with topics_and_data_sets():
        assert list(map(words.of_table, tables)) == ["topic", "data set", "resource", "list text"]


def test_a_sentence_is_filled_in_when_it_is_read():
    later = words.later("after this %(entry)s")
    sentence = words.Sentence("Another %(section)s has this %(field)s.")
    assert str(later) == "after this model"
    with topics_and_data_sets():
        assert str(later) == "after this data set"
        assert sentence % {"field": "slug"} == "Another topic has this slug."


@pytest.mark.django_db
def test_other_words_are_no_change_of_the_database():
    with topics_and_data_sets():
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@override_settings(SECTION_WORDS=("topic", "topics"), ENTRY_WORDS=("data set", "data sets"))
def test_the_words_come_from_the_settings():
    shown = words.in_templates(None)["words"]
    assert shown["section"].many == "topics"
    assert shown["entry"].one == "data set"


def test_the_records_are_called_by_the_lists_own_words():
    program = (
        "import django; django.setup(); from django.apps import apps;"
        "models = [apps.get_model('catalog', n) for n in ('organisation', 'languagemodel')];"
        "print([str(m._meta.verbose_name_plural) for m in models],"
        " models[1]._meta.get_field('organisation').verbose_name)"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "plmsite.settings",
        "DEBUG": "1",
        "SECTION_WORDS": "topic, topics",
        "ENTRY_WORDS": "data set, data sets",
    }
    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout == "['topics', 'data sets'] topic\n"

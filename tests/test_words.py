import os
import subprocess
import sys

from django.test import override_settings

from catalog import words


def test_a_noun_counts():
    assert words.Noun("model", "models").counted(1) == "1 model"
    assert words.Noun("model", "models").counted(1024) == "1,024 models"


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

"""A checkout 1, 5 or 50 texts old, as it was or with a model added, meets the rows of today."""

import pytest
from django.db import transaction

from catalog import sync
from catalog.models import LanguageModel, Organisation, Snapshot
from catalog.readme import parse
from tests.changes.memory import edit, everything
from tests.sync.cast import CAST, model, take, taken, text_now

pytestmark = pytest.mark.django_db

AGES = (1, 5, 50)


def with_wenxin(text: str) -> str:
    return text.replace("* PLATO\n", "* Wenxin\n* PLATO\n")


def fifty_texts() -> list[str]:
    """The texts from the oldest on, exported and imported: each has another note or address."""
    taken(CAST)
    for number in range(51):
        if number % 3 == 1:
            text = text_now()
            taken(text.replace("* PLATO\n", f"* PLATO\n  * [P{number}](https://x.org/{number})\n"))
        else:
            edit(lambda r, n=number: r.update(model("PaLM"), note=f"Version {n}"))
            sync.export_readme(None, who="Li")
    return [
        bytes(text).decode()
        for text in Snapshot.objects.order_by("pk").values_list("text", flat=True)
    ]


def twenty_edits() -> None:
    """In the admin, none of them in a text yet."""
    rows = [*LanguageModel.objects.order_by("pk"), *Organisation.objects.order_by("pk")]
    for number in range(20):
        row = rows[number % len(rows)]
        edit(lambda r, row=row, n=number: r.update(row, note=f"Edit {n} of {row.name}."))


@pytest.mark.long
def test_an_old_copy_reverts_nothing_with_its_base_and_is_asked_without():
    texts = fifty_texts()
    twenty_edits()
    ours = parse(text_now()).meaning
    grown = parse(with_wenxin(text_now())).meaning
    origins = set()
    for age in AGES:
        snapshot = Snapshot.objects.order_by("-pk")[age]
        origins.add(snapshot.origin)
        old = texts[-1 - age]
        assert bytes(snapshot.text).decode() == old
        for text, wanted in ((old, ours), (with_wenxin(old), grown)):
            before, kept = everything(), Snapshot.objects.count()
            assert "is nearer to snapshot" in take(text).stopped[0]
            assert (everything(), Snapshot.objects.count()) == (before, kept)
            with transaction.atomic():
                report = taken(text, base=str(snapshot.pk))
                assert report.plan == (() if wanted is ours else ("added: Baidu > Wenxin",))
                assert parse(text_now()).meaning == wanted
                transaction.set_rollback(True)
    assert origins == {"export", "import"}

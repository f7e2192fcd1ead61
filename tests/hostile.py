"""A catalogue, and a list, that say given texts wherever they can say anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils import timezone

from catalog import readme
from catalog.models import (
    Alias,
    Change,
    ChangeSet,
    LanguageModel,
    ListText,
    Organisation,
    Resource,
    Snapshot,
)
from catalog.models.records import MAX_NAME
from tests.vectors import VECTORS

# As long as the vectors, so that both make pages of the same size.
HARMLESS: Final = tuple(f"word {n} ".ljust(len(text), "x") for n, text in enumerate(VECTORS, 1001))


def write(texts: Iterable[str]) -> None:
    """One catalogue that says these texts in every field, around everything that would refuse."""
    texts = list(texts)
    everything = "\n\n".join(texts)
    some = list(by_the_handful(texts))
    ListText.objects.create(key="title", text=" ".join(texts))
    ListText.objects.create(key="introduction", text=everything)
    crowded = Organisation(name="Crowded", slug="crowded", note=everything, position=1)
    organisations = [
        crowded,
        *(
            Organisation(name=text, slug=f"lab-{number}", note=text, position=number)
            for number, text in enumerate(texts, 2)
        ),
    ]
    Organisation.objects.bulk_create(organisations)
    family = LanguageModel.objects.create(
        organisation=crowded, name="Family", slug="family", note=everything, position=1
    )
    models = [
        LanguageModel(
            organisation=crowded,
            parent=family,
            name=text,
            slug=f"model-{number}",
            note=text,
            position=number,
            **dict.fromkeys(_FACTS, text),
        )
        for number, text in enumerate(texts, 2)
    ]
    LanguageModel.objects.bulk_create(models)
    owners: list[dict[str, Any]] = [{"model": family}, {"organisation": crowded}]
    for owner in owners:
        Resource.objects.bulk_create(
            Resource(
                title=text,
                url=f"https://example.org/{text}",
                label=text,
                remark=text,
                identifier=text,
                kind=("paper", "code", "weights", text[:20])[number % 4],
                is_official=number % 2 == 0,
                position=number,
                **owner,
            )
            for number, text in enumerate(some, 1)
        )
        Alias.objects.bulk_create(Alias(name=text, **owner) for text in some)
    _remember(texts, family)


def by_the_handful(texts: Iterable[str], most: int = MAX_NAME) -> Iterator[str]:
    """A few in one value, as many as the shortest field takes: each row costs the desk a form."""
    value = ""
    for text in texts:
        if value and len(value) + len(text) >= most:
            yield value
            value = ""
        value += f" {text}" if value else text
    yield value


_FACTS: Final = (
    "parameters",
    "architecture",
    "languages",
    "modality",
    "code_licence",
    "weights_licence",
    "based_on",
    "status",
)


def _remember(texts: list[str], model: LanguageModel) -> None:
    """The memory holds them too: who, from where, what was before and after."""
    few = list(by_the_handful(texts))
    text = "\n".join(texts)
    snapshot = Snapshot.objects.create(
        text=text.encode(),
        meaning=readme.parse("# A list").meaning.to_json(),
        grammar=readme.GRAMMAR,
        origin="export",
        taken_by=texts[0][:150],
    )
    sets = ChangeSet.objects.bulk_create(
        ChangeSet(
            who=said[:150],
            origin="admin",
            summary=said,
            source=said,
            made_at=timezone.now(),
            snapshot=snapshot,
        )
        for said in few
    )
    Change.objects.bulk_create(
        Change(
            change_set=sets[0],
            table="model",
            object_id=model.pk,
            action="update",
            before={"name": said},
            after={"name": said[::-1], said: said},
        )
        for said in few
    )


def as_readme(texts: Iterable[str]) -> bytes:
    """A list that says them wherever a list can say anything."""
    texts = list(texts)
    lines = [f"# A list {texts[0]}", "", *(f"> {text}" for text in texts), ""]
    for number, text in enumerate(texts):
        address = f"https://example.org/{number}"
        lines += [
            f"## Lab {number} {text}",
            "",
            f"> {text}",
            "",
            f"* Model {number} {text}",
            f"  * [Paper {number} {text}]({address}) ![paper](https://img.shields.io/x)",
            f"  * [remark {number}]({address}/a) {text}",
            f"  * {text}: [label {number}]({address}/b)",
            f"  * [blanks {number}](<{address}/{text}>)",
            f"  * [bad {number}]({text})",
            "",
            f"  > {text}",
            "",
        ]
    return "\n".join(lines).encode()

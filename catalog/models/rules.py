"""Rules about one value or one row: as validators that explain, as constraints that hold.

Forms and `catalog.changes` run the validators and show their sentences; the constraints hold
against everybody else, a shell and `loaddata` included.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.enums import TextChoices

from catalog import identifiers, kinds
from catalog.models.choices import ModelKind
from catalog.words import Sentence

OWNERS = {"organisation": "%(section)s", "model": "%(entry)s"}
"""What a record can hang on, and the gap for its name in sentences."""

# Sentences.


def one_line(value: str) -> None:
    """Refuses a line end: in the list it would end the entry in the middle."""
    if "\n" in value or "\r" in value:
        raise ValidationError("It is written over several lines. Put it on one line.")


def not_blank(value: str) -> None:
    if not value.strip():
        raise ValidationError("It holds only blanks. Write something that can be read.")


def web_address(value: str) -> None:
    if not identifiers.is_web_address(value):
        raise ValidationError(
            f"“{value[:60]}” is not a web address: it must begin with http:// or https://."
        )


def known_kind(value: str) -> None:
    """Asks the table of kinds, so that a new kind needs no migration."""
    known = [kind for kind, _ in kinds.choices()]
    if value not in known:
        raise ValidationError(f"There is no kind “{value}”; the kinds are {', '.join(known)}.")


def positive(value: int) -> None:
    if value <= 0:
        raise ValidationError(f"{value} is too small: give 1 or more, or nothing if unknown.")


def calendar_date(value: str) -> None:
    """A year, a month or a day that exists."""
    try:
        if not re.fullmatch(_DATE, value):
            raise ValueError
        date.fromisoformat(value + "-01-01"[len(value) - len("2022") :])
    except ValueError:
        raise ValidationError(
            f"“{value}” is not a date: write 2022, 2022-05 or 2022-05-04."
        ) from None


def are_facts(value: object) -> None:
    """Pairs of fact and words, both filled and on one line."""
    pairs = value if isinstance(value, list) else [None]
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and all(map(_is_said, pair))):
            raise ValidationError(
                "Facts are pairs of a name and a text: [[“released”, “2022-05”]]."
            )
        one_line(pair[0])
        one_line(pair[1])


def _is_said(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip())


# Constraints. Their names are unique in the database, so each begins with its table.


def says_something(table: str, field: str) -> CheckConstraint:
    return CheckConstraint(
        name=f"{table}_{field}_says_something",
        condition=~Q(**{field: ""}),
        violation_error_message=f"The {field} is empty.",
    )


def is_one_line(table: str, *fields: str) -> CheckConstraint:
    condition = Q()
    for field in fields:
        condition &= ~Q(**{f"{field}__contains": "\n"}) & ~Q(**{f"{field}__contains": "\r"})
    return CheckConstraint(
        name=f"{table}_{'_and_'.join(fields)}_on_one_line",
        condition=condition,
        violation_error_message=f"The {' or '.join(fields)} holds a line end: put it on one line.",
    )


def is_web_address(table: str) -> CheckConstraint:
    return CheckConstraint(
        name=f"{table}_url_is_web_address",
        condition=Q(url__istartswith="http://") | Q(url__istartswith="https://"),
        violation_error_message="The URL must begin with http:// or https://.",
    )


def is_known(
    table: str, field: str, choices: type[TextChoices], *, blank: bool = False
) -> CheckConstraint:
    names = ["%(entry)s" if value == ModelKind.MODEL else value for value in choices.values]
    return CheckConstraint(
        name=f"{table}_{field}_is_known",
        condition=Q(**{f"{field}__in": [*choices.values, *([""] if blank else [])]}),
        violation_error_message=Sentence(f"The {field} must be one of {', '.join(names)}."),
    )


def is_positive(table: str, field: str) -> CheckConstraint:
    return CheckConstraint(
        name=f"{table}_{field}_is_positive",
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": 0}),
        violation_error_message=f"The {field} must be 1 or more, or empty if unknown.",
    )


def is_date(table: str, field: str) -> CheckConstraint:
    """The shape only; whether there was a 30 February is left to `calendar_date`."""
    return CheckConstraint(
        name=f"{table}_{field}_is_date",
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": rf"\A{_DATE}\Z"}),
        violation_error_message="Write a date as 2022, 2022-05 or 2022-05-04.",
    )


def has_one_owner(table: str) -> CheckConstraint:
    return CheckConstraint(
        name=f"{table}_has_one_owner",
        condition=Q(organisation__isnull=False, model__isnull=True)
        | Q(organisation__isnull=True, model__isnull=False),
        violation_error_message=Sentence(
            "It must belong to %(a_section)s or to %(an_entry)s, not to both."
        ),
    )


def is_not_its_own(table: str, field: str) -> CheckConstraint:
    return CheckConstraint(
        name=f"{table}_is_not_its_own_{field}",
        condition=~Q(**{field: F("id")}),
        violation_error_message=f"It cannot be its own {field}: choose another or none.",
    )


def once_per_owner(
    table: str, owner: str, what: str, *fields: str, **condition: str
) -> UniqueConstraint:
    """At most one such row for an owner."""
    return UniqueConstraint(
        name=f"{table}_{what}_once_per_{owner}",
        fields=[owner, *fields],
        condition=Q(**{f"{owner}__isnull": False}, **condition),
        violation_error_message=Sentence(
            f"The {OWNERS[owner]} has this {what.replace('_', ' ')} already."
        ),
    )


_DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"

"""The values that a field can have, where they are few and a new one is a new idea.

The kinds of resource are not among them: they are a table, `catalog.kinds`.
"""

from django.db.models import TextChoices

from catalog import words


class ModelKind(TextChoices):
    MODEL = "model", "model"
    FAMILY = "family", "family"
    TEAM = "team", "team"


def model_kinds() -> list[tuple[str, str]]:
    """The kinds with what people call them: a plain entry by the list's own word.

    A function, so that migrations name it and do not hold what it answers.
    """
    names = {ModelKind.MODEL.value: words.entry().one}
    return [(value, names.get(value, label)) for value, label in ModelKind.choices]


class Access(TextChoices):
    """Whether one can get the weights: freely, on request or under conditions, not at all."""

    OPEN = "open", "open"
    LIMITED = "limited", "limited"
    CLOSED = "closed", "closed"


class AliasKind(TextChoices):
    OTHER_NAME = "other_name", "other name"
    FORMER_NAME = "former_name", "former name"
    FORMER_SLUG = "former_slug", "former slug"


class TextKey(TextChoices):
    TITLE = "title", "title"
    INTRODUCTION = "introduction", "introduction"


class SnapshotOrigin(TextChoices):
    IMPORT = "import", "import"
    EXPORT = "export", "export"


class Origin(TextChoices):
    """Which door somebody came through to change something."""

    ADMIN = "admin", "admin"
    IMPORT = "import", "import"
    COMMAND = "command", "command"
    UNDO = "undo", "undo"


class Action(TextChoices):
    CREATE = "create", "created"
    UPDATE = "update", "changed"
    DELETE = "delete", "deleted"

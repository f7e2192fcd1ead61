"""The memory: which texts were taken, handed out, offered; who changed what, when, from where."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from catalog import words
from catalog.models import rules
from catalog.models.choices import Action, Origin, SnapshotOrigin


class Catalogue(models.Model):
    """One row for the whole. Writing it is the lock that every writer takes.

    `generation` is raised in each transaction that changed a record; whoever keeps something
    that was made of records knows by it whether that is still true.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "catalogue"
        verbose_name_plural = "catalogue"
        constraints = [
            CheckConstraint(
                name="catalogue_is_one_row",
                condition=Q(id=1),
                violation_error_message="There is only one catalogue.",
            )
        ]

    def __str__(self) -> str:
        return f"generation {self.generation}"


class Snapshot(models.Model):
    """A text of the list that we took or handed out, and the meaning that was agreed on.

    A log: it notes what happened outside, so it is neither changed nor undone.
    """

    text = models.BinaryField()
    meaning = models.JSONField()
    grammar = models.PositiveIntegerField(help_text="version of the list engine's grammar")
    origin = models.CharField(max_length=20, choices=SnapshotOrigin.choices)
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = "snapshot"
        verbose_name_plural = "snapshots"
        constraints = [rules.is_known("snapshot", "origin", SnapshotOrigin)]

    def __str__(self) -> str:
        return f"{self.origin} of {self.taken_at:%Y-%m-%d %H:%M}"


class WaitingImport(models.Model):
    """A text that was offered and not taken yet: people have to choose first.

    The newest offer is the only one. No record, so no change tells of it and no undo brings it
    back; it is written under the same lock as the records, for what it asks depends on them.
    """

    text = models.BinaryField()
    name = models.TextField(help_text="of the file")
    base = models.ForeignKey(
        Snapshot, models.RESTRICT, related_name="waiting_imports", null=True, blank=True
    )
    offered_by = models.CharField(max_length=150)
    offered_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=2000, blank=True)
    choices = models.JSONField(
        default=dict,
        blank=True,
        help_text="for the key of a question: the side that holds, and who says so",
    )

    class Meta:
        verbose_name = "waiting import"
        verbose_name_plural = "waiting imports"
        # The pages about it ask for what an import asks for.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}, offered by {self.offered_by}"


class IntendedFinding(models.Model):
    """Something that looks like a slip, and somebody says that it is meant so.

    No record: it says nothing of the list, only what need not be looked at again.
    """

    rule = models.CharField(max_length=50)
    sentence = models.TextField(help_text="what was found, in words")
    said_by = models.CharField(max_length=150)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "intended finding"
        verbose_name_plural = "intended findings"
        # The page about it asks for what a change of a model asks for.
        default_permissions = ()
        constraints = [
            UniqueConstraint(
                name="intended_finding_once",
                fields=["rule", "sentence"],
                violation_error_message="This is known as intended already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sentence} Intended, says {self.said_by}."


class ChangeSet(models.Model):
    """What somebody did in one go."""

    who = models.CharField(max_length=150)
    origin = models.CharField(max_length=20, choices=Origin.choices)
    summary = models.TextField(blank=True)
    source = models.CharField(max_length=2000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    snapshot = models.ForeignKey(
        Snapshot, models.RESTRICT, related_name="change_sets", null=True, blank=True
    )

    class Meta:
        verbose_name = "change set"
        verbose_name_plural = "change sets"
        constraints = [rules.is_known("change_set", "origin", Origin)]

    def __str__(self) -> str:
        return f"{self.who}, {self.made_at:%Y-%m-%d %H:%M}" + (
            f": {self.summary}" if self.summary else ""
        )


class Change(models.Model):
    """What happened to one row: only the fields that changed, or all that it was born or died with.

    `table` and `object_id` name the row and do not refer to it: it may be gone.
    """

    change_set = models.ForeignKey(ChangeSet, models.RESTRICT, related_name="changes")
    table = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    action = models.CharField(max_length=20, choices=Action.choices)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "change"
        verbose_name_plural = "changes"
        constraints = [rules.is_known("change", "action", Action)]
        indexes = [
            models.Index(fields=["table", "object_id"], name="change_of_row"),
            # For the slugs of the dead: they stay taken.
            models.Index(fields=["table", "action"], name="change_by_action"),
        ]

    def __str__(self) -> str:
        return f"{words.of_table(self.table)} {self.object_id} {self.get_action_display()}"

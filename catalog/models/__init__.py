"""The catalogue in the database: its records, and the memory of what happened to them.

A rule that can be said about one row is a constraint of the database (records.py), with a
sentence for people (rules.py). What needs other rows - no loops, one organisation along a branch -
is held by `catalog.changes`, the one door for writes.
"""

from catalog.models.choices import (
    Access,
    Action,
    AliasKind,
    ModelKind,
    Origin,
    SnapshotOrigin,
    TextKey,
)
from catalog.models.memory import (
    Catalogue,
    Change,
    ChangeSet,
    IntendedFinding,
    Snapshot,
    WaitingImport,
)
from catalog.models.records import FACTS, Alias, LanguageModel, ListText, Organisation, Resource

__all__ = [
    "FACTS",
    "Access",
    "Action",
    "Alias",
    "AliasKind",
    "Catalogue",
    "Change",
    "ChangeSet",
    "IntendedFinding",
    "LanguageModel",
    "ListText",
    "ModelKind",
    "Organisation",
    "Origin",
    "Resource",
    "Snapshot",
    "SnapshotOrigin",
    "TextKey",
    "WaitingImport",
]

"""What a list is made of: organisations, their models, and the resources of both.

Names, titles, remarks and notes hold inline Markdown, as the list file has it. Siblings stand in
the order of (position, id); a parent's resources and models share one order, because lists
interleave them. Position 0 means that the row has not been given its place yet.

Foreign keys between records are RESTRICT: `organisation.delete()` in a shell fails at once and
says what hangs on it, instead of taking a whole branch along unrecorded. Only `catalog.changes`,
which has noted every row of the branch, deletes below that protection.
"""

from django.db import models
from django.db.models import RESTRICT, Q, UniqueConstraint
from django.urls import reverse

from catalog.models import rules
from catalog.models.choices import Access, AliasKind, ModelKind, TextKey, model_kinds
from catalog.querysets import (
    LanguageModelQuerySet,
    ListTextQuerySet,
    OrganisationQuerySet,
    ResourceQuerySet,
)
from catalog.words import Sentence

MAX_NAME = 300
MAX_TITLE = 1000
MAX_URL = 2000
MAX_FACT = 300


class Organisation(models.Model):
    """Who made the models: a company, a university, a community."""

    name = models.CharField(max_length=MAX_NAME, validators=[rules.one_line, rules.not_blank])
    slug = models.SlugField(
        max_length=60,
        unique=True,
        error_messages={
            "unique": Sentence("Another %(section)s has this slug: choose a different one.")
        },
    )
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    is_published = models.BooleanField("published", default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        constraints = [
            rules.says_something("organisation", "name"),
            rules.is_one_line("organisation", "name"),
            rules.says_something("organisation", "slug"),
        ]
        indexes = [
            models.Index(fields=["position", "id"], name="organisation_in_order"),
            models.Index(fields=["name"], name="organisation_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:organisation", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


# What can be stated of a model beside its name, its place and its links.
FACTS = (
    "released",
    "parameters",
    "parameters_number",
    "architecture",
    "languages",
    "modality",
    "access",
    "code_licence",
    "weights_licence",
    "context_length",
    "based_on",
    "status",
)


class LanguageModel(models.Model):
    """A place in an organisation's tree: a model, a family of models, or a team.

    `facts` are what the list itself states beside links, in its own words: [fact, words] each, in
    the order of `titles.in_order`. The columns behind it are for searching and sorting, and for
    what the list has no place for: they hold what somebody stated, empty where nobody did, and
    follow `facts` where these say the same (`catalog.facts`). `based_on` is text and not a
    relation: what a model derives from often stands in no list, a source states it as a name, and
    so the memory of changes has no second web of references to keep whole.
    """

    organisation = models.ForeignKey(Organisation, RESTRICT, related_name="models")
    parent = models.ForeignKey(
        "self",
        RESTRICT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name="stands below",
    )
    name = models.CharField(max_length=MAX_NAME, validators=[rules.one_line, rules.not_blank])
    slug = models.SlugField(
        max_length=60,
        unique=True,
        error_messages={
            "unique": Sentence("Another %(entry)s has this slug: choose a different one.")
        },
    )
    kind = models.CharField(max_length=20, choices=model_kinds, default=ModelKind.MODEL)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    is_published = models.BooleanField("published", default=True)

    facts = models.JSONField(
        "stated in the list", default=list, blank=True, validators=[rules.are_facts]
    )
    released = models.CharField(
        max_length=10,
        blank=True,
        validators=[rules.calendar_date],
        help_text="2022, 2022-05 or 2022-05-04",
    )
    parameters = models.CharField(max_length=MAX_FACT, blank=True, help_text="as published: 1.3B")
    parameters_number = models.PositiveBigIntegerField(
        "parameters as a number", null=True, blank=True, validators=[rules.positive]
    )
    architecture = models.CharField(max_length=MAX_FACT, blank=True)
    languages = models.CharField(max_length=MAX_FACT, blank=True)
    modality = models.CharField(max_length=MAX_FACT, blank=True)
    access = models.CharField(max_length=20, choices=Access.choices, blank=True)
    code_licence = models.CharField("licence of the code", max_length=MAX_FACT, blank=True)
    weights_licence = models.CharField("licence of the weights", max_length=MAX_FACT, blank=True)
    context_length = models.PositiveIntegerField(
        null=True, blank=True, validators=[rules.positive], help_text="in tokens"
    )
    based_on = models.TextField(blank=True)
    status = models.CharField(max_length=MAX_FACT, blank=True)

    objects = LanguageModelQuerySet.as_manager()

    class Meta:
        verbose_name = "model"
        verbose_name_plural = "models"
        constraints = [
            rules.says_something("model", "name"),
            rules.is_one_line("model", "name"),
            rules.says_something("model", "slug"),
            rules.is_not_its_own("model", "parent"),
            rules.is_known("model", "kind", ModelKind),
            rules.is_known("model", "access", Access, blank=True),
            rules.is_date("model", "released"),
            rules.is_positive("model", "parameters_number"),
            rules.is_positive("model", "context_length"),
        ]
        indexes = [
            models.Index(fields=["organisation", "parent", "position"], name="model_in_order"),
            models.Index(fields=["name"], name="model_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:model", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["catalog.organisation"]  # type: ignore[attr-defined]


class Resource(models.Model):
    """A link of an organisation or a model: its paper, code, weights and so on.

    Without a title it is its owner's own link: in the list the owner's name itself is the link.
    Nothing about a link is unique, so fixtures know it by its owner and its place there.
    """

    organisation = models.ForeignKey(
        Organisation, RESTRICT, related_name="resources", null=True, blank=True
    )
    model = models.ForeignKey(
        LanguageModel, RESTRICT, related_name="resources", null=True, blank=True
    )
    kind = models.CharField(max_length=20, default="other", validators=[rules.known_kind])
    title = models.CharField(max_length=MAX_TITLE, blank=True, validators=[rules.one_line])
    url = models.CharField(
        "URL", max_length=MAX_URL, validators=[rules.web_address, rules.one_line]
    )
    label = models.CharField(
        max_length=MAX_NAME,
        blank=True,
        validators=[rules.one_line],
        help_text="stands before the link and says whose it is: “GPT-2” in “GPT-2: [paper](…)”",
    )
    remark = models.TextField(blank=True, help_text="stands after the link")
    is_official = models.BooleanField("official", default=True)
    position = models.PositiveIntegerField(default=0)
    identifier = models.CharField(
        max_length=MAX_URL, blank=True, help_text="what the URL stands for: arxiv:1910.10683"
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = "resource"
        verbose_name_plural = "resources"
        constraints = [
            rules.has_one_owner("resource"),
            rules.says_something("resource", "kind"),
            rules.is_web_address("resource"),
            rules.is_one_line("resource", "title", "url", "label"),
            rules.once_per_owner("resource", "organisation", "own_link", title=""),
            rules.once_per_owner("resource", "model", "own_link", title=""),
        ]
        indexes = [
            models.Index(fields=["organisation", "position"], name="resource_of_organisation"),
            models.Index(fields=["model", "position"], name="resource_of_model"),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    def natural_key(self) -> tuple[str | None, str | None, int]:
        organisation = self.organisation.slug if self.organisation else None
        return (organisation, self.model.slug if self.model else None, self.position)

    natural_key.dependencies = ["catalog.languagemodel"]  # type: ignore[attr-defined]


class Alias(models.Model):
    """Another name of a record, or a name or slug that it had; never written to the list."""

    organisation = models.ForeignKey(
        Organisation, RESTRICT, related_name="aliases", null=True, blank=True
    )
    model = models.ForeignKey(
        LanguageModel, RESTRICT, related_name="aliases", null=True, blank=True
    )
    name = models.CharField(max_length=MAX_NAME, validators=[rules.one_line, rules.not_blank])
    kind = models.CharField(max_length=20, choices=AliasKind.choices, default=AliasKind.OTHER_NAME)

    class Meta:
        verbose_name = "alias"
        verbose_name_plural = "aliases"
        constraints = [
            rules.has_one_owner("alias"),
            rules.is_known("alias", "kind", AliasKind),
            rules.says_something("alias", "name"),
            rules.is_one_line("alias", "name"),
            rules.once_per_owner("alias", "organisation", "name", "kind", "name"),
            rules.once_per_owner("alias", "model", "name", "kind", "name"),
            # An old address leads to one record only.
            *(
                UniqueConstraint(
                    name=f"alias_former_slug_of_one_{owner}",
                    fields=["name"],
                    condition=Q(kind=AliasKind.FORMER_SLUG, **{f"{owner}__isnull": False}),
                    violation_error_message=Sentence(f"This was the slug of another {gap}."),
                )
                for owner, gap in rules.OWNERS.items()
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListText(models.Model):
    """The list's own words that belong to no record."""

    key = models.CharField(max_length=20, choices=TextKey.choices, unique=True)
    text = models.TextField(blank=True)

    objects = ListTextQuerySet.as_manager()

    class Meta:
        verbose_name = "list text"
        verbose_name_plural = "list texts"
        constraints = [rules.is_known("list_text", "key", TextKey)]

    def __str__(self) -> str:
        return self.key

    def natural_key(self) -> tuple[str]:
        return (self.key,)

"""What an answer says of a record.

Texts come twice: `name` as a reader sees it, `name_markdown` as the list file has it. What nobody
stated is null. Positions are not told: their gaps would tell of drafts.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog import kinds
from catalog.api.order import Order
from catalog.markup import plain_text
from catalog.models import FACTS, Alias, LanguageModel, Organisation, Resource


class Plain(serializers.CharField):
    """Inline Markdown as a reader sees it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)

    def to_representation(self, value: str) -> str:
        return plain_text(value)


class Markdown(serializers.CharField):
    """The same as the list file has it."""

    def __init__(self, source: str) -> None:
        super().__init__(read_only=True, source=source)


class NamedSerializer(serializers.Serializer[Any]):
    """Enough of a record to name it and to ask for it."""

    slug = serializers.SlugField(read_only=True)
    name = Plain()


class AliasSerializer(serializers.ModelSerializer[Alias]):
    name = Plain()

    class Meta:
        model = Alias
        fields = ("name", "kind")
        read_only_fields = fields


_RESOURCE = (
    "id",
    "kind",
    "title",
    "title_markdown",
    "url",
    "label",
    "label_markdown",
    "remark",
    "remark_markdown",
    "is_official",
    "identifier",
)


class ResourceOfRecordSerializer(serializers.ModelSerializer[Resource]):
    """A link, where its owner is known already. Without a title it is its owner's own link."""

    kind = serializers.ChoiceField(choices=kinds.choices(), read_only=True)
    title = Plain()
    title_markdown = Markdown("title")
    label = Plain()
    label_markdown = Markdown("label")
    remark = Plain()
    remark_markdown = Markdown("remark")

    class Meta:
        model = Resource
        fields: tuple[str, ...] = _RESOURCE
        read_only_fields = ("is_official", "identifier", "url")


class ResourceSerializer(ResourceOfRecordSerializer):
    """A link with its owner: a model of an organisation, or the organisation itself."""

    organisation = serializers.SerializerMethodField()
    model = NamedSerializer(allow_null=True, read_only=True)

    class Meta(ResourceOfRecordSerializer.Meta):
        fields = (*_RESOURCE, "organisation", "model")

    @extend_schema_field(NamedSerializer)
    def get_organisation(self, resource: Resource) -> Any:
        owner = resource.model.organisation if resource.model else resource.organisation
        return NamedSerializer(owner).data


class FactsSerializer(serializers.ModelSerializer[LanguageModel]):
    """What somebody stated of a model; null where nobody did."""

    class Meta:
        model = LanguageModel
        fields = FACTS
        read_only_fields = FACTS
        extra_kwargs = {name: {"allow_null": True} for name in FACTS}

    def to_representation(self, instance: LanguageModel) -> dict[str, Any]:
        stated = super().to_representation(instance)
        return {name: None if value == "" else value for name, value in stated.items()}


class StatedSerializer(serializers.Serializer[Any]):
    """A fact as the list states it, in the list's own words."""

    fact = serializers.CharField(read_only=True)
    text = Plain()
    text_markdown = Markdown("text")


class LanguageModelSerializer(serializers.ModelSerializer[LanguageModel]):
    """A model, a family of models, or a team."""

    name = Plain()
    name_markdown = Markdown("name")
    organisation = NamedSerializer(read_only=True)
    parent = serializers.SerializerMethodField(help_text="the family or team it stands in")
    path = serializers.SerializerMethodField(
        help_text="the names that lead to it, from the organisation's to its own"
    )
    note = Plain()
    note_markdown = Markdown("note")
    facts = FactsSerializer(source="*", read_only=True)
    stated = serializers.SerializerMethodField(help_text="every fact in the list's own words")
    aliases = AliasSerializer(many=True, read_only=True)
    resources = ResourceOfRecordSerializer(many=True, read_only=True)

    class Meta:
        model = LanguageModel
        fields = (
            "slug",
            "name",
            "name_markdown",
            "organisation",
            "parent",
            "path",
            "kind",
            "note",
            "note_markdown",
            "facts",
            "stated",
            "aliases",
            "resources",
        )
        read_only_fields = fields

    @extend_schema_field(NamedSerializer(allow_null=True))
    def get_parent(self, model: LanguageModel) -> Any:
        above = self._order.way_to(model.pk)[:-1]
        return NamedSerializer(above[-1]).data if above else None

    @extend_schema_field(StatedSerializer(many=True))
    def get_stated(self, model: LanguageModel) -> Any:
        pairs = [{"fact": fact, "text": text} for fact, text in model.facts]
        return StatedSerializer(pairs, many=True).data

    @extend_schema_field(list[str])
    def get_path(self, model: LanguageModel) -> list[str]:
        names = [model.organisation.name, *(step.name for step in self._order.way_to(model.pk))]
        return [plain_text(name) for name in names]

    @property
    def _order(self) -> Order:
        """The view hands it in: it knows what stands above each model."""
        return self.context["order"]


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """Who made the models, and how many of them are listed, at whatever depth."""

    name = Plain()
    name_markdown = Markdown("name")
    note = Plain()
    note_markdown = Markdown("note")
    models = serializers.SerializerMethodField(help_text="how many are listed")
    aliases = AliasSerializer(many=True, read_only=True)
    resources = ResourceOfRecordSerializer(many=True, read_only=True)

    class Meta:
        model = Organisation
        fields = (
            "slug",
            "name",
            "name_markdown",
            "note",
            "note_markdown",
            "models",
            "aliases",
            "resources",
        )
        read_only_fields = fields

    def get_models(self, organisation: Organisation) -> int:
        return self.context["models"].get(organisation.pk, 0)

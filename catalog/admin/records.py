"""The records, each with a page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.urls import URLPattern, path

from catalog.admin.forms import AliasForm, ListTextForm, OncePerOwner, ResourceRowForm
from catalog.admin.gaps import WithoutLinks
from catalog.admin.places import (
    ModelChoiceField,
    ModelForm,
    ModelSelect,
    ModelSuggestions,
    OrganisationForm,
    ResourcePageForm,
)
from catalog.admin.recorded import RecordedAdmin
from catalog.models import FACTS, Alias, LanguageModel, ListText, Organisation, Resource


class ResourceOfModel(admin.TabularInline):
    model = Resource
    form = ResourceRowForm
    formset = OncePerOwner
    fk_name = "model"
    fields = ("kind", "title", "url", "label", "remark", "is_official")
    extra = 1
    ordering = ("position", "pk")
    show_change_link = True


class ResourceOfOrganisation(ResourceOfModel):
    fk_name = "organisation"
    extra = 0


class AliasOfModel(admin.TabularInline):
    model = Alias
    form = AliasForm
    formset = OncePerOwner
    fk_name = "model"
    extra = 0
    ordering = ("pk",)


class AliasOfOrganisation(AliasOfModel):
    fk_name = "organisation"


_PLACE: Any = ("Place", {"fields": ("stands_first", "stands_after")})


@admin.register(Organisation)
class OrganisationAdmin(RecordedAdmin):
    form = OrganisationForm
    list_display = ("name", "slug", "is_published")
    list_filter = ("is_published",)
    search_fields = ("name", "aliases__name")
    ordering = ("position", "pk")
    fieldsets = (
        (None, {"fields": ("name", "slug", "note", "is_published")}),
        _PLACE,
    )
    inlines = (ResourceOfOrganisation, AliasOfOrganisation)


class OwnedAdmin(RecordedAdmin):
    """A record that belongs to an organisation or a model."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.remote_field.model is LanguageModel:
            options |= {
                "form_class": ModelChoiceField,
                "queryset": LanguageModel.objects.select_related("parent", "organisation"),
                "widget": ModelSelect(db_field, self.admin_site),
            }
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A cross beside "DeepMind" reads like "not of DeepMind", and would delete it.
            field.widget.can_delete_related = False
        return field


@admin.register(LanguageModel)
class LanguageModelAdmin(OwnedAdmin):
    form = ModelForm
    list_display = ("name", "kind", "organisation", "parent", "is_published")
    list_filter = ("kind", "is_published", WithoutLinks, "access")
    list_select_related = ("organisation", "parent")
    search_fields = ("name", "aliases__name", "organisation__name", "resources__url")
    ordering = ("organisation__position", "organisation_id", "parent_id", "position", "pk")
    autocomplete_fields = ("organisation",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "note", "is_published")}),
        ("Place", {"fields": ("organisation", "parent", "stands_first", "stands_after")}),
        (
            "Facts",
            {
                "classes": ("collapse",),
                "description": "What somebody stated; empty where nobody did.",
                "fields": FACTS,
            },
        ),
    )
    inlines = (ResourceOfModel, AliasOfModel)

    def get_urls(self) -> list[URLPattern]:
        suggestions = ModelSuggestions.as_view(admin_site=self.admin_site)
        return [
            path(
                "suggestions/",
                self.admin_site.admin_view(suggestions),
                name="catalog_languagemodel_suggestions",
            ),
            *super().get_urls(),
        ]


@admin.register(Resource)
class ResourceAdmin(OwnedAdmin):
    form = ResourcePageForm
    list_display = ("__str__", "kind", "url", "model", "organisation")
    list_filter = ("kind", "is_official")
    list_select_related = ("model", "organisation")
    search_fields = ("title", "url", "model__name", "organisation__name")
    autocomplete_fields = ("organisation",)
    fieldsets = (
        (None, {"fields": ("kind", "title", "url", "label", "remark", "is_official")}),
        ("Owner", {"fields": ("model", "organisation")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        # A new one has no siblings to choose from yet.
        return (*fieldsets, _PLACE) if obj else fieldsets


@admin.register(ListText)
class ListTextAdmin(RecordedAdmin):
    form = ListTextForm
    list_display = ("key", "text")
    ordering = ("-key",)
    fields = ("key", "text")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()

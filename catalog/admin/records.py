"""The records, each with a page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.functional import lazy
from django.utils.html import format_html

from catalog import changes, words
from catalog.admin.changelists import (
    CountedChangeList,
    Facts,
    HasEntries,
    Links,
    Notes,
    TreeChangeList,
)
from catalog.admin.children import ChildrenInline, WithChildren
from catalog.admin.forms import AliasForm, ListTextForm, OncePerOwner
from catalog.admin.places import (
    ModelChoiceField,
    ModelForm,
    ModelSelect,
    ModelSuggestions,
    OrganisationForm,
    ResourcePageForm,
)
from catalog.admin.recorded import RecordedAdmin
from catalog.admin.stated import facts_near
from catalog.markup import plain_text
from catalog.models import FACTS, Alias, LanguageModel, ListText, Organisation, Resource


class ChildrenOfModel(ChildrenInline):
    fk_name = "model"
    extra = 1


class ChildrenOfOrganisation(ChildrenInline):
    fk_name = "organisation"


class AliasOfModel(admin.TabularInline):
    model = Alias
    form = AliasForm
    formset = OncePerOwner
    template = "admin/catalog/edit_inline/aliases.html"
    fk_name = "model"
    fields = AliasForm.Meta.fields
    extra = 0
    ordering = ("pk",)


class AliasOfOrganisation(AliasOfModel):
    fk_name = "organisation"


class PublicAdmin(WithChildren):
    """A record with a public page, once it is published."""

    def view_on_site(self, record: Any) -> str | None:
        # Nothing leads to a draft: the link would end at "not found".
        rows = type(record).objects.published()
        return record.get_absolute_url() if rows.filter(pk=record.pk).exists() else None


_PLACE: Any = ("Place", {"fields": (("stands_after", "stands_first"),)})


@admin.register(Organisation)
class OrganisationAdmin(PublicAdmin):
    form = OrganisationForm
    list_display = ("name", "models", "links", "without_links", "is_published")
    list_filter = ("is_published", HasEntries, Notes)
    search_fields = ("name",)  # what is looked through: get_search_results
    ordering = ("position", "pk")
    fieldsets = (
        (None, {"fields": ("name", "note", ("slug", "is_published"))}),
        _PLACE,
    )
    inlines = (ChildrenOfOrganisation, AliasOfOrganisation)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.proposed_view)
        return [path("proposed/", view, name="catalog_organisation_proposed"), *super().get_urls()]

    def proposed_view(self, request: HttpRequest) -> JsonResponse:
        """Behind whom a new one of this name would come to stand by itself."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        neighbour = changes.natural_neighbour(Organisation(name=request.GET.get("name", "")))
        return JsonResponse({"id": neighbour and neighbour.pk, "text": str(neighbour or "")})

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return queryset.matching(search_term, in_urls=True), False

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[CountedChangeList]:
        return CountedChangeList

    @admin.display(description=lazy(lambda: words.entry().many, str)())
    def models(self, organisation: Any) -> int:
        return organisation.number_of_models

    @admin.display(description="links")
    def links(self, organisation: Any) -> int:
        return organisation.number_of_links

    @admin.display(description="without links yet")
    def without_links(self, organisation: Any) -> int:
        return organisation.number_without_links


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
            # A window of its own would save without showing the lines of README.md first.
            field.widget.can_change_related = False
        return field


@admin.register(LanguageModel)
class LanguageModelAdmin(PublicAdmin, OwnedAdmin):
    form = ModelForm
    list_display = ("outlined", "stands_in", "kind", "links", "is_published")
    list_filter = ("organisation", "kind", "is_published", Links, Facts, "access", Notes)
    list_select_related = ("organisation",)
    list_per_page = 200  # a list like ours is one tree on one page
    search_fields = ("name",)  # what is looked through: get_search_results
    ordering = ("organisation__position", "organisation_id", "parent_id", "position", "pk")
    autocomplete_fields = ("organisation",)
    fieldsets = (
        (None, {"fields": (("name", "kind"), "note", ("slug", "is_published"))}),
        (
            "Place",
            {"fields": (("organisation", "parent"), ("stands_after", "stands_first"))},
        ),
        (
            "Facts",
            {
                "classes": ("collapse",),
                "description": "What somebody stated; empty where nobody did.",
                "fields": FACTS,
            },
        ),
    )
    inlines = (ChildrenOfModel, AliasOfModel)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With what the list states, if it states anything of such a model."""
        fieldsets = super().get_fieldsets(request, obj)
        if not facts_near(obj or LanguageModel()):
            return fieldsets
        stated = ("Stated in the list", {"fields": ("facts",)})
        return (*fieldsets[:2], stated, *fieldsets[2:])

    class Media:
        css = {"all": ["catalog/admin/records.css"]}

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[TreeChangeList]:
        return TreeChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return queryset.matching(search_term, in_urls=True), False

    @admin.display(description="name", ordering="name")
    def outlined(self, model: Any) -> str:
        return format_html('<span class="depth-{}">{}</span>', model.depth, plain_text(model.name))

    @admin.display(description="stands in")
    def stands_in(self, model: Any) -> str:
        return model.path

    @admin.display(description="links")
    def links(self, model: Any) -> int:
        return model.number_of_links

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
    list_display = ("__str__", "model", "organisation", "kind", "url")
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

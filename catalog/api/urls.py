"""The addresses of the API: words that programs rely on, so they stay."""

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from catalog.api import views
from catalog.api.description import openapi

app_name = "api"


class Addresses(DefaultRouter):
    # The form of an answer is not asked for by the end of an address.
    include_format_suffixes = False


router = Addresses(use_regex_path=False)
router.register("organisations", views.OrganisationView, "organisation")
router.register("models", views.LanguageModelView, "model")
router.register("resources", views.ResourceView, "resource")

urlpatterns = [path("schema/", openapi, name="schema"), path("", include(router.urls))]

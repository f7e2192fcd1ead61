"""The addresses of the public pages, in the list's own words: /models/ernie/."""

from django.urls import URLPattern, path

from catalog import slugs, views, words

app_name = "catalog"

# What others answer for; a list whose sections are called so gets the code's own word.
_OTHERS = {"", "admin", "api", "static", "healthz"}


def addresses() -> list[URLPattern]:
    sections = _first_part(words.section(), "organisations", _OTHERS)
    entries = _first_part(words.entry(), "models", _OTHERS | {sections})
    return [
        path("", views.grouped_list, name="list"),
        path(f"{sections}/<slug:slug>/", views.organisation, name="organisation"),
        path(f"{entries}/<slug:slug>/", views.model, name="model"),
    ]


def _first_part(noun: words.Noun, otherwise: str, taken: set[str]) -> str:
    word = slugs.base_slug(noun.many)
    return otherwise if word in taken else word


urlpatterns = addresses()

"""Which address leads where. `/healthz` is answered earlier, in `plmsite.health`."""

from django.urls import include, path

from catalog.admin import desk

urlpatterns = [
    path("admin/", desk.urls()),
    path("api/v1/", include("catalog.api.urls")),
    path("", include("catalog.urls")),
]

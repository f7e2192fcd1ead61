"""The addresses of the public pages."""

from django.urls import path

from catalog import views

app_name = "catalog"

urlpatterns = [path("", views.grouped_list, name="list")]

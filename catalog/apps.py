from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = "the catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        self.name_the_records()
        # Behind Django's own, which names the permissions by what the migrations say.
        post_migrate.connect(_name_the_permissions, sender=self)

    def name_the_records(self) -> None:
        """Give the admin and the messages the list's own words.

        Not in `Meta`, which migrations compare: other words are no change of the database.
        """
        from catalog import words

        for name, noun in (("organisation", words.section()), ("languagemodel", words.entry())):
            options = self.get_model(name)._meta
            options.verbose_name, options.verbose_name_plural = noun
        owners = {"organisation": words.section(), "model": words.entry()}
        for name in ("languagemodel", "resource", "alias"):
            for field in self.get_model(name)._meta.concrete_fields:
                if field.name in owners:
                    field.verbose_name = owners[field.name].one


def _name_the_permissions(
    sender: AppConfig, using: str, apps: Any = installed, **options: Any
) -> None:
    """What the page of a user or a group offers is kept in the database: "Can add data set".

    `apps` are those that the database has tables for.
    """
    try:
        permissions = apps.get_model("auth", "Permission").objects.using(using)
    except LookupError:
        return
    nouns = {str(model._meta.model_name): model._meta for model in sender.get_models()}
    renamed: list[Any] = []
    for row in permissions.filter(content_type__app_label=sender.label):
        action, _, table = str(row.codename).partition("_")
        name = f"Can {action} {nouns[table].verbose_name}" if table in nouns else row.name
        if row.name != name:
            row.name = name
            renamed.append(row)
    permissions.bulk_update(renamed, ["name"])

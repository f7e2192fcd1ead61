from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = "the catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        self._name_the_records()

    def _name_the_records(self) -> None:
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

"""The groups Curator and Editor, and what each may do.

Django makes permissions after all migrations, and a group needs them now: those that are not there
yet are made here, as Django would make them, and are then found by it.
"""

from django.db import migrations

from catalog import words

_LOOK_AND_WRITE = ("view", "add", "change")

CURATOR = {
    ("catalog", "organisation"): _LOOK_AND_WRITE,
    ("catalog", "languagemodel"): _LOOK_AND_WRITE,
    ("catalog", "resource"): _LOOK_AND_WRITE,
    ("catalog", "alias"): _LOOK_AND_WRITE,
    ("catalog", "listtext"): _LOOK_AND_WRITE,
    ("catalog", "snapshot"): ("view",),
    ("catalog", "changeset"): ("view",),
    ("catalog", "change"): ("view",),
}
EDITOR = {
    ("catalog", "organisation"): ("delete",),
    ("catalog", "languagemodel"): ("delete",),
    ("catalog", "resource"): ("delete",),
    ("catalog", "alias"): ("delete",),
    ("catalog", "listtext"): ("delete",),
    # Import and export: both leave a snapshot.
    ("catalog", "snapshot"): ("add",),
    # Undo.
    ("catalog", "changeset"): ("change",),
    ("auth", "user"): (*_LOOK_AND_WRITE, "delete"),
}


def make_groups(apps, schema_editor):
    using = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(using)
    curator, _ = groups.get_or_create(name="Curator")
    editor, _ = groups.get_or_create(name="Editor")
    curators = _permissions(apps, using, CURATOR)
    curator.permissions.add(*curators)
    editor.permissions.add(*curators, *_permissions(apps, using, EDITOR))


def take_groups_away(apps, schema_editor):
    """The permissions stay: Django would make them again."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=["Curator", "Editor"]).delete()


def _permissions(apps, using, allowed):
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    found = []
    for (app_label, model), actions in allowed.items():
        content_type, _ = content_types.get_or_create(app_label=app_label, model=model)
        for action in actions:
            permission, _ = permissions.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {_called(apps, app_label, model)}"},
            )
            found.append(permission)
    return found


def _called(apps, app_label, model):
    """The name of a record as `catalog.apps` gives it to the admin; history does not know it."""
    own = {"organisation": words.section(), "languagemodel": words.entry()}
    if model in own:
        return own[model].one
    return apps.get_model(app_label, model)._meta.verbose_name_raw


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, take_groups_away)]

"""Who may sit at the desk. An editor lets people in, and nobody gives away more than they have.

Django's own page lets whoever may change users make themselves superusers. Here the fields that
would do so are for superusers alone, the groups to choose from give no more than the person who
chooses has, and an account that may do more than they is only looked at: a new password for it
would be a way into it.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.http import HttpRequest

admin.site.unregister(User)

_FOR_SUPERUSERS = {"is_superuser", "user_permissions"}


@admin.register(User)
class PeopleAdmin(UserAdmin):
    list_display = ("username", "first_name", "last_name", "is_staff", "is_active")
    list_filter = ("is_staff", "is_active", "groups")
    # Nobody states when somebody came; and two boxes of names need a script that few can hear.
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (title, options | {"fields": _without(_FOR_SUPERUSERS, options["fields"])})
            for title, options in fieldsets
        ]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "groups":
            options["queryset"] = _groups_within(request.user)
        return super().formfield_for_manytomany(db_field, request, **options)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_within(obj, request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_within(obj, request.user)


def _without(names: set[str], fields: Any) -> tuple[Any, ...]:
    return tuple(name for name in fields if name not in names)


def _is_within(account: User | None, person: Any) -> bool:
    """Whether an account, active or not, may do no more than this person."""
    if account is None or person.is_superuser:
        return True
    if account.is_superuser:
        return False
    given = Permission.objects.filter(Q(user=account) | Q(group__user=account))
    return not _beyond(given, person).exists()


def _groups_within(person: Any) -> QuerySet[Group]:
    if person.is_superuser:
        return Group.objects.all()
    beyond = _beyond(Permission.objects.all(), person)
    return Group.objects.exclude(permissions__in=beyond.values("pk"))


def _beyond(permissions: QuerySet[Permission], person: Any) -> QuerySet[Permission]:
    """Those of the permissions that this person has not."""
    own = Permission.objects.filter(Q(user=person) | Q(group__user=person))
    return permissions.exclude(pk__in=own.values("pk"))

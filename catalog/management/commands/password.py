"""`manage.py password`: a new password for a curator who lost the old one."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

# Without 0/O, 1/l/I: it is read from a screen and typed by hand. 14 of 57 signs are 81 bits.
_SIGNS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 14


class Command(BaseCommand):
    help = "Give a user a new random password and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", default="curator", help="the user name (default: curator)")

    def handle(self, *, user: str, **options: Any) -> None:
        users = get_user_model()
        try:
            account = users.objects.get_by_natural_key(user)
        except users.DoesNotExist:
            raise CommandError(
                f"There is no user {user!r}. Make one: manage.py createsuperuser --username {user}"
            ) from None
        except Error:
            raise CommandError(
                "The database has no users yet. `make run` makes it with a curator."
            ) from None
        password = random_password()
        account.set_password(password)
        account.save(update_fields=["password"])
        self.stdout.write(f"user {user}, password {password}")


def random_password() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))

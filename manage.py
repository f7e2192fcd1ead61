#!/usr/bin/env python
"""The command line of the site: `python manage.py help` lists what it can do."""

import os
import sys

from django.core.management import execute_from_command_line

from plmsite.environment import BadEnvironment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plmsite.settings")
    try:
        execute_from_command_line(sys.argv)
    except BadEnvironment as refusal:
        # The sentence says what to do; twenty lines of traceback above it would hide that.
        sys.exit(f"Not started. {refusal}")


if __name__ == "__main__":
    main()

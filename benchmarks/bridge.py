"""What import and export cost, how that grows, and how much of it is the database's."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.lists import real_list, times_as_long

TIMES = (1, 10, 100)


class Share:
    """The seconds that statements take, and their number."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.seconds += time.perf_counter() - began
            self.statements += 1


@contextmanager
def database() -> Iterator[None]:
    """Migrated and ready; in a temporary folder if the environment names none."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        os.environ.setdefault("DEBUG", "1")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plmsite.settings")
        import django
        from django.core.management import call_command

        django.setup()
        from django.conf import settings

        settings.DEBUG = False  # or Django keeps every statement in memory
        call_command("migrate", verbosity=0)
        yield


def measured(work: Callable[[], object]) -> tuple[float, Share]:
    from django.db import connection

    share = Share()
    began = time.perf_counter()
    with connection.execute_wrapper(share):
        work()
    return time.perf_counter() - began, share


def emptied() -> None:
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)


def main() -> None:
    with database():
        from catalog import sync

        first: dict[str, float] = {}
        print("list          bytes   work             seconds   times x 1   database   statements")
        for times in TIMES:
            emptied()
            data = (times_as_long(times) if times > 1 else real_list()).encode()
            changed = data.replace(b"* PaLM \n", b"* PaLM 2\n", 1)
            steps = {
                "import": lambda d=data: sync.import_readme(d, who="Li", source_name="x"),
                "export": sync.export_text,
                "import an edit": lambda d=changed: sync.import_readme(
                    d, who="Li", source_name="x"
                ),
            }
            for name, work in steps.items():
                seconds, share = measured(work)
                first.setdefault(name, seconds)
                print(
                    f"x {times:<4} {len(data):12,}   {name:<14} {seconds:9.3f} "
                    f"{seconds / first[name]:11.0f} {share.seconds / seconds:10.0%} "
                    f"{share.statements:12}"
                )


if __name__ == "__main__":
    main()

"""What the pages bring along stays small, before any compression, and stays our own."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "catalog" / "static"


def size(pattern: str) -> int:
    files = list(STATIC.glob(pattern))
    assert files, pattern
    return sum(path.stat().st_size for path in files)


@pytest.mark.parametrize(
    ("pattern", "limit"),
    [
        ("catalog/*.css", 20_000),  # of the public pages
        ("catalog/admin/*.css", 20_000),
        ("**/*.js", 20_000),  # of the desk, all together
        ("**/*.svg", 2_000),
    ],
)
def test_files_of_a_kind_are_together_small(pattern, limit):
    assert size(pattern) < limit


def test_public_pages_bring_no_script():
    assert list(STATIC.glob("catalog/*.js")) == []


def test_style_sheets_fetch_nothing_from_elsewhere():
    sheets = "".join(path.read_text() for path in STATIC.rglob("*.css"))
    assert "@import" not in sheets
    fetched = re.findall(r"url\(\s*[\"']?([^)\"']+)", sheets)
    assert [where for where in fetched if not where.startswith("data:image/")] == []

"""Imports point inwards: the house of the code, held by reading its imports.

Every module of `catalog` must have its place here; a module without one is reported as well, so
that a new room cannot stand outside the rules unnoticed.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

CATALOG = Path(__file__).parent.parent / "catalog"

# From the outside inwards. A module may import from its own floor and from the floors below.
FLOORS = (
    {"urls"},
    {"views", "feeds", "sitemaps", "admin", "api", "management"},
    {"git_loop"},
    {"filters", "sync", "ready_pages", "link_health", "citations", "listing", "migrations"},
    {"templatetags"},
    {"changes"},
    {"models"},
    {"facts", "querysets", "markup"},
    {"readme", "tree", "slugs", "pasting", "titles", "kinds", "identifiers"},
    {"apps"},
    {"words"},
)
EDGES = FLOORS[1]
PURE = {"kinds", "titles", "identifiers", "pasting", "tree", "slugs"}
PARSER_LIBRARY = "pyromark"
# Showing a value to people and catching a refusal takes nobody's side: these are for everyone.
SIDELESS = {"catalog.readme.html", "catalog.readme.plain_text", "catalog.readme.ListRefused"}
THIRD_PARTY_OF_PURE = {"slugs": {"anyascii"}, "readme": {PARSER_LIBRARY}}


@dataclass(frozen=True)
class Module:
    """One file, and all that it imports: full dotted names, wherever in the file they stand."""

    name: str  # dotted, from the package on: catalog.readme.source
    imports: frozenset[str]

    @property
    def room(self) -> str:
        return room(self.name)


def room(name: str) -> str:
    """The part of the house that a dotted name lies in: catalog.readme.source -> readme."""
    parts = name.split(".")
    return parts[1] if parts[0] == "catalog" and len(parts) > 1 else ""


def modules(package: Path) -> Iterator[Module]:
    for path in sorted(package.rglob("*.py")):
        parts = ("catalog", *path.relative_to(package).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        yield _module(path.read_bytes(), name, is_package)


@cache
def _module(source: bytes, name: str, is_package: bool) -> Module:
    """By what it says: several tests look at all modules."""
    return Module(name, frozenset(_imports(ast.parse(source, name), name, is_package)))


def _imports(tree: ast.Module, name: str, is_package: bool) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                here = name.split(".")
                above = node.level - 1 if is_package else node.level
                source = ".".join([*here[: len(here) - above], *filter(None, [source])])
            # `from catalog import sync` imports a module as `import catalog.sync` does.
            yield from (f"{source}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            match node.args:
                case [ast.Constant(str(literal)), *_]:
                    yield literal
                case _:
                    yield "<a name made at run time>"


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def violations(package: Path) -> list[str]:
    """Sentences, one for each import that points the wrong way."""
    found = list(modules(package))
    assert found, f"no modules in {package}: nothing was checked"
    return [problem for module in found for problem in _problems(module)]


def _problems(module: Module) -> Iterator[str]:
    if module.name == "catalog":
        return
    floor = _floor(module.room)
    if floor is None:
        yield f"{module.name} has no place in the house: give {module.room!r} one in FLOORS"
        return
    for imported in sorted(module.imports):
        reason = _wrong(module, floor, imported)
        if reason:
            yield f"{module.name} imports {imported}: {reason}"
    rooms = {room(imported) for imported in module.imports - SIDELESS}
    if {"readme", "models"} <= rooms and module.room != "sync":
        yield f"{module.name} imports readme and models: only sync knows both sides"


def _wrong(module: Module, floor: int, imported: str) -> str:
    """Why this module may not import that name; empty if it may."""
    if imported.startswith("<"):
        return "an import must be readable without running it"
    if imported.split(".")[0] == "plmsite":
        return "the application does not know the site around it"
    if imported.split(".")[0] != "catalog":
        return _wrong_from_outside(module, imported)
    target = room(imported)
    if target == module.room:
        return ""
    target_floor = _floor(target)
    if target_floor is None:
        return "this room is in no floor"
    if module.room in EDGES and target in EDGES:
        return "edges never import each other"
    if module.room == "readme" and target not in ("kinds", "titles", "identifiers"):
        return "readme knows only kinds, titles and identifiers"
    if module.room in PURE and target not in PURE:
        return "pure modules import only each other"
    return "imports point inwards" if target_floor < floor else ""


def _wrong_from_outside(module: Module, imported: str) -> str:
    library = imported.split(".")[0]
    if library == PARSER_LIBRARY and module.name != "catalog.readme.source":
        return "readme.source alone knows the parser library"
    if module.room not in PURE | {"readme"}:
        return ""
    if library in sys.stdlib_module_names | THIRD_PARTY_OF_PURE.get(module.room, set()):
        return ""
    return "pure modules need no library for this"


def _floor(name: str) -> int | None:
    return next((number for number, rooms in enumerate(FLOORS) if name in rooms), None)


def test_imports_point_inwards():
    assert violations(CATALOG) == []


def test_every_file_is_read():
    names = {module.name for module in modules(CATALOG)}
    assert len(names) == sum(1 for _ in CATALOG.rglob("*.py"))
    assert {"catalog.kinds", "catalog.readme.source", "catalog.management.commands.backup"} <= names


PLANTED = [
    ("readme/parser.py", "from django.db import models", "catalog.readme.parser imports django"),
    ("readme/parser.py", "import nh3", "pure modules need no library"),
    ("readme/parser.py", "import pyromark", "readme.source alone knows the parser library"),
    (
        "readme/parser.py",
        "from catalog import tree",
        "readme knows only kinds, titles and identifiers",
    ),
    ("readme/dialects/flat.py", "from ...sync import x", "imports catalog.sync.x: readme knows"),
    ("readme/__init__.py", "from ..models import X", "imports catalog.models.X: readme knows"),
    ("kinds.py", "from django.db import models", "catalog.kinds imports django.db.models"),
    ("identifiers.py", "from catalog.models import X", "pure modules import only each other"),
    ("tree.py", "def f():\n    import django", "catalog.tree imports django"),
    ("slugs.py", "from catalog.readme import parse", "pure modules import only each other"),
    ("models.py", "from . import changes", "catalog.models imports catalog.changes: imports point"),
    ("models.py", "from catalog.changes import record", "imports point inwards"),
    ("models.py", "if TYPE_CHECKING:\n    from . import views", "imports point inwards"),
    ("querysets.py", "from .models import X", "imports point inwards"),
    ("changes.py", "from .sync import X", "imports point inwards"),
    ("changes.py", "from . import readme, models", "only sync knows both sides"),
    ("listing.py", "from . import models\nfrom .readme import parse", "only sync knows both sides"),
    ("admin.py", "from catalog.views import X", "edges never import each other"),
    ("api/views.py", "from catalog import feeds", "edges never import each other"),
    ("management/commands/x.py", "from catalog.admin import X", "edges never import each other"),
    ("views.py", "from catalog.urls import X", "imports point inwards"),
    ("views.py", "from importlib import import_module\nimport_module('catalog.admin')", "edges"),
    ("views.py", "__import__(name)", "readable without running"),
    ("views.py", "from plmsite import settings", "does not know the site around it"),
    ("utils.py", "import os", "catalog.utils has no place in the house"),
    ("views.py", "from . import utils", "this room is in no floor"),
]


@pytest.mark.parametrize(("path", "line", "sentence"), PLANTED)
def test_a_planted_violation_is_reported(tmp_path, path, line, sentence):
    planted = tmp_path / path
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(line, encoding="utf-8")
    assert any(sentence in problem for problem in violations(tmp_path))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("urls.py", "from . import views, feeds, api"),
        ("views.py", "from catalog import filters, sync, changes, models"),
        ("sync.py", "from catalog import changes, models, readme, slugs, tree"),
        ("changes.py", "from .models import X"),
        ("listing.py", "from catalog import models\nfrom catalog.readme import html, plain_text"),
        ("models.py", "from django.db import models\nfrom catalog import kinds, querysets"),
        ("readme/source.py", "import pyromark\nimport re"),
        ("readme/dialects/nested.py", "from ..document import X\nfrom catalog.kinds import Y"),
        ("slugs.py", "from anyascii import anyascii"),
        ("admin/__init__.py", "from .forms import X"),
    ],
)
def test_what_the_house_allows_is_not_reported(tmp_path, path, line):
    allowed = tmp_path / path
    allowed.parent.mkdir(parents=True, exist_ok=True)
    allowed.write_text(line, encoding="utf-8")
    assert violations(tmp_path) == []


def test_an_empty_package_is_no_proof(tmp_path):
    with pytest.raises(AssertionError, match="nothing was checked"):
        violations(tmp_path)

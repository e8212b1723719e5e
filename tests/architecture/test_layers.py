"""What may import what, read from the syntax tree: each layer only downward, siblings never one another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "handoff_tui"
LAYERS = (
    ("__main__",),
    ("cli",),
    ("tui", "plain"),
    ("session",),
    ("catalog", "checks", "store", "render"),
    ("core", "tomlfile"),
    ("resources", "errors"),
)
"""From top to bottom; what stands beside one another does not import one another."""
DEPTH = {unit: depth for depth, layer in enumerate(LAYERS) for unit in layer}

OWNERS = {
    "textual": {"tui"},
    "rich": {"tui"},
    "click": {"cli"},
    "markdown_it": {"render"},
    "pydantic": {"core", "catalog"},
    "tomllib": {"tomlfile"},
    "tomli_w": {"store", "catalog"},
    "platformdirs": {"store"},
}
"""What is imported from outside, and who alone may."""

PURE = ("core", "checks", "render")
IMPURE_MODULES = {
    "os",
    "pathlib",
    "time",
    "random",
    "io",
    "subprocess",
    "threading",
    "sys",
    "tempfile",
    "shutil",
    "socket",
}
IMPURE_METHODS = {"today", "now", "utcnow"}
IMPURE_CALLS = {"open", "print", "input", "breakpoint", "eval", "exec"}

LINES = 330
LONGER: dict[str, str] = {}
"""Modules that are longer, each with its reason."""


@dataclass(frozen=True)
class Import:
    module: str
    name: str
    line: int


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*units: str) -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    return [path for path in found if not units or unit_of(path) in units]


def unit_of(path: Path) -> str:
    """Return the layer's part a module belongs to: a sub-package, or a module of the package itself."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[Import]:
    """Yield every import, also those inside functions and under TYPE_CHECKING."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, "", node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (Import(module, alias.name, node.lineno) for alias in node.names)


def units_imported(path: Path) -> Iterator[tuple[str, int]]:
    for item in imports(path):
        parts = item.module.split(".")
        if parts[0] != "handoff_tui":
            continue
        if len(parts) > 1:
            yield parts[1], item.line
        elif item.name in DEPTH:
            yield item.name, item.line


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_every_part_of_the_package_stands_in_a_layer() -> None:
    assert {unit_of(path) for path in modules()} - {"__init__"} <= set(DEPTH)


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_layer_imports_only_downward(path: Path) -> None:
    unit = unit_of(path)
    if unit == "__init__":
        assert list(units_imported(path)) == []
        return
    wrong = [
        f"line {line}: {unit} imports {other}"
        for other, line in units_imported(path)
        if other != unit and DEPTH.get(other, -1) <= DEPTH[unit]
    ]
    assert wrong == []


@pytest.mark.parametrize("path", modules(), ids=named)
def test_imports_are_absolute(path: Path) -> None:
    assert [item for item in imports(path) if item.module.startswith(".")] == []


@pytest.mark.parametrize("path", modules(), ids=named)
def test_what_comes_from_outside_has_one_owner(path: Path) -> None:
    unit = unit_of(path)
    wrong = [
        f"line {item.line}: {item.module}"
        for item in imports(path)
        if unit not in OWNERS.get(item.module.partition(".")[0], {unit})
    ]
    assert wrong == []


@pytest.mark.parametrize("path", modules(*PURE), ids=named)
def test_what_is_pure_knows_no_file_no_clock_and_no_chance(path: Path) -> None:
    imported = [
        f"line {item.line}: {item.module}" for item in imports(path) if item.module.partition(".")[0] in IMPURE_MODULES
    ]
    assert imported == []
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    named_calls = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS]
    clocks = [node for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr in IMPURE_METHODS]
    assert [f"line {node.lineno}: {ast.unparse(node.func)}" for node in (*named_calls, *clocks)] == []


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_module_is_one_room(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    if named(path) in LONGER:
        assert lines > LINES, "it is short again: take it off the list"
    else:
        assert lines <= LINES, "split it, or list it with its reason"


def test_an_import_is_seen_wherever_it_hides(tmp_path: Path) -> None:
    path = tmp_path / "hidden.py"
    path.write_text(
        "from typing import TYPE_CHECKING\n"
        "from handoff_tui import __version__, session\n"
        "if TYPE_CHECKING:\n    from handoff_tui.tui.app import App\n"
        "def late():\n    import handoff_tui.plain\n    import textual.app as screen\n"
    )
    assert {unit for unit, _ in units_imported(path)} == {"session", "tui", "plain"}
    assert "textual.app" in {item.module for item in imports(path)}

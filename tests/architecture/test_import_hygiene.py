"""What a command loads, seen in a fresh interpreter: `--help` is quick because it loads nearly nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import PAYMENTS
from tests.store.example import EXAMPLE, NAME

RUN = """
import json, runpy, sys
report, *arguments = sys.argv[1:]
sys.argv = ["handoff-wizard", *arguments]
code = 0
try:
    runpy.run_module("handoff_tui", run_name="__main__", alter_sys=True)
except SystemExit as end:
    code = end.code
json.dump({"code": code, "modules": sorted(sys.modules)}, open(report, "w"))
"""


def run(folder: Path, *arguments: str) -> tuple[int, set[str], str]:
    """Run a command; return its exit code, the top-level modules it loaded, and what it wrote to stdout."""
    report = folder / "report.json"
    environment = os.environ | {"PYTHONWARNINGS": "ignore", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(report), *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.exists(), done.stderr
    result = json.loads(report.read_text())
    return result["code"], set(result["modules"]), done.stdout


def top(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_text(EXAMPLE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("option", ["--help", "-h", "--version", "-V"])
def test_help_and_version_load_neither_pydantic_nor_textual(folder: Path, option: str) -> None:
    code, modules, said = run(folder, option)
    assert code == 0
    assert "handoff-wizard" in said
    assert not {"pydantic", "textual", "rich", "tomllib", "tomli_w"} & top(modules)


@pytest.mark.parametrize(
    ("arguments", "ends"),
    [
        (("check", NAME), 0),
        (("check", "--format", "sarif"), 0),
        (("explain",), 0),
        (("explain", "sole-owner"), 0),
        (("render", NAME, "--output", "-"), 0),
        (("drill", str(PAYMENTS)), 0),
        (("drill", str(PAYMENTS), "--format", "markdown"), 0),
        (("example", "identity"), 0),
        (("schema", "payments"), 0),
        (("templates", "list"), 0),
        (("templates", "show", "payments"), 0),
        (("templates", "check"), 0),
        (("new", "fresh", "--template", "payments", "--no-input"), 2),
        (("new", "fresh", "--template", "payments", "--plain"), 0),
        (("resume", NAME, "--plain"), 0),
        (("--plain",), 0),
    ],
    ids=lambda item: " ".join(Path(word).name for word in item) if isinstance(item, tuple) else "",
)
def test_a_command_without_a_screen_loads_no_textual(folder: Path, arguments: tuple[str, ...], ends: int) -> None:
    code, modules, said = run(folder, *arguments)
    assert code == ends
    assert not {"textual", "rich"} & top(modules)
    quiet = arguments[0] == "example" or "--no-input" in arguments or arguments[1:] == ("check",)
    assert bool(said.strip()) != quiet


@pytest.mark.parametrize(
    "command", ["new", "example", "resume", "check", "explain", "drill", "render", "schema", "templates"]
)
def test_the_help_of_a_command_loads_no_textual_and_shows_an_example(folder: Path, command: str) -> None:
    code, modules, said = run(folder, command, "--help")
    assert code == 0
    assert "Example" in said
    assert not {"textual", "rich"} & top(modules)


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("handoff_tui", {"pydantic", "textual", "click", "tomli_w"}),
        ("handoff_tui.store.library", {"pydantic", "textual", "click", "tomli_w"}),
        ("handoff_tui.tomlfile", {"pydantic", "textual", "click", "tomli_w"}),
        ("handoff_tui.catalog", {"textual", "click", "tomli_w"}),
        ("handoff_tui.checks.rehearsal", {"textual", "click", "tomllib", "tomli_w"}),
        ("handoff_tui.checks", {"textual", "click", "tomllib", "tomli_w"}),
        ("handoff_tui.session.session", {"textual", "click"}),
        ("handoff_tui.plain.run", {"textual", "rich", "click"}),
        ("handoff_tui.cli.face", {"pydantic", "textual", "click", "tomli_w"}),
        ("handoff_tui.render.documents", {"textual", "click", "tomli_w"}),
        ("handoff_tui.core.interview", {"textual", "click", "tomllib", "tomli_w", "subprocess"}),
    ],
)
def test_a_module_loads_no_more_than_it_needs(module: str, without: set[str]) -> None:
    code = f"import sys; before = set(sys.modules); import {module}; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not without & top(set(done.stdout.split()))

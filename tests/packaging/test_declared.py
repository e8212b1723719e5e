"""What the project says about itself in several places is the same in all of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from handoff_tui import __version__

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def pythons(pyproject: dict[str, Any]) -> list[str]:
    """The Pythons that the classifiers promise."""
    prefix = "Programming Language :: Python :: "
    return [line.removeprefix(prefix) for line in pyproject["project"]["classifiers"] if line.startswith(prefix)]


def oldest(pyproject: dict[str, Any]) -> str:
    found = re.fullmatch(r">=(3\.\d+)", pyproject["project"]["requires-python"])
    assert found, "an upper bound on Python would keep people from trying the next one"
    return found[1]


def test_promised_pythons_begin_at_the_oldest_and_leave_none_out(pyproject: dict[str, Any], pythons: list[str]) -> None:
    first = int(oldest(pyproject).partition(".")[2])
    assert pythons == [f"3.{minor}" for minor in range(first, first + len(pythons))]


def test_static_checks_look_at_the_oldest_python(pyproject: dict[str, Any]) -> None:
    assert pyproject["tool"]["mypy"]["python_version"] == oldest(pyproject)
    assert pyproject["tool"]["ruff"]["target-version"] == f"py{oldest(pyproject).replace('.', '')}"


def test_workflow_tests_every_promised_python(pythons: list[str]) -> None:
    workflow = (CHECKOUT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^ +(3\.\d+)$", workflow, re.MULTILINE)) == sorted(pythons)


def test_version_is_the_same_everywhere(pyproject: dict[str, Any]) -> None:
    version = pyproject["project"]["version"]
    assert __version__ == version
    assert f"## [{version}]" in (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_each_dependency_has_a_floor_and_a_ceiling(pyproject: dict[str, Any]) -> None:
    for dependency in pyproject["project"]["dependencies"]:
        assert re.fullmatch(r"[\w-]+>=[\d.]+,<\d+", dependency), dependency


def test_files_named_in_the_metadata_exist(pyproject: dict[str, Any]) -> None:
    project = pyproject["project"]
    sdist = pyproject["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    for name in [project["readme"], *project["license-files"], *sdist]:
        assert (CHECKOUT / name).exists(), name

"""docs/reliability.md names a test for each promise: here, that all of them exist, and that none is claimed without."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NODE = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@dataclass(frozen=True)
class Case:
    """A line of the table."""

    number: int
    held: str
    tests: tuple[tuple[str, str], ...]


def cases() -> list[Case]:
    rows = [line.strip("|").split("|") for line in PAGE.splitlines() if re.match(r"\| \d+ \|", line)]
    for row in rows:
        assert len(row) == 5, f"a bar too many, or too few: {row}"
    return [Case(int(number), held.strip(), tuple(NODE.findall(tests))) for number, _, _, held, tests in rows]


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_all_thirty_cases_stand_there_in_their_order() -> None:
    assert [case.number for case in cases()] == list(range(1, 31))


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case.number))
def test_what_is_claimed_is_tested_and_what_is_not_tested_is_not_claimed(case: Case) -> None:
    assert re.fullmatch(r"holds|not yet|partly: .+", case.held), case.held
    assert bool(case.tests) == (case.held != "not yet"), case.tests


@pytest.mark.parametrize(("path", "name"), sorted({test for case in cases() for test in case.tests}))
def test_every_test_that_is_named_exists(path: str, name: str) -> None:
    assert (ROOT / path).is_file()
    assert name in names_in(path)


def test_every_name_of_a_test_on_the_page_is_looked_at() -> None:
    named = re.findall(r"tests/\S+::\S+", PAGE.replace("<br>", " "))
    assert len(named) == sum(len(case.tests) for case in cases())

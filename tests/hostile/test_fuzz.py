"""Thousands of damaged files: `check` always has a report, and what the store reads, it writes again."""

from __future__ import annotations

import random
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from handoff_tui.checks import RULES
from handoff_tui.core.report import FileReport
from handoff_tui.errors import FileError
from handoff_tui.render.reports import FORMATS, Setting
from handoff_tui.session.checking import Checker
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml
from tests.core.making import bundled
from tests.hostile.mutants import EXAMPLES, SWAPS, Place, bent, example, lost, swapped, torn, walk

NAME = Path("x.handoff.toml")
DAY = date(2026, 11, 23)
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys; line ends and tabs it may."""
DAMAGE = {"torn": torn, "bent": bent}


@cache
def checker() -> Checker:
    return Checker(DAY)


def checked(raw: bytes, folder: Path) -> FileReport:
    """Return the report of a file: with a reason and a fix for everything in it, and safe to show in any format."""
    path = folder / NAME
    path.write_bytes(raw)
    report = checker().check(path)
    for placed in report.findings:
        assert placed.finding.message
        assert placed.finding.fix
        assert placed.line is None or 1 <= placed.line <= raw.count(b"\n") + 1
    for name, form in FORMATS.items():
        assert OBEYED.findall(form([report], Setting(RULES, "0", False, 80))) == [], name
    return report


def kept(raw: bytes) -> bool:
    """Hold that what a file has is read, written and read again; say whether it could be read at all."""
    try:
        file = parse_toml(raw, NAME)
        handoff = loads(file)
    except FileError:
        return False  # with a reason and a fix, as the report has it
    template = bundled("payments")
    text = dumps(handoff, template, NAME.name)
    again = parse_toml(text.encode(), NAME)
    before = {key: value for key, value in file.data.items() if key != "format"}
    assert list(lost(before, again.data)) == []
    assert dumps(loads(again), template, NAME.name) == text
    return True


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_file_has_a_report(seed: int, damage: str, tmp_path: Path) -> None:
    checked(DAMAGE[damage](seed), tmp_path)


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_file_that_can_be_read_is_kept(seed: int, damage: str) -> None:
    kept(DAMAGE[damage](seed))


def test_the_damage_leaves_enough_to_read_and_enough_to_refuse() -> None:
    read = [kept(torn(seed)) for seed in range(100, 130)]
    assert 3 <= sum(read) <= 27
    assert sum(kept(bent(seed)) for seed in range(100, 110)) >= 5


def places() -> list[Place]:
    """Return one place of each sort: of the many rows of one table, one is as good as another."""
    document = parse_toml(example(), NAME).data
    sorts: dict[Any, Place] = {}
    for place in walk(document):
        sorts.setdefault(tuple("row" if isinstance(key, int) else key for key in place), place)
    return list(sorts.values())


def hold_for(place: Place, value: Any, folder: Path) -> None:
    raw = tomli_w.dumps(swapped(place, value)).encode()
    checked(raw, folder)
    kept(raw)


@pytest.mark.parametrize("value", SWAPS, ids=lambda value: repr(value)[:30])
def test_a_value_of_another_sort_breaks_nothing(value: Any, tmp_path: Path) -> None:
    for place in random.Random(repr(value)[:30]).sample(places(), 4):
        hold_for(place, value, tmp_path)


# -- all of them -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_a_value_of_another_sort_breaks_nothing_at_any_place(part: int, tmp_path: Path) -> None:
    for number, place in enumerate(places()):
        if number % 4 == part:
            for value in random.Random(number).sample(SWAPS, 4):
                hold_for(place, value, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("hundred", range(1, 3))
def test_hundreds_of_damaged_files(hundred: int, damage: str, tmp_path: Path) -> None:
    for seed in range(hundred * 1000, hundred * 1000 + 100):
        raw = DAMAGE[damage](seed)
        checked(raw, tmp_path)
        kept(raw)


def test_every_example_is_among_them() -> None:
    assert len(EXAMPLES) >= 3
    assert all(kept(path.read_bytes()) for path in EXAMPLES)

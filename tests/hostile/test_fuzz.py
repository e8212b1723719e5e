"""Thousands of damaged files: `check` always has a report, and what the store reads, it writes again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handoff_tui.core.report import FileReport
from handoff_tui.errors import FileError
from handoff_tui.session.checking import Checker
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml
from tests.core.making import bundled
from tests.hostile.mutants import lost, torn

NAME = Path("x.handoff.toml")
DAY = date(2026, 11, 23)


def checked(raw: bytes, folder: Path) -> FileReport:
    """Return the report of a file, with a reason and a fix for everything in it."""
    path = folder / NAME
    path.write_bytes(raw)
    report = Checker(DAY).check(path)
    for placed in report.findings:
        assert placed.finding.message
        assert placed.finding.fix
        assert placed.line is None or 1 <= placed.line <= raw.count(b"\n") + 1
    return report


def kept(raw: bytes) -> None:
    """Hold that what a file has is read, written and read again, and that the second writing changes nothing."""
    try:
        file = parse_toml(raw, NAME)
        handoff = loads(file)
    except FileError:
        return
    text = dumps(handoff, bundled("payments"), NAME.name)
    again = parse_toml(text.encode(), NAME)
    before = {key: value for key, value in file.data.items() if key != "format"}
    assert list(lost(before, again.data)) == []
    assert dumps(loads(again), bundled("payments"), NAME.name) == text


@pytest.mark.parametrize("seed", range(40))
def test_a_torn_file_has_a_report(seed: int, tmp_path: Path) -> None:
    checked(torn(seed), tmp_path)


@pytest.mark.parametrize("seed", range(40))
def test_a_torn_file_that_can_be_read_is_kept(seed: int) -> None:
    kept(torn(seed))

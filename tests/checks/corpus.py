"""The corpus of handoffs that a rule must find, or must leave alone, checked as `check` would on one day."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from handoff_tui.catalog import Catalog
from handoff_tui.checks import check
from handoff_tui.core.finding import Finding
from handoff_tui.core.interview import Interview
from handoff_tui.errors import HandoffError
from handoff_tui.session.start import open_file

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DAY = date(2026, 11, 23)
"""The day on which the corpus is checked: dates in its files are written for it."""


def failing() -> list[tuple[str, Path]]:
    """Return every file that must be found, with the rule that must find it."""
    return [(path.parent.name, path) for path in sorted(CORPUS.glob("fail/*/*.handoff.toml"))]


def passing() -> list[tuple[str, Path]]:
    """Return every near miss, with the rule that must leave it alone: `RULE-what.handoff.toml`."""
    rules = sorted({rule for rule, _ in failing()}, key=len, reverse=True)
    return [
        (next((rule for rule in rules if path.name.startswith(f"{rule}-")), path.name), path)
        for path in sorted(CORPUS.glob("pass/*.handoff.toml"))
    ]


@cache
def _catalog() -> Catalog:
    return Catalog()


def findings(path: Path) -> list[Finding]:
    """Return what the checks find in a file; one that cannot be read is a finding too."""
    try:
        _, handoff, template = open_file(path, _catalog())
    except HandoffError as error:
        return [Finding("unreadable", "error", "", error.message, error.hint)]
    return list(check(Interview(template, handoff), DAY).findings)

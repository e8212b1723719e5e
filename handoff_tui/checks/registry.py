"""The rules, in the order they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from handoff_tui.checks import by_kind, states
from handoff_tui.core.finding import Finding
from handoff_tui.core.interview import Interview

__all__ = ["RULES", "check"]

Rule = Callable[[Interview, date], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    by_kind.bad_value,
    by_kind.missing_cell,
    by_kind.duplicate_row,
    states.stale,
    states.conflict,
    states.open_essential,
)


def check(interview: Interview, today: date) -> list[Finding]:
    """Return every finding about the questions that are asked now, by rule and then in the template's order."""
    return [finding for rule in RULES for finding in rule(interview, today)]

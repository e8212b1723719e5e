"""A rule as code: its page, and the pure function that finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from handoff_tui.checks.facts import Facts, Found
from handoff_tui.core.finding import Severity
from handoff_tui.core.rule import Page, Rule

__all__ = ["Check", "Find", "rule"]

Find: TypeAlias = Callable[[Facts], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and the function that yields what it finds."""

    rule: Rule
    find: Find


def rule(rule_id: str, title: str, severity: Severity, *, page: Page, **more: Any) -> Callable[[Find], Check]:
    """Make a check of a function; the arguments are those of `Rule`."""

    def made(find: Find) -> Check:
        return Check(Rule(rule_id, title, severity, page, **more), find)

    return made

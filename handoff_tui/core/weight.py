"""How much a change of the contract matters: who answers comes first, wording last."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from handoff_tui.core.kinds import DurationKind, ScalarKind, TextKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.table import Column, TableKind

__all__ = ["Weight", "of_cell", "of_field", "of_row"]


class Weight(IntEnum):
    """What kind of thing changed, the heaviest first."""

    OWNERS = 1
    TRUTH = 2
    WINDOWS = 3
    SUPPORT = 4
    STATES = 5
    FACTS = 6
    WORDING = 7

    @property
    def title(self) -> str:
        """What people read above the changes of this weight."""
        return _TITLES[self]


_TITLES = {
    Weight.OWNERS: "Owners and contacts",
    Weight.TRUTH: "Sources of truth",
    Weight.WINDOWS: "Windows and deadlines",
    Weight.SUPPORT: "What support sees and may say",
    Weight.STATES: "Decided, open, to be looked at again",
    Weight.FACTS: "Other choices and facts",
    Weight.WORDING: "Wording",
}
_TRUTH = {"record", "direction", "place", "agent_edit", "conflict_rule"}
_SUPPORT = {
    "agent_may_say",
    "agent_sees",
    "customer_told",
    "plain_meaning",
    "next_step",
    "agent_must_not",
    "never_told",
}


def of_field(name: str, field: ScalarKind) -> Weight:
    """Return the weight of an answer or a cell, by its id and its kind."""
    if field.table_of_names == PEOPLE:
        return Weight.OWNERS
    if name in _TRUTH:
        return Weight.TRUTH
    if isinstance(field, DurationKind):
        return Weight.WINDOWS
    if name in _SUPPORT:
        return Weight.SUPPORT
    return Weight.WORDING if isinstance(field, TextKind) else Weight.FACTS


def of_cell(question: Question, column: Column, *rows: Mapping[str, Any]) -> Weight:
    """Return the weight of a cell in either version of its row."""
    if question.id == PEOPLE:
        return Weight.OWNERS  # how and when somebody is reached is part of who answers
    if column.id == "first_action" and any(row.get("audience") == "support" for row in rows):
        return Weight.SUPPORT
    return of_field(column.id, column.field)


def of_row(question: Question, table: TableKind, row: Mapping[str, Any]) -> Weight:
    """Return the weight of a row that comes or goes: that of its heaviest cell."""
    return min(of_cell(question, column, row) for column in table.columns if column.id in row or column is table.key)

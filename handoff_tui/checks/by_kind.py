"""Each answer by its own kind: a duration is a duration, a needed cell is filled, a row's name is unique."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from handoff_tui.core.finding import Finding
from handoff_tui.core.interview import Interview
from handoff_tui.core.question import Question
from handoff_tui.core.table import TableKind
from handoff_tui.core.text import fold

__all__ = ["bad_value", "duplicate_row", "missing_cell"]


def bad_value(interview: Interview, _: date) -> Iterator[Finding]:
    """A value that does not fit its kind."""
    for question in interview.asked:
        value = interview.handoff.value(question.id)
        if value is None:
            continue
        if isinstance(question.field, TableKind):
            for wrong in question.field.check(value):
                yield Finding("bad-value", "error", question.id, wrong.message, wrong.fix, wrong.row, wrong.column)
        elif wrong_value := question.field.check(value):
            yield Finding("bad-value", "error", question.id, wrong_value.message, wrong_value.fix)


def missing_cell(interview: Interview, _: date) -> Iterator[Finding]:
    """A needed cell that is empty and not open."""
    for question, table, rows in _tables(interview):
        for gap in table.gaps(rows, interview.handoff.open_in(question.id)):
            yield Finding("missing-cell", "error", question.id, gap.message, gap.fix, gap.row, gap.column)


def duplicate_row(interview: Interview, _: date) -> Iterator[Finding]:
    """Two rows with one name: whatever refers to it could mean either."""
    for question, table, rows in _tables(interview):
        seen: set[str] = set()
        for row in rows:
            label = table.row_label(row)
            if fold(label) in seen:
                yield Finding(
                    "duplicate-row",
                    "error",
                    question.id,
                    f"“{label}” stands there twice.",
                    "Rename or remove one.",
                    label,
                )
            seen.add(fold(label))


def _tables(interview: Interview) -> Iterator[tuple[Question, TableKind, list[dict[str, Any]]]]:
    for question in interview.asked:
        if isinstance(question.field, TableKind):
            rows = interview.handoff.rows(question.id)
            if rows:
                yield question, question.field, rows

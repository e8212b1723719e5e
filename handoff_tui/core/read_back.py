"""What a section decided, said back to the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handoff_tui.core.answers import State
from handoff_tui.core.interview import Interview
from handoff_tui.core.question import Question
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Section
from handoff_tui.core.text import labelled
from handoff_tui.core.wording import say_cell, say_scalar

__all__ = ["Decision", "decisions"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer, said back: the question, its state, and the lines that say it."""

    question: Question
    state: State
    lines: tuple[str, ...]


def decisions(interview: Interview, section: Section, people: Mapping[str, str]) -> list[Decision]:
    """Return what was decided in a section, question by question; what nobody answered is left out."""
    found = []
    for question in interview.asked_in(section):
        state = interview.state(question)
        if state is not State.UNANSWERED:
            found.append(Decision(question, state, _lines(interview, question, people)))
    return found


def _lines(interview: Interview, question: Question, people: Mapping[str, str]) -> tuple[str, ...]:
    value = interview.handoff.answer(question.id).value
    if value is None:
        return ()
    if isinstance(question.field, TableKind):
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return tuple(_row(question.field, row, people) for row in rows)
    return tuple(say_scalar(question.field, value, people).split("\n"))


def _row(table: TableKind, row: Mapping[str, object], people: Mapping[str, str]) -> str:
    key, *others = [
        (column.label, " ".join(say_cell(column, row, people).split()))
        for column in table.columns
        if column.needed(row)
    ]
    said = [labelled(label, cell) for label, cell in others if cell]
    return " · ".join([key[1], *said])

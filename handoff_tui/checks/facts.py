"""What a rule may read of a handoff: only what has a value, typed, on the day of the check.

An open question has no value, nor has one that is not applicable, hidden, or assumed past its date. A cell that is
open, or that does not fit its kind, has no value either, and a rule about it waits: `Row.lacks` is false for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from handoff_tui.checks.texts import Texts
from handoff_tui.core.answers import Answer, Assumed
from handoff_tui.core.duration import seconds
from handoff_tui.core.finding import Severity
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.hours import always_there
from handoff_tui.core.interview import Interview
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE, SYSTEMS, Rejection
from handoff_tui.core.table import MAX_ROWS, TableKind
from handoff_tui.core.wording import say_cell

__all__ = ["Facts", "Found", "Row"]


_NOTHING: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule yields: a finding without the rule's own id; see `Finding` for the fields.

    `severity` is set where it is lighter than the rule's own; `text` is what an acceptance of it holds for, where
    that is not the cell, the row or the answer.
    """

    question: str
    message: str
    fix: str
    row: str | None = None
    column: str | None = None
    severity: Severity | None = None
    cause: str = ""
    part: str = ""
    lacks: str = ""
    text: str | None = None
    index: int | None = None


class Row:
    """One row of a table, as rules read it."""

    __slots__ = ("_waiting", "cells", "index", "label", "question", "table")

    def __init__(
        self,
        question: Question,
        table: TableKind,
        label: str,
        cells: Mapping[str, Any],
        waiting: AbstractSet[str],
        index: int,
    ) -> None:
        self.question = question
        self.table = table
        self.label = label
        self.cells = cells
        self._waiting = waiting
        self.index = index

    def __getitem__(self, column: str) -> Any:
        """Return a cell's value, or `None`."""
        return None if column in self._waiting else self.cells.get(column)

    def text(self, column: str) -> str:
        """Return a cell's text, empty where it has none."""
        value = self[column]
        return value if isinstance(value, str) else ""

    def seconds(self, column: str) -> int | None:
        """Return a duration in seconds, or `None` where the cell has no value."""
        value = self[column]
        return seconds(value) if isinstance(value, str) else None

    def lacks(self, column: str) -> bool:
        """Say whether a cell was never filled; one that is open or does not fit waits instead."""
        return column not in self.cells and column not in self._waiting

    def waits(self, column: str) -> bool:
        """Say whether a cell is open, or holds what it cannot mean."""
        return column in self._waiting

    @property
    def says(self) -> str:
        """The row's name in words: a choice by its words, other names in quotes."""
        name = say_cell(self.table.key, self.cells)
        return name if name != self.label else f"“{name}”" if name else f"a {self.table.row_name} without a name"

    @property
    def quoted(self) -> str:
        """The row's name in quotes, also where it is a choice: its words often read like a sentence of their own."""
        name = say_cell(self.table.key, self.cells)
        return f"“{name}”" if name else self.says

    def say(self, column: str) -> str:
        """Return a cell in words: `4 hours`, and a choice by its words."""
        return say_cell(self.table.column(column), self.cells)

    def found(self, message: str, fix: str, column: str | None = None, **more: Any) -> Found:
        """Return a finding at this row, or at one of its cells."""
        return Found(self.question.id, message, fix, self.label, column, index=self.index, **more)


class Facts:
    """A handoff as the rules read it on one day."""

    def __init__(self, interview: Interview, today: date) -> None:
        self.interview = interview
        self.handoff: Handoff = interview.handoff
        self.template = interview.template
        self.today = today
        self._asked = {question.id: question for question in interview.asked}
        self.answers = [(question, self.handoff.answer(question.id)) for question in interview.asked]
        """The questions that are asked now, each with what stands at it."""
        self._raw = {question.id: self._value_today(answer) for question, answer in self.answers}
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._open: dict[str, set[tuple[str, str]]] = {}
        for cell in self.handoff.open_cells:
            self._open.setdefault(cell.question, set()).add((cell.row, cell.column))
        self._wrong: dict[str, list[Rejection]] = {}

    # -- single answers ------------------------------------------------------------------------------------------

    @property
    def asked(self) -> Mapping[str, Question]:
        """The questions that are asked now, by id, in the order of the template."""
        return self._asked

    def raw(self, question_id: str) -> Any:
        """Return what stands as the value of a question, right or wrong, or `None` where it has none today."""
        return self._raw.get(question_id)

    def _value_today(self, answer: Answer) -> Any:
        mark = answer.mark
        if isinstance(mark, Assumed) and mark.due is not None and mark.due < self.today:
            return None
        return answer.effective

    def wrong(self, question_id: str) -> list[Rejection]:
        """Return what does not fit its kind in the value of a question."""
        if question_id not in self._wrong:
            value = self.raw(question_id)
            field = self._asked[question_id].field if value is not None else None
            if isinstance(field, TableKind):
                self._wrong[question_id] = field.check(value)
            else:
                wrong = field.check(value) if field is not None else None
                self._wrong[question_id] = [wrong] if wrong else []
        return self._wrong[question_id]

    def value(self, question_id: str) -> Any:
        """Return the value of a single answer that fits its kind, or `None`."""
        value = self.raw(question_id)
        return None if value is None or self.wrong(question_id) else value

    def has(self, question_id: str) -> bool:
        """Say whether a question has a value today; an empty table has none."""
        return self.raw(question_id) not in (None, [])

    def seconds(self, question_id: str) -> int | None:
        """Return a single duration in seconds, or `None`."""
        value = self.value(question_id)
        return seconds(value) if isinstance(value, str) else None

    # -- tables --------------------------------------------------------------------------------------------------

    def tables(self) -> Iterator[tuple[Question, TableKind]]:
        """Yield the tables that are asked now."""
        for question in self._asked.values():
            if isinstance(question.field, TableKind):
                yield question, question.field

    def rows(self, question_id: str) -> tuple[Row, ...]:
        """Return the rows of a table, at most as many as one may have; none where it has no value."""
        if question_id not in self._rows:
            self._rows[question_id] = tuple(self._read(question_id))
        return self._rows[question_id]

    def _read(self, question_id: str) -> Iterator[Row]:
        question = self._asked.get(question_id)
        if question is None or not isinstance(question.field, TableKind) or not self.has(question_id):
            return
        waiting: dict[str, set[str]] = {}
        for wrong in self.wrong(question_id):
            waiting.setdefault(wrong.row or "", set()).add(wrong.column or "")
        for row, column in self.open_in(question_id):
            waiting.setdefault(row, set()).add(column)
        table = question.field
        for index, cells in enumerate(self.handoff.rows(question_id)[:MAX_ROWS]):
            label = table.row_label(cells)
            yield Row(question, table, label, cells, waiting.get(label, _NOTHING), index)

    def open_in(self, question_id: str) -> AbstractSet[tuple[str, str]]:
        """Return the open cells of a table as pairs of row and column."""
        return self._open.get(question_id, _NOTHING)

    @cached_property
    def people(self) -> Mapping[str, Row]:
        """The people, teams and rotas by key."""
        return {row.label: row for row in self.rows(PEOPLE)}

    @cached_property
    def systems(self) -> Mapping[str, Row]:
        """The systems by name."""
        return {row.label: row for row in self.rows(SYSTEMS)}

    def contacts(self) -> Iterator[str]:
        """Yield the keys of all people, teams and rotas."""
        yield from self.people

    def called(self, key: str) -> str:
        """Return what people call somebody, by key; one who is not listed by the key."""
        row = self.people.get(key)
        return (row.text("name") if row else "") or key

    @cached_property
    def texts(self) -> Texts:
        """Every text of the file, wherever it stands."""
        return Texts(self.handoff, self.template)

    # -- what many rules ask -------------------------------------------------------------------------------------

    @cached_property
    def costly(self) -> bool:
        """Whether customers lose money or access when the integration stops."""
        return bool(self.value("business_state.criticality") == "money_or_access")

    @property
    def to_support(self) -> bool:
        """Whether this is the handover from engineering to support, after which nothing essential may be missing."""
        return self.handoff.head.moment == "engineering_to_support"

    def function_of(self, key: str) -> str:
        """Return the function of somebody: `support`, `engineering`, …; empty where it is not known."""
        row = self.people.get(key)
        return row.text("function") if row else ""

    def always_there(self, key: str) -> bool:
        """Say whether somebody can be reached at any hour."""
        row = self.people.get(key)
        return row is not None and always_there(row.text("hours"))

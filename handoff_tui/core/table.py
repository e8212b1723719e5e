"""Tables: rows of typed cells whose first column names the row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, Literal, TypeAlias

from pydantic import Field

from handoff_tui.core.kind import Strict
from handoff_tui.core.kinds import ChoiceKind, ScalarKind
from handoff_tui.core.reading import Cell, Context, Rejection
from handoff_tui.core.text import clean_line, fold, key_from, with_article

__all__ = ["MAX_ROWS", "Column", "NeededBy", "Row", "TableKind", "rows_left", "too_many"]

MAX_ROWS = 500
_NEAR = 50
"""Rows before that limit from which on it is told."""

Row: TypeAlias = dict[str, Cell]
"""One row: a cell by column id; an absent column has no value."""


class NeededBy(Strict):
    """A cell that is needed as soon as a row of another table names its row, in `column` of `question`."""

    question: str
    column: str
    when: dict[str, str] = Field(default_factory=dict)


class Column(Strict):
    """A column of a table: a scalar kind, and how its cell is asked for."""

    id: str
    field: ScalarKind
    label: str
    ask: str = ""
    example: str = ""
    hint: str = ""
    suggest: str | None = None
    suggest_from: str | None = None
    more: bool = False
    needed_when: dict[str, str] | None = None
    needed_by: NeededBy | None = None

    def needed(self, row: Mapping[str, Any]) -> bool:
        """Say whether the cell must be filled, or open, in this row."""
        if self.needed_when is not None:
            return self.needed_when.items() <= row.items()
        return not self.more

    def suggestion(self, row: Mapping[str, Any]) -> str | None:
        """Return the value to suggest for an empty cell of this row."""
        if self.suggest_from:
            source = row.get(self.suggest_from)
            return key_from(str(source)) if source else None
        return self.suggest


class TableKind(Strict):
    """A table. `seeds` are the first cells of the rows that stand there at first, `required_rows` those that must."""

    kind: Literal["table"]
    columns: tuple[Column, ...] = Field(min_length=1)
    row_name: str = "row"
    seeds: tuple[str, ...] = ()
    required_rows: tuple[str, ...] = ()

    @cached_property
    def key(self) -> Column:
        """The first column, which names the row."""
        return self.columns[0]

    @property
    def table_of_names(self) -> None:
        """A table's own value is no name; its cells' may be."""
        return

    @cached_property
    def by_id(self) -> dict[str, Column]:
        """Every column by its id."""
        return {column.id: column for column in self.columns}

    @cached_property
    def naming(self) -> tuple[tuple[Column, str], ...]:
        """The columns whose cells are names, each with the id of the table that lists them."""
        listed = ((column, column.field.table_of_names) for column in self.columns)
        return tuple((column, table_id) for column, table_id in listed if table_id)

    def column(self, column_id: str) -> Column:
        """Return a column by its id.

        Raises:
            KeyError: There is none.
        """
        return self.by_id[column_id]

    def seed_rows(self) -> list[Row]:
        """Return the rows that stand there at first, each with its first cell only."""
        return [{self.key.id: seed} for seed in self.seeds]

    def row_label(self, row: Mapping[str, Any]) -> str:
        """Return the row's name: the text of its first cell."""
        return str(row.get(self.key.id, ""))

    def read_row(
        self, raw: Mapping[str, object], context: Context, *, taken: Sequence[str] = (), allow_gaps: bool = False
    ) -> Row | list[Rejection]:
        """Return the typed row, or everything that is wrong with it.

        Args:
            raw: Raw cells by column id; an empty cell counts as absent. Unknown columns pass through untouched.
            context: The day, and the names given so far.
            taken: The names of the other rows.
            allow_gaps: Let needed cells be empty; the first column never is.
        """
        label = str(raw.get(self.key.id) or "")
        row: Row = {}
        wrong: list[Rejection] = []
        for column in self.columns:
            cell = raw.get(column.id)
            if cell is None or cell == [] or (isinstance(cell, str) and not clean_line(cell)):
                continue
            value = column.field.read(cell, context, cell=True)
            if isinstance(value, Rejection):
                wrong.append(Rejection(value.message, value.fix, label, column.id))
            else:
                row[column.id] = value
        wrong += self._key_problems(row, label, taken, wrong)
        if not allow_gaps:
            mistaken = {item.column for item in wrong}
            wrong += [
                self.gap(label, column)
                for column in self.columns[1:]
                if column.needed(row) and column.id not in row and column.id not in mistaken
            ]
        if wrong:
            order = [column.id for column in self.columns]
            return sorted(wrong, key=lambda item: order.index(item.column) if item.column in order else 0)
        known = {column.id for column in self.columns}
        passed: dict[str, Any] = {key: value for key, value in raw.items() if key not in known}
        return row | passed

    def _key_problems(
        self, row: Row, label: str, taken: Sequence[str], wrong: Sequence[Rejection]
    ) -> Iterator[Rejection]:
        key = self.key
        if key.id not in row:
            if not any(item.column == key.id for item in wrong):
                yield Rejection(
                    f"“{key.label}” of this {self.row_name} is empty.",
                    # It cannot be marked open: the mark would name nothing.
                    f"Fill it, for example {key.example}." if key.example else "Fill it: the row is named by it.",
                    label,
                    key.id,
                )
        elif fold(str(row[key.id])) in {fold(other) for other in taken}:
            yield Rejection(
                f"There is {with_article(self.row_name)} called “{row[key.id]}” already.",
                "Give this one another name, or change that one.",
                label,
                key.id,
            )

    def gap(self, label: str, column: Column, index: int | None = None) -> Rejection:
        """Return what to say of an empty cell that is needed."""
        choosing = isinstance(column.field, ChoiceKind)
        return Rejection(
            f"“{column.label}” of {label or f'this {self.row_name}'} is empty.",
            "Choose one, or mark the cell open." if choosing else _fill(column.label, column.example),
            label,
            column.id,
            index,
        )

    def gaps(self, rows: Sequence[Mapping[str, Any]], open_cells: AbstractSet[tuple[str, str]]) -> list[Rejection]:
        """Return the needed cells that are empty and not open; `open_cells` holds pairs of row and column."""
        return [
            self.gap(self.row_label(row), column, index)
            for index, row in enumerate(rows)
            for name, column in self._may_be_needed
            if name not in row and column.needed(row) and (self.row_label(row), name) not in open_cells
        ]

    def read(
        self, raw: object, context: Context, *, open_cells: AbstractSet[tuple[str, str]] = frozenset()
    ) -> list[Row] | list[Rejection]:
        """Return all rows typed, or everything that is wrong with them; empty input is one rejection."""
        if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
            return [Rejection("This is not a table.", "Write each row as its own [[…]] table.")]
        if not raw:
            return [
                Rejection(
                    "There is no row yet.",
                    f"Add {with_article(self.row_name)}, or choose “Don't know yet” to say it is not needed.",
                )
            ]
        if len(raw) > MAX_ROWS:
            return [too_many(len(raw))]
        rows: list[Row] = []
        wrong: list[Rejection] = []
        for item in raw:
            result = self.read_row(item, context, taken=[self.row_label(row) for row in rows], allow_gaps=True)
            if isinstance(result, list):
                wrong += result
            else:
                rows.append(result)
        return [*wrong, *self.gaps(rows, open_cells)] or rows

    @cached_property
    def _may_be_needed(self) -> tuple[tuple[str, Column], ...]:
        return tuple((column.id, column) for column in self.columns if not column.more or column.needed_when)

    def check(self, value: object) -> list[Rejection]:
        """Say what is wrong, by kind alone, with rows that a file holds; gaps are not its matter."""
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        wrong: list[Rejection] = []
        if not isinstance(value, list) or len(rows) < len(value):
            wrong.append(Rejection("It is not a table.", "Write each row as its own [[…]] table."))
        if len(rows) > MAX_ROWS:
            wrong.append(too_many(len(rows), ", and those past it are not checked"))
        for index, row in enumerate(rows[:MAX_ROWS]):
            for name, check in self._checks:
                problem = check(row[name]) if name in row else None
                if problem:
                    wrong.append(Rejection(problem.message, problem.fix, self.row_label(row), name, index))
        return wrong

    @cached_property
    def _checks(self) -> tuple[tuple[str, Callable[[object], Rejection | None]], ...]:
        return tuple((column.id, column.field.check) for column in self.columns)


def rows_left(rows: int) -> str:
    """Return how many more rows a table may have, in words; empty as long as that is no matter."""
    left = MAX_ROWS - rows
    if left > _NEAR:
        return ""
    return f"Room for {left} more of these: {MAX_ROWS} is the limit." if left >= 0 else f"! {too_many(rows)}"


def too_many(rows: int, more: str = "") -> Rejection:
    """Return what to say of a table with more rows than one may have."""
    return Rejection(f"There are {rows:,} rows; {MAX_ROWS} is the limit{more}.", "Group some of them.")


def _fill(label: str, example: str) -> str:
    return f"Fill it, for example {example}." if example else f"Fill “{label}”, or mark it open."

"""Two edits of one table made into one: rows by their first column, then cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from handoff_tui.core.conflicts import Conflict
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template
from handoff_tui.core.text import fold
from handoff_tui.core.three_way import ABSENT, numbered, ordered, pick, same

__all__ = ["Table", "is_rows", "key_column", "merge_cells", "name_of"]

Row: TypeAlias = Mapping[str, Any]
Key: TypeAlias = tuple[str, int]


def is_rows(value: Any) -> bool:
    """Say whether a value is a list of rows; nothing at all is one too."""
    return value is None or (isinstance(value, list) and all(isinstance(row, dict) for row in value))


def key_column(template: Template | None, question_id: str, values: Sequence[Any]) -> str | None:
    """Return the column by which rows are matched, `None` where the values are no rows of one table.

    What the template does not know is a table if it looks like one: the cell that names a row is the first we write.
    """
    if not all(map(is_rows, values)):
        return None
    question = template.by_id.get(question_id) if template else None
    if question is not None:
        return question.field.key.id if isinstance(question.field, TableKind) else None
    firsts = {next(iter(row), None) for rows in values for row in rows or ()}
    named = firsts.pop() if len(firsts) == 1 else None
    proper = named is not None and all(isinstance(row[named], str) for rows in values for row in rows or ())
    return named if proper else None


def name_of(row: Row, column: str) -> str:
    """Return the name of a row as its file has it."""
    return str(row.get(column, ""))


@dataclass
class Table:
    """One table in three versions; `conflicts` are what could not be joined, once `rows` was called."""

    question: str
    key: str
    base: Handoff
    ours: Handoff
    theirs: Handoff
    conflicts: list[Conflict] = field(default_factory=list)

    def rows(self) -> list[Row]:
        """Return the joined rows."""
        base, ours, theirs = (self._by_name(side) for side in (self.base, self.ours, self.theirs))
        joined: dict[Key, Row] = {}
        for key in {**ours, **theirs}:
            row = self._row(base.get(key), ours.get(key), theirs.get(key))
            if row is not None:
                joined[key] = row
        return [joined[key] for key in ordered([list(base), list(ours), list(theirs)], joined.keys())]

    def _by_name(self, side: Handoff) -> dict[Key, Row]:
        """Return the rows by their names as `duplicate-row` compares them; of equal ones one is the first."""
        rows: list[Row] = side.answer(self.question).value or []
        return dict(zip(numbered(fold(name_of(row, self.key)) for row in rows), rows, strict=True))

    def _row(self, base: Row | None, ours: Row | None, theirs: Row | None) -> Row | None:
        if ours is not None and theirs is not None:
            cells, clashes = merge_cells([base or {}, ours, theirs])
            self.conflicts += [
                Conflict(
                    self.question,
                    name_of(ours, self.key),
                    column,
                    ours=ours.get(column, ABSENT),
                    theirs=theirs.get(column, ABSENT),
                )
                for column in clashes
            ]
            return cells
        left = theirs if ours is None else ours
        if left is None or base is None:
            return left
        if not self._touched(base, left, self.theirs if ours is None else self.ours):
            return None
        told = [ABSENT if side is None else dict(side) for side in (ours, theirs)]
        self.conflicts.append(Conflict(self.question, name_of(left, self.key), ours=told[0], theirs=told[1]))
        return ours

    def _touched(self, base: Row, row: Row, side: Handoff) -> bool:
        """Say whether a side changed a row that the other one deleted; a cell that it marked open is a change."""
        before, now = (
            [cell for cell in handoff.open_cells if (cell.question, cell.row) == (self.question, name)]
            for handoff, name in ((self.base, name_of(base, self.key)), (side, name_of(row, self.key)))
        )
        # A mark that only went is what deleting or renaming another row does.
        return not same(base, row) or any(not any(same(cell, other) for other in before) for cell in now)


def merge_cells(versions: Sequence[Row]) -> tuple[dict[str, Any], list[str]]:
    """Return a row, or any other flat table, joined key by key; and the keys on which the sides clash."""
    base, ours, theirs = versions
    joined: dict[str, Any] = {}
    clashes: list[str] = []
    for key in {**ours, **theirs}:
        value, clash = pick(base.get(key, ABSENT), ours.get(key, ABSENT), theirs.get(key, ABSENT))
        clashes += [key] if clash else []
        if value is not ABSENT:
            joined[key] = value
    return {key: joined[key] for key in ordered([list(row) for row in versions], joined.keys())}, clashes

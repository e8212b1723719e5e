"""A table question in Markdown: a table that can be read without scrolling, and what does not fit into it below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handoff_tui.core.kinds import TextKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.table import Column, TableKind
from handoff_tui.render.markdown import Block, Markup, bullets, join, paragraph, strong, table
from handoff_tui.render.view import View, as_it_stands

__all__ = ["WIDEST", "rows_of"]

WIDEST = 6
"""Columns that GitHub shows side by side without squeezing the words; more go below, unless each row needs them."""

_CONTACT = ("name", "function", "hours", "reach", "backup", "kind")
"""What a reader needs of a contact, in this order."""

Row = Mapping[str, Any]


def rows_of(view: View, question: Question) -> list[Block]:
    """Return the rows of a table question."""
    field = question.field
    if not isinstance(field, TableKind):
        raise TypeError(question.id)
    value = view.answer(question).value
    rows = view.rows(question.id)
    strange = [item for item in value if not isinstance(item, dict)] if isinstance(value, list) else [value]
    blocks = _layout(view, question, rows, _columns(question, field, rows)) if rows else []
    return [*blocks, *(paragraph(as_it_stands(item)) for item in strange)]


def _columns(question: Question, field: TableKind, rows: Sequence[Row]) -> Sequence[Column]:
    """Return the columns in the order of reading; a contact's key is for the file, and left out beside a name."""
    if question.id != PEOPLE or not all(row.get("name") for row in rows):
        return field.columns
    by_id = {column.id: column for column in field.columns[1:]}
    first = [by_id.pop(column_id) for column_id in _CONTACT if column_id in by_id]
    return [*first, *by_id.values()]


def _layout(view: View, question: Question, rows: Sequence[Row], columns: Sequence[Column]) -> list[Block]:
    always = [column for column in columns if not _folded(column)]
    if sum(isinstance(column.field, TextKind) for column in always) > 1:
        return _records(view, question, rows, columns)
    used = [c for c in columns if _folded(c) and any(view.cell(question.id, row, c.id) for row in rows)]
    wordy = any(isinstance(column.field, TextKind) for column in used)
    if len(always) + len(used) <= WIDEST and not wordy:
        return [_table(view, question, rows, [column for column in columns if column in (*always, *used)])]
    return [_table(view, question, rows, always), bullets(_rest(view, question, row, used) for row in rows)]


def _folded(column: Column) -> bool:
    """Say whether a column is filled in some rows only."""
    return column.more or column.needed_when is not None


def _table(view: View, question: Question, rows: Sequence[Row], columns: Sequence[Column]) -> Block:
    cells = ([view.cell(question.id, row, column.id) for column in columns] for row in rows)
    return table([column.label for column in columns], cells)


def _rest(view: View, question: Question, row: Row, columns: Sequence[Column]) -> Markup:
    """Return the cells that stand below the table, on one line; nothing where the row has none."""
    cells = ((column, view.cell(question.id, row, column.id)) for column in columns)
    said = join(*(join(column.label, cell, by=": ") for column, cell in cells if cell), by=" · ")
    return join(strong(view.row_name(question, row)), said, by=" — ") if said else Markup()


def _records(view: View, question: Question, rows: Sequence[Row], columns: Sequence[Column]) -> list[Block]:
    """Return each row as a list of its own: texts side by side would be columns of three words."""
    blocks: list[Block] = []
    for row in rows:
        cells = ((column, view.cell(question.id, row, column.id)) for column in columns[1:])
        blocks.append(paragraph(strong(view.row_name(question, row))))
        blocks.append(bullets(join(strong(column.label, after=":"), cell, by=" ") for column, cell in cells if cell))
    return blocks

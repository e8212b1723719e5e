"""Rows pasted into a table: what they would do, said before it is done; then done, as one step.

Nothing that stands is overwritten unasked, and no pasted cell is dropped: what cannot be read is kept as it was
pasted beside its row, where the row's form shows it; what no column takes is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handoff_tui.core import changes
from handoff_tui.core.kinds import LineKind, ManyKind
from handoff_tui.core.pasted import MAX_PASTE, Beside, looks_like_rows, read_pasted
from handoff_tui.core.reading import Cell, Known, Rejection
from handoff_tui.core.table import MAX_ROWS, Column, Row, TableKind
from handoff_tui.core.text import fold, plural
from handoff_tui.session.joining import join_answer
from handoff_tui.session.session import BESIDE, Session

__all__ = [
    "Differs",
    "Paste",
    "PastedRow",
    "meant_as_rows",
    "plan_paste",
    "tables_unread",
    "take_paste",
    "unread",
    "unread_cells",
]


@dataclass(frozen=True, slots=True)
class Differs:
    """A cell that stands already with another value than the one pasted."""

    row: str
    column: Column
    stands: Any
    pasted: Cell


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row of a paste.

    Args:
        label: Its name.
        index: The row that stands already under that name; `None` for a new one.
        row: Its cells as they will stand, without those that cannot be read.
        raw: Its cells as they were pasted.
        wrong: What cannot be read.
        fills: How many empty cells of a row that stands it fills.
    """

    label: str
    index: int | None
    row: Row
    raw: Mapping[str, str]
    wrong: tuple[Rejection, ...] = ()
    fills: int = 0


@dataclass(frozen=True, slots=True)
class Paste:
    """What a paste would do.

    Args:
        question: The id of the table.
        rows: Every row that is taken, new or not.
        differs: The cells that stand already with another value.
        beside: What is not taken over, each with the name of its row: no column takes it, or its cell has a value.
        named: The names given to rows that had none, or one that another row has.
        left_out: The names of the rows past the limit.
        too_long: How many characters were pasted, where they are more than can be taken.
    """

    question: str
    rows: tuple[PastedRow, ...] = ()
    differs: tuple[Differs, ...] = ()
    beside: tuple[tuple[str, Beside], ...] = ()
    named: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    too_long: int = 0

    @property
    def new(self) -> tuple[PastedRow, ...]:
        """The rows that join the table."""
        return tuple(row for row in self.rows if row.index is None)

    @property
    def wrong(self) -> tuple[Rejection, ...]:
        """Every cell that cannot be read, with its row and column."""
        return tuple(item for row in self.rows for item in row.wrong)

    @property
    def fills(self) -> int:
        """How many empty cells of rows that stand already are filled."""
        return sum(row.fills for row in self.rows)


def meant_as_rows(session: Session, question_id: str, text: str) -> bool:
    """Say whether text that was pasted into one cell of a table is meant as rows."""
    return len(text) <= MAX_PASTE and looks_like_rows(text, session.table(question_id))


def plan_paste(session: Session, question_id: str, text: str) -> Paste:
    """Return what pasting a text into a table would do; nothing is done yet."""
    if len(text) > MAX_PASTE:
        return Paste(question_id, too_long=len(text))
    table = session.table(question_id)
    pasted = read_pasted(text, table)
    return _Planner(session, question_id, table).plan(pasted.rows, pasted.beside)


def take_paste(session: Session, paste: Paste, *, replacing: bool = False) -> None:
    """Do what was planned, as one step; with `replacing`, pasted cells take the place of those that differ."""
    question = session.template.by_id[paste.question]
    table, rows = session.table(paste.question), session.rows(paste.question)
    differing = {(item.row, item.column.id): item.pasted for item in paste.differs} if replacing else {}
    drafts: dict[str, Any] = {}
    taken: list[Row] = []
    for item in paste.rows:
        row = item.row | {column: cell for (label, column), cell in differing.items() if label == item.label}
        taken.append(row)
        before = rows[item.index] if item.index is not None else {}
        if item.index is None:
            rows.append(row)
        else:
            rows[item.index] = row
        key = f"{paste.question}#{item.label}"
        if item.wrong or key in session.drafts:
            given = {column for column in item.raw if row.get(column) != before.get(column)}
            typed = {column: raw for column, raw in session.drafts.get(key, {}).items() if column not in given}
            draft = _draft(table, row, typed, item)
            drafts[key] = None if draft == dict(_as_typed(table, row)) else draft
    filled = {table.row_label(row): row.keys() for row in rows}
    kept = tuple(
        cell
        for cell in session.handoff.open_cells
        if cell.question != paste.question or cell.column not in filled.get(cell.row, ())
    )
    handoff = changes.give(replace(session.handoff, open_cells=kept), session.template, paste.question, rows)
    handoff = join_answer(handoff, session.template, question, taken, [dict(item.raw) for item in paste.rows])
    session.commit(handoff, f"the {plural(len(paste.rows), 'pasted row')} of “{question.label}”", drafts)


def unread(session: Session, question_id: str) -> list[Rejection]:
    """Return the cells of a table's rows that cannot be read and are kept as they were typed or pasted."""
    table, rows, context = session.table(question_id), session.rows(question_id), session.context
    labels = [table.row_label(row) for row in rows]
    found: list[Rejection] = []
    for index, (label, row) in enumerate(zip(labels, rows, strict=True)):
        raw = session.drafts.get(f"{question_id}#{label}") if label else None
        key = {table.key.id: row[table.key.id]} if table.key.id in row else {}
        others = [*labels[:index], *labels[index + 1 :]] if raw else []
        read = table.read_row(raw if raw else key, context, taken=others, allow_gaps=True) if raw or key else []
        found += [replace(item, row=label, index=index) for item in read if isinstance(item, Rejection)]
    return found


def tables_unread(session: Session) -> dict[str, list[Rejection]]:
    """Return what cannot be read in each table that has such cells kept beside it, by the table's label."""
    typed = {key.partition("#")[0] for key in session.drafts if "#" in key and not key.startswith(BESIDE)}
    tables = [question for question in session.template.by_id.values() if question.id in typed]
    found = {question.label: unread(session, question.id) for question in tables}
    return {label: cells for label, cells in found.items() if cells}


def unread_cells(session: Session, question_id: str) -> dict[tuple[str, str], str]:
    """Return what stands in the cells that cannot be read, by row and column."""
    found: dict[tuple[str, str], str] = {}
    for item in unread(session, question_id):
        raw = session.drafts.get(f"{question_id}#{item.row}", {}).get(item.column) or item.row
        found[item.row or "", item.column or ""] = ", ".join(raw) if isinstance(raw, list) else str(raw)
    return found


# -- planning ----------------------------------------------------------------------------------------------------


class _Planner:
    """Goes through the rows of one paste, and knows which names are given."""

    def __init__(self, session: Session, question_id: str, table: TableKind) -> None:
        self._question_id = question_id
        self._table = table
        self._context = session.context
        self._stand = session.rows(question_id)
        self._index = {fold(table.row_label(row)): at for at, row in enumerate(self._stand)}
        self._by_name: dict[str, PastedRow] = {}
        self._named: list[str] = []
        self._left_out: list[str] = []
        self._differs: list[Differs] = []
        self._beside: list[tuple[str, Beside]] = []

    def plan(self, raws: Sequence[Mapping[str, str]], beside: Sequence[Beside]) -> Paste:
        self._introduce(raws)
        for number, raw in enumerate(raws):
            label = self._take(number, raw)
            self._beside += [(label, item) for item in beside if item.row == number]
        return Paste(
            self._question_id,
            tuple(self._by_name.values()),
            tuple(self._differs),
            tuple(self._beside),
            tuple(self._named),
            tuple(self._left_out),
        )

    def _introduce(self, raws: Sequence[Mapping[str, str]]) -> None:
        """Let the rows of a paste name one another, as those that stand do: a person's backup."""
        key, names = self._table.key, self._context.names
        if self._question_id not in names:
            return
        says = key.suggest_from or key.id
        pairs = ((raw.get(key.id) or key.suggestion(raw), raw.get(says)) for raw in raws)
        known = [Known(name, said or name) for name, said in pairs if name]
        self._context = replace(self._context, names={**names, self._question_id: [*names[self._question_id], *known]})

    def _take(self, number: int, raw: Mapping[str, str]) -> str:
        """Plan one row; return its name."""
        key = self._table.key
        cells, wrong = self._read(raw)
        label = str(cells.get(key.id, "")) or raw.get(key.id, "") or key.suggestion(cells) or ""
        label = label or self._new_name(f"unnamed {number + 1}")
        index = self._index.get(fold(label))
        before = self._by_name.get(fold(label))
        if before is not None and self._may_be_renamed(before, cells):
            label, index, before = self._new_name(label), None, None
        if index is None and before is None and len(self._stand) + self._count_new() >= MAX_ROWS:
            self._left_out.append(label)
            return label
        stands = dict(before.row if before else self._stand[index] if index is not None else {})
        name = self._table.row_label(stands) or label
        fills = [column for column in cells if column not in stands]
        for column, cell in cells.items():
            if column != key.id and column in stands and stands[column] != cell:
                self._differs.append(Differs(name, self._table.column(column), stands[column], cell))
        row = {key.id: name} | stands | {column: cells[column] for column in fills if column != key.id}
        for item in wrong:
            if item.column in stands and item.column != key.id:
                self._beside.append((name, Beside(number, self._table.column(item.column).label, raw[item.column])))
        said = tuple(replace(item, row=name) for item in wrong if item.column not in stands or item.column == key.id)
        self._by_name[fold(name)] = PastedRow(
            name,
            index if before is None else before.index,
            self._in_order(row),
            {**raw, **(before.raw if before else {})},
            (*(before.wrong if before else ()), *said),
            (before.fills if before else 0) + (len(fills) if index is not None else 0),
        )
        return name

    def _read(self, raw: Mapping[str, str]) -> tuple[Row, list[Rejection]]:
        """Return the cells that can be read, and what is wrong with the others."""
        cells: Row = {}
        wrong: list[Rejection] = []
        for column in self._table.columns:
            if column.id in raw:
                value = column.field.read(raw[column.id], self._context, cell=True)
                if isinstance(value, Rejection):
                    wrong.append(replace(value, column=column.id))
                else:
                    cells[column.id] = value
        return cells, wrong

    def _may_be_renamed(self, before: PastedRow, cells: Row) -> bool:
        """Say whether a second row of one name is another thing: it says something else, and names are free."""
        field = self._table.key.field
        free = isinstance(field, LineKind) and field.refers_to is None
        return free and any(before.row.get(column, cell) != cell for column, cell in cells.items())

    def _new_name(self, wanted: str) -> str:
        number, name = 2, wanted
        while fold(name) in self._by_name or fold(name) in self._index:
            name = f"{wanted}-{number}" if self._table.key.suggest_from else f"{wanted} ({number})"
            number += 1
        self._named.append(name)
        return name

    def _count_new(self) -> int:
        return sum(row.index is None for row in self._by_name.values())

    def _in_order(self, row: Row) -> Row:
        known = [column.id for column in self._table.columns if column.id in row]
        return {column: row[column] for column in (*known, *(key for key in row if key not in known))}


def _draft(table: TableKind, row: Row, typed: Mapping[str, Any], item: PastedRow) -> dict[str, Any]:
    """Return what the row's form shows: what stands, what was typed there before, and what cannot be read."""
    stands = dict(_as_typed(table, row))
    unreadable = {column.id: item.raw[column.id] for column in table.columns if _is_wrong(item, column)}
    lists = {key: [raw] for key, raw in unreadable.items() if isinstance(table.column(key).field, ManyKind)}
    return stands | {key: raw for key, raw in typed.items() if raw} | unreadable | lists


def _is_wrong(item: PastedRow, column: Column) -> bool:
    return any(wrong.column == column.id for wrong in item.wrong) and column.id in item.raw


def _as_typed(table: TableKind, row: Row) -> Iterator[tuple[str, str | list[str]]]:
    for column in table.columns:
        if column.id in row:
            value = row[column.id]
            yield column.id, value if isinstance(value, list) else column.field.edit_text(value)

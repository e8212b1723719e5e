"""Names that join on the spot: whoever is named in an answer becomes a row of the table of names.

A workshop names people and systems while it talks about something else; nobody should have to go back first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from handoff_tui.core import changes
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.kinds import ScalarKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE, SYSTEMS
from handoff_tui.core.table import Row, TableKind
from handoff_tui.core.template import Template
from handoff_tui.core.text import clean_line, key_from

__all__ = ["Newcomer", "join", "join_answer", "newcomers", "people_from"]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A row that a new name began: in which table, its name, and the needed cells it still lacks."""

    table: str
    row: str
    lacks: tuple[str, ...]


def join_answer(handoff: Handoff, template: Template, question: Question, value: Any, said: object) -> Handoff:
    """Let every new name in an answer join the table it belongs to; `said` is the raw input it was read from."""
    if not isinstance(question.field, TableKind):
        return join(handoff, template, question.field, value, said)
    raw_rows = said if isinstance(said, list) else value
    for row, raw in zip(value, raw_rows, strict=False):
        for column in question.field.columns:
            if column.id in row and column.field.table_of_names != question.id:
                handoff = join(handoff, template, column.field, row[column.id], raw.get(column.id))
    return handoff


def join(handoff: Handoff, template: Template, field: ScalarKind, value: Any, said: object) -> Handoff:
    """Let the names of one value join their table, each as a row with its first cell."""
    question = template.by_id.get(field.table_of_names or "")
    if question is None or not isinstance(question.field, TableKind):
        return handoff
    table, beside = question.field, set(getattr(field, "also", ()))
    for key in value if isinstance(value, list) else [value]:
        rows = [dict(row) for row in handoff.answer(question.id).value or [] if isinstance(row, dict)]
        if not key or key in beside or key in {table.row_label(row) for row in rows}:
            continue
        row: Row = {table.key.id: key}
        if question.id == PEOPLE:
            row["name"] = _as_said(key, said, whole=isinstance(value, str))
        seeds = [seed for seed in table.seed_rows() if table.row_label(seed) != key]
        handoff = changes.give(handoff, template, question.id, [*(rows or seeds), row])
    return handoff


def _as_said(key: str, said: object, *, whole: bool) -> str:
    """Return a name as it was typed, by itself or in a list."""
    parts = [said] if whole else re.split(r"[,;\n]", said) if isinstance(said, str) else said
    names = [clean_line(part) for part in parts if isinstance(part, str)] if isinstance(parts, list) else []
    return next((name for name in names if whole or key_from(name) == key), key)


def newcomers(handoff: Handoff, template: Template) -> list[Newcomer]:
    """Return the people and systems that lack a needed cell, to be asked for on the spot."""
    found: list[Newcomer] = []
    for table_id in (PEOPLE, SYSTEMS):
        question = template.by_id.get(table_id)
        if question is None or not isinstance(question.field, TableKind):
            continue
        table = question.field
        for row in handoff.rows(table_id):
            label, open_cells = table.row_label(row), handoff.open_in(table_id)
            lacks = [gap.column for gap in table.gaps([row], open_cells) if gap.column]
            lacks += [column for column in _needed_elsewhere(handoff, table, row) if (label, column) not in open_cells]
            if lacks:
                found.append(Newcomer(table_id, label, tuple(lacks)))
    return found


def _needed_elsewhere(handoff: Handoff, table: TableKind, row: Row) -> tuple[str, ...]:
    """Return the empty cells that another table's row needs: the hours of somebody who is paged."""
    label = table.row_label(row)
    needed: list[str] = []
    for column in table.columns:
        by = column.needed_by
        if by and column.id not in row:
            naming = [other for other in handoff.rows(by.question) if other.get(by.column) == label]
            if any(all(other.get(key) == value for key, value in by.when.items()) for other in naming):
                needed.append(column.id)
    return tuple(needed)


def people_from(names: Mapping[str, str] | list[str], taken: AbstractSet[str] = frozenset()) -> list[Row]:
    """Return rows of `parties.people` for the people in the room, each with a key of its own."""
    rows: list[Row] = []
    keys = set(taken)
    for name in names:
        key = first = key_from(name)
        number = 2
        while key in keys:
            key, number = f"{first}-{number}", number + 1
        keys.add(key)
        rows.append({"key": key, "name": name, "kind": "person"})
    return rows

"""Rows that have another name in the later of two versions: found by what else they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from handoff_tui.core.handoff import Handoff, rename
from handoff_tui.core.merge_rows import name_of
from handoff_tui.core.template import Template
from handoff_tui.core.text import fold
from handoff_tui.core.three_way import ABSENT, same

__all__ = ["Names", "with_new_names"]

Row: TypeAlias = Mapping[str, Any]
Names: TypeAlias = dict[str, str]
"""What rows were called, by what they are called now."""


def with_new_names(old: Handoff, new: Handoff, template: Template) -> tuple[Handoff, dict[str, Names]]:
    """Return the older version with the names that rows have now, also where others refer to them; and the names."""
    found: dict[str, Names] = {}
    for question, table in template.tables():
        key = table.key.id
        names = _renamed(key, old.rows(question.id), new.rows(question.id))
        if names:
            found[question.id] = {now: was for was, now in names.items()}
            old = rename(old, template, question.id, names)
            rows = [row | {key: names.get(name_of(row, key), row.get(key))} for row in old.rows(question.id)]
            old = old.with_answer(question.id, old.answer(question.id).with_(value=rows))
    return old, found


def _renamed(key: str, old: Sequence[Row], new: Sequence[Row]) -> dict[str, str]:
    """Return old names and new ones of rows whose other cells are for the most part as they were."""
    before, after = ({fold(name_of(row, key)) for row in rows} for rows in (old, new))
    came = [row for row in new if fold(name_of(row, key)) not in before]
    found: dict[str, str] = {}
    for row in (row for row in old if fold(name_of(row, key)) not in after):
        alike = [(_likeness(key, row, other), at) for at, other in enumerate(came)]
        best, at = max(alike, key=lambda item: item[0], default=(0.0, 0))
        if best > 0.5 and key in row:
            found[name_of(row, key)] = name_of(came.pop(at), key)
    return found


def _likeness(key: str, one: Row, other: Row) -> float:
    """Return how much of two rows is the same besides their names, from 0 to 1."""
    columns = {*one, *other} - {key}
    alike = [column for column in columns if same(one.get(column, ABSENT), other.get(column, ABSENT))]
    return len(alike) / len(columns) if columns else 0.0

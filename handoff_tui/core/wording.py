"""Typed values as people read them, the same on screen and in every document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handoff_tui.core.kinds import ScalarKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE, Known
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.text import plural, short, visible

__all__ = ["gist", "names_of", "say_cell", "say_scalar"]


def say_scalar(field: ScalarKind, value: Any, people: Mapping[str, str] | None = None) -> str:
    """Return a value in words. `people` gives the names for keys; without it keys stay keys.

    A value that does not fit its kind, for a person wrote it by hand, is shown as it stands.
    """
    if field.check(value) is not None:
        return visible(str(value))
    if people and field.table_of_names == PEOPLE:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(people.get(key, key) for key in keys)
    return field.say(value)


def say_cell(column: Column, row: Mapping[str, Any], people: Mapping[str, str] | None = None) -> str:
    """Return a cell in words, empty where it has no value."""
    return say_scalar(column.field, row[column.id], people) if column.id in row else ""


def gist(question: Question, value: Any, *, width: int = 60, hide: Callable[[str], str] = str) -> str:
    """Return a value in one short line: the names of a table's rows, the beginning of a text.

    `hide` takes out what nobody should read: before the line is cut, for half a secret is not known as one.
    """
    if value is None:
        return ""
    if isinstance(question.field, TableKind):
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        line = f"{plural(len(rows), 'row')}: {', '.join(question.field.row_label(row) for row in rows)}"
    else:
        line = say_scalar(question.field, value)
    return short(hide(line), width)


def names_of(known: tuple[Known, ...] | list[Known]) -> dict[str, str]:
    """Return what people call each key."""
    return {item.key: item.says for item in known}

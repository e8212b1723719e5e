"""The words of reading an answer: what it may be, what is known so far, why raw input is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from handoff_tui.core.text import fold

__all__ = ["PEOPLE", "SYSTEMS", "Cell", "Context", "Known", "Rejection"]

PEOPLE = "parties.people"
SYSTEMS = "parties.systems"

Cell: TypeAlias = str | int | date | list[str]
"""A value that fits one field: text, a choice's id, a number, a date, or a list of ids."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why raw input is not an answer, and what a right one looks like. `row` and `column` name a table's cell.

    `index` is the row's place among rows that stand there already: two may have one name.
    """

    message: str
    fix: str
    row: str | None = None
    column: str | None = None
    index: int | None = None

    def __str__(self) -> str:
        """Both sentences."""
        return f"{self.message} {self.fix}"


@dataclass(frozen=True, slots=True)
class Known:
    """A name that answers may use: the key that is stored, and what people call it."""

    key: str
    says: str


@dataclass(frozen=True, slots=True)
class Context:
    """What reading an answer needs to know of the world: the day, and the names given so far by table id."""

    today: date
    names: Mapping[str, Sequence[Known]] = field(default_factory=dict)

    def find(self, table: str, raw: str) -> str | None:
        """Return the key of a name, by key or by what people call it."""
        wanted = fold(raw)
        known = self.names.get(table, ())
        by_key = next((item.key for item in known if fold(item.key) == wanted), None)
        return by_key or next((item.key for item in known if fold(item.says) == wanted), None)

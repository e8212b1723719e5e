"""What a room says in an interview, as data: one script is played with keys and through the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = ["Answer", "Cells", "Mark", "Newcomer", "Note", "Row", "Script", "Start", "Step", "Table"]

Cells: TypeAlias = Mapping[str, str | list[str]]
"""Raw input by column id, as a person types it; a choice by its id."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A name that was heard for the first time, and what is said about it when the screen asks."""

    table: str
    row: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `of` names one that stands there already and is only filled in. `open` are the cells nobody knows."""

    cells: Cells
    of: str = ""
    newcomers: tuple[Newcomer, ...] = ()
    open: Mapping[str, Cells] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question of one field."""

    question: str
    raw: str | list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer to a table question, row by row."""

    question: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """F3: open, assumed or not applicable; an assumption has its answer."""

    question: str
    kind: str
    cells: Cells
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """F9 at a question, before it is answered."""

    question: str
    text: str


Step: TypeAlias = Answer | Table | Mark | Note


@dataclass(frozen=True, slots=True)
class Start:
    """What the start screen asks."""

    template: str
    name: str
    moment: str
    participants: str
    owner: str


@dataclass(frozen=True, slots=True)
class Script:
    """A whole interview."""

    start: Start
    steps: tuple[Step, ...]

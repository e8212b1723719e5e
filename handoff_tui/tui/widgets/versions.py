"""Two versions of an answer that a merge could not join: what each side says, and a button for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from handoff_tui.core.conflicts import Conflict
from handoff_tui.core.question import Question
from handoff_tui.core.resolve import Side
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.text import plural
from handoff_tui.core.three_way import ABSENT
from handoff_tui.core.wording import gist, say_scalar
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.words import safe

__all__ = ["Versions"]

_LONGEST = 300
"""Characters of a version that are shown; the buttons take all of it."""


class Versions(Vertical):
    """The first of some conflicts; the others follow when it is decided."""

    @dataclass
    class Chosen(Message):
        """Posted when a person decided."""

        conflict: Conflict
        take: Side

    def __init__(self, question: Question, conflicts: tuple[Conflict, ...], people: Mapping[str, str]) -> None:
        super().__init__(id="versions")
        self._question = question
        self._people = people
        self._conflict = conflicts[0]
        self._more = len(conflicts) - 1

    def compose(self) -> ComposeResult:
        """Lay out where, the two versions, and the buttons."""
        where = self._where()
        more = f"  ({plural(self._more, 'more of these', 'more of these')})" if self._more else ""
        yield Static(safe(f"! Two people answered this differently{where}.{more}", "$warning"), markup=False)
        for title, side in (("Ours:   ", self._conflict.ours), ("Theirs: ", self._conflict.theirs)):
            yield Static(Content.styled(title, "bold") + safe(self._say(side)), markup=False)
        with Horizontal(id="versions-buttons"):
            yield Action("Ours holds (o)", id="take-ours", action="take('ours')", main=True)
            yield Action("Theirs holds (t)", id="take-theirs", action="take('theirs')")

    def action_take(self, take: Side) -> None:
        """Decide."""
        self.post_message(self.Chosen(self._conflict, take))

    def _where(self) -> str:
        conflict, field = self._conflict, self._question.field
        column = conflict.column
        if column and isinstance(field, TableKind):
            column = next((item.label for item in field.columns if item.id == column), column)
        parts = [part for part in (conflict.row, column, conflict.part.replace("_", " ")) if part]
        return f": {', '.join(parts)}" if parts else ""

    def _say(self, side: Any) -> str:
        said = " ".join(self._words(side).split())
        return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"

    def _words(self, side: Any) -> str:
        conflict, field = self._conflict, self._question.field
        if side is ABSENT:
            return "deleted" if conflict.row is not None and conflict.column is None else "nothing"
        columns = {item.id: item for item in field.columns} if isinstance(field, TableKind) else {}
        if isinstance(side, dict):
            told = {
                columns[key].label if key in columns else key: self._cell(columns.get(key), side[key]) for key in side
            }
            return " · ".join(f"{label}: {cell}" for label, cell in told.items())
        if conflict.part:
            return str(side)
        if not isinstance(field, TableKind):
            return say_scalar(field, side, self._people)
        column = columns.get(conflict.column or "")
        return self._cell(column, side) if column else gist(self._question, side)

    def _cell(self, column: Column | None, value: Any) -> str:
        return say_scalar(column.field, value, self._people) if column else str(value)

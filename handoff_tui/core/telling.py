"""What is said of a handoff in one line: where something stands, and what it is, for people who do not write code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from handoff_tui.core.answers import Assumed, Mark, NotApplicable, Open, OpenCell
from handoff_tui.core.conflicts import Conflict, mark_of
from handoff_tui.core.dates import say_date
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.kinds import ChoiceKind, LineKind, ManyKind, ScalarKind, TextKind
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.template import Template
from handoff_tui.core.text import labelled, short
from handoff_tui.core.three_way import ABSENT
from handoff_tui.core.wording import say_scalar

__all__ = ["Teller", "plain", "two_shorts"]

_HEAD = {
    "name": "Name of the handoff",
    "template": "Template",
    "template_version": "Version of the template",
    "moment": "Handover",
    "status": "Status",
    "owner": "Integration owner",
    "participants": "In the room",
    "created": "Begun on",
    "comment": "Comment at the head",
}
_MOMENTS = {
    "discovery_to_delivery": "from discovery to delivery",
    "engineering_to_support": "from engineering to support",
}
_QUOTED = (LineKind, TextKind, ChoiceKind, ManyKind)
"""Kinds whose values are words of their own; a name, a date or a length of time needs no quotes."""
_WIDTH = 80


def plain(value: Any) -> str:
    """Return a value that fits no kind as text: lists and tables of a file on one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {plain(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(plain, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return say_date(value) if isinstance(value, date) and not isinstance(value, datetime) else str(value)


def two_shorts(was: str, now: str, width: int = _WIDTH) -> tuple[str, str]:
    """Return two texts on one line each, cut so that what differs is in sight."""
    one, other = (" ".join(text.split()) for text in (was, now))
    if max(len(one), len(other)) <= width:
        return one, other
    alike = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    begin = one.rfind(" ", 0, max(alike - width // 3, 0)) + 1 if alike > width // 2 else 0
    lead = "…" if begin else ""
    cut, other_cut = (lead + short(text[begin:], width) for text in (one, other))
    return cut, other_cut


class Teller:
    """Says places and values of one handoff: people by name, choices by their words, lengths of time in words.

    Args:
        handoff: Whose people are named.
        template: The questions.
        shown: What every text passes before it is cut or joined: so that a secret is hidden as a whole.
    """

    def __init__(self, handoff: Handoff, template: Template | None, shown: Callable[[str], str] = str) -> None:
        self._template = template
        self._shown = shown
        value = handoff.answer(PEOPLE).value
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        self._people = {str(row["key"]): str(row.get("name") or row["key"]) for row in rows if "key" in row}

    # -- places --------------------------------------------------------------------------------------------------

    def table(self, question_id: str) -> TableKind | None:
        """Return the table that a question asks for, if it is one."""
        question = self._template.by_id.get(question_id) if self._template else None
        return question.field if question is not None and isinstance(question.field, TableKind) else None

    def label(self, question_id: str) -> str:
        """Return what a question is called."""
        question = self._template.by_id.get(question_id) if self._template else None
        section, _, key = question_id.partition(".")
        if question is None and section == "handoff":
            return _HEAD.get(key, f"“{self._shown(key)}” of the handoff")
        return question.label if question else self._shown(question_id)

    def row(self, question_id: str, name: str) -> str:
        """Return what a row is called; a contact by name, not by key."""
        table = self.table(question_id)
        if not name:
            return "(no name)"
        if question_id == PEOPLE:
            return self.person(name)
        return short(self._say(table.key.field, name) if table else self._shown(name))

    def column(self, question_id: str, column_id: str) -> str:
        """Return what a column is called, as it stands inside a sentence."""
        column = self._column(question_id, column_id)
        label = column.label if column else f"“{self._shown(column_id)}”"
        return label if label[1:2].isupper() else label[:1].lower() + label[1:]

    def _column(self, question_id: str, column_id: str | None) -> Column | None:
        table = self.table(question_id)
        return next((column for column in table.columns if column.id == column_id), None) if table else None

    def place(self, question_id: str, row: str | None = None, column: str | None = None) -> str:
        """Return a place as the beginning of a sentence: `Alerts, LagHigh: urgency`."""
        where = self.label(question_id) + (f", {self.row(question_id, row)}" if row is not None else "")
        return where if column is None else f"{where}: {self.column(question_id, column)}"

    # -- values --------------------------------------------------------------------------------------------------

    def person(self, key: str) -> str:
        """Return what people call somebody."""
        return self._shown(self._people.get(key, key))

    def field(self, question_id: str, column_id: str | None = None) -> ScalarKind | None:
        """Return the kind of a question's or a cell's values; none for a table, and for what nobody asks."""
        if self.table(question_id) is not None:
            column = self._column(question_id, column_id)
            return column.field if column else None
        question = self._template.by_id.get(question_id) if self._template else None
        return None if question is None or isinstance(question.field, TableKind) else question.field

    def value(self, question_id: str, column_id: str | None, value: Any) -> str:
        """Return a value in words, in full."""
        field = self.field(question_id, column_id)
        if question_id == "handoff.owner" and isinstance(value, str):
            return self.person(value)
        if question_id == "handoff.moment":
            return _MOMENTS.get(str(value), self._shown(str(value)))
        return self._say(field, value) if field is not None else self._shown(plain(value))

    def quotes(self, question_id: str, column_id: str | None) -> tuple[str, str]:
        """Return what stands around a value inside a sentence."""
        field = self.field(question_id, column_id)
        named = field is not None and (not isinstance(field, _QUOTED) or field.table_of_names == PEOPLE)
        return ("", "") if named or question_id.startswith("handoff.") else ("“", "”")

    def _say(self, field: ScalarKind, value: Any) -> str:
        if field.check(value) is not None:
            return self._shown(plain(value))
        return self._shown(say_scalar(field, value, self._people))

    def cells(self, question_id: str, row: Mapping[str, Any]) -> str:
        """Return the cells of a row in one line, without its name."""
        table = self.table(question_id)
        if table is None:
            return self._shown(plain(row))
        said = [
            labelled(self.column(question_id, column.id), short(self.value(question_id, column.id, row[column.id]), 40))
            for column in table.columns[1:]
            if column.id in row
        ]
        return " · ".join(said[:4]) + (" · …" if len(said) > 4 else "")

    # -- states --------------------------------------------------------------------------------------------------

    def mark(self, mark: Mark | OpenCell) -> str:
        """Return a state in words."""
        if isinstance(mark, NotApplicable):
            return "not applicable" + (f": {self._shown(mark.reason)}" if mark.reason else "")
        due = f" by {say_date(mark.due)}" if mark.due else ""
        if isinstance(mark, Assumed):
            who = self.person(mark.confirmer) if mark.confirmer else "somebody"
            return f"assumed until {who} confirms{due}" + (f": {self._shown(mark.basis)}" if mark.basis else "")
        who = f"{self.person(mark.owner)} finds out{due}" if mark.owner else f"nobody is named{due}"
        note = f" ({self._shown(mark.note)})" if isinstance(mark, Open) and mark.note else ""
        return f"open, {who}{note}"

    def people(self, keys: Sequence[str]) -> str:
        """Return several people by name."""
        return ", ".join(map(self.person, keys))

    # -- conflicts -----------------------------------------------------------------------------------------------

    def conflict(self, conflict: Conflict) -> str:
        """Return what two versions there are, in one line."""
        beside = {"state": ", its state", "note": ", its note", "open_cell": ", open", "accepted": ", accepted"}
        where = self.place(conflict.question, conflict.row, conflict.column) + beside.get(conflict.part, "")
        ours, theirs = self._side(conflict, conflict.ours), self._side(conflict, conflict.theirs)
        left, right = self.quotes(conflict.question, conflict.column) if conflict.part == "" else ("", "")
        if conflict.ours is not ABSENT and conflict.theirs is not ABSENT:
            one, other = two_shorts(ours, theirs)
            return f"{where}: ours is {left}{one}{right}, theirs is {left}{other}{right}"
        if conflict.theirs is ABSENT:
            return f"{where}: ours is {left}{short(ours)}{right}, they removed it"
        return f"{where}: we removed it, theirs is {left}{short(theirs)}{right}"

    def _side(self, conflict: Conflict, side: Any) -> str:
        if side is ABSENT:
            return ""
        if conflict.part == "state":
            mark = mark_of(side)
            return self.mark(mark) if mark else self._shown(plain(side))
        if conflict.part == "" and conflict.row is not None and conflict.column is None and isinstance(side, Mapping):
            return self.cells(conflict.question, side)
        if conflict.part == "":
            return self.value(conflict.question, conflict.column, side)
        return self._shown(plain(side))

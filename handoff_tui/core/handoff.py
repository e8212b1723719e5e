"""The whole document, immutable: a change is a new handoff, so a thread may save one while the next is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from handoff_tui.core.answers import Answer, Assumed, Note, Open, OpenCell
from handoff_tui.core.reading import PEOPLE, SYSTEMS, Context, Known
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template

__all__ = ["MOMENTS", "STATUSES", "Handoff", "Head", "context_of", "rename"]

MOMENTS = ("discovery_to_delivery", "engineering_to_support")
STATUSES = ("draft", "final")
NOTHING = Answer()


@dataclass(frozen=True, slots=True)
class Head:
    """What the start screen asks."""

    name: str = ""
    template: str = "general"
    template_version: int = 1
    moment: str = "engineering_to_support"
    status: str = "draft"
    owner: str = ""
    participants: tuple[str, ...] = ()
    created: date | None = None
    comment: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handoff:
    """A handoff: its head, the answers by full question id, and what belongs to no single question.

    `extra` holds top-level keys of the file that this version does not know; `schema` the `#:schema` line.
    """

    head: Head = field(default_factory=Head)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    open_cells: tuple[OpenCell, ...] = ()
    accepted: tuple[Mapping[str, Any], ...] = ()
    conflict: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    schema: str = ""

    def answer(self, question_id: str) -> Answer:
        """Return what stands at a question; an empty answer where nothing does."""
        return self.answers.get(question_id, NOTHING)

    def value(self, answer_id: str) -> Any:
        """Return the value that others may read: of a question, or of the head by `handoff.KEY`."""
        section, _, key = answer_id.partition(".")
        return getattr(self.head, key, None) if section == "handoff" else self.answer(answer_id).effective

    def rows(self, question_id: str) -> list[dict[str, Any]]:
        """Return the rows of a table; none where it has no readable value."""
        value = self.value(question_id)
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def open_in(self, question_id: str) -> AbstractSet[tuple[str, str]]:
        """Return the open cells of a table as pairs of row and column."""
        return {(cell.row, cell.column) for cell in self.open_cells if cell.question == question_id}

    def with_answer(self, question_id: str, answer: Answer) -> Handoff:
        """Return a handoff in which this stands at the question."""
        answers = dict(self.answers)
        if answer.empty:
            answers.pop(question_id, None)
        else:
            answers[question_id] = answer
        return replace(self, answers=answers)


def context_of(handoff: Handoff, template: Template, today: date) -> Context:
    """Return what reading an answer needs to know of this handoff."""
    names: dict[str, Sequence[Known]] = {}
    for question, table in template.tables():
        value = handoff.answer(question.id).value
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        says = "name" if question.id == PEOPLE else table.key.id
        names[question.id] = [
            Known(table.row_label(row), str(row.get(says) or table.row_label(row)))
            for row in rows
            if table.row_label(row)
        ]
    names.setdefault(PEOPLE, [])
    names.setdefault(SYSTEMS, [])
    return Context(today, names)


# -- renaming ----------------------------------------------------------------------------------------------------


def rename(handoff: Handoff, template: Template, table_id: str, names: Mapping[str, str]) -> Handoff:
    """Return a handoff in which every reference to the renamed rows of a table follows; its own rows stay.

    `names` goes from old to new. Open cells of those rows follow too.
    """
    if not names:
        return handoff
    answers = dict(handoff.answers)
    for question, column in template.references(table_id):
        answer = answers.get(question.id)
        if answer is None or answer.value is None:
            continue
        if column is None:
            answers[question.id] = answer.with_(value=_renamed(answer.value, names))
        elif isinstance(answer.value, list):
            answers[question.id] = answer.with_(value=[_renamed_in(row, column.id, names) for row in answer.value])
    keyed_by = {
        q.id: c for q, c in template.references(table_id) if c and isinstance(q.field, TableKind) and c is q.field.key
    }
    cells = tuple(
        replace(cell, row=names.get(cell.row, cell.row))
        if cell.question == table_id or cell.question in keyed_by
        else cell
        for cell in handoff.open_cells
    )
    renamed = replace(handoff, answers=answers, open_cells=cells)
    return _rename_people(renamed, names) if table_id == PEOPLE else renamed


def _rename_people(handoff: Handoff, names: Mapping[str, str]) -> Handoff:
    """Follow renamed people through the head, the marks, the notes and what was accepted."""

    def named(key: str) -> str:
        return names.get(key, key)

    answers: dict[str, Answer] = {}
    for question_id, answer in handoff.answers.items():
        mark, note = answer.mark, answer.note
        if isinstance(mark, Open):
            mark = replace(mark, owner=named(mark.owner))
        elif isinstance(mark, Assumed):
            mark = replace(mark, confirmer=named(mark.confirmer))
        if isinstance(note, Note):
            note = replace(note, agreed_by=tuple(named(key) for key in note.agreed_by))
        answers[question_id] = answer.with_(mark=mark, note=note)
    return replace(
        handoff,
        head=replace(handoff.head, owner=named(handoff.head.owner)),
        answers=answers,
        open_cells=tuple(replace(cell, owner=named(cell.owner)) for cell in handoff.open_cells),
        accepted=tuple(
            {**item, "by": named(item["by"])} if isinstance(item.get("by"), str) else item for item in handoff.accepted
        ),
    )


def _renamed_in(row: Any, column_id: str, names: Mapping[str, str]) -> Any:
    if not isinstance(row, dict) or column_id not in row:
        return row
    return row | {column_id: _renamed(row[column_id], names)}


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [names.get(item, item) if isinstance(item, str) else item for item in value]
    return value

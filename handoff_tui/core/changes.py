"""What can be done to a handoff, each as a new handoff: give a value, mark, annotate, reconfirm.

Whatever changes a premise marks the answers that rest on it as stale, with the reason; it never touches them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handoff_tui.core.answers import Answer, Assumed, Mark, Note, OpenCell, Stale
from handoff_tui.core.handoff import Handoff, rename
from handoff_tui.core.kinds import ChoiceKind
from handoff_tui.core.question import Question
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template
from handoff_tui.core.wording import gist

__all__ = ["annotate", "clear", "give", "mark", "open_cell", "put_row", "reconfirm", "renew"]


def give(
    handoff: Handoff, template: Template, question_id: str, value: Any, *, assumed: Assumed | None = None
) -> Handoff:
    """Answer a question; the mark it had and its staleness go, its note stays."""
    answer = handoff.answer(question_id).with_(value=value, mark=assumed, stale=None)
    return _spread(handoff, handoff.with_answer(question_id, answer), template, question_id)


def mark(handoff: Handoff, template: Template, question_id: str, what: Mark) -> Handoff:
    """Set the state of a question; its value is kept."""
    answer = handoff.answer(question_id).with_(mark=what, stale=None)
    return _spread(handoff, handoff.with_answer(question_id, answer), template, question_id)


def clear(handoff: Handoff, template: Template, question_id: str) -> Handoff:
    """Take value and mark from a question; its note stays."""
    answer = Answer(note=handoff.answer(question_id).note)
    return _spread(handoff, handoff.with_answer(question_id, answer), template, question_id)


def reconfirm(handoff: Handoff, question_id: str) -> Handoff:
    """Say that a stale answer still holds."""
    return handoff.with_answer(question_id, handoff.answer(question_id).with_(stale=None))


def annotate(handoff: Handoff, question_id: str, note: Note | None) -> Handoff:
    """Set or take away the note of a question."""
    return handoff.with_answer(question_id, handoff.answer(question_id).with_(note=note))


def put_row(
    handoff: Handoff,
    template: Template,
    question_id: str,
    rows: list[dict[str, Any]],
    index: int | None,
    row: dict[str, Any],
) -> Handoff:
    """Put a row into a table's rows, at an index or at the end; where its name changes, every reference follows."""
    table = _table(template, question_id)
    changed = [*rows, row] if index is None else [*rows[:index], row, *rows[index + 1 :]]
    names: dict[str, str] = {}
    if index is not None:
        old, new = table.row_label(rows[index]), table.row_label(row)
        if old and old != new:
            names = {old: new}
    # A cell that has a value now is no longer open.
    label = table.row_label(row)
    kept = tuple(
        cell
        for cell in handoff.open_cells
        if not (cell.question == question_id and names.get(cell.row, cell.row) == label and cell.column in row)
    )
    base = replace(handoff, open_cells=kept)
    # The table's own rows may name one another: a person's backup.
    placed = base.with_answer(question_id, base.answer(question_id).with_(value=changed))
    followed = rename(placed, template, question_id, names).answer(question_id).value
    return give(rename(base, template, question_id, names), template, question_id, followed)


def open_cell(handoff: Handoff, cell: OpenCell) -> Handoff:
    """Mark one cell of a row as open; a mark it had is replaced."""
    place = (cell.question, cell.row, cell.column)
    others = tuple(item for item in handoff.open_cells if (item.question, item.row, item.column) != place)
    return replace(handoff, open_cells=(*others, cell))


def renew(handoff: Handoff, template: Template) -> Handoff:
    """Bring a handoff made with an older template up to this one: what changed its meaning is stale."""
    made_with = handoff.head.template_version
    if made_with >= template.version:
        return handoff
    for question in template.by_id.values():
        answer = handoff.answer(question.id)
        if question.changed is not None and question.changed > made_with and answer.given and answer.stale is None:
            stale = Stale("handoff.template_version", str(made_with))
            handoff = handoff.with_answer(question.id, answer.with_(stale=stale))
    return replace(handoff, head=replace(handoff.head, template_version=template.version))


def _spread(before: Handoff, after: Handoff, template: Template, question_id: str) -> Handoff:
    """Mark as stale what rests on an answer whose effective value changed; lift it where the old value returns."""
    old, new = before.answer(question_id).effective, after.answer(question_id).effective
    if old == new:
        return after
    question = template.by_id.get(question_id)
    was = _said(question, old) if question else ""
    now = _said(question, new) if question else ""
    # A table's gist names its rows only, and a long text's gist its beginning: the same gist is not the same value.
    exact = question is not None and not isinstance(question.field, TableKind) and not now.endswith("…")
    for other in template.resting_on(question_id):
        answer = after.answer(other.id)
        if answer.stale and answer.stale.because == question_id:
            # With several premises, another one may have changed meanwhile.
            if exact and answer.stale.was == now and len(template.premises_of(other)) == 1:
                after = after.with_answer(other.id, answer.with_(stale=None))
        elif answer.given and answer.stale is None:
            after = after.with_answer(other.id, answer.with_(stale=Stale(question_id, was)))
    return after


def _said(question: Question, value: Any) -> str:
    """Return what a premise was, in one short line; a choice by its id, for its words may be rewritten."""
    return value if isinstance(question.field, ChoiceKind) and isinstance(value, str) else gist(question, value)


def _table(template: Template, question_id: str) -> TableKind:
    question: Question = template.by_id[question_id]
    if not isinstance(question.field, TableKind):
        raise TypeError(f"{question_id} is not a table")
    return question.field

"""What stands beside the answers: open, assumed, not applicable, one open cell, a note, the head. Each gives a new
handoff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handoff_tui.core import changes
from handoff_tui.core.answers import Assumed, Mark, NotApplicable, Note, Open, OpenCell
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.reading import Context, Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template
from handoff_tui.core.text import clean_line
from handoff_tui.session.forms import MARK_FORMS, NOTE, OPEN_CELL, START
from handoff_tui.session.joining import join

__all__ = ["annotated", "headed", "marked", "with_open_cell"]

Raw = Mapping[str, object]
_MARKS: dict[str, type[Open | Assumed | NotApplicable]] = {
    "open": Open,
    "assumed": Assumed,
    "not_applicable": NotApplicable,
}


def marked(
    handoff: Handoff, template: Template, context: Context, question_id: str, kind: str, raw: Raw
) -> Handoff | list[Rejection]:
    """Mark a question as `open`, `assumed` or `not_applicable`; `raw` are the cells of that mark's form."""
    form = MARK_FORMS[kind]
    read = form.read_row(raw, context)
    if isinstance(read, list):
        return read
    old = handoff.answer(question_id).mark
    # What a newer program wrote beside the same mark stays.
    extra: Mapping[str, Any] = old.extra if old is not None and type(old) is _MARKS[kind] else {}
    known = {column.id for column in form.columns}
    values: dict[str, Any] = {name: value for name, value in read.items() if name in known}
    mark: Mark = _MARKS[kind](**values, extra=extra)
    return changes.mark(_joined(handoff, template, form, read, raw), template, question_id, mark)


def with_open_cell(
    handoff: Handoff, template: Template, context: Context, place: tuple[str, str, str], raw: Raw
) -> Handoff | list[Rejection]:
    """Mark one cell as open by itself; `place` is its question, row and column."""
    read = OPEN_CELL.read_row(raw, context)
    if isinstance(read, list):
        return read
    values: dict[str, Any] = dict(read)
    return changes.open_cell(_joined(handoff, template, OPEN_CELL, read, raw), OpenCell(*place, **values))


def annotated(
    handoff: Handoff, template: Template, context: Context, question_id: str, raw: Raw
) -> Handoff | list[Rejection]:
    """Set the note of a question and who agreed; an empty form takes it away."""
    read: dict[str, Any] = {}
    for column in NOTE.columns:
        said = raw.get(column.id)
        if clean_line(said) if isinstance(said, str) else said:
            value = column.field.read(said, context, cell=True)
            if isinstance(value, Rejection):
                return [replace(value, column=column.id)]
            read[column.id] = value
    if not read:
        return changes.annotate(handoff, question_id, None)
    note = replace(
        handoff.answer(question_id).note or Note(),
        text=read.get("text", ""),
        agreed_by=tuple(read.get("agreed_by", ())),
    )
    return changes.annotate(_joined(handoff, template, NOTE, read, raw), question_id, note)


def headed(handoff: Handoff, template: Template, context: Context, raw: Raw) -> Handoff | list[Rejection]:
    """Take over the start form: name, moment, owner; a new owner joins the people."""
    read = START.read_row(raw, context)
    if isinstance(read, list):
        return read
    words: dict[str, Any] = {key: str(read[key]) for key in ("name", "moment", "owner")}
    handoff = join(handoff, template, START.column("owner").field, read["owner"], raw.get("owner"))
    return replace(handoff, head=replace(handoff.head, **words))


def _joined(handoff: Handoff, template: Template, form: TableKind, read: Mapping[str, Any], raw: Raw) -> Handoff:
    """Let the people who are named in a form join."""
    for column in form.columns:
        if column.id in read:
            handoff = join(handoff, template, column.field, read[column.id], raw.get(column.id))
    return handoff

"""Who is wanted for what: everybody a handoff names, with the rows that they answer for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from handoff_tui.core.kinds import ChoiceKind, ContactKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.table import Column, TableKind
from handoff_tui.render.markdown import Markup, join, led
from handoff_tui.render.view import View

__all__ = ["Contact", "contacts", "functions", "unclaimed"]

DUTIES = "ownership.responsibilities"
_MOST = 3
"""Rows to name of a table; of more it says how many."""


@dataclass(slots=True)
class Contact:
    """Somebody the handoff names: the key where there is one, whether the list of the room has them, and what for."""

    name: str
    key: str = ""
    invited: bool = False
    reasons: list[Markup] = field(default_factory=list)


def contacts(view: View) -> list[Contact]:
    """Return everybody once: those invited in the order of the list, then the others in that of the handoff."""
    head, reasons = view.interview.handoff.head, _reasons(view)
    named = dict.fromkeys([*([head.owner] if head.owner else []), *view.people, *reasons])
    by_name = {view.name(key).strip(): key for key in reversed(named)}
    listed = dict.fromkeys(name.strip() for name in head.participants)
    invited = [Contact(name, by_name.get(name, ""), invited=True) for name in listed]
    known = {contact.key for contact in invited}
    found = [*invited, *(Contact(view.name(key), key) for key in named if key not in known)]
    for contact in found:
        if contact.key and contact.key == head.owner:
            contact.reasons.append(Markup("integration owner"))
        contact.reasons += reasons.get(contact.key, [])
        if contact.key and not contact.reasons:
            others = (view.name(key) for key, row in view.people.items() if row.get("backup") == contact.key)
            contact.reasons += filter(None, [led("covers for ", join(*others, by="; "))])
    return found


def functions(view: View) -> dict[str, str]:
    """Return the words of each function that people can have, by id."""
    table = view.interview.template.by_id.get(PEOPLE)
    column = table.field.by_id.get("function") if table and isinstance(table.field, TableKind) else None
    return dict(column.field.choices) if column and isinstance(column.field, ChoiceKind) else {}


def unclaimed(view: View) -> list[Markup]:
    """Return the duties that the template asks for and nobody has yet, in words."""
    question, table = view.questions.get(DUTIES), view.table(DUTIES)
    if question is None or table is None:
        return []
    rows = {table.row_label(row): row for row in view.rows(DUTIES)}
    duties = [*rows, *(duty for duty in dict.fromkeys((*table.required_rows, *table.seeds)) if duty not in rows)]
    return [
        view.row_name(question, {table.key.id: duty})
        for duty in duties
        if duty not in rows or not _key(view, question, rows[duty], "accountable")
    ]


def _reasons(view: View) -> dict[str, list[Markup]]:
    """Return what each contact answers for, by key: in each table the first contact of a row."""
    reasons: dict[str, list[Markup]] = {}
    for question, table, column in _answering(view):
        rows: dict[str, list[Markup]] = {}
        for row in view.rows(question.id):
            if key := _key(view, question, row, column.id):
                rows.setdefault(key, []).append(view.row_name(question, row))
        for key, names in rows.items():
            # A sign-off names nobody but the one who signs.
            said = join(*names, by="; ") if column is not table.key else Markup()
            few = said if len(names) <= _MOST else Markup(str(len(names)))
            reasons.setdefault(key, []).append(join(question.label, led("(", few, ")"), by=" "))
    return reasons


def _answering(view: View) -> Iterator[tuple[Question, TableKind, Column]]:
    for question in view.questions.values():
        if question.id != PEOPLE and isinstance(question.field, TableKind):
            column = next((item for item in question.field.columns if isinstance(item.field, ContactKind)), None)
            if column is not None:
                yield question, question.field, column


def _key(view: View, question: Question, row: dict[str, object], column_id: str) -> str:
    return "" if view.open_cell(question.id, row, column_id) else str(row.get(column_id, ""))

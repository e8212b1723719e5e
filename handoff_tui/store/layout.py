"""Handoff -> TOML text. The same answers give the same bytes, in the order that `product.md` settles.

Per section first the single answers, then the tables; then the states, notes and what was accepted. What nobody asks
for stands where it stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from handoff_tui.core.answers import Answer
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template
from handoff_tui.core.text import visible
from handoff_tui.store import emit
from handoff_tui.store.kept import STATES, joined, settled

__all__ = ["FORMAT", "HEADER", "SCHEMA", "dumps"]

FORMAT = 1
HEADER = "Integration handoff. Resume it: handoff-wizard resume "
SCHEMA = ":schema "
Raw = dict[str, Any]


def dumps(handoff: Handoff, template: Template | None, file_name: str) -> str:
    """Return the text of a handoff's file, in the order of its template; without one, in the order of the answers."""
    schema = [f"#{SCHEMA}{handoff.schema}\n"] if handoff.schema else []
    shown = visible(file_name).replace("\n", " ")  # on Linux a file name may hold anything
    sections = _sections(handoff, template)
    states = _states(handoff, template)
    kept = settled(handoff, states, sections)
    nested = {key: value for key, value in kept.items() if isinstance(value, dict) or (value and _is_rows(value))}
    flat = {key: value for key, value in kept.items() if key not in nested}
    first = "".join(schema) + f"# {HEADER}{shown}\n" + emit.body({"format": FORMAT} | flat)
    # What is set aside now is read as a section the next time, and stands where it will stand then.
    sections |= {key: nested.pop(key) for key in [*nested] if key not in handoff.extra}
    tables = [(("handoff",), _head_values(handoff.head)), *(((key,), body) for key, body in sections.items())]
    blocks = [block for path, body in tables for block in emit.table(path, body)]
    for key, ours in states.items():
        whole = joined(ours, nested.pop(key)) if key in nested else ours
        blocks += emit.table((), {key: whole}) if whole else ()
    return "\n".join([first, *blocks, *(emit.table((), nested) if nested else ())])


def _sections(handoff: Handoff, template: Template | None) -> dict[str, Raw]:
    """Return the values of each section that has some: the single ones, then the tables."""
    sections: dict[str, Raw] = {}
    for question_id in _ordered(handoff, template):
        section_id, _, name = question_id.partition(".")
        value = handoff.answers[question_id].value
        if value is not None:
            sections.setdefault(section_id, {})[name] = _in_column_order(question_id, value, template)
    return sections


def _states(handoff: Handoff, template: Template | None) -> Raw:
    """Return what stands beside the answers, by the names of its tables and in their order."""
    ordered = _ordered(handoff, template)
    marks = {key: _keyed(handoff, ordered, partial(_mark, kind)) for key, kind in STATES}
    return {
        "open": marks["open"],
        "open_cells": [_values(cell) for cell in handoff.open_cells],
        "assumed": marks["assumed"],
        "not_applicable": marks["not_applicable"],
        "stale": _keyed(handoff, ordered, lambda answer: answer.stale),
        "notes": _keyed(handoff, ordered, lambda answer: answer.note),
        "accepted": list(handoff.accepted),
        "conflict": dict(handoff.conflict),
    }


def _ordered(handoff: Handoff, template: Template | None) -> list[str]:
    """Return the ids of the answers in the template's order, then those it does not know; tables last in a section.

    Unknown ones stay in the order of the file. Those without a value have no place there, so they go by their id:
    read back, they come in the order of their states.
    """
    known = template.by_id if template else {}
    unknown = [question_id for question_id in handoff.answers if question_id not in known]
    strange = [question_id for question_id in unknown if handoff.answers[question_id].value is not None]
    strange += sorted(set(unknown) - set(strange))
    places = [question_id for question_id in known if question_id in handoff.answers]
    sections = [section.id for section in template.sections] if template else []
    sections += [question_id.partition(".")[0] for question_id in strange]
    order = {section_id: place for place, section_id in enumerate(dict.fromkeys(sections))}

    def weight(question_id: str) -> tuple[int, bool]:
        value = handoff.answers[question_id].value
        rows = isinstance(value, dict) or (_is_rows(value) and bool(value))
        return order[question_id.partition(".")[0]], rows

    return sorted([*places, *strange], key=weight)


def _in_column_order(question_id: str, value: Any, template: Template | None) -> Any:
    question = template.by_id.get(question_id) if template else None
    if question is None or not isinstance(question.field, TableKind) or not _is_rows(value):
        return value
    columns = [column.id for column in question.field.columns]
    return [
        {key: row[key] for key in columns if key in row}
        | {key: item for key, item in row.items() if key not in columns}
        for row in value
    ]


def _head_values(head: Head) -> Raw:
    values = _values(head)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _values(record: Any) -> Raw:
    """Return a record's keys in order, without those that hold nothing, and with what it did not know.

    A value that was unreadable (`due = "soon"`) stays until somebody gives a right one.
    """
    fields = {name: f.default for name, f in record.__dataclass_fields__.items() if name != "extra"}
    values = {name: getattr(record, name) for name in fields}
    held = {name: v for name, v in values.items() if v not in ("", None, ()) or v != fields[name]}
    kept = {name: list(v) if isinstance(v, tuple) else v for name, v in held.items()}
    extra = {key: v for key, v in record.extra.items() if values.get(key) == fields.get(key)}
    return kept | extra


def _mark(kind: type[Any], answer: Answer) -> Any:
    return answer.mark if isinstance(answer.mark, kind) else None


def _keyed(handoff: Handoff, ordered: Sequence[str], part: Any) -> Raw:
    keyed: Raw = {}
    for question_id in ordered:
        record = part(handoff.answers[question_id])
        if record is not None:
            section_id, _, name = question_id.partition(".")
            keyed.setdefault(section_id, {})[name] = _values(record)
    return keyed


def _is_rows(raw: Any) -> bool:
    return isinstance(raw, list) and all(isinstance(item, dict) for item in raw)

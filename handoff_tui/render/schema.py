"""JSON Schema of a handoff's file, from the questions of its template: an editor completes and checks with it.

What its readers can do shapes it (check-jsonschema 0.39, Taplo 0.9.3). JSON has no dates: both hand a TOML date on as
text, so a date is a string of the format `date`, and one in quotes passes too. Taplo reads the schema as draft 7: a
`$ref` has nothing beside it, and what has no `type` would be offered as a table. It shows the words of a choice from
`x-taplo`; other editors find them in the description.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias, get_type_hints

from handoff_tui.core.answers import Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.duration import STORED
from handoff_tui.core.handoff import MOMENTS, STATUSES, Head
from handoff_tui.core.kinds import ChoiceKind, DateKind, DurationKind, LineKind, ManyKind, NumberKind, TextKind
from handoff_tui.core.question import AnyKind, Question
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.template import Section, Template

__all__ = ["schema"]

Schema: TypeAlias = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_DATE: Schema = {"type": "string", "format": "date"}
_TYPES: dict[Any, Schema] = {
    str: _TEXT,
    int: {"type": "integer", "minimum": 1},
    date | None: _DATE,
    tuple[str, ...]: {"type": "array", "items": _TEXT},
}
"""What the file holds for a field of a record."""


def schema(template: Template) -> Schema:
    """Return the JSON Schema (2020-12) of the handoffs of a template, its keys in the order of the file.

    It is strict where a person can mistype: a key that it does not name is wrong. A draft fits it: of a row only the
    first column is required.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Made by: handoff-wizard schema {template.id} (version {template.version} of the template)",
        "title": f"Integration handoff: {template.title}",
        "description": template.about,
        **_object(
            {
                "format": {"type": "integer", "const": 1, "description": "The format of this file."},
                "handoff": _head(template),
                **{section.id: _section(section) for section in template.sections},
                **_states(template),
            },
            required=("format", "handoff"),
        ),
        "$defs": {**{name: _record(kind) for name, (kind, _) in _MARKS.items()}, "conflict": _object(_CONFLICT)},
    }


def _object(properties: Mapping[str, Schema], *, required: Sequence[str] = ()) -> Schema:
    """Return the schema of a table that has these keys and no others."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": dict(properties), **needed, "additionalProperties": False}


# -- questions ---------------------------------------------------------------------------------------------------


def _section(section: Section) -> Schema:
    asked = {question.name: _asked(question) for question in section.questions}
    return {"title": section.title, "description": section.asks or section.theme, **_object(asked)}


def _asked(item: Question | Column) -> Schema:
    """Return the schema of a question's or a column's values, with what the interview says of it."""
    adds = [f"{title}: {text}" for title, text in item.adds] if isinstance(item, Question) else []
    why = item.why if isinstance(item, Question) else ""
    example = f"Example: {item.example}" if item.example else ""
    words = [item.ask, *adds, why, item.hint, example, _how(item.field)]
    return {"title": item.label, "description": "\n\n".join(filter(None, words)), **_values(item.field)}


def _values(field: AnyKind) -> Schema:
    """Return the schema of a kind's values: it refuses what the kind's `check` refuses."""
    match field:
        case TableKind():
            columns = {column.id: _asked(column) for column in field.columns}
            return {"type": "array", "items": _object(columns, required=[field.key.id])}
        case ChoiceKind():
            return _choice(field.choices)
        case ManyKind():
            return _many(field)
        case NumberKind():
            bounds = {"minimum": field.minimum, "maximum": field.maximum}
            return {"type": "integer"} | {key: bound for key, bound in bounds.items() if bound is not None}
        case DurationKind():
            return {"type": "string", "pattern": f"^(?:{STORED})$"}
        case DateKind():
            return _DATE
    return _TEXT


def _choice(choices: Mapping[str, str]) -> Schema:
    return {"type": "string", "enum": list(choices), "x-taplo": {"docs": {"enumValues": list(choices.values())}}}


def _many(field: ManyKind) -> Schema:
    item = _choice(field.choices) if field.choices else _TEXT
    if field.choices and (field.others or field.refers_to):
        item = {"type": "string", "anyOf": [item, _TEXT]}  # any text fits; the choices are there to be offered
    alone = {"if": {"contains": {"const": field.exclusive}}, "then": {"maxItems": 1}} if field.exclusive else {}
    return {"type": "array", "items": item, "minItems": 1, "uniqueItems": True, **alone}


def _how(field: AnyKind) -> str:
    """Return how a value is written, where its kind does not go without saying."""
    match field:
        case TableKind():
            return f"Each {field.row_name} is a [[…]] table of its own, with a “{field.key.id}” that no other has."
        case ChoiceKind():
            return f"One of {_list(field.choices)}."
        case ManyKind():
            own = f"names from {field.refers_to}" if field.refers_to else "names of your own" if field.others else ""
            said = f"A list of {' or '.join(filter(None, [_list(field.choices), own]))}."
            return f"{said} “{field.exclusive}” stands alone." if field.exclusive else said
        case NumberKind():
            return f"A whole number{f' ({field.unit})' if field.unit else ''}."
        case DurationKind():
            return 'A number and a unit, in quotes: "30s", "15m", "4h", "3d" or "2w".'
        case DateKind():
            return "A date without quotes: 2026-12-24."
        case TextKind():
            return 'Several lines stand between """ and """.'
        case LineKind() if field.refers_to and field.also:
            return f"The first column of a row of {field.refers_to}, or {' or '.join(field.also)}."
    return f"The first column of a row of {field.table_of_names}." if field.table_of_names else ""


def _list(choices: Mapping[str, str]) -> str:
    return ", ".join(f"{choice} ({words})" for choice, words in choices.items())


# -- the head, the states, and what was accepted -----------------------------------------------------------------

_DUE = "By when, a date without quotes: 2026-12-24."
_WORDS: dict[type[Any], dict[str, str]] = {
    Head: {
        "name": "What an agent would call this integration.",
        "template": "The template whose questions are answered here.",
        "template_version": "The version of the template.",
        "moment": "Which handover this is: from discovery to delivery, or from engineering to support.",
        "status": "Final once it was finished as final; a change turns it back to draft.",
        "owner": "The owner of the integration: a key of parties.people.",
        "participants": "Who was in the room.",
        "created": "The day it was begun, a date without quotes: 2026-12-24.",
        "comment": "What a person wrote at the head of the file.",
    },
    Open: {
        "note": "What is known so far.",
        "owner": "Who finds out: a key of parties.people.",
        "due": _DUE,
    },
    Assumed: {
        "basis": "What the assumption is based on.",
        "confirmer": "Who confirms it: a key of parties.people.",
        "due": _DUE,
    },
    NotApplicable: {"reason": "Why the question does not arise here."},
    Stale: {"because": "The answer that changed, as section.question.", "was": "What that answer was."},
    Note: {
        "text": "What a reader should know about the answer.",
        "agreed_by": "Who agreed: keys of parties.people.",
    },
    OpenCell: {
        "question": "The table, as section.question.",
        "row": "The row, by its first column.",
        "column": "The column.",
        "owner": "Who finds out: a key of parties.people.",
        "due": _DUE,
    },
}
"""What each field of a record means."""
_MARKS: dict[str, tuple[type[Any], str]] = {
    "open": (Open, "What nobody knows yet: who finds out, by when."),
    "assumed": (Assumed, "What holds until somebody confirms it."),
    "not_applicable": (NotApplicable, "The questions that do not arise here."),
    "stale": (Stale, "The answers that were given before a premise of theirs changed."),
    "notes": (Note, "What was said beside the answers."),
}
"""The tables whose keys are those of the answers: the record under each key, and what the table means."""
_ACCEPTED = {
    "rule": "The rule that warned.",
    "question": "What it warned of, as section.question, or handoff.KEY for the head.",
    "row": "The row, by its first column.",
    "reason": "Why it is taken on.",
    "by": "Who takes it on: a key of parties.people.",
    "fingerprint": "Eight hex digits of the text that was warned of; when it changes, this lapses.",
}
_CONFLICT: dict[str, Schema] = {
    "row": _TEXT | {"description": "The row, by its first column."},
    "column": _TEXT | {"description": "The column, where the two differ in one cell."},
    "ours": {"description": "What stands in the answer; absent where we deleted it."},
    "theirs": {"description": "What they wrote; absent where they deleted it."},
}


def _head(template: Template) -> Schema:
    head = _record(Head, required=("name", "template"))
    head["properties"]["template"] |= {"const": template.id}
    head["properties"]["moment"] |= {"enum": list(MOMENTS)}
    head["properties"]["status"] |= {"enum": list(STATUSES)}
    return {"title": "Handoff", "description": "What the start screen asks.", **head}


def _states(template: Template) -> dict[str, Schema]:
    """Return what stands after the sections: the states and notes of the answers, what was accepted, conflicts."""
    marks = {
        name: {"description": words, **_keyed(template, {"$ref": f"#/$defs/{name}"})}
        for name, (_, words) in _MARKS.items()
    }
    return {
        "open": marks.pop("open"),
        "open_cells": _rows("Cells that are open by themselves.", _open_cell(template)),
        **marks,
        "accepted": _rows("Warnings that somebody took on.", _accepted(template)),
        "conflict": {
            "description": "What a merge could not join: decide it, and take its table out.",
            **_keyed(template, _rows("Two versions of one answer.", {"$ref": "#/$defs/conflict"})),
        },
    }


def _record(kind: type[Any], *, required: Sequence[str] = ()) -> Schema:
    """Return the schema of a record: its fields and no others, each with its words."""
    types = {name: hint for name, hint in get_type_hints(kind).items() if name != "extra"}
    fields = {name: _TYPES[hint] | {"description": _WORDS[kind][name]} for name, hint in types.items()}
    return _object(fields, required=required)


def _keyed(template: Template, each: Schema) -> Schema:
    """Return the schema of a table that has this under the path of each question."""
    return _object(
        {
            section.id: {"title": section.title, **_object({question.name: each for question in section.questions})}
            for section in template.sections
        }
    )


def _rows(words: str, row: Schema) -> Schema:
    return {"type": "array", "description": words, "items": row}


def _open_cell(template: Template) -> Schema:
    cell = _record(OpenCell, required=("question", "row", "column"))
    tables = {question.id: table for question, table in template.tables()}
    columns = dict.fromkeys(column.id for table in tables.values() for column in table.columns)
    cell["properties"]["question"] |= {"enum": list(tables)}
    cell["properties"]["column"] |= {"enum": list(columns)}
    return cell


def _accepted(template: Template) -> Schema:
    fields = {name: _TEXT | {"description": words} for name, words in _ACCEPTED.items()}
    fields["question"] |= {"enum": [*template.by_id, *(f"handoff.{name}" for name in _WORDS[Head])]}
    fields["fingerprint"] |= {"pattern": "^[0-9a-f]{8}$"}
    return _object(fields, required=("rule",))

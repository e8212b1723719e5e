"""From the tables of a template file to the models of `core`, and from pydantic's errors to words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import islice
from typing import Any, get_args

from pydantic import ValidationError

from handoff_tui.core.overlay import HEAD, RULES, SECTION_KEYS, Mistake, Path, sections_in
from handoff_tui.core.question import Question
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.template import RuleChange, Template

__all__ = ["KINDS", "build"]

KINDS = ("line", "text", "choice", "many", "number", "duration", "date", "contact", "system", "table")
_MOST = 1000
"""Mistakes to put into words; each costs a look for what was meant."""
_OWN_OF_QUESTION = frozenset(Question.model_fields) - {"id", "field"}
_OWN_OF_COLUMN = frozenset(Column.model_fields) - {"id", "field"}


def build(raw: dict[str, Any], template_id: str, lineage: tuple[str, ...]) -> Template | list[Mistake]:
    """Return the template that merged tables describe, or everything that is wrong with their shape."""
    mistakes: list[Mistake] = []
    sections = [_section(section_id, raw[section_id], mistakes) for section_id in sections_in(raw)]
    head = {key: raw[key] for key in (*HEAD, RULES) if key in raw and key not in ("format", "extends")}
    mistakes += [
        Mistake((key,), "this key is not known", f"use one of {', '.join(HEAD)}, or a [section]")
        for key, value in raw.items()
        if not isinstance(value, dict) and key not in HEAD
    ]
    if raw.get("format") != 1:
        mistakes.append(Mistake(("format",), "the format of this template is not known", "write format = 1"))
    if mistakes:
        return mistakes
    try:
        return Template.model_validate({"id": template_id, "lineage": lineage, "sections": sections, **head})
    except ValidationError as error:
        return list(islice(_explain(error, raw), _MOST))


def _section(section_id: str, body: dict[str, Any], mistakes: list[Mistake]) -> dict[str, Any]:
    own = {key: value for key, value in body.items() if not isinstance(value, dict)}
    mistakes += [
        Mistake((section_id, key), "this key is not known", _did_you_mean(key, SECTION_KEYS))
        for key in own
        if key not in SECTION_KEYS
    ]
    mistakes += [
        Mistake((section_id, name, "columns"), "the columns are no table", 'write columns.NAME = { label = "…" }')
        for name, question in body.items()
        if isinstance(question, dict) and not isinstance(question.get("columns", {}), dict)
    ]
    questions = [
        _question(f"{section_id}.{name}", question) for name, question in body.items() if isinstance(question, dict)
    ]
    own.pop("before", None)
    return {"id": section_id, "questions": questions, **own}


def _question(question_id: str, body: dict[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in body.items() if key in _OWN_OF_QUESTION}
    field = {key: value for key, value in body.items() if key not in _OWN_OF_QUESTION}
    if isinstance(field.get("columns"), dict):
        field["columns"] = tuple(_column(name, column) for name, column in field["columns"].items())
    return {"id": question_id, "field": field, **own}


def _column(column_id: str, body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    own = {key: value for key, value in body.items() if key in _OWN_OF_COLUMN}
    field = {"kind": "line"} | {key: value for key, value in body.items() if key not in _OWN_OF_COLUMN}
    return {"id": column_id, "field": field, **own}


# -- pydantic's errors in words ----------------------------------------------------------------------------------


_IN_WORDS = (
    dict.fromkeys(("string_type", "string_too_short"), ("this is not text", "write it in quotes"))
    | dict.fromkeys(("tuple_type", "list_type"), ("this is not a list", 'write it as ["one", "two"]'))
    | dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), ("this is not a table", "write { key = … }"))
    | dict.fromkeys(("int_type", "int_from_float", "finite_number"), ("this is not a whole number", "write digits"))
    | dict.fromkeys(("bool_type", "bool_parsing"), ("this is neither true nor false", "write true or false"))
)


def _explain(error: ValidationError, raw: dict[str, Any]) -> Iterator[Mistake]:
    for problem in error.errors(include_url=False):
        path, siblings = _file_path(problem["loc"], raw)
        if path[0] == RULES and problem["type"] in ("model_type", "string_too_short", "string_type"):
            yield _bad_change(path)
            continue
        match problem["type"]:
            case "extra_forbidden":
                yield Mistake(path, "this key is not known", _did_you_mean(path[-1], siblings))
            case "union_tag_invalid":
                tag = str(problem.get("ctx", {}).get("tag", ""))
                yield Mistake(
                    (*path, "kind"),
                    f"there is no kind “{tag}”",
                    _did_you_mean(tag, KINDS if len(path) == 2 else KINDS[:-1]),
                )
            case "union_tag_not_found":
                yield Mistake(path, "the kind is missing", f"add kind = one of {', '.join(KINDS)}")
            case "missing":
                yield Mistake(path, f"“{path[-1]}” is missing", f"add {path[-1]} = …")
            case "literal_error":
                expected = str(problem.get("ctx", {}).get("expected", ""))
                yield Mistake(path, f"“{problem['input']}” is not allowed here", f"use {expected}")
            case kind if kind in _IN_WORDS:
                yield Mistake(path, *_IN_WORDS[kind])
            case _:
                yield Mistake(path, problem["msg"][:1].lower() + problem["msg"][1:], "mend the value")


def _bad_change(path: Path) -> Mistake:
    """Say what is wrong with the change of a rule, where pydantic would speak to a programmer."""
    if path[-1] == "reason":
        return Mistake(path, "this is no reason", "say in a sentence why the rule does not hold for your team")
    return Mistake(path, "this is no change of a rule", 'write severity = "off" or "warning", and a reason')


def _file_path(loc: tuple[str | int, ...], raw: dict[str, Any]) -> tuple[Path, tuple[str, ...]]:
    """Turn a place in the models into the key of the file; also return the keys that would be known there."""
    if loc[:1] == (RULES,):
        return tuple(str(part) for part in loc), tuple(RuleChange.model_fields)
    if not loc or loc[0] != "sections" or len(loc) < 2:
        return tuple(str(part) for part in loc) or ("",), HEAD
    section_id = sections_in(raw)[int(loc[1])]
    if len(loc) < 4 or loc[2] != "questions":
        return (section_id, *(str(part) for part in loc[2:])), SECTION_KEYS
    names = [key for key, value in raw[section_id].items() if isinstance(value, dict)]
    name = names[int(loc[3])]
    body = raw[section_id][name]
    path: Path = (section_id, name)
    rest = [part for part in loc[4:] if part != "field" and part not in KINDS]
    if rest[:1] in (["suggest"], ["premises"]):
        rest = rest[:1]  # what follows are the names that pydantic gives to the alternatives
    known = _known_keys(Question, body)
    if len(rest) >= 2 and rest[0] == "columns" and isinstance(rest[1], int):
        column = list(body["columns"])[rest[1]]
        path, rest = (*path, "columns", column), rest[2:]
        known = _known_keys(Column, body["columns"][column])
    return (*path, *(str(part) for part in rest)), known


def _known_keys(model: type[Question] | type[Column], body: Any) -> tuple[str, ...]:
    own = _OWN_OF_QUESTION if model is Question else _OWN_OF_COLUMN
    kind = body.get("kind", "line") if isinstance(body, dict) else "line"
    union = get_args(get_args(model.model_fields["field"].annotation)[0]) or get_args(
        model.model_fields["field"].annotation
    )
    member = next((item for item in union if kind in get_args(item.model_fields["kind"].annotation)), TableKind)
    return tuple(sorted(own | set(member.model_fields)))


def _did_you_mean(word: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"use one of {', '.join(known)}"

"""What a template's shape does not show: names that lead nowhere, circles, questions that nobody can be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from handoff_tui.core.condition import is_head_id
from handoff_tui.core.kinds import ChoiceKind, ManyKind
from handoff_tui.core.overlay import Mistake, Path
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE, Rejection
from handoff_tui.core.table import MAX_ROWS, Column, TableKind
from handoff_tui.core.template import RESERVED, Template

__all__ = ["review"]

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LABEL_WIDTH = 14
_LONGEST = 5000
_MOST, _MOST_COLUMNS = 500, 60
_MOMENTS = ("discovery_to_delivery", "engineering_to_support")


def review(template: Template) -> list[Mistake]:
    """Return what is wrong across the questions of a template."""
    if too_many := list(_limits(template)):
        return too_many  # what follows compares the questions with one another
    return [
        *_ids(template),
        *(mistake for question in template.by_id.values() for mistake in _question(template, question)),
        *_circles(template),
    ]


def _limits(template: Template) -> Iterator[Mistake]:
    """Yield where a template has more than a room, or a screen, can take."""
    for path, size, most, what in _sizes(template):
        if size > most:
            yield Mistake(path, f"there are {size:,} {what}; {most:,} is the limit", "shorten it, or make two of it")


def _sizes(template: Template) -> Iterator[tuple[Path, int, int, str]]:
    """Yield what can be too much of: where, how much, the limit, of what."""
    yield (template.sections[-1].id if template.sections else "title",), len(template.by_id), _MOST, "questions"
    yield from _lengths(template, (), ("title", "about"))
    for question in template.by_id.values():
        path = _path(question)
        yield from _lengths(question, path, ("label", "ask", "why", "example", "hint"))
        yield from (((*path, "bring", key), len(text), _LONGEST, "characters") for key, text in question.bring.items())
        yield from _choices(question.field, path)
        if isinstance(question.field, TableKind):
            yield (*path, "columns"), len(question.field.columns), _MOST_COLUMNS, "columns"
            for name in ("seeds", "required_rows"):
                yield (*path, name), len(getattr(question.field, name)), MAX_ROWS, "rows"
            for column in question.field.columns:
                yield from _lengths(column, (*path, "columns", column.id), ("ask", "example", "hint"))
                yield from _choices(column.field, (*path, "columns", column.id))


def _lengths(holder: object, path: Path, names: Iterable[str]) -> Iterator[tuple[Path, int, int, str]]:
    return (((*path, name), len(getattr(holder, name)), _LONGEST, "characters") for name in names)


def _choices(field: object, path: Path) -> Iterator[tuple[Path, int, int, str]]:
    yield (*path, "choices"), len(getattr(field, "choices", ())), _MOST, "choices"


def _ids(template: Template) -> Iterator[Mistake]:
    for section in template.sections:
        if section.id in RESERVED:
            yield Mistake((section.id,), f"“{section.id}” is a key of every handoff", "call the section something else")
        names = [(section.id,), *(_path(question) for question in section.questions)]
        for question in section.questions:
            if isinstance(question.field, TableKind):
                names += [(*_path(question), "columns", column.id) for column in question.field.columns]
        for path in names:
            if not _ID.fullmatch(path[-1]):
                yield Mistake(path, "an id is lower-case letters, digits and _", "rename it, for example retry_window")


def _question(template: Template, question: Question) -> Iterator[Mistake]:
    path = _path(question)
    for answer_id, value in question.when.items():
        yield from _condition(template, answer_id, value, (*path, "when"))
    if isinstance(question.premises, tuple):
        for premise in question.premises:
            if premise not in template.by_id and not is_head_id(premise):
                yield _no_question(premise, (*path, "premises"))
    yield from _bring(template, question, path)
    if isinstance(question.field, TableKind):
        yield from _table(template, question.field, path)
        return
    yield from _field(template, question.field, path)
    if question.suggest is not None and (wrong := question.field.check(question.suggest)):
        yield _bad_value(wrong, (*path, "suggest"))


def _bring(template: Template, question: Question, path: Path) -> Iterator[Mistake]:
    """Yield where something is to be brought by people of a function that nobody can have."""
    people = template.by_id.get(PEOPLE)
    columns = people.field.by_id if people and isinstance(people.field, TableKind) else {}
    function = columns["function"].field if "function" in columns else None
    known = function.choices if isinstance(function, ChoiceKind) else {}
    yield from (
        Mistake((*path, "bring", key), f"nobody in {PEOPLE} works in “{key}”", f"use one of {', '.join(known)}")
        for key in question.bring
        if known and key not in known
    )


def _table(template: Template, table: TableKind, path: Path) -> Iterator[Mistake]:
    columns = {column.id: column for column in table.columns}
    if table.key.more or table.key.needed_when or table.key.needed_by:
        yield Mistake((*path, "columns", table.key.id), "the first column names the row", "take its conditions out")
    for name in ("seeds", "required_rows"):
        for value in getattr(table, name):
            if wrong := table.key.field.check(value):
                yield _bad_value(wrong, (*path, name))
    for column in table.columns:
        here = (*path, "columns", column.id)
        yield from _field(template, column.field, here)
        yield from _column(template, column, columns, here)


def _column(template: Template, column: Column, columns: Mapping[str, Column], path: Path) -> Iterator[Mistake]:
    if len(column.label) > _LABEL_WIDTH:
        yield Mistake(
            (*path, "label"), f"a heading has at most {_LABEL_WIDTH} characters", "shorten it; `ask` can say more"
        )
    if column.suggest is not None and (wrong := column.field.check(column.suggest)):
        yield _bad_value(wrong, (*path, "suggest"))
    if column.suggest_from and column.suggest_from not in columns:
        yield _no_column(column.suggest_from, (*path, "suggest_from"))
    for other, value in (column.needed_when or {}).items():
        if other not in columns:
            yield _no_column(other, (*path, "needed_when"))
        elif wrong := columns[other].field.check(value):
            yield _bad_value(wrong, (*path, "needed_when"))
    if column.needed_by:
        named = template.by_id.get(column.needed_by.question)
        if named is None or not isinstance(named.field, TableKind):
            yield _no_question(column.needed_by.question, (*path, "needed_by"))
            return
        there = {item.id for item in named.field.columns}
        yield from (
            _no_column(name, (*path, "needed_by"))
            for name in (column.needed_by.column, *column.needed_by.when)
            if name not in there
        )


def _field(template: Template, field: object, path: Path) -> Iterator[Mistake]:
    table_id = getattr(field, "table_of_names", None)
    if table_id:
        table = template.by_id.get(table_id)
        if table is None or not isinstance(table.field, TableKind):
            yield Mistake((*path, "refers_to"), f"there is no table {table_id}", "name a table question")
    if isinstance(field, ManyKind):
        if field.exclusive and field.exclusive not in field.choices:
            yield Mistake((*path, "exclusive"), f"“{field.exclusive}” is not one of its choices", "use a choice's id")
        if not field.choices and not field.refers_to and not field.others:
            yield Mistake((*path, "choices"), "there is nothing to choose from", "add choices")
    if isinstance(field, ChoiceKind | ManyKind):
        yield from (
            Mistake((*path, "choices", choice), "an id is lower-case letters, digits and _", "rename it")
            for choice in field.choices
            if not _ID.fullmatch(choice)
        )


def _condition(template: Template, answer_id: str, value: str, path: Path) -> Iterator[Mistake]:
    if is_head_id(answer_id):
        if answer_id == "handoff.moment" and value not in _MOMENTS:
            yield Mistake(path, f"no handoff has the moment “{value}”", f"use {' or '.join(_MOMENTS)}")
        return
    question = template.by_id.get(answer_id)
    if question is None:
        yield _no_question(answer_id, path)
    elif isinstance(question.field, TableKind):
        yield Mistake(path, f"{answer_id} is a table, which equals nothing", "ask for a choice instead")
    elif isinstance(question.field, ChoiceKind) and (wrong := question.field.check(value)):
        yield Mistake(path, f"nobody can be asked this: {wrong.message[:1].lower()}{wrong.message[1:-1]}", wrong.fix)


def _circles(template: Template) -> Iterator[Mistake]:
    graphs = {
        "when": {question.id: tuple(question.when) for question in template.by_id.values()},
        "premises": {
            question.id: question.premises if isinstance(question.premises, tuple) else ()
            for question in template.by_id.values()
        },
    }
    for key, graph in graphs.items():
        seen: set[str] = set()
        for start in graph:
            circle = _circle(graph, start)
            if circle and not seen & set(circle):
                seen.update(circle)
                yield Mistake(
                    (*start.split("."), key),
                    f"these questions wait for one another: {' → '.join(circle)}",
                    "take one of the conditions out",
                )


def _circle(graph: Mapping[str, tuple[str, ...]], start: str) -> list[str]:
    """Return the way from a question back to itself, or nothing."""
    ways: list[list[str]] = [[start]]
    visited: set[str] = set()
    while ways:
        way = ways.pop()
        for following in graph.get(way[-1], ()):
            if following == start:
                return [*way, start]
            if following not in visited:
                visited.add(following)
                ways.append([*way, following])
    return []


def _path(question: Question) -> Path:
    return (question.section_id, question.name)


def _no_question(answer_id: str, path: Path) -> Mistake:
    return Mistake(path, f"there is no question {answer_id}", "mend the id, or take it out")


def _no_column(column_id: str, path: Path) -> Mistake:
    return Mistake(path, f"there is no column {column_id}", "name a column of that table")


def _bad_value(wrong: Rejection, path: Path) -> Mistake:
    return Mistake(path, wrong.message[:1].lower() + wrong.message[1:].rstrip("."), wrong.fix.rstrip("."))

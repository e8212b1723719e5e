"""Every text of a handoff with its place, walked once for all rules that look into texts wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template

__all__ = ["Text", "Texts"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its place; the fields are those of `Finding`."""

    text: str
    question: str
    row: str | None
    column: str | None
    index: int | None
    part: str


class Texts:
    """The texts of a handoff; `joined` holds them all, a line or more each, to look through in one go."""

    def __init__(self, handoff: Handoff, template: Template) -> None:
        self._texts = list(_walk(handoff, template))
        self.joined = "\n".join([item[0] for item in self._texts])

    def __iter__(self) -> Iterator[Text]:
        return (Text(*item) for item in self._texts)


# Plain tuples, for a file has a thousand texts and next to none is ever looked at alone.
_Raw: TypeAlias = tuple[str, str, str | None, str | None, int | None, str]


def _walk(handoff: Handoff, template: Template) -> Iterator[_Raw]:
    """Answers, hidden ones too, with what stands beside them; the head; what belongs to no question."""
    yield from _head(handoff)
    for question_id, answer in handoff.answers.items():
        question, value = template.by_id.get(question_id), answer.value
        if isinstance(value, list) and question is not None and isinstance(question.field, TableKind):
            yield from _rows(question_id, question.field.key.id, value)
        else:
            yield from _at(question_id, value)
        for part, record in answer.parts():
            yield from _at(question_id, [getattr(record, name) for name in record.__dataclass_fields__], part)
    for cell in handoff.open_cells:
        yield from _at(cell.question, [cell.row, cell.column, cell.owner, cell.extra], "open_cells", cell.row)
    for item in handoff.accepted:
        row = item.get("row")
        yield from _at(str(item.get("question", "")), item, "accepted", row if isinstance(row, str) else None)
    for section_id, questions in handoff.conflict.items():
        for name, sides in questions.items() if isinstance(questions, dict) else [("", questions)]:
            yield from _at(f"{section_id}.{name}", sides, "conflict")


def _head(handoff: Handoff) -> Iterator[_Raw]:
    head = handoff.head
    for name in head.__dataclass_fields__:
        if name != "extra":
            yield from _at(f"handoff.{name}", getattr(head, name))
    for name, value in head.extra.items():
        yield from _at(f"handoff.{name}", value)
    for key, value in handoff.extra.items():
        yield from _at(key, value)
    yield from _at("", handoff.schema)


def _rows(question_id: str, key: str, rows: list[Any]) -> Iterator[_Raw]:
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            yield from _at(question_id, row)
            continue
        label = str(row.get(key, ""))
        for column, cell in row.items():
            if isinstance(cell, str):
                yield cell, question_id, label, column, index, ""
            elif isinstance(cell, list | dict):
                yield from ((text, question_id, label, column, index, "") for text in _strings(cell))


def _at(question_id: str, value: Any, part: str = "", row: str | None = None) -> Iterator[_Raw]:
    if value:
        yield from ((text, question_id, row, None, None, part) for text in _strings(value))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(item)

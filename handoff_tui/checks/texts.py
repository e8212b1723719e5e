"""Every text of a handoff with its place, walked once for all rules that look into texts wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    """The texts of a handoff: `all` of them, and `joined`, a line or more each, to look through in one go.

    A file has hundreds and next to none is looked at alone: only who goes through them one by one gets their places.
    """

    def __init__(self, handoff: Handoff, template: Template) -> None:
        self._template = template
        self._values = list(_walk(handoff))
        self.all = _strings([value for value, *_ in self._values])
        self.joined = "\n".join(self.all)

    def __iter__(self) -> Iterator[Text]:
        for value, question_id, row, part in self._values:
            question = self._template.by_id.get(question_id) if part is None else None
            if question is not None and isinstance(question.field, TableKind) and isinstance(value, list):
                yield from _cells(value, question_id, question.field.key.id)
            else:
                yield from _texts(value, question_id, row, None, None, part or "")


_Value: TypeAlias = tuple[Any, str, str | None, str | None]
"""A value with everything below it, its question, its row and its part; the part is `None` for an answer itself."""


def _walk(handoff: Handoff) -> Iterator[_Value]:
    """Answers, hidden ones too, with what stands beside them; the head; what belongs to no question."""
    head = handoff.head
    for name in head.__dataclass_fields__:
        if name != "extra":
            yield getattr(head, name), f"handoff.{name}", None, ""
    for name, value in head.extra.items():
        yield value, f"handoff.{name}", None, ""
    for key, value in handoff.extra.items():
        yield value, key, None, ""
    yield handoff.schema, "", None, ""
    for question_id, answer in handoff.answers.items():
        yield answer.value, question_id, None, None
        for part, record in answer.parts():
            yield [getattr(record, name) for name in record.__dataclass_fields__], question_id, None, part
    for cell in handoff.open_cells:
        yield [cell.row, cell.column, cell.owner, cell.extra], cell.question, cell.row, "open_cells"
    for item in handoff.accepted:
        row = item.get("row")
        yield item, str(item.get("question", "")), row if isinstance(row, str) else None, "accepted"
    for section_id, questions in handoff.conflict.items():
        for name, sides in questions.items() if isinstance(questions, dict) else [("", questions)]:
            yield sides, f"{section_id}.{name}", None, "conflict"


def _cells(rows: list[Any], question_id: str, key: str) -> Iterator[Text]:
    """Yield the texts of a table, each with its row and column."""
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            for column, cell in row.items():
                yield from _texts(cell, question_id, str(row.get(key, "")), column, index, "")
        else:
            yield from _texts(row, question_id, None, None, None, "")


def _texts(value: Any, *place: Any) -> Iterator[Text]:
    return (Text(text, *place) for text in _strings([value]))


def _strings(values: Iterable[Any]) -> list[str]:
    """Return every text in values and below them: in one list, for a generator at each level takes thrice the time."""
    found: list[str] = []
    for value in values:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            found += _strings(value.values())
        elif isinstance(value, (list, tuple)):
            found += _strings(value)
    return found

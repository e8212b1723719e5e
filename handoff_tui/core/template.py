"""A template: the sections and questions of an interview."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field

from handoff_tui.core.kind import Strict
from handoff_tui.core.question import Question
from handoff_tui.core.table import Column, TableKind

__all__ = ["RESERVED", "RuleChange", "Section", "Template"]

RESERVED = frozenset(
    {"format", "handoff", "open", "open_cells", "assumed", "not_applicable", "stale", "notes", "accepted", "conflict"}
)
"""Top-level keys of a handoff file; no section may have such an id."""


class Section(Strict):
    """A section of the interview; `minutes` are for its essentials, with four to eight people in the room."""

    id: str
    title: str
    theme: str
    minutes: int
    asks: str = ""
    questions: tuple[Question, ...] = ()


class RuleChange(Strict):
    """A rule of the findings that a template turns off or lowers to a warning, and why."""

    severity: Literal["off", "warning"]
    reason: str = Field(min_length=10)


class Template(Strict):
    """The questions of one scenario, laid over those it extends; `lineage` runs from the base up to itself."""

    id: str
    title: str
    about: str
    version: int
    lineage: tuple[str, ...]
    sections: tuple[Section, ...]
    rules: dict[str, RuleChange] = Field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Every question by its full id, in the order of the template."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def section_by_id(self) -> dict[str, Section]:
        """Every section by its id."""
        return {section.id: section for section in self.sections}

    def section_of(self, question_id: str) -> Section:
        """Return the section a question stands in.

        Raises:
            KeyError: There is none.
        """
        return self.section_by_id[question_id.partition(".")[0]]

    def premises_of(self, question: Question) -> tuple[str, ...]:
        """Return the ids of the answers that an answer rests on."""
        if question.premises == "essentials":
            return tuple(other.id for other in self.by_id.values() if other.essential and other.id != question.id)
        return question.premises

    def resting_on(self, answer_id: str) -> Iterator[Question]:
        """Yield the questions whose answers rest on this one."""
        return (question for question in self.by_id.values() if answer_id in self.premises_of(question))

    def tables(self) -> Iterator[tuple[Question, TableKind]]:
        """Yield every question that is a table, with its table."""
        for question in self.by_id.values():
            if isinstance(question.field, TableKind):
                yield question, question.field

    def references(self, table_id: str) -> Iterator[tuple[Question, Column | None]]:
        """Yield every question, or column of a question, whose values are names from a table."""
        for question in self.by_id.values():
            if question.field.table_of_names == table_id:
                yield question, None
            if isinstance(question.field, TableKind):
                yield from (
                    (question, column) for column in question.field.columns if column.field.table_of_names == table_id
                )

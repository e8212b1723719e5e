"""The interview: which questions are asked now, in which order, how far we are."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from handoff_tui.core.answers import OpenCell, State
from handoff_tui.core.condition import holds
from handoff_tui.core.conflicts import conflicts_in
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.question import Question
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Section, Template
from handoff_tui.core.text import fold, plural

__all__ = ["PREWORK", "REVIEW", "Interview", "Place", "Progress", "SectionStatus"]

PREWORK = frozenset(
    {
        "parties.systems",
        "parties.people",
        "failure_handling.delivery_paths",
        "ownership.credentials",
        "alerts.alerts",
    }
)
"""What one person can prepare alone, in some forty minutes; the room then only corrects it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the interview stands: at a question, at the read-back of a section, or at the review."""

    kind: Literal["question", "read_back", "review"]
    id: str = ""


REVIEW = Place("review")


class SectionStatus(StrEnum):
    """The status of a section, in words for the list of sections."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    COMPLETED = "Completed"
    STALE = "Stale"
    EMPTY = "Cannot start yet"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far we are: questions asked unbidden that have a state, of those asked now; counts over all asked now."""

    done: int
    total: int
    answered: int
    assumed: int
    open: int
    stale: int
    disputed: int
    not_applicable: int
    hidden: int
    minutes_left: int

    def in_words(self) -> str:
        """Return the counts in one line: answered, open, assumed, stale, to go."""
        parts = [f"{self.answered} answered"]
        parts += [f"{self.open} open"] if self.open else []
        parts += [f"{self.assumed} assumed"] if self.assumed else []
        parts += [f"{self.stale} stale"] if self.stale else []
        parts += [f"{self.disputed} to decide"] if self.disputed else []
        left = self.total - self.done
        parts += [f"{plural(left, 'question')} to go"] if left else []
        return " · ".join(parts)


@dataclass(frozen=True)
class Interview:
    """A view of a template and a handoff. `only` limits it to some questions; `wanted` are sections whose optional
    questions the room chose to answer.
    """

    template: Template
    handoff: Handoff
    only: AbstractSet[str] | None = None
    wanted: AbstractSet[str] = field(default_factory=frozenset)

    # -- what is asked -------------------------------------------------------------------------------------------

    def is_asked(self, question: Question) -> bool:
        """Say whether the question's conditions hold."""
        if self.only is not None and question.id not in self.only:
            return False
        return holds(question.when, self.handoff.value)

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """All questions that are asked now, in the order of the template."""
        return tuple(question for question in self.template.by_id.values() if self.is_asked(question))

    def asked_in(self, section: Section) -> list[Question]:
        """Return the questions of a section that are asked now: those asked unbidden, then the others."""
        asked = [question for question in section.questions if self.is_asked(question)]
        return [q for q in asked if self._unbidden(q)] + [q for q in asked if not self._unbidden(q)]

    def found_in(self, section: Section, find: str) -> list[Question]:
        """Return the questions of a section that are asked now and have all these words, or parts of words."""
        words = fold(find).split()

        def text(question: Question) -> str:
            return fold(f"{question.ask} {question.label} {question.id} {section.title}")

        return [question for question in self.asked_in(section) if all(word in text(question) for word in words)]

    def first_in(self, section: Section) -> Question:
        """Return the question to go to in a section that is asked: the first that is left to do, else the first."""
        asked = self.asked_in(section)
        return next((question for question in asked if not self.settled(question)), asked[0])

    def optional_left(self, section: Section) -> list[Question]:
        """Return the questions that the end of a section offers: asked on request, and without any state yet."""
        return [q for q in self.asked_in(section) if not self._unbidden(q) and self.state(q) is State.UNANSWERED]

    def without_answer(self, section: Section) -> list[Question]:
        """Return the essential questions of a section that have no state at all."""
        return [q for q in self.asked_in(section) if q.essential and self.state(q) is State.UNANSWERED]

    def _unbidden(self, question: Question) -> bool:
        return question.asked_first or self.only is not None

    def hidden(self) -> list[Question]:
        """Return the questions that have a value and are not asked now."""
        return [
            q
            for q in self.template.by_id.values()
            if not holds(q.when, self.handoff.value) and self.handoff.answer(q.id).value is not None
        ]

    # -- states --------------------------------------------------------------------------------------------------

    def state(self, question: Question) -> State:
        """Return the state of a question; a table with gaps is unfinished."""
        answer = self.handoff.answer(question.id)
        if answer.state in (State.ANSWERED, State.ASSUMED):
            if isinstance(question.field, TableKind):
                rows = answer.value if isinstance(answer.value, list) else []
                proper = [row for row in rows if isinstance(row, dict)]
                wrong = not proper or question.field.check(answer.value)
                if wrong or question.field.gaps(proper, self.handoff.open_in(question.id)):
                    return State.UNFINISHED
            elif question.field.check(answer.value):
                return State.UNFINISHED
        return answer.state

    def settled(self, question: Question) -> bool:
        """Say whether nothing is left to do at a question: it has a state, and no premise of it changed since."""
        unfinished = self.state(question) in (State.UNANSWERED, State.UNFINISHED)
        return not unfinished and not self.needs_another_look(question)

    def needs_another_look(self, question: Question) -> bool:
        """Say whether a premise of an answer changed after it was given."""
        return self.handoff.answer(question.id).stale is not None

    @cached_property
    def disputed(self) -> AbstractSet[str]:
        """The ids of the questions that two people answered differently, where nobody has decided yet."""
        return {conflict.question for conflict in conflicts_in(self.handoff)} & self.template.by_id.keys()

    def section_status(self, section: Section) -> SectionStatus:
        """Return the status of a section, by the questions asked unbidden and those that have an answer."""
        asked = self.asked_in(section)
        if not asked:
            return SectionStatus.EMPTY
        if any(self.needs_another_look(question) for question in asked):
            return SectionStatus.STALE
        if all(self.settled(q) for q in asked if self._unbidden(q)):
            return SectionStatus.COMPLETED
        if any(self.state(question) is not State.UNANSWERED for question in asked):
            return SectionStatus.IN_PROGRESS
        return SectionStatus.NOT_STARTED

    @cached_property
    def open_cells(self) -> tuple[OpenCell, ...]:
        """The cells that are open by themselves, of questions that are asked now and apply."""
        asked = {q.id for q in self.asked if self.handoff.answer(q.id).state is not State.NOT_APPLICABLE}
        return tuple(cell for cell in self.handoff.open_cells if cell.question in asked)

    # -- the way through -----------------------------------------------------------------------------------------

    @cached_property
    def route(self) -> tuple[Place, ...]:
        """Every place in order: the questions of each section, its read-back, the review at the end."""
        return (*self._places(), REVIEW)

    def _places(self) -> Iterator[Place]:
        for section in self.template.sections:
            stops = [
                question
                for question in self.asked_in(section)
                if self._unbidden(question) or section.id in self.wanted or not self.handoff.answer(question.id).empty
            ]
            yield from (Place("question", question.id) for question in stops)
            if stops:
                yield Place("read_back", section.id)

    def after(self, place: Place) -> Place:
        """Return the next place; after a place that is no longer on the route, the first thing left to do."""
        if place not in self.route:
            return self.first_unsettled()
        return self.route[min(self.route.index(place) + 1, len(self.route) - 1)]

    def before(self, place: Place) -> Place | None:
        """Return the place before, or `None` at the beginning."""
        if place not in self.route:
            return self.route[0]
        index = self.route.index(place)
        return self.route[index - 1] if index else None

    def first_unsettled(self) -> Place:
        """Return where to go on: the first question that has two answers, else the first that is open, stale or has
        none, else the review.
        """
        for question_id in self.template.by_id:
            if question_id in self.disputed:
                return Place("question", question_id)
        for place in self.route:
            if place.kind == "question":
                question = self.template.by_id[place.id]
                if not self.settled(question) or self.state(question) is State.OPEN:
                    return place
        return REVIEW

    # -- progress ------------------------------------------------------------------------------------------------

    @cached_property
    def progress(self) -> Progress:
        """How far we are."""
        states = {question.id: self.state(question) for question in self.asked}
        unbidden = [question for question in self.asked if self._unbidden(question)]
        count = list(states.values()).count
        return Progress(
            done=sum(self.settled(question) for question in unbidden),
            total=len(unbidden),
            answered=count(State.ANSWERED),
            assumed=count(State.ASSUMED),
            open=count(State.OPEN) + len(self.open_cells),
            stale=sum(self.needs_another_look(question) for question in self.asked),
            disputed=len(self.disputed),
            not_applicable=count(State.NOT_APPLICABLE),
            hidden=len(self.hidden()),
            minutes_left=self._minutes_left(),
        )

    def number(self, question: Question) -> tuple[int, int] | None:
        """Return `(7, 23)` for the seventh of 23 questions asked unbidden; `None` for one asked on request."""
        unbidden = [
            item.id for section in self.template.sections for item in self.asked_in(section) if self._unbidden(item)
        ]
        return (unbidden.index(question.id) + 1, len(unbidden)) if question.id in unbidden else None

    def _minutes_left(self) -> int:
        """Return the minutes that the essentials left take, by each section's share of unsettled ones."""
        left = 0.0
        for section in self.template.sections:
            essentials = [question for question in self.asked_in(section) if self._unbidden(question)]
            unsettled = [question for question in essentials if not self.settled(question)]
            if essentials:
                left += section.minutes * len(unsettled) / max(len(essentials), 1)
        return round(left)

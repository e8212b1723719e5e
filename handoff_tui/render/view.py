"""What a document reads of a handoff: names instead of keys, values in words, and how each answer stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, State
from handoff_tui.core.dates import say_date
from handoff_tui.core.interview import Interview
from handoff_tui.core.kinds import LineKind, ScalarKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Section
from handoff_tui.core.wording import say_scalar
from handoff_tui.render.markdown import Markup, address, escape, join, led, link, slug, strong

__all__ = ["LEFT_OUT", "NO_ANSWER", "View", "as_it_stands"]

NO_ANSWER = Markup("No answer yet")
LEFT_OUT = "left out: "
"""How it begins where a text may not be told to the readers of a document."""


@dataclass(frozen=True)
class View:
    """A handoff as its documents see it: only what is asked now, whatever part of it an interview is limited to."""

    interview: Interview

    @classmethod
    def of(cls, interview: Interview) -> View:
        """Return a view of the whole handoff, also where the interview is limited to a part."""
        return cls(Interview(interview.template, interview.handoff))

    # -- finding -------------------------------------------------------------------------------------------------

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions that are asked now, by id."""
        return {question.id: question for question in self.interview.asked}

    def answer(self, question: Question) -> Answer:
        """Return what stands at a question."""
        return self.interview.handoff.answer(question.id)

    def state(self, question: Question) -> State:
        """Return the state of a question; a value that does not fit or has gaps is unfinished."""
        return self.interview.state(question)

    def decided(self, question: Question) -> bool:
        """Say whether the question has a value that others may read."""
        return self.answer(question).effective is not None

    def rows(self, question_id: str) -> list[dict[str, Any]]:
        """Return the rows of a table that is asked now."""
        return self.interview.handoff.rows(question_id) if self.table(question_id) else []

    def table(self, question_id: str) -> TableKind | None:
        """Return the table that a question asks for now, if it is one."""
        question = self.questions.get(question_id)
        return question.field if question and isinstance(question.field, TableKind) else None

    def missing(self) -> list[Question]:
        """Return the essential questions without any state."""
        return [q for q in self.interview.asked if q.essential and self.state(q) is State.UNANSWERED]

    def unfinished(self) -> list[Question]:
        """Return the questions whose answer has gaps or does not fit."""
        return [q for q in self.interview.asked if self.state(q) is State.UNFINISHED]

    # -- sections ------------------------------------------------------------------------------------------------

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each section that opens with a question of the playbook, by id."""
        asking = (section.id for section in self.interview.template.sections if section.asks)
        return {section_id: number for number, section_id in enumerate(asking, 1)}

    def title(self, section: Section) -> Markup:
        """Return the heading of a section."""
        number = self.numbers.get(section.id)
        return led(f"{number}. ", section.asks) if number else escape(section.title)

    def place(self, section: Section) -> Markup:
        """Return a link to a section."""
        number = self.numbers.get(section.id)
        target = slug(f"{number}. {section.asks}" if number else section.title)
        return link(f"{number} {section.title}" if number else section.title, target)

    # -- names ---------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> Mapping[str, dict[str, Any]]:
        """The rows of people by key, whatever state their table is in: a name stays a name."""
        value = self.interview.handoff.answer(PEOPLE).value
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return {str(row["key"]): row for row in rows if "key" in row}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What people call each key."""
        return {key: str(row.get("name") or key) for key, row in self.people.items()}

    def name(self, key: str) -> str:
        """Return what people call a key; the key itself where it is not listed."""
        return self.names.get(key, key)

    def label(self, answer_id: str) -> str:
        """Return the label of a question; the id itself where there is none."""
        question = self.interview.template.by_id.get(answer_id)
        return question.label if question else answer_id

    # -- values --------------------------------------------------------------------------------------------------

    def say(self, field: ScalarKind, value: Any) -> Markup:
        """Return a value in words; one that does not fit its kind as it stands."""
        if field.check(value) is not None:
            return escape(as_it_stands(value)) or NO_ANSWER
        if isinstance(field, LineKind):
            return escape(value.replace("_", " ")) if value in field.also else address(value)
        return escape(say_scalar(field, value, self.names))

    def row_name(self, question: Question, row: Mapping[str, Any]) -> Markup:
        """Return the name of a row in words; a contact goes by name, not by key."""
        if not isinstance(question.field, TableKind) or question.field.key.id not in row:
            return Markup("(no name)")
        key = question.field.key
        if question.id == PEOPLE:
            return escape(self.name(str(row[key.id])))
        return self.say(key.field, row[key.id])

    @cached_property
    def _open_cells(self) -> Mapping[tuple[str, str, str], OpenCell]:
        return {(cell.question, cell.row, cell.column): cell for cell in self.interview.handoff.open_cells}

    def open_cell(self, question_id: str, row: Mapping[str, Any], column_id: str) -> OpenCell | None:
        """Return the mark of a cell that is open by itself."""
        table = self.table(question_id)
        return self._open_cells.get((question_id, table.row_label(row) if table else "", column_id))

    def cell(self, question_id: str, row: Mapping[str, Any], column_id: str) -> Markup:
        """Return a cell in words: its value, that it is open, that it is missing; nothing where it may be empty."""
        table = self.table(question_id)
        column = next((item for item in table.columns if item.id == column_id), None) if table else None
        if column is None:
            return Markup()
        if mark := self.open_cell(question_id, row, column_id):
            return led("Not decided yet: ", self.who_and_when(mark.owner, mark.due))
        if column_id in row:
            return self.say(column.field, row[column_id])
        return NO_ANSWER if column.needed(row) else Markup()

    def value(self, question: Question) -> Markup:
        """Return the answer of a question that is no table: its value, or why there is none."""
        answer = self.answer(question)
        match answer.mark:
            case Open() as mark:
                return self.not_decided(mark)
            case NotApplicable() as mark:
                return join("Not applicable", mark.reason, by=": ")
        if answer.value is None:
            return led("", NO_ANSWER, ".")
        if isinstance(question.field, TableKind):
            return escape(as_it_stands(answer.value)) or NO_ANSWER
        return self.say(question.field, answer.value)

    def say_value(self, question_id: str) -> Markup:
        """Return a decided value in words, without its state; nothing where there is none."""
        question = self.questions.get(question_id)
        if question is None or isinstance(question.field, TableKind) or not self.decided(question):
            return Markup()
        return self.say(question.field, self.answer(question).value)

    def works_in(self, key: object) -> str:
        """Return the function of a contact; nothing where nobody has said it."""
        return str(self.people.get(str(key), {}).get("function", ""))

    # -- states --------------------------------------------------------------------------------------------------

    def who_and_when(self, owner: str, due: date | None) -> Markup:
        """Return `Siobhán, by 4 Dec 2026`, and say what of it is missing."""
        who = self.name(owner) if owner else "nobody is named"
        return join(who, f"by {say_date(due)}" if due else "no date is set", by=", ")

    def not_decided(self, mark: Open) -> Markup:
        """Return who finds out by when, with the note."""
        if mark.owner:
            when = f" finds out by {say_date(mark.due)}." if mark.due else " finds out, no date is set."
            who = led("", self.name(mark.owner), when)
        else:
            who = led("", self.who_and_when("", mark.due), ".")
        return join(led("**Not decided yet:** ", who), mark.note, by=" ")

    def assumed(self, mark: Assumed) -> Markup:
        """Return until when and on what basis a value is assumed."""
        by = f" by {say_date(mark.due)}" if mark.due else ""
        until = led("until ", self.name(mark.confirmer), f" confirms{by}")
        if not mark.confirmer:
            until = Markup(f"until somebody confirms{by}; nobody is named")
        return join(led("**Assumed** ", until), mark.basis, by=": ")

    def stale(self, answer: Answer) -> Markup:
        """Return what changed after the answer was given; nothing if it is not stale."""
        if answer.stale is None:
            return Markup()
        because, was = answer.stale.because, answer.stale.was
        if because == "handoff.template_version":
            return Markup("**To be reconfirmed:** the question has changed since.")
        premise = self.interview.template.by_id.get(because)
        if premise and not isinstance(premise.field, TableKind) and premise.field.check(was) is None:
            was = premise.field.say(was)
        changed = led("**To be reconfirmed:** ‘", self.label(because) or "something", "’ changed since")
        return join(changed, led("(was: ", was, ")"), by=" ")

    def note(self, note: Note | None) -> Markup:
        """Return a note and who agreed."""
        if note is None:
            return Markup()
        names = join(*(self.name(key) for key in note.agreed_by), by=", ")
        text = led("Note: ", note.text)
        return join(text, led("agreed by " if text else "Agreed by ", names), by=" — ")

    def standing(self, question: Question) -> list[Markup]:
        """Return what keeps a value from being settled: assumed, to be reconfirmed, two versions."""
        answer = self.answer(question)
        assumed = answer.mark if isinstance(answer.mark, Assumed) and answer.value is not None else None
        said = [self.assumed(assumed) if assumed else Markup(), self.stale(answer), *self.conflicts(question)]
        return [remark for remark in said if remark]

    def settled(self, question: Question) -> bool:
        """Say whether nothing about an answer is open, assumed, unfinished, to be reconfirmed or in two versions."""
        state = self.state(question)
        unanswered = state is State.UNANSWERED and question.essential
        pending = unanswered or state in (State.OPEN, State.ASSUMED, State.UNFINISHED)
        cells = any(cell.question == question.id for cell in self.interview.open_cells)
        return not (pending or cells or self.standing(question))

    def remarks(self, question: Question) -> list[Markup]:
        """Return everything that is to be said beside a value: how it stands, and the note."""
        note = self.note(self.answer(question).note)
        return [*self.standing(question), *([note] if note else [])]

    def conflicts(self, question: Question) -> Iterator[Markup]:
        """Yield what two edits of the file disagree on at this question."""
        section = self.interview.handoff.conflict.get(question.section_id)
        found = section.get(question.name) if isinstance(section, Mapping) else None
        for item in found if isinstance(found, list) else ():
            if isinstance(item, Mapping):
                where = join(*(as_it_stands(item[key]) for key in ("row", "column") if key in item), by=", ")
                ours, theirs = (self._side(question, item, side) for side in ("ours", "theirs"))
                versions = Markup(f"‘{ours}’ stands here, the other is ‘{theirs}’")
                yield join(strong(join("Two versions", led("of ", where), by=" "), after=":"), versions, by=" ")

    def _side(self, question: Question, item: Mapping[str, Any], side: str) -> Markup:
        """Return one version in words, on one line."""
        if side not in item:
            return Markup("(removed)")
        field: Any = question.field
        if isinstance(field, TableKind):
            field = next((column.field for column in field.columns if column.id == item.get("column")), None)
        said = self.say(field, item[side]) if field else escape(as_it_stands(item[side]))
        return Markup(" ".join(said.split()))


def as_it_stands(value: Any) -> str:
    """Return a value that fits no kind as text: lists and tables of a file on one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {as_it_stands(item)}" for key, item in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(as_it_stands(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date) and not isinstance(value, datetime):
        return say_date(value)
    return str(value)

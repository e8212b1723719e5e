"""Answers for a link of the chain, and in the place of each that is missing, the gap: what, where, who finds out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from handoff_tui.checks.facts import Facts, Row
from handoff_tui.core.answers import Assumed, NotApplicable, Open, OpenCell
from handoff_tui.core.dates import say_date
from handoff_tui.core.drill import Gap, Link, Said
from handoff_tui.core.kinds import LineKind
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.table import TableKind
from handoff_tui.core.wording import say_scalar

__all__ = ["Reading"]


@dataclass
class Reading:
    """A link as it is put together from the answers of a handoff.

    No text is cut here: secrets are hidden later, and of one that was cut the ends would be left.
    """

    facts: Facts
    id: str
    title: str
    aloud: str = ""
    said: list[Said] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def link(self) -> Link:
        """The link as it stands; one that nothing was to be said of is one that no question asks for."""
        gaps = self.gaps
        if not self.said and not gaps:
            gaps = [Gap("No question of this handoff asks for it.")]
        return Link(self.id, self.title, tuple(self.said), tuple(dict.fromkeys(gaps)), self.aloud)

    def needless(self, why: str) -> Link:
        """Return the link as one that this failure does not need."""
        return Link(self.id, self.title, (Said("", why),), needless=True)

    # -- what is said --------------------------------------------------------------------------------------------

    def say(self, label: str, text: str) -> None:
        """Add an answer; nothing where there is none."""
        if text:
            self.said.append(Said(label, text))

    def question(self, question_id: str, label: str) -> bool:
        """Add a single answer, or the gap; say whether it has a value."""
        if not self.stands(question_id, label):
            return False
        question, value = self.facts.asked[question_id], self.facts.value(question_id)
        if value is None:
            raw = self.facts.raw(question_id)
            self.gap(f"“{question.label}” holds what cannot be read: “{raw}”.", question_id)
            return False
        if not isinstance(question.field, TableKind):
            self.say(label, say_scalar(question.field, value, self._names))
        self._remarks(question_id)
        return True

    def table(self, question_id: str, label: str = "") -> Sequence[Row]:
        """Return the rows of a table; none, and the gap, where it has no value."""
        if not self.stands(question_id, label):
            return ()
        rows = self.facts.rows(question_id)
        question = self.facts.asked[question_id]
        if not rows:
            self.gap(f"“{question.label}” cannot be read.", question_id)
        self._remarks(question_id)
        return rows

    def cell(self, row: Row, column_id: str, label: str, *, needed: bool = True) -> str:
        """Add a cell, or the gap where it is needed or somebody is still to find out; return what it says."""
        text = self.words(row, column_id, needed=needed)
        self.say(label, text)
        return text

    def words(self, row: Row, column_id: str, *, needed: bool = True) -> str:
        """Return a cell in words; where it has none, add the gap, if it is needed."""
        column = next((item for item in row.table.columns if item.id == column_id), None)
        if column is None:
            return ""
        name = f"“{column.label}” of {row.quoted}"
        if row.waits(column_id):
            mark = self._open_cell(row, column_id)
            why = (
                f"is not decided yet: {self._who_and_when(mark.owner, mark.due)}"
                if mark
                else f"holds what cannot be read: “{row.cells.get(column_id)}”"
            )
            self.gap(f"{name} {why}.", row, column_id)
            return ""
        if row.lacks(column_id):
            if needed:
                self.gap(f"{name} is empty.", row, column_id)
            return ""
        value = row[column_id]
        if isinstance(column.field, LineKind) and value in column.field.also:
            return str(value).replace("_", " ")
        if column.field.table_of_names == PEOPLE and isinstance(value, str) and value not in self.facts.people:
            self.gap(f"{name} is {value}, who is not listed under people.", row, column_id)
        return say_scalar(column.field, value, self._names)

    def gap(self, text: str, where: Row | str = "", column: str | None = None) -> None:
        """Add a gap: at a row or one of its cells, or at a question."""
        if isinstance(where, Row):
            label = where.question.label
            self.gaps.append(Gap(text, where.question.id, where.label, column, f"{label}: {where.says}"))
        else:
            question = self.facts.asked.get(where)
            self.gaps.append(Gap(text, where, None, column, question.label if question else ""))

    # -- why there is none ---------------------------------------------------------------------------------------

    def stands(self, question_id: str, label: str) -> bool:
        """Say whether a question has a value today; where it has none, say why, or add the gap."""
        question = self.facts.asked.get(question_id)
        if question is None:
            return False  # a team's template that does not ask it, or not in this case
        if self.facts.has(question_id):
            return True
        answer, name = self.facts.handoff.answer(question_id), f"“{question.label}”"
        match answer.mark:
            case NotApplicable(reason=reason):
                self.say(label or question.label, f"not applicable: {reason or 'no reason is given'}")
            case Open(owner=owner, due=due, note=note):
                self.gap(f"{name} is not decided yet: {self._who_and_when(owner, due)}.", question_id)
                self.say("So far", note)
            case Assumed(due=due) if due is not None and answer.value is not None:
                self.gap(f"{name} was assumed until {say_date(due)}, and nobody has confirmed it.", question_id)
            case _:
                self.gap(f"{name} has no answer yet.", question_id)
        return False

    def _remarks(self, question_id: str) -> None:
        """Say of an answer that it is assumed, or waits to be reconfirmed: what rests on it may not hold."""
        answer = self.facts.handoff.answer(question_id)
        label = self.facts.asked[question_id].label
        if isinstance(answer.mark, Assumed):
            who = self.facts.called(answer.mark.confirmer) if answer.mark.confirmer else "nobody"
            by = f" by {say_date(answer.mark.due)}" if answer.mark.due else ""
            self.say(f"Assumed: {label}", f"{who} confirms{by}: {answer.mark.basis}")
        if answer.stale is not None:
            self.say(f"To be reconfirmed: {label}", "what it rests on has changed since")

    def _open_cell(self, row: Row, column_id: str) -> OpenCell | None:
        place = (row.question.id, row.label, column_id)
        cells = self.facts.handoff.open_cells
        return next((cell for cell in cells if (cell.question, cell.row, cell.column) == place), None)

    def _who_and_when(self, owner: str, due: date | None) -> str:
        who = self.facts.called(owner) if owner else "nobody is named"
        return f"{who}, by {say_date(due)}" if due else f"{who}, no date is set"

    @cached_property
    def _names(self) -> dict[str, str]:
        return {key: self.facts.called(key) for key in self.facts.people}

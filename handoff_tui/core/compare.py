"""What changed in the contract between two versions of a handoff, in words, what matters most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from handoff_tui.core.answers import Answer, NotApplicable, Open, OpenCell
from handoff_tui.core.finding import Finding, Verdict
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.interview import Interview
from handoff_tui.core.merge_rows import name_of
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.renames import with_new_names
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.telling import Teller, two_shorts
from handoff_tui.core.template import Template
from handoff_tui.core.text import fold, short
from handoff_tui.core.three_way import ABSENT, Absent, canonical, numbered, same
from handoff_tui.core.weight import Weight, of_cell, of_field, of_row

__all__ = ["Change", "compare", "findings"]

Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was.

    Args:
        weight: How much it matters.
        question: The full id of the question, or `handoff.KEY`.
        row: The row of a table, by its first cell as it is now; as it was, where it is gone.
        column: The column, where one cell changed.
        was: What it was, in words and in full; `None` where nothing stood there.
        now: What it is; `None` where nothing stands there any more.
        words: All of that as one sentence without a full stop, long texts cut.
    """

    weight: Weight
    question: str
    row: str | None
    column: str | None
    was: str | None
    now: str | None
    words: str


def compare(old: Handoff, new: Handoff, template: Template, shown: Callable[[str], str] = str) -> list[Change]:
    """Return what changed, by weight and then in the order of the template.

    Questions that are not asked count as not answered. A row whose first cell changed and whose others did not is
    renamed, and what refers to it has not changed by that.

    Args:
        old: The version before.
        new: The version after.
        template: The questions, those of the version after.
        shown: What every text passes before it is shown; a secret may be hidden by it.
    """
    return sorted(_Comparison(old, new, template, shown).changes(), key=lambda change: change.weight)


def findings(old: Verdict, new: Verdict) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that appeared and those that are gone; one that weighs more now than it did is both."""

    def place(finding: Finding) -> tuple[object, ...]:
        row = None if finding.row is None else fold(finding.row)
        return finding.rule, finding.severity, finding.question, row, finding.column, finding.part

    def only(one: Verdict, other: Verdict) -> list[Finding]:
        left = Counter(map(place, other.findings))
        found = []
        for finding in one.findings:
            left[place(finding)] -= 1
            found += [finding] if left[place(finding)] < 0 else []
        return found

    return only(new, old), only(old, new)


class _Comparison:
    """Two versions side by side; the old one with the names that rows have now."""

    def __init__(self, old: Handoff, new: Handoff, template: Template, shown: Callable[[str], str]) -> None:
        old, self._names = with_new_names(old, new, template)
        self._said = (Teller(old, template, shown), Teller(new, template, shown))
        self._asked = (Interview(template, old), Interview(template, new))
        self._template = template
        self._sides = (old, new)

    def changes(self) -> Iterator[Change]:
        yield from self._head()
        for question in self._template.by_id.values():
            if isinstance(question.field, TableKind):
                yield from self._table(question, question.field)
            else:
                yield from self._single(question)
            yield from self._beside(question)
        yield from self._unknown()
        yield from self._accepted()

    # -- words ---------------------------------------------------------------------------------------------------

    def _change(
        self,
        weight: Weight,
        question_id: str,
        was: str,
        now: str,
        *,
        row: str | None = None,
        column: str | None = None,
        quotes: tuple[str, str] = ("", ""),
        where: str = "",
    ) -> Change:
        """Return a change; an empty text says that nothing stands there."""
        left, right = quotes
        short_was, short_now = two_shorts(was, now) if was and now else (short(was), short(now))
        place = where or self._said[1].place(question_id, row, column)
        if was and now:
            words = f"{place} was {left}{short_was}{right}, is now {left}{short_now}{right}"
        elif now:
            words = f"{place} is now {left}{short_now}{right}; nothing stood there"
        else:
            words = f"{place} was {left}{short_was}{right}; nothing stands there now"
        return Change(weight, question_id, row, column, was or None, now or None, words)

    # -- the head ------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[Change]:
        weights = {"owner": Weight.OWNERS, "status": Weight.STATES, "comment": Weight.WORDING}
        old, new = (side.head for side in self._sides)
        for name in [name for name in Head.__dataclass_fields__ if name != "extra"]:
            was, now = (
                "" if value in ("", None, ()) else teller.value(f"handoff.{name}", None, value)
                for teller, value in zip(self._said, (getattr(old, name), getattr(new, name)), strict=True)
            )
            if was != now and not same(getattr(old, name), getattr(new, name)):
                yield self._change(weights.get(name, Weight.FACTS), f"handoff.{name}", was, now)
        for key in {**old.extra, **new.extra}:
            yield from self._plainly(f"handoff.{key}", old.extra.get(key, ABSENT), new.extra.get(key, ABSENT))

    def _plainly(self, question_id: str, was: Any, now: Any) -> Iterator[Change]:
        """Yield what changed at a place that no question asks for."""
        if not same(was, now):
            told = [
                "" if value is ABSENT else teller.value(question_id, None, value)
                for teller, value in zip(self._said, (was, now), strict=True)
            ]
            if any(told):
                yield self._change(Weight.FACTS, question_id, *told, quotes=("“", "”"))

    def _unknown(self) -> Iterator[Change]:
        old, new = self._sides
        for key in {**old.answers, **new.answers}:
            if key not in self._template.by_id:
                values = [ABSENT if side.answer(key).empty else side.answer(key).value for side in self._sides]
                yield from self._plainly(key, *values)
        for key in {**old.extra, **new.extra}:
            yield from self._plainly(key, old.extra.get(key, ABSENT), new.extra.get(key, ABSENT))

    # -- single answers ------------------------------------------------------------------------------------------

    def _answers(self, question: Question) -> list[Answer]:
        """Return both answers; what is not asked has none."""
        return [
            side.answer(question.id) if interview.is_asked(question) else Answer()
            for side, interview in zip(self._sides, self._asked, strict=True)
        ]

    def _standing(self, number: int, question: Question, answer: Answer) -> str:
        """Return an answer with its state in words, nothing for none."""
        teller = self._said[number]
        if isinstance(answer.mark, Open | NotApplicable):
            return teller.mark(answer.mark)
        if answer.value is None:
            return ""
        value = teller.value(question.id, None, answer.value)
        if answer.mark is None:
            return value
        return f"{value}, {teller.mark(answer.mark)}"

    def _single(self, question: Question) -> Iterator[Change]:
        old, new = self._answers(question)
        was, now = (self._standing(number, question, answer) for number, answer in enumerate((old, new)))
        changed = not same(old.effective, new.effective)
        if not (was or now) or (not changed and same(old.mark, new.mark)):
            return
        assert not isinstance(question.field, TableKind)
        weight = of_field(question.name, question.field) if changed else Weight.STATES
        if old.mark is not None or new.mark is not None:
            weight = min(weight, Weight.STATES)
        quotes = self._said[1].quotes(question.id, None) if old.mark is None and new.mark is None else ("", "")
        yield self._change(weight, question.id, was, now, quotes=quotes)

    def _beside(self, question: Question) -> Iterator[Change]:
        """Yield what changed beside an answer: whether it is to be looked at again, its note, who agreed."""
        old, new = self._answers(question)
        label = self._said[1].label(question.id)
        if bool(old.stale) != bool(new.stale):
            stale = new.stale or old.stale
            because = self._said[1].label(stale.because) if stale and stale.because else "something"
            told = f"to be looked at again, for “{because}” changed"
            words = f"{label} is {told}" if new.stale else f"{label} was looked at again"
            was, now = (None, told) if new.stale else (told, None)
            yield Change(Weight.STATES, question.id, None, None, was, now, words)
        agreed = [
            teller.people(answer.note.agreed_by) if answer.note else ""
            for teller, answer in zip(self._said, (old, new), strict=True)
        ]
        if agreed[0] != agreed[1]:
            yield self._change(Weight.STATES, question.id, *agreed, where=f"{label}: who agreed")
        notes = [
            teller.value("", None, answer.note.text) if answer.note else ""
            for teller, answer in zip(self._said, (old, new), strict=True)
        ]
        if notes[0] != notes[1]:
            yield self._change(Weight.WORDING, question.id, *notes, where=f"{label}: the note", quotes=("“", "”"))

    # -- tables --------------------------------------------------------------------------------------------------

    def _table(self, question: Question, table: TableKind) -> Iterator[Change]:
        answers = self._answers(question)
        old, new = (_by_name(table, answer) for answer in answers)
        if not same(answers[0].mark, answers[1].mark):
            states = [
                teller.mark(answer.mark) if answer.mark else "" if answer.value is None else "answered"
                for teller, answer in zip(self._said, answers, strict=True)
            ]
            yield self._change(Weight.STATES, question.id, *states)
        before = self._names.get(question.id, {})
        for key in [*new, *(key for key in old if key not in new)]:
            if key not in old:
                yield self._row_came(question, table, new[key], 1)
            elif key not in new:
                yield self._row_came(question, table, old[key], 0)
            else:
                name = table.row_label(new[key])
                if name in before:
                    yield self._row_renamed(question, before[name], name)
                yield from self._cells(question, table, old[key], new[key])
        orders = [[key for key in side if key in old and key in new] for side in (old, new)]
        if orders[0] != orders[1]:
            told = [
                ", ".join(teller.row(question.id, table.row_label(side[key])) for key in order)
                for teller, side, order in zip(self._said, (old, new), orders, strict=True)
            ]
            where = f"{self._said[1].label(question.id)}: the order"
            yield self._change(Weight.FACTS, question.id, *told, where=where)

    def _row_came(self, question: Question, table: TableKind, row: Row, number: int) -> Change:
        """Return that a row is new, or gone where `number` is 0."""
        teller, name = self._said[number], table.row_label(row)
        told = teller.cells(question.id, row) or teller.row(question.id, name)
        what = f"{table.row_name} {teller.row(question.id, name)}"
        words = f"{teller.label(question.id)}: the {what} is {'new' if number else 'gone'} ({told})"
        was, now = (None, told) if number else (told, None)
        return Change(of_row(question, table, row), question.id, name, None, was, now, words)

    def _row_renamed(self, question: Question, was: str, now: str) -> Change:
        told = [teller.row(question.id, name) for teller, name in zip(self._said, (was, now), strict=True)]
        # Of people the short name is another one, whatever they are called.
        old, new = (teller.value("", None, name) for teller, name in zip(self._said, (was, now), strict=True))
        if question.id != PEOPLE:
            old, new = told
        words = f"{self._said[1].label(question.id)}: “{short(old)}” is now called “{short(new)}”"
        weight = Weight.OWNERS if question.id == PEOPLE else Weight.FACTS
        return Change(weight, question.id, now, None, old, new, words)

    def _cells(self, question: Question, table: TableKind, old: Row, new: Row) -> Iterator[Change]:
        columns = {column.id: column for column in table.columns}
        name = table.row_label(new)
        marks = [
            {cell.column: cell for cell in side.open_cells if (cell.question, cell.row) == (question.id, label)}
            for side, label in zip(self._sides, (table.row_label(old), name), strict=True)
        ]
        strange = [key for key in {**old, **new, **marks[0], **marks[1]} if key not in columns]
        for key in [*list(columns)[1:], *strange]:
            was, now = marks[0].get(key, old.get(key, ABSENT)), marks[1].get(key, new.get(key, ABSENT))
            if same(was, now):
                continue
            told = [self._cell(number, question, key, value) for number, value in enumerate((was, now))]
            column: Column | None = columns.get(key)
            weight = of_cell(question, column, old, new) if column else Weight.FACTS
            marked = isinstance(was, OpenCell) or isinstance(now, OpenCell)
            if marked:
                decided = any(not isinstance(value, Absent | OpenCell) for value in (was, now))
                weight = min(weight, Weight.STATES) if decided else Weight.STATES
            quotes = ("", "") if marked else self._said[1].quotes(question.id, key)
            if any(told):
                yield self._change(weight, question.id, *told, row=name, column=key, quotes=quotes)

    def _cell(self, number: int, question: Question, key: str, value: Any) -> str:
        if value is ABSENT:
            return ""
        teller = self._said[number]
        return teller.mark(value) if isinstance(value, OpenCell) else teller.value(question.id, key, value)

    # -- warnings that somebody took on --------------------------------------------------------------------------

    def _accepted(self) -> Iterator[Change]:
        known = [{canonical(item): item for item in side.accepted} for side in self._sides]
        for number, (here, there) in enumerate(((known[0], known[1]), (known[1], known[0]))):
            teller = self._said[number]
            for item in [item for key, item in here.items() if key not in there]:
                question_id, row = str(item.get("question", "")), item.get("row")
                told = teller.value("", None, f"{item.get('rule', '')}: {item.get('reason', '')}")
                by = teller.person(str(item.get("by", "")))
                place = teller.place(question_id, row if isinstance(row, str) else None)
                what = f"{place}: {'accepted' if number else 'no longer accepted'} by {by} ({short(told)})"
                was, now = (None, told) if number else (told, None)
                row_name = row if isinstance(row, str) else None
                yield Change(Weight.STATES, question_id, row_name, None, was, now, what)


def _by_name(table: TableKind, answer: Answer) -> dict[tuple[str, int], Row]:
    value = answer.effective
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return dict(zip(numbered(fold(name_of(row, table.key.id)) for row in rows), rows, strict=True))

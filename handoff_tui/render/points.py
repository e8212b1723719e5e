"""Open and assumed points: everything that somebody still has to do, by person and date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handoff_tui.core.answers import Assumed, Open, OpenCell
from handoff_tui.core.dates import say_date
from handoff_tui.core.question import Question
from handoff_tui.core.table import TableKind
from handoff_tui.core.text import fold, plural
from handoff_tui.render.markdown import Block, Markup, join, led, paragraph, table
from handoff_tui.render.view import View

__all__ = ["NOTHING_OPEN", "points"]

NOTHING_OPEN = "Nothing is open, assumed or to be reconfirmed."
_LONGEST = 120
"""Characters of an assumed value; all of it stands at its question."""


@dataclass(frozen=True, slots=True)
class _Point:
    """One thing to do: whose, by when, which answer, and how it stands."""

    who: str
    due: date | None
    what: Markup
    stands: Markup

    def order(self) -> tuple[bool, str, date]:
        """By name, nobody last; then by date, none last."""
        return not self.who, fold(self.who), self.due or date.max


def points(view: View) -> list[Block]:
    """Return the points as one table, then what has no answer; one sentence where there is neither."""
    found = sorted(_all(view), key=_Point.order)
    rows = [
        [point.who or "nobody named", say_date(point.due) if point.due else "no date", point.what, point.stands]
        for point in found
    ]
    missing = join(*(_named(view, question) for question in view.missing()), by=", ")
    unfinished = (join(_named(view, question), _gaps(view, question), by=": ") for question in view.unfinished())
    blocks = [
        table(["Who", "By", "What", "How it stands"], rows) if rows else Block(""),
        paragraph(led("**No answer yet:** ", missing)),
        paragraph(led("**Not finished:** ", join(*unfinished, by=", "))),
    ]
    return blocks if any(blocks) else [paragraph(NOTHING_OPEN)]


def _all(view: View) -> Iterator[_Point]:
    for question in view.questions.values():
        what = _named(view, question)
        yield from _marked(view, question, what)
        for cell in view.interview.open_cells:
            if cell.question == question.id:
                where = join(what, _cell(view, question, cell), by=": ")
                yield _Point(_who(view, cell.owner), cell.due, where, Markup("Not decided yet"))
        for remark in (view.stale(view.answer(question)), *view.conflicts(question)):
            if remark:
                yield _Point("", None, what, remark)


def _marked(view: View, question: Question, what: Markup) -> Iterator[_Point]:
    answer = view.answer(question)
    match answer.mark:
        case Open() as mark:
            yield _Point(_who(view, mark.owner), mark.due, what, join("Not decided yet", mark.note, by=": "))
        case Assumed() as mark if answer.value is not None:
            stands = join(_assumed(view, question), led("because: ", mark.basis), by="; ")
            yield _Point(_who(view, mark.confirmer), mark.due, what, stands)


def _who(view: View, key: str) -> str:
    return view.name(key) if key else ""


def _named(view: View, question: Question) -> Markup:
    """Return a question's label, and under which number it stands below."""
    number = view.numbers.get(question.section_id)
    return join(question.label, Markup(f"(question {number})") if number else "", by=" ")


def _cell(view: View, question: Question, cell: OpenCell) -> Markup:
    """Return the row and the column of an open cell, each in words."""
    if not isinstance(question.field, TableKind):
        return join(cell.row, cell.column, by=", ")
    row = view.row_name(question, {question.field.key.id: cell.row})
    column = next((item.label for item in question.field.columns if item.id == cell.column), cell.column)
    return join(row, column, by=", ")


def _assumed(view: View, question: Question) -> Markup:
    """Return what is assumed, in short."""
    value = view.answer(question).value
    if isinstance(question.field, TableKind) and isinstance(value, list):
        said = join(*(view.row_name(question, row) for row in value if isinstance(row, dict)), by=", ")
    else:
        said = Markup(" ".join(view.value(question).split()))
    # Cut, it could say something else than was agreed.
    return led("Assumed: ", said) if said and len(said) <= _LONGEST else Markup("Assumed as it stands there")


def _gaps(view: View, question: Question) -> Markup:
    if not isinstance(question.field, TableKind):
        return Markup("the answer does not fit the question")
    gaps = question.field.gaps(view.rows(question.id), view.interview.handoff.open_in(question.id))
    return (
        join(f"{plural(len(gaps), 'cell has', 'cells have')} no answer yet") if gaps else Markup("a value does not fit")
    )

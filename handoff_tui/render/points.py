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
from handoff_tui.render.markdown import Block, Markup, escape, join, led, paragraph, table
from handoff_tui.render.view import View

__all__ = ["NOTHING_OPEN", "Point", "gaps_of", "named", "open_points", "points"]

NOTHING_OPEN = "Nothing is open, assumed or to be reconfirmed."
_LONGEST = 120
"""Characters of an assumed value; all of it stands at its question."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to do: whose (a key), by when, which answer, how it stands, and of which kind it is."""

    key: str
    who: str
    due: date | None
    what: Markup
    stands: Markup
    question: str = ""
    kind: str = "open"

    def order(self) -> tuple[bool, str, date]:
        """By name, nobody last; then by date, none last."""
        return not self.who, fold(self.who), self.due or date.max


def points(view: View) -> list[Block]:
    """Return the points as one table, then what has no answer; one sentence where there is neither."""
    found = sorted(open_points(view), key=Point.order)
    rows = [
        [point.who or "nobody named", say_date(point.due) if point.due else "no date", point.what, point.stands]
        for point in found
    ]
    missing = join(*(named(view, question) for question in view.missing()), by=", ")
    unfinished = (join(named(view, question), gaps_of(view, question), by=": ") for question in view.unfinished())
    blocks = [
        table(["Who", "By", "What", "How it stands"], rows) if rows else Block(""),
        paragraph(led("**No answer yet:** ", missing)),
        paragraph(led("**Not finished:** ", join(*unfinished, by=", "))),
    ]
    return blocks if any(blocks) else [paragraph(NOTHING_OPEN)]


def open_points(view: View, *, numbers: bool = True) -> Iterator[Point]:
    """Yield what is open, assumed, to be reconfirmed or in two versions, in the order of the questions.

    `numbers` says that these are the numbers of the document, for which a reader can look.
    """
    for question in view.questions.values():
        what = named(view, question) if numbers else escape(question.label)
        yield from _marked(view, question, what)
        for cell in view.interview.open_cells:
            if cell.question == question.id:
                where = join(what, _cell(view, question, cell), by=": ")
                stands = Markup("Not decided yet")
                yield Point(cell.owner, _who(view, cell.owner), cell.due, where, stands, question.id)
        if stale := view.stale(view.answer(question)):
            yield Point("", "", None, what, stale, question.id, "to reconfirm")
        for versions in view.conflicts(question):
            yield Point("", "", None, what, versions, question.id, "two versions")


def _marked(view: View, question: Question, what: Markup) -> Iterator[Point]:
    answer = view.answer(question)
    match answer.mark:
        case Open() as mark:
            stands = join("Not decided yet", mark.note, by=": ")
            yield Point(mark.owner, _who(view, mark.owner), mark.due, what, stands, question.id)
        case Assumed() as mark if answer.value is not None:
            stands = join(_assumed(view, question), led("because: ", mark.basis), by="; ")
            who = _who(view, mark.confirmer)
            yield Point(mark.confirmer, who, mark.due, what, stands, question.id, "to confirm")


def _who(view: View, key: str) -> str:
    return view.name(key) if key else ""


def named(view: View, question: Question) -> Markup:
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


def gaps_of(view: View, question: Question) -> Markup:
    """Return what an unfinished answer lacks."""
    if not isinstance(question.field, TableKind):
        return Markup("the answer does not fit the question")
    gaps = question.field.gaps(view.rows(question.id), view.interview.handoff.open_in(question.id))
    return (
        join(f"{plural(len(gaps), 'cell has', 'cells have')} no answer yet") if gaps else Markup("a value does not fit")
    )

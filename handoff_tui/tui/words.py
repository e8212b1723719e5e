"""How states look: one mark of one cell each, always with its word where it counts."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from handoff_tui.core.answers import State
from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.core.text import visible
from handoff_tui.session.session import Session

__all__ = ["MARKS", "NARROW", "mark", "place_line", "placed", "safe"]

MARKS = {
    State.UNANSWERED: ("○", "$quiet"),
    State.UNFINISHED: ("○", "$warning"),
    State.ANSWERED: ("●", "$foreground"),
    State.ASSUMED: ("◐", "$warning"),
    State.OPEN: ("?", "$warning"),
    State.NOT_APPLICABLE: ("–", "$quiet"),
}

NARROW, _ROOMY = 80, 100
"""Columns from which on the top has room for the section beside the theme, and for the word "question"."""


def safe(text: str, style: str = "") -> Content:
    """Return text that somebody typed as content: nothing in it is markup, nothing reaches the terminal raw."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def placed(table: TableKind, rejection: Rejection) -> Rejection:
    """Return what is wrong with a cell, with its row and column before it: for a place where neither can be seen."""
    column = table.by_id.get(rejection.column or "")
    where = ", ".join(part for part in (rejection.row, column.label if column else "") if part)
    return replace(rejection, message=f"{where}: {rejection.message}" if where else rejection.message)


def mark(state: State, *, stale: bool = False) -> Content:
    """Return the mark of a state."""
    sign, style = ("!", "$warning") if stale else MARKS[state]
    return Content.styled(sign, style)


def place_line(session: Session, question: Question, width: int) -> tuple[str, str]:
    """Return where a question stands, and which of how many it is: `Retries and alerts · Alerts`, `question 7 of 23`.

    What a screen of this width has no room for is left out: the theme and the numbers never are.
    """
    section = session.template.section_of(question.id)
    number = session.interview.number(question)
    word = "question " if width >= _ROOMY else ""
    place = f"{section.theme} · {section.title}" if width >= NARROW else section.theme
    return place, f"{word}{number[0]} of {number[1]}" if number else "optional"

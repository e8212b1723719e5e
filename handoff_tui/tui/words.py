"""How states look and read: one mark of one cell each, always with its word where it counts."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Open, State
from handoff_tui.core.dates import say_date
from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template
from handoff_tui.core.text import plural, visible
from handoff_tui.session.session import Session

__all__ = ["MARKS", "mark", "placed", "progress_line", "safe", "state_line"]

MARKS = {
    State.UNANSWERED: ("○", "$quiet"),
    State.UNFINISHED: ("○", "$warning"),
    State.ANSWERED: ("●", "$foreground"),
    State.ASSUMED: ("◐", "$warning"),
    State.OPEN: ("?", "$warning"),
    State.NOT_APPLICABLE: ("–", "$quiet"),
}


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


def state_line(session: Session, answer: Answer, *, unfinished: bool = False) -> str:
    """Return what stands behind an answer besides its value: who finds out by when, what changed since."""
    people = session.people()
    parts: list[str] = []
    match answer.mark:
        case Open(owner=owner, due=due, note=note):
            parts.append("open")
            parts += [people.get(owner, owner) or "nobody yet", f"by {say_date(due)}" if due else "no date"]
            parts += [note] if note else []
        case Assumed(basis=basis, confirmer=who, due=due):
            parts += ["assumed", basis, f"{people.get(who, who)} confirms"]
            parts += [f"by {say_date(due)}"] if due else []
        case NotApplicable(reason=reason):
            parts += ["not applicable", reason]
    if unfinished:
        parts.append("not finished")
    if answer.stale:
        parts.append(_stale(session.template, answer))
    return " · ".join(part for part in parts if part)


def _stale(template: Template, answer: Answer) -> str:
    stale = answer.stale
    if stale is None:
        return ""
    premise = template.by_id.get(stale.because)
    name = f"“{premise.label}”" if premise else "the question"
    was = f" (it was: {_in_words(premise, stale.was)})" if stale.was else ""
    return f"{name} changed after this was answered{was}"


def _in_words(premise: Question | None, was: str) -> str:
    if premise is None or isinstance(premise.field, TableKind) or premise.field.check(was):
        return was
    return premise.field.say(was)


def progress_line(session: Session) -> str:
    """Return what is left: `2 open · 1 stale · 41 min left`; nothing that nags."""
    progress = session.interview.progress
    parts = [f"{progress.open} open"] if progress.open else []
    parts += [f"{progress.stale} stale"] if progress.stale else []
    parts += [f"{progress.minutes_left} min left"] if progress.minutes_left else []
    left = progress.total - progress.done
    if not parts and left:
        parts = [f"{plural(left, 'question')} left"]
    return " · ".join(parts) or "all answered"

"""How states look and read: one mark of one cell each, always with its word where it counts."""

from __future__ import annotations

from textual.content import Content

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Open, State
from handoff_tui.core.dates import say_date
from handoff_tui.core.kinds import ChoiceKind, DateKind, DurationKind, NumberKind
from handoff_tui.core.question import Question
from handoff_tui.core.table import TableKind
from handoff_tui.core.text import plural, visible
from handoff_tui.session.session import Session

__all__ = ["MARKS", "mark", "place_line", "progress_line", "safe", "state_line"]

MARKS = {
    State.UNANSWERED: ("○", "$quiet"),
    State.UNFINISHED: ("○", "$warning"),
    State.ANSWERED: ("●", "$foreground"),
    State.ASSUMED: ("◐", "$warning"),
    State.OPEN: ("?", "$warning"),
    State.NOT_APPLICABLE: ("–", "$quiet"),
}

_SHORT = (ChoiceKind, DateKind, DurationKind, NumberKind)
"""Kinds whose values are short enough to say what one became: a text's beginning may be the same."""

_NARROW, _ROOMY = 80, 100
"""Columns from which on the top has room for the section beside the theme, and for the word "question"."""


def safe(text: str, style: str = "") -> Content:
    """Return text that somebody typed as content: nothing in it is markup, nothing reaches the terminal raw."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


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
        parts.append(_stale(session, answer))
    return " · ".join(part for part in parts if part)


def _stale(session: Session, answer: Answer) -> str:
    stale = answer.stale
    if stale is None:
        return ""
    if stale.because == "handoff.template_version":
        return "the question itself changed after this was answered"
    premise = session.template.by_id.get(stale.because)
    name = f"“{premise.label}”" if premise else "the head"
    was, now = _in_words(premise, stale.was), session.handoff.value(stale.because)
    if isinstance(premise, Question) and isinstance(premise.field, _SHORT) and was and now not in (None, stale.was):
        return f"{name} changed after this was answered: {was} → {_in_words(premise, now)}"
    return f"{name} changed after this was answered" + (f" (it was: {was})" if was else "")


def _in_words(premise: Question | None, value: object) -> str:
    if premise is None or isinstance(premise.field, TableKind) or premise.field.check(value):
        return str(value)
    return premise.field.say(value)


def place_line(session: Session, question: Question, width: int) -> tuple[str, str]:
    """Return where a question stands, and which of how many it is: `Retries and alerts · Alerts`, `question 7 of 23`.

    What a screen of this width has no room for is left out: the theme and the numbers never are.
    """
    section = session.template.section_of(question.id)
    number = session.interview.number(question)
    word = "question " if width >= _ROOMY else ""
    place = f"{section.theme} · {section.title}" if width >= _NARROW else section.theme
    return place, f"{word}{number[0]} of {number[1]}" if number else "optional"


def progress_line(session: Session) -> str:
    """Return what is left: `2 open · 1 stale · 41 min left`; nothing that nags."""
    progress = session.interview.progress
    parts = [f"{progress.open} open"] if progress.open else []
    parts += [f"{progress.stale} stale"] if progress.stale else []
    parts += [f"{progress.disputed} to decide"] if progress.disputed else []
    parts += [f"{progress.minutes_left} min left"] if progress.minutes_left else []
    left = progress.total - progress.done
    if not parts and left:
        parts = [f"{plural(left, 'question')} left"]
    return " · ".join(parts) or "all answered"

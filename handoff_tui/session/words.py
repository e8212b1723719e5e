"""What every face says of an interview: what stands behind an answer, how far we are, two versions of one answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open
from handoff_tui.core.conflicts import Conflict
from handoff_tui.core.dates import say_date
from handoff_tui.core.kinds import ChoiceKind, DateKind, DurationKind, NumberKind
from handoff_tui.core.question import Question
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.text import labelled, plural, short
from handoff_tui.core.three_way import ABSENT
from handoff_tui.core.wording import gist, say_scalar
from handoff_tui.session.session import Session

__all__ = ["conflict_place", "note_line", "progress_line", "say_side", "state_line"]

_SHORT = (ChoiceKind, DateKind, DurationKind, NumberKind)
"""Kinds whose values are short enough to say what one became: a text's beginning may be the same."""
_LONGEST = 300
"""Characters of a version that are shown; deciding takes all of it."""


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


def note_line(session: Session, note: Note) -> str:
    """Return a note, and who agreed."""
    people = session.people()
    agreed = ", ".join(people.get(key, key) for key in note.agreed_by)
    return f"Note: {note.text}" + (f" (agreed by {agreed})" if agreed else "")


def progress_line(session: Session, *, spoken: bool = False) -> str:
    """Return what is left: `2 open · 1 stale · 41 min left`; nothing that nags. `spoken`, without abbreviations."""
    progress = session.interview.progress
    parts = [f"{progress.open} open"] if progress.open else []
    parts += [f"{progress.stale} stale"] if progress.stale else []
    parts += [f"{progress.disputed} to decide"] if progress.disputed else []
    minutes = plural(progress.minutes_left, "minute") if spoken else f"{progress.minutes_left} min"
    parts += [f"{minutes} left"] if progress.minutes_left else []
    left = progress.total - progress.done
    if not parts and left:
        parts = [f"{plural(left, 'question')} left"]
    return " · ".join(parts) or "all answered"


# -- two versions ------------------------------------------------------------------------------------------------


def conflict_place(question: Question, conflict: Conflict) -> str:
    """Return where in an answer two versions differ: its row, its column, what stands beside it."""
    column = conflict.column
    if column and isinstance(question.field, TableKind):
        column = next((item.label for item in question.field.columns if item.id == column), column)
    parts = [part for part in (conflict.row, column, conflict.part.replace("_", " ")) if part]
    return f": {', '.join(parts)}" if parts else ""


def say_side(question: Question, conflict: Conflict, side: Any, people: Mapping[str, str]) -> str:
    """Return one version in words, in one line."""
    return short(_side_in_words(question, conflict, side, people), _LONGEST)


def _side_in_words(question: Question, conflict: Conflict, side: Any, people: Mapping[str, str]) -> str:
    field = question.field
    if side is ABSENT:
        return "deleted" if conflict.row is not None and conflict.column is None else "nothing"
    columns = {item.id: item for item in field.columns} if isinstance(field, TableKind) else {}
    if isinstance(side, dict):
        told = {
            columns[key].label if key in columns else key: _cell(columns.get(key), side[key], people) for key in side
        }
        return " · ".join(labelled(label, cell) for label, cell in told.items())
    if conflict.part:
        return str(side)
    if not isinstance(field, TableKind):
        return say_scalar(field, side, people)
    column = columns.get(conflict.column or "")
    return _cell(column, side, people) if column else gist(question, side)


def _cell(column: Column | None, value: Any, people: Mapping[str, str]) -> str:
    return say_scalar(column.field, value, people) if column else str(value)

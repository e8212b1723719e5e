"""The states of the answers: what is stale, in conflict, or not decided although it must be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handoff_tui.core.answers import Assumed, Open, State
from handoff_tui.core.finding import Finding
from handoff_tui.core.interview import Interview
from handoff_tui.core.question import Question

__all__ = ["conflict", "open_essential", "stale"]


def stale(interview: Interview, _: date) -> Iterator[Finding]:
    """An answer whose premise changed after it was given."""
    for question in interview.asked:
        mark = interview.handoff.answer(question.id).stale
        if mark:
            premise = interview.template.by_id.get(mark.because)
            changed = premise.label if premise else "its premise"
            yield Finding(
                "stale",
                "error",
                question.id,
                f"“{question.label}” was answered before “{changed}” changed.",
                "Read it again: confirm it, or change it.",
            )


def conflict(interview: Interview, _: date) -> Iterator[Finding]:
    """Two edits of one answer that a merge could not join."""
    for section_id, questions in interview.handoff.conflict.items():
        for name in questions if isinstance(questions, dict) else ():
            yield Finding(
                "conflict",
                "error",
                f"{section_id}.{name}",
                "Two people answered this differently.",
                "Decide which one holds, and remove the [[conflict]] of it.",
            )


def open_essential(interview: Interview, today: date) -> Iterator[Finding]:
    """What must be decided before the first incident, and is not; and open points that nobody will close."""
    early = interview.handoff.head.moment == "discovery_to_delivery"
    for question in interview.asked:
        mark = interview.handoff.answer(question.id).mark
        waits = isinstance(mark, Open) or (isinstance(mark, Assumed) and mark.due is not None and mark.due < today)
        if waits and mark is not None:
            yield from _open(question, mark, today, may_wait=early and question.may_stay_open)
        elif question.essential and (
            interview.state(question) is State.UNANSWERED or interview.handoff.value(question.id) == []
        ):
            yield Finding(
                "open-essential",
                "error",
                question.id,
                f"“{question.label}” has no answer.",
                "Answer it, or say who finds out by when.",
            )
    for cell in interview.handoff.open_cells:
        if any(cell.question == question.id for question in interview.asked):
            lapsed = not cell.owner or cell.due is None or cell.due < today
            yield Finding(
                "open-essential",
                "error" if lapsed else "warning",
                cell.question,
                f"“{cell.column}” of {cell.row} is still open.",
                "Fill it, or give an owner and a date to come.",
                cell.row,
                cell.column,
            )


def _open(question: Question, mark: object, today: date, *, may_wait: bool) -> Iterator[Finding]:
    owner = mark.owner if isinstance(mark, Open) else mark.confirmer if isinstance(mark, Assumed) else ""
    due = mark.due if isinstance(mark, Open | Assumed) else None
    if not owner or due is None or due < today:
        yield Finding(
            "open-essential",
            "error",
            question.id,
            f"“{question.label}” is open and nobody has to close it by a date to come.",
            "Name an owner and a date, or answer it.",
        )
    elif question.essential:
        yield Finding(
            "open-essential",
            "warning" if may_wait else "error",
            question.id,
            f"“{question.label}” is still open.",
            "Answer it now; the owner and date stay until then.",
        )

"""The sections of the interview with their answers, each with its state beside it. Knows no question by its id."""

from __future__ import annotations

from collections.abc import Sequence

from handoff_tui.core.answers import State
from handoff_tui.core.question import Question
from handoff_tui.core.table import TableKind
from handoff_tui.render.markdown import Block, Markup, bullets, heading, join, led, paragraph, strong
from handoff_tui.render.tables import rows_of
from handoff_tui.render.view import View

__all__ = ["answers", "single", "table_block"]


def answers(view: View, questions: Sequence[Question]) -> list[Block]:
    """Return the answers: first those on a line of their own, then the tables, last what has none."""
    silent = [question for question in questions if _silent(view, question)]
    said = [question for question in questions if question not in silent]
    lines = [question for question in said if not isinstance(question.field, TableKind)]
    blocks = [bullets(single(view, question) for question in lines)]
    for question in said:
        if isinstance(question.field, TableKind):
            blocks += [heading(3, question.label), *table_block(view, question)]
    return [*blocks, *_without(silent)]


def single(view: View, question: Question, label: str = "", *, notes: bool = True) -> Markup:
    """Return an answer with its label and everything that is to be said beside it, a line each."""
    value = view.value(question)
    first = join(strong(label or question.label, after=":"), value, by="\n\n" if "\n" in value else " ")
    remarks = view.remarks(question) if notes else view.standing(question)
    return join(first, *remarks, by="\n\n" if "\n\n" in first else "\n")


def table_block(view: View, question: Question) -> list[Block]:
    """Return how a table stands, its rows or why there are none, and the note on it."""
    if view.decided(question):
        rows = rows_of(view, question) or [paragraph(Markup("The table is empty."))]
    else:
        rows = [paragraph(view.value(question))]
    note = paragraph(view.note(view.answer(question).note))
    return [*map(paragraph, view.standing(question)), *rows, note]


def _silent(view: View, question: Question) -> bool:
    """Say whether nothing at all stands at a question; such questions share one line."""
    return view.state(question) is State.UNANSWERED and not view.remarks(question)


def _without(questions: Sequence[Question]) -> list[Block]:
    missing = join(*(question.label for question in questions if question.essential), by=", ")
    optional = join(*(question.label for question in questions if not question.essential), by=", ")
    return [paragraph(led("**No answer yet:** ", missing)), paragraph(led("Optional, not answered: ", optional))]

"""Pieces of the incident part: answers by id, each under a label of ours, and never a silent hole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handoff_tui.render.markdown import Block, Markup, bullets, join, led, paragraph, strong
from handoff_tui.render.questions import single
from handoff_tui.render.view import NO_ANSWER, View

__all__ = ["NOT_STATED", "Row", "cells", "lines", "list_under", "named_rows", "note", "standing", "stated", "under"]

Row = Mapping[str, Any]
NOT_STATED = Markup("not stated")
"""What stands in the place of a fact that nobody has given, where an empty place would read as `not needed`."""


def standing(view: View, question_id: str, label: str = "") -> list[Block]:
    """Return what is to be said of a table before its rows, or in place of them."""
    question = view.questions.get(question_id)
    if question is None:
        return []
    if view.table(question_id) is None:
        return [paragraph(single(view, question, label))]
    said = view.standing(question)
    if not view.decided(question):
        said = [join(strong(label, after=":"), view.value(question), by=" "), *said]
    elif not view.rows(question_id):
        said = [join(strong(label, after=":"), led("", NO_ANSWER, "."), by=" "), *said]
    return [paragraph(line) for line in said]


def lines(view: View, labels: Mapping[str, str], *, notes: bool = True) -> list[Markup]:
    """Return answers that are no tables, with their states, by question id under a label of ours."""
    asked = [(view.questions[item], label) for item, label in labels.items() if item in view.questions]
    return [single(view, question, label, notes=notes) for question, label in asked]


def cells(view: View, question_id: str, row: Row, labels: Mapping[str, str]) -> list[Markup]:
    """Return cells of a row, by column id under a label of ours; empty ones are left out."""
    return [
        led(f"**{label}:** ", text) for column, label in labels.items() if (text := view.cell(question_id, row, column))
    ]


def stated(view: View, question_id: str, row: Row, column_id: str) -> Markup:
    """Return a cell in words, or that it is not stated; nothing where a template does not ask for it."""
    table = view.table(question_id)
    asked = table is not None and any(column.id == column_id for column in table.columns)
    return view.cell(question_id, row, column_id) or NOT_STATED if asked else Markup()


def note(view: View, question_id: str) -> Block:
    """Return the note on an answer."""
    question = view.questions.get(question_id)
    return paragraph(view.note(view.answer(question).note)) if question else Block("")


def named_rows(view: View, question_id: str) -> Iterator[tuple[Markup, Row]]:
    """Yield the rows of a table, each with its name in words."""
    for row in view.rows(question_id):
        yield view.row_name(view.questions[question_id], row), row


def under(title: Block, blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks under their title; nothing where there is none."""
    full = [block for block in blocks if block]
    return [title, *full] if full else []


def list_under(title: str, items: list[Markup]) -> list[Block]:
    """Return a list after a line of ours that ends with a colon."""
    return under(paragraph(strong(title, after=":")), [bullets(items)])

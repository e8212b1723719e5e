"""Each answer by its own kind: a duration is a duration, a needed cell is filled, a row's name is unique."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handoff_tui.checks.facts import Facts, Found, Row
from handoff_tui.checks.rule import rule
from handoff_tui.core.answers import Assumed
from handoff_tui.core.handoff import MOMENTS, STATUSES
from handoff_tui.core.kind import too_long
from handoff_tui.core.rule import Page
from handoff_tui.core.table import TableKind
from handoff_tui.core.text import MAX_TEXT, fold, visible

__all__ = ["bad_value", "duplicate_row", "missing_cell"]


@rule(
    "bad-value",
    "A value that cannot be what was asked",
    "error",
    guards_file=True,
    page=Page(
        looks_for="A value that does not fit its question: a time span without a unit, a choice that is not offered, "
        "a date in quotes.",
        why="The other checks and every document read it wrongly, or not at all.",
        bad="Notice before a change: “10 days or so”.",
        good="Notice before a change: 10d.",
        fix="Write the value as the question shows it; the message says how.",
    ),
)
def bad_value(facts: Facts) -> Iterator[Found]:
    """By the kind of each question and column, of what stands beside an answer, and the head's own."""
    for question, answer in facts.answers:
        for wrong in facts.wrong(question.id):
            yield Found(question.id, visible(wrong.message), wrong.fix, wrong.row, wrong.column, index=wrong.index)
        for part, record in answer.parts():
            for key in _misfits(record):
                message = f"“{key}” under “{part}” is of the wrong kind."
                yield Found(question.id, message, _form(key), part=part, text=key)
    for cell in facts.handoff.open_cells:
        for key in _misfits(cell) if cell.question in facts.asked else ():
            message = f"“{key}” under “open_cells” is of the wrong kind."
            yield Found(cell.question, message, _form(key), cell.row, part="open_cells", text=key)
    head = facts.handoff.head
    for key, value, choices in (("moment", head.moment, MOMENTS), ("status", head.status, STATUSES)):
        if value not in choices:
            fix = f"Write {' or '.join(choices)}."
            yield Found(f"handoff.{key}", f"“{visible(value)}” is not a {key}.", fix, text=value)
    for key in _misfits(head):
        yield Found(f"handoff.{key}", f"“{key}” of the handoff is of the wrong kind.", _form(key), text=key)
    yield from _too_long(facts)


def _too_long(facts: Facts) -> Iterator[Found]:
    """Yield what is too long beside the answers and in the head; of answers that are asked their kinds say it."""
    if max(map(len, facts.texts.all), default=0) <= MAX_TEXT:
        return
    for text in facts.texts:
        wrong = too_long(text.text)
        if wrong and (text.part or text.question not in facts.asked):
            place: dict[str, Any] = {"row": text.row, "column": text.column, "index": text.index, "part": text.part}
            yield Found(text.question, wrong.message, wrong.fix, text=text.text, **place)


def _misfits(record: Any) -> list[str]:
    """Return the keys that a record has and could not read, which the file keeps beside it."""
    return [key for key in record.extra if key in record.__dataclass_fields__ and key != "extra"]


_FORMS = {
    **dict.fromkeys(("due", "created"), "Write it like 2026-12-24, without quotes."),
    **dict.fromkeys(("participants", "agreed_by"), "Write a list of names in quotes."),
    "template_version": "Write a number without quotes.",
}


def _form(key: str) -> str:
    return _FORMS.get(key, "Write it in quotes.")


@rule(
    "missing-cell",
    "An empty cell that is needed",
    "error",
    page=Page(
        looks_for="A cell in a column that every row needs, empty and not marked open; also a state without its "
        "basis, confirmer or date, and a handoff without a name or an owner. Where a numbered rule names the same "
        "cell, that rule speaks.",
        why="A row with a hole in it looks decided and is not.",
        bad="Alert BillingLagHigh, page now, with no first action.",
        good="Alert BillingLagHigh, page now: restart the sync. Or the cell is open: siobhan, by 4 December.",
        fix="Fill the cell, or mark it open with an owner and a date (F3 in the row).",
    ),
)
def missing_cell(facts: Facts) -> Iterator[Found]:
    """Rows, the two states that need more than an owner, and the head."""
    for question, answer in facts.answers:
        if isinstance(question.field, TableKind):
            rows = [row.cells for row in facts.rows(question.id)]
            for gap in question.field.gaps(rows, facts.open_in(question.id)):
                yield Found(question.id, gap.message, gap.fix, gap.row, gap.column, index=gap.index)
        mark = answer.mark
        if isinstance(mark, Assumed):
            said = {"a basis": mark.basis, "somebody to confirm it": mark.confirmer, "a date": mark.due}
            absent = [what for what, value in said.items() if not value]
            if absent:
                what = " or ".join([", ".join(absent[:-1]), absent[-1]] if len(absent) > 1 else absent)
                message = f"“{question.label}” is assumed without {what}."
                fix = "Say what it rests on, and who confirms it by when; or answer it."
                yield Found(question.id, message, fix, part="assumed", text="")
    head = facts.handoff.head
    if not head.name and "name" not in head.extra:
        yield Found("handoff.name", "The handoff has no name.", "Say what an agent would call the integration.")
    if not head.owner and "owner" not in head.extra:
        yield Found("handoff.owner", "Nobody is named as the integration owner.", "Name one person or team.")


@rule(
    "duplicate-row",
    "Two rows with one name",
    "error",
    guards_file=True,
    page=Page(
        looks_for="Two rows of a table whose first cells are the same; capitals, blanks, _ and - do not count.",
        why="Whatever refers to the row could mean either. It happens when two people add the same row and git joins "
        "them.",
        bad="Two alerts called LagHigh, one that pages and one that writes a ticket.",
        good="LagHigh pages, LagRising writes a ticket.",
        fix="Rename one of the two rows, or join them.",
    ),
)
def duplicate_row(facts: Facts) -> Iterator[Found]:
    """At the later row; one without a name is left to `missing-cell`."""
    tables = [(table, rows) for question, table in facts.tables() if len(rows := facts.rows(question.id)) > 1]
    # All names at once: `fold` costs more by the call than by the letter, and no text holds a NUL.
    folded = fold("\0".join(row.label for _, rows in tables for row in rows)).split("\0")
    names = map(str.strip, folded)
    for table, rows in tables:
        seen: dict[str, Row] = {}
        for row, name in zip(rows, names, strict=False):
            first = seen.setdefault(name, row) if name else row
            if first is not row:
                message = f"There are two rows for the {table.row_name} {row.quoted}."
                if first.label != row.label:
                    message = f"The {table.row_name} {row.quoted} is {first.quoted} once more: they count as one name."
                yield row.found(message, "Rename one of them, or make them one row.", table.key.id)

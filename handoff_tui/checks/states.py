"""The states of the answers: what is stale, in conflict, open although it must be decided, or only seems decided."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from handoff_tui.checks.facts import Facts, Found
from handoff_tui.checks.rule import rule
from handoff_tui.core.answers import Assumed, NotApplicable, Open, OpenCell
from handoff_tui.core.dates import say_date
from handoff_tui.core.kinds import LineKind, TextKind
from handoff_tui.core.question import Question
from handoff_tui.core.rule import Page
from handoff_tui.core.table import TableKind
from handoff_tui.core.text import is_placeholder, visible
from handoff_tui.core.wording import say_scalar

__all__ = ["conflict", "open_essential", "placeholder_answer", "stale"]

THEME = "Fallback and close"


@rule(
    "stale",
    "An answer whose premise changed",
    "error",
    page=Page(
        looks_for="An answer that was given before another answer it rests on was changed.",
        why="It may still hold, but nobody has looked since.",
        bad="The alerts were set when an outage only meant delay; since then it costs customers money.",
        good="The alerts were read again after that, and confirmed or changed.",
        fix="Read the answer again in the interview: press r where it still holds, or change it.",
    ),
)
def stale(facts: Facts) -> Iterator[Found]:
    """Marked when the premise changed; see `core.changes`."""
    for question, answer in facts.answers:
        mark = answer.stale
        if mark:
            premise = facts.template.by_id.get(mark.because)
            changed = f"“{premise.label}”" if premise else "the question"
            message = f"“{question.label}” was answered before {changed} changed."
            yield Found(question.id, message, "Read it again: confirm it, or change it.", part="stale", text="")


@rule(
    "conflict",
    "Two versions of one answer",
    "error",
    guards_file=True,
    page=Page(
        looks_for="An answer that two people changed differently, and that a merge could not join.",
        why="The file keeps both, and a reader would act on whichever they see first.",
        bad="One branch says the retries run for three days, the other for one.",
        good="The two agreed on three days; the other version is removed.",
        fix="Decide in the interview which one holds; in the file, keep one and remove its [[conflict]].",
    ),
)
def conflict(facts: Facts) -> Iterator[Found]:
    """One for each conflict that a merge left behind."""
    for section_id, questions in facts.handoff.conflict.items():
        for name, sides in questions.items() if isinstance(questions, dict) else ():
            question_id = f"{section_id}.{name}"
            question = facts.template.by_id.get(question_id)
            what = f"“{question.label}”" if question else "this"
            for side in sides if isinstance(sides, list) else [sides]:
                row, column = (side.get(key) if isinstance(side, dict) else None for key in ("row", "column"))
                yield Found(
                    question_id,
                    f"Two people answered {what} differently.",
                    f"Decide which one holds, and remove its [[conflict.{visible(question_id)}]].",
                    row if isinstance(row, str) else None,
                    column if isinstance(column, str) else None,
                    part="conflict",
                )


@rule(
    "open-essential",
    "Something that must be decided, and is not",
    "error",
    weight="a warning where the question may stay open from discovery to delivery, and for an open cell before its "
    "date; else an error",
    number=23,
    theme=THEME,
    page=Page(
        looks_for="An essential question without an answer; anything open without an owner and a date to come; an "
        "assumption past its date; an open cell.",
        why="Whatever is undecided today is decided by whoever is awake during the incident.",
        bad="Who may end the fallback is open, and its date was last week.",
        good="Who may end the fallback: the duty lead, after two clean reconciliations.",
        fix="Answer it, or say who finds out by when.",
    ),
)
def open_essential(facts: Facts) -> Iterator[Found]:
    """Answers first, then open cells; what is not applicable has none."""
    early = facts.handoff.head.moment == "discovery_to_delivery"
    for question, answer in facts.answers:
        mark = answer.mark
        lapsed = isinstance(mark, Assumed) and mark.due is not None and mark.due < facts.today
        if isinstance(mark, Open) or (isinstance(mark, Assumed) and lapsed):
            yield from _open(facts, question, mark, may_wait=early and question.may_stay_open)
        elif question.essential and not isinstance(mark, NotApplicable) and not facts.has(question.id):
            message, fix = f"“{question.label}” has no answer.", "Answer it, or say who finds out by when."
            yield Found(question.id, message, fix, text="", cause="An essential question has no answer")
    for cell in facts.handoff.open_cells:
        table = facts.asked[cell.question].field if cell.question in facts.asked else None
        if table is not None and not isinstance(facts.handoff.answer(cell.question).mark, NotApplicable):
            yield _open_cell(facts, cell, table if isinstance(table, TableKind) else None)


def _open(facts: Facts, question: Question, mark: Open | Assumed, *, may_wait: bool) -> Iterator[Found]:
    owner, part = (mark.owner, "open") if isinstance(mark, Open) else (mark.confirmer, "assumed")
    if not owner or mark.due is None or mark.due < facts.today:
        why = "nobody has to close it by a date to come"
        if isinstance(mark, Assumed) and mark.due is not None:
            why = f"it was assumed until {say_date(mark.due)}, and nobody has confirmed it"
        message, fix = f"“{question.label}” is still open: {why}.", "Answer it, or name an owner and a date to come."
        yield Found(question.id, message, fix, part=part, text="")
    elif question.essential:
        yield Found(
            question.id,
            f"“{question.label}” is still open.",
            "Answer it; the owner and the date stand until then.",
            severity="warning" if may_wait else "error",
            part=part,
            text=f"{owner} {mark.due}",
        )


def _open_cell(facts: Facts, cell: OpenCell, table: TableKind | None) -> Found:
    late = not cell.owner or cell.due is None or cell.due < facts.today
    columns = table.columns if table else ()
    column = next((item.label for item in columns if item.id == cell.column), cell.column)
    row = say_scalar(table.key.field, cell.row) if table else cell.row
    return Found(
        cell.question,
        f"“{column}” of “{row}” is still open.",
        "Fill it, or give an owner and a date to come.",
        cell.row,
        cell.column,
        severity="error" if late else "warning",
        part="open_cells",
        text=f"{cell.owner} {cell.due}",
    )


@rule(
    "placeholder-answer",
    "Words that only stand where an answer should be",
    "error",
    number=24,
    theme=THEME,
    page=Page(
        looks_for="TBD, n/a, none, ? or “same” as an answer, a basis or a reason; TBD or ? in a cell; and “not "
        "applicable” with a reason of fewer than three words.",
        why="It looks answered, so nobody asks again.",
        bad="Who wins when the two disagree: TBD.",
        good="Open: siobhan finds out by 4 December.",
        fix="Decide it, or choose a state: open with an owner and a date, assumed, or not applicable with a reason.",
    ),
)
def placeholder_answer(facts: Facts) -> Iterator[Found]:
    """By the raw text, for a placeholder fits no kind; a cell that is marked open has said so already."""
    # Every short text of the file once, for next to no cell holds one.
    short = {text for text in facts.texts.all if len(text) < 8}
    in_cells = {text for text in short if is_placeholder(text, cell=True)}
    for question, answer in facts.answers:
        if isinstance(question.field, TableKind):
            yield from _placeholders(facts, question, question.field, in_cells) if in_cells else ()
        elif isinstance(question.field, (LineKind, TextKind)):
            value = facts.raw(question.id)
            if isinstance(value, str) and is_placeholder(value):
                yield Found(question.id, *_said(value))
        mark = answer.mark
        if isinstance(mark, Assumed) and is_placeholder(mark.basis):
            yield Found(question.id, *_said(mark.basis), part="assumed", text=mark.basis)
        elif isinstance(mark, NotApplicable) and (is_placeholder(mark.reason) or len(mark.reason.split()) < 3):
            said = f"“{mark.reason}”" if mark.reason else "Not applicable without a reason"
            message, fix = f"{said} is not an answer.", "Say in a sentence why the question does not arise here."
            yield Found(question.id, message, fix, part="not_applicable", text=mark.reason)


def _placeholders(facts: Facts, question: Question, table: TableKind, words: AbstractSet[str]) -> Iterator[Found]:
    open_cells = facts.open_in(question.id)
    for row in facts.rows(question.id):
        for column, cell in row.cells.items():
            held = isinstance(cell, str) and cell in words
            if held and column in table.by_id and (row.label, column) not in open_cells:
                yield row.found(*_said(cell), column)


def _said(text: str) -> tuple[str, str]:
    return f"“{text}” is not an answer.", "Decide it, or mark it open: who finds out, by when?"

"""Deciding a conflict of a merge: the chosen version is put where it belongs, and the conflict goes.

What is decided is said anew, as if it were answered in the interview: whatever rests on it becomes stale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Assumed, Mark, Note, OpenCell
from handoff_tui.core.conflicts import Conflict, as_record, conflicts_in, mark_of, without_conflicts
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.merge_rows import key_column, name_of
from handoff_tui.core.template import Template
from handoff_tui.core.text import fold
from handoff_tui.core.three_way import ABSENT, same

__all__ = ["Other", "Side", "dismiss", "resolve"]

Side: TypeAlias = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Other:
    """A third version, which neither side had; without a value, that nothing shall stand there."""

    value: Any = ABSENT


def resolve(handoff: Handoff, template: Template, question_id: str, index: int, take: Side | Other) -> Handoff:
    """Return the handoff with one conflict decided.

    With a whole answer goes its state, with a row its open cells: those conflicts are decided with it.

    Args:
        handoff: What stands now, ours where nothing was done about it since.
        template: The questions.
        question_id: The question, or `handoff.KEY`.
        index: Which of the conflicts at that question, as `conflicts_in` counts them.
        take: The side that holds, or another version.

    Raises:
        LookupError: There is no such conflict.
    """
    at_question = conflicts_in(handoff, question_id)
    chosen = at_question[index]
    with_it = [item for item in at_question if _goes_with(item, chosen)]
    handoff = without_conflicts(handoff, [chosen, *with_it])
    value = take.value if isinstance(take, Other) else getattr(chosen, take)
    beside = [] if isinstance(take, Other) else [(item, getattr(item, take)) for item in with_it]
    if chosen.part == "" and chosen.row is None and not question_id.startswith("handoff."):
        # Whoever's value holds, their state holds with it; a third value is simply answered.
        stands = None if isinstance(take, Other) else handoff.answer(question_id).mark
        mark = next((mark_of(state) for _, state in beside), stands)
        return _answer(handoff, template, question_id, value, mark)
    handoff = _put(handoff, template, chosen, value)
    for item, state in beside:
        handoff = _put(handoff, template, item, state)
    return handoff


def dismiss(handoff: Handoff, question_id: str, index: int) -> Handoff:
    """Return the handoff without one conflict: what stands there now holds, for somebody has just said so.

    Raises:
        LookupError: There is no such conflict.
    """
    return without_conflicts(handoff, [conflicts_in(handoff, question_id)[index]])


def _goes_with(item: Conflict, chosen: Conflict) -> bool:
    if chosen.part != "" or item.index == chosen.index:
        return False
    if chosen.row is None:
        return item.part == "state"
    return chosen.column is None and item.part == "open_cell" and item.row == chosen.row


def _put(handoff: Handoff, template: Template, chosen: Conflict, value: Any) -> Handoff:
    """Put a version where it belongs; not for a whole answer."""
    match chosen.part:
        case "":
            if chosen.row is None:
                return _head(handoff, chosen.question.partition(".")[2], value)
            return _row(handoff, template, chosen, value)
        case "state":
            mark, answer = mark_of(value), handoff.answer(chosen.question)
            return _answer(handoff, template, chosen.question, ABSENT if answer.value is None else answer.value, mark)
        case "note":
            return _note(handoff, chosen.question, value)
        case "open_cell":
            return _open_cell(handoff, chosen, value)
        case "accepted":
            return _accepted(handoff, chosen, value)
        case "extra":
            key = chosen.question.partition(".")[2]
            extra = {name: item for name, item in handoff.extra.items() if name != key or value is not ABSENT}
            return replace(handoff, extra=extra | ({} if value is ABSENT else {key: value}))
        case "schema":
            return replace(handoff, schema=value if isinstance(value, str) else "")
    return handoff


# -- the head and what belongs to no question --------------------------------------------------------------------


def _head(handoff: Handoff, key: str, value: Any) -> Handoff:
    """Put a key of the head; one that it does not know, or of another kind, stands beside it as in the file."""
    head = handoff.head
    others = {name: item for name, item in head.extra.items() if name != key}
    if key in Head.__dataclass_fields__:
        kind, blank = (date, None) if key == "created" else (str, "")
        told: Any = blank if value is ABSENT else value
        if told == blank or (isinstance(told, kind) and not isinstance(told, datetime)):
            return replace(handoff, head=replace(head, extra=others, **{key: told}))
    return replace(handoff, head=replace(head, extra=others | ({} if value is ABSENT else {key: value})))


def _open_cell(handoff: Handoff, chosen: Conflict, value: Any) -> Handoff:
    place = {"question": chosen.question, "row": chosen.row or "", "column": chosen.column or ""}
    new = [as_record(OpenCell, {**value, **place})] if isinstance(value, Mapping) else []
    cells = handoff.open_cells
    at = [n for n, cell in enumerate(cells) if (cell.question, cell.row, cell.column) == tuple(place.values())]
    return replace(handoff, open_cells=_instead(cells, at, new))


def _accepted(handoff: Handoff, chosen: Conflict, value: Any) -> Handoff:
    sides = [side for side in (chosen.ours, chosen.theirs) if side is not ABSENT]
    at = [n for n, item in enumerate(handoff.accepted) if any(same(item, side) for side in sides)]
    return replace(handoff, accepted=_instead(handoff.accepted, at, [value] if isinstance(value, Mapping) else []))


def _instead(items: Sequence[Any], at: Sequence[int], new: Sequence[Any]) -> tuple[Any, ...]:
    """Return the items with new ones where the first of some stands, and without the others of those."""
    first = at[0] if at else len(items)
    return (*items[:first], *new, *(item for n, item in enumerate(items) if n > first and n not in at))


def _note(handoff: Handoff, question_id: str, value: Any) -> Handoff:
    """Put what a side has beside the text of a note; the texts themselves are joined and never clash."""
    side: Note = as_record(Note, value) if isinstance(value, Mapping) else Note()
    note = replace(handoff.answer(question_id).note or side, extra=side.extra)
    return changes.annotate(handoff, question_id, note if note != Note() else None)


# -- answers -----------------------------------------------------------------------------------------------------


def _answer(handoff: Handoff, template: Template, question_id: str, value: Any, mark: Mark | None) -> Handoff:
    """Put a whole answer with its state."""
    told = None if value is ABSENT else value
    if mark is None or isinstance(mark, Assumed):
        return changes.give(handoff, template, question_id, told, assumed=mark)
    # Marked first: what rests on it sees one change, from the old value to none.
    handoff = changes.mark(handoff, template, question_id, mark)
    return handoff.with_answer(question_id, handoff.answer(question_id).with_(value=told))


def _row(handoff: Handoff, template: Template, chosen: Conflict, value: Any) -> Handoff:
    """Put a row, or one cell of a row; nothing where the table, or the row of the cell, is gone since."""
    answer = handoff.answer(chosen.question)
    versions = [[side] for side in (chosen.ours, chosen.theirs, value) if isinstance(side, dict) and not chosen.column]
    key = key_column(template, chosen.question, [answer.value, *versions])
    if key is None:
        return handoff
    at = _where(list(answer.value or []), key, chosen)
    stands: Any = ABSENT if at is None else answer.value[at]
    wanted: Any = dict(value) if isinstance(value, Mapping) else ABSENT
    if chosen.column is not None and stands is not ABSENT:
        others = {name: cell for name, cell in stands.items() if name != chosen.column or value is not ABSENT}
        wanted = others if value is ABSENT else others | {chosen.column: value}
    if same(stands, wanted) or (chosen.column is not None and at is None):
        return handoff
    if wanted is not ABSENT:
        return _put_row(handoff, template, chosen.question, at, wanted)
    return handoff if at is None else _remove_row(handoff, template, chosen.question, at, name_of(stands, key))


def _where(rows: list[dict[str, Any]], key: str, chosen: Conflict) -> int | None:
    """Return the row that a conflict is about: of several with one name the one that is as the merge left it.

    A row that we deleted is not there: one of that name that stands there now is another one.
    """
    if chosen.column is None and chosen.ours is ABSENT:
        return None
    named = [at for at, row in enumerate(rows) if fold(name_of(row, key)) == fold(chosen.row or "")]
    stands = [rows[at] if chosen.column is None else rows[at].get(chosen.column, ABSENT) for at in named]
    as_left = [at for at, what in zip(named, stands, strict=True) if same(what, chosen.ours)]
    return next(iter(as_left or named), None)


def _put_row(handoff: Handoff, template: Template, question_id: str, at: int | None, row: dict[str, Any]) -> Handoff:
    answer = handoff.answer(question_id)
    rows = list(answer.value or [])
    if question_id in template.by_id and (answer.mark is None or isinstance(answer.mark, Assumed)):
        return _as_it_stood(changes.put_row(handoff, template, question_id, rows, at, row), question_id, answer)
    rows[len(rows) if at is None else at :] = [row, *([] if at is None else rows[at + 1 :])]
    return handoff.with_answer(question_id, answer.with_(value=rows))


def _remove_row(handoff: Handoff, template: Template, question_id: str, at: int, name: str) -> Handoff:
    answer = handoff.answer(question_id)
    rows = list(answer.value or [])
    left = [*rows[:at], *rows[at + 1 :]] or None
    cells = tuple(cell for cell in handoff.open_cells if (cell.question, cell.row) != (question_id, name))
    handoff = replace(handoff, open_cells=cells)
    if answer.mark is None or isinstance(answer.mark, Assumed):
        return _as_it_stood(changes.give(handoff, template, question_id, left), question_id, answer)
    return handoff.with_answer(question_id, answer.with_(value=left))


def _as_it_stood(handoff: Handoff, question_id: str, before: Answer) -> Handoff:
    """Return the handoff with the state a table had: one row was decided, and nothing said of the others."""
    answer = handoff.answer(question_id).with_(mark=before.mark, stale=before.stale)
    return handoff.with_answer(question_id, answer)

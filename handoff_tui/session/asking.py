"""What every face does around a question: what Continue may leave as it is, how a form is gone through, which row is
being typed. None of it knows how it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handoff_tui.core.answers import Assumed, NotApplicable, Open, State
from handoff_tui.core.kinds import ManyKind, ScalarKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.core.table import Column, TableKind
from handoff_tui.session.joining import Newcomer
from handoff_tui.session.session import Session

__all__ = [
    "MARK_WORDS",
    "about_newcomer",
    "in_form_order",
    "keep_unfinished",
    "mark_stands",
    "may_pass",
    "raw_of",
    "row_draft",
    "standing",
    "store_beside",
]

Raw = Mapping[str, object]

_KINDS: dict[type, str] = {Open: "open", Assumed: "assumed", NotApplicable: "not_applicable"}
MARK_WORDS = {
    "open": "open: somebody finds out",
    "assumed": "assumed: we go by the answer until it is confirmed",
    "not_applicable": "not applicable here",
}


# -- an answer ---------------------------------------------------------------------------------------------------


def raw_of(kind: ScalarKind, raw: object) -> str | list[str]:
    """Return a value, or what was typed before, as it is typed."""
    if isinstance(kind, ManyKind):
        return [str(item) for item in raw] if isinstance(raw, Sequence) and not isinstance(raw, str) else []
    return "" if raw is None else raw if isinstance(raw, str) else kind.edit_text(raw)


def standing(session: Session, question: Question) -> object:
    """Return what stands there without anything typed: the answer, or what is suggested."""
    value = session.handoff.answer(question.id).value
    return value if value is not None else question.suggest


def may_pass(session: Session, question: Question, *, nothing: bool) -> bool:
    """Say whether Continue, with nothing typed, leaves a question as it is: marked, stale, or optional and empty.

    `nothing` says that neither an answer nor a suggestion is offered there.
    """
    answer = session.handoff.answer(question.id)
    if isinstance(question.field, TableKind):
        empty = answer.value is None and not session.rows(question.id)
        marked = answer.state in (State.OPEN, State.NOT_APPLICABLE)
    else:
        empty = answer.value is None and nothing
        marked = answer.mark is not None
    return marked or answer.stale is not None or (empty and not question.essential)


def mark_stands(session: Session, question_id: str) -> tuple[str, dict[str, object]]:
    """Return which mark a question has, `open` where it has none, and the cells of its form."""
    mark = session.handoff.answer(question_id).mark
    fields = getattr(mark, "__dataclass_fields__", ())
    return _KINDS.get(type(mark), "open"), {name: getattr(mark, name) for name in fields if name != "extra"}


# -- forms and rows ----------------------------------------------------------------------------------------------


def in_form_order(columns: Sequence[Column]) -> list[Column]:
    """Return columns as a form asks for them: what is suggested from another cell after it, a key after its name."""
    later = [column for column in columns if column.suggest_from and not column.more]
    rest = [column for column in columns if column not in later]
    for column in later:
        at = next((index for index, other in enumerate(rest) if other.id == column.suggest_from), -1)
        rest.insert(at + 1, column)
    return rest


def about_newcomer(session: Session, newcomer: Newcomer) -> tuple[str, int, tuple[str, ...]]:
    """Return what to say of somebody or something that is new, the index of its row, and the columns to ask for."""
    table, rows = session.table(newcomer.table), session.rows(newcomer.table)
    index = [table.row_label(row) for row in rows].index(newcomer.row)
    name = str(rows[index].get("name") or newcomer.row)
    # What is suggested counts once somebody has seen it: whether this is a person or a rota decides who is alone.
    suggested = [column.id for column in table.columns if column.suggest is not None]
    title = f"{name} will be paged" if "hours" in newcomer.lacks else f"{name} is new here"
    return title, index, ("name", *newcomer.lacks, *suggested)


def row_draft(session: Session, question_id: str, index: int | None) -> str:
    """Return under which name what is typed into a row is kept: by the row's own name, for rows move."""
    rows = session.rows(question_id)
    return f"{question_id}#{session.table(question_id).row_label(rows[index]) if index is not None else ''}"


def keep_unfinished(session: Session, question_id: str, index: int | None, raw: Raw) -> bool:
    """Store a row as far as it goes; where even that is impossible, keep what was typed. Say whether it was stored."""
    draft = row_draft(session, question_id, index)
    if session.put_row(question_id, index, raw, allow_gaps=True):
        session.drafts[draft] = dict(raw)
        return False
    session.drafts.pop(draft, None)
    return True


def store_beside(
    session: Session, question_id: str, index: int | None, column: Column, raw: Raw
) -> int | list[Rejection]:
    """Store a row as far as it goes, but for one cell, which is about to be marked open; return the row's index.

    Whoever does not mark it after all finds in the cell what stood there, or what was typed.
    """
    rows, draft = session.rows(question_id), row_draft(session, question_id, index)
    stands = rows[index].get(column.id, "") if index is not None else ""
    if wrong := session.put_row(question_id, index, {**raw, column.id: stands}, allow_gaps=True):
        return wrong
    session.drafts.pop(draft, None)
    at = len(rows) if index is None else index
    if raw_of(column.field, stands) != raw_of(column.field, raw.get(column.id)):
        session.drafts[row_draft(session, question_id, at)] = dict(raw)
    return at

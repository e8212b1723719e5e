"""The two dialogs that stand beside an answer: "we don't know yet", and the note."""

from __future__ import annotations

from collections.abc import Sequence

from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.session.asking import mark_stands
from handoff_tui.session.forms import NOTE
from handoff_tui.session.session import Session
from handoff_tui.tui.dialogs.forms import Draft, FormDialog, MarkDialog

__all__ = ["mark_dialog", "note_dialog"]


def mark_dialog(session: Session, question: Question, typed: object) -> MarkDialog:
    """Return the dialog that marks a question; `typed` is what stands in its field, to be assumed with it."""
    answer = session.handoff.answer(question.id)
    kind, raw = mark_stands(session, question.id)

    def submit(kind: str, form: dict[str, object]) -> Sequence[Rejection]:
        if kind == "assumed" and typed:
            return session.assume(question.id, typed, form)
        return session.mark(question.id, kind, form)

    return MarkDialog(
        session.context,
        submit,
        kind=kind,
        raw=raw,
        may_assume=bool(typed) or answer.value is not None,
        draft=Draft(session.drafts, f"mark:{question.id}"),
    )


def note_dialog(session: Session, question: Question) -> FormDialog:
    """Return the dialog for the note of a question, and who agreed."""
    note = session.handoff.answer(question.id).note
    raw: dict[str, object] = {"text": note.text, "agreed_by": list(note.agreed_by)} if note else {}
    return FormDialog(
        f"Note on “{question.label}”",
        "It stands beside the answer in the summary.",
        NOTE,
        session.context,
        raw,
        lambda form: session.note(question.id, form),
        only=("text", "agreed_by"),
        draft=Draft(session.drafts, f"note:{question.id}"),
    )

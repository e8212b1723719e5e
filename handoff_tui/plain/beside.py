"""What is said beside an answer: that nobody knows yet, a note, and who somebody is that was just named."""

from __future__ import annotations

from collections.abc import Sequence

from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.plain.commands import Command
from handoff_tui.plain.fields import Raw, ask_field, say_offer
from handoff_tui.plain.forms import Form
from handoff_tui.plain.talk import Here, Leave, Talk
from handoff_tui.session.asking import about_newcomer, mark_stands
from handoff_tui.session.forms import MARK_FORMS, NOTE
from handoff_tui.session.joining import Newcomer, newcomers
from handoff_tui.session.session import Session

__all__ = ["Beside"]


class Beside:
    """The forms beside one question. What is typed into one is there again the next time, and after a crash."""

    def __init__(self, talk: Talk, session: Session, question: Question) -> None:
        self._talk = talk
        self._say = talk.console.say
        self._session = session
        self._question = question

    @property
    def left_open(self) -> str:
        """The form that was open when the interview ended without being asked: `note`, a mark, or none."""
        if self._session.dialog != "mark":
            return self._session.dialog if self._session.dialog == "note" else ""
        kind = self._session.drafts.get(f"mark:{self._question.id}", {}).get("kind")
        return kind if kind in MARK_FORMS else "open"

    def mark(self, kind: str, here: Here) -> bool:
        """Mark the question as open, assumed or not applicable; say whether that was done."""
        session, question = self._session, self._question
        stands_as, cells = mark_stands(session, question.id)
        answer = self._to_assume(here) if kind == "assumed" else None
        if kind == "assumed" and answer is None and session.handoff.answer(question.id).value is None:
            return False
        self._say(f"{question.label}: {kind.replace('_', ' ')}.")

        def submit(form: dict[str, object]) -> Sequence[Rejection]:
            if answer is not None:
                return session.assume(question.id, answer, form)
            return session.mark(question.id, kind, form)

        key = f"mark:{question.id}"
        form = Form(
            self._talk,
            MARK_FORMS[kind],
            {**(cells if stands_as == kind else {}), **self._typed(key)},
            lambda: session.context,
            submit,
            keeps=lambda raw: session.drafts.update({key: {**raw, "kind": kind}}),
        )
        return self._run(form, key, dialog="mark")

    def _to_assume(self, here: Here) -> Raw | None:
        """Return the answer to be assumed, typed before or now; `None` where it stands already, or there is none."""
        session, question = self._session, self._question
        if isinstance(question.field, TableKind):
            if session.handoff.answer(question.id).value is None:
                self._say("Enter the rows first; then “:assumed” says that they are.")
            return None
        if (draft := session.drafts.get(question.id)) or session.handoff.answer(question.id).value is not None:
            typed: Raw | None = draft
            return typed
        while True:
            say_offer(self._talk, question.field, session.context)
            said = ask_field(
                self._talk,
                question.field,
                session.context,
                "The answer that we go by for now:",
                here,
                keep=lambda text: session.keep_draft(question.id, text),
            )
            if said is None or isinstance(said, Command):
                return None
            session.drafts[question.id] = said
            value = question.field.read(said, session.context)
            if not isinstance(value, Rejection):
                return said
            self._say(f"! {value}")

    def note(self) -> None:
        """Write a note, and who agreed."""
        session, question = self._session, self._question
        note = session.handoff.answer(question.id).note
        stands: dict[str, object] = {"text": note.text, "agreed_by": list(note.agreed_by)} if note else {}
        key, dialog = f"note:{question.id}", session.dialog
        self._say(f"Note on “{question.label}”. It stands beside the answer in the summary.")
        form = Form(
            self._talk,
            NOTE,
            {**stands, **self._typed(key)},
            lambda: session.context,
            lambda raw: session.note(question.id, raw),
            only=("text", "agreed_by"),
            keeps=lambda raw: session.drafts.update({key: raw}),
        )
        if self._run(form, key, dialog="note"):
            self._say("Noted.")
        session.dialog = dialog if dialog != "note" else ""

    def greet(self, before: set[Newcomer]) -> None:
        """Ask for what names that joined on the spot still lack; closing leaves it for later."""
        session = self._session
        for newcomer in newcomers(session.handoff, session.template):
            if newcomer not in before and newcomer.table != self._question.id:
                self._greet(newcomer)

    def _greet(self, newcomer: Newcomer) -> None:
        session = self._session
        title, index, columns = about_newcomer(session, newcomer)
        row, key = session.rows(newcomer.table)[index], f"{newcomer.table}#{newcomer.row}"
        texts = {name: value for name, value in row.items() if isinstance(value, str | list)}
        self._say(f"{title}. This is asked once; every later answer can use the name.")
        form = Form(
            self._talk,
            session.table(newcomer.table),
            {**row, **self._typed(key)},
            lambda: session.context,
            lambda raw: session.put_row(newcomer.table, index, {**row, **raw}),
            only=columns,
            keeps=lambda raw: session.drafts.update({key: {**texts, **raw}}),
        )
        self._run(form, key)

    # -- forms -------------------------------------------------------------------------------------------------------

    def _typed(self, key: str) -> dict[str, object]:
        return {name: said for name, said in self._session.drafts.get(key, {}).items() if name != "kind"}

    def _run(self, form: Form, key: str, *, dialog: str = "") -> bool:
        session = self._session
        session.dialog = dialog or session.dialog
        try:
            done = form.run()
        except Leave:
            session.dialog = ""
            raise
        if dialog:
            session.dialog = ""
        if done:
            session.drafts.pop(key, None)
        return done

"""The rows of a table: heard with their numbers, worked on by a word and a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from handoff_tui.core.finding import Finding
from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.core.table import Column, Row
from handoff_tui.core.text import labelled, plural, with_article
from handoff_tui.core.wording import say_cell
from handoff_tui.plain.commands import Command
from handoff_tui.plain.forms import Form
from handoff_tui.plain.talk import Here, Leave, Talk
from handoff_tui.session.asking import keep_unfinished, may_pass, row_draft, store_beside
from handoff_tui.session.findings import at_once
from handoff_tui.session.forms import OPEN_CELL
from handoff_tui.session.joining import Newcomer, newcomers
from handoff_tui.session.session import Session

__all__ = ["Rows"]

_WORDS = ("add", "edit", "copy", "delete", "up", "down", "list", "done")
_LEADS = frozenset({"go", "sections", "review", "quit"})


class Rows:
    """The work on one table, until it is done.

    Args:
        talk: The conversation.
        session: The interview.
        question: The table's question.
        here: Where we are.
        greet: Asks what newcomers lack, given those that were known before.
        remark: Says what is wrong with the answer that was given, given what was said before.
    """

    def __init__(
        self,
        talk: Talk,
        session: Session,
        question: Question,
        here: Here,
        greet: Callable[[set[Newcomer]], None],
        remark: Callable[[Sequence[Finding]], None],
    ) -> None:
        self._talk = talk
        self._session = session
        self._question = question
        self._here = replace(here, again=self._say_again(here.again))
        self._greet = greet
        self._remark = remark
        self._table = session.table(question.id)
        self._heard: set[str] = set()
        self.before: set[Newcomer] = set()
        """Who was known before the table was accepted."""
        self.known: Sequence[Finding] = ()
        """What was wrong before the table was accepted, and said with its row."""
        self._index: int | None = None

    def _say_again(self, first: Callable[[], None]) -> Callable[[], None]:
        def again() -> None:
            first()
            self.say()

        return again

    # -- what stands -------------------------------------------------------------------------------------------------

    @property
    def _rows(self) -> list[Row]:
        return self._session.rows(self._question.id)

    def _gaps(self) -> list[Rejection]:
        return self._table.gaps(self._rows, self._session.handoff.open_in(self._question.id))

    def _unfinished(self) -> list[int]:
        gaps = {gap.index for gap in self._gaps()}
        return [index for index in range(len(self._rows)) if index in gaps]

    def _label(self, index: int) -> str:
        return say_cell(self._table.key, self._rows[index], self._session.people())

    def say(self, *, whole: bool = False) -> None:
        """Say the rows, each with its number; with `whole`, every field of them."""
        rows = self._rows
        if not rows:
            self._talk.console.say("No rows yet. “add” begins one.")
            return
        self._talk.console.say(f"{plural(len(rows), 'row')}:")
        self._talk.console.numbered(self._line(index, whole=whole) for index in range(len(rows)))
        at = self._session.row
        if at is not None and at < len(rows) and not self._session.form_open:
            self._talk.console.say(f"It is about row {at + 1}, {self._label(at)}.")

    def _line(self, index: int, *, whole: bool) -> str:
        row, open_cells = self._rows[index], self._session.handoff.open_in(self._question.id)
        key = self._table.row_label(row)
        parts = []
        for column in self._table.columns[1:]:
            said = " ".join(say_cell(column, row, self._session.people()).split())
            if said:
                parts += [labelled(column.label, said)] if whole else []
            elif (key, column.id) in open_cells:
                parts.append(labelled(column.label, "open"))
        lacks = [gap.column for gap in self._gaps() if gap.index == index]
        names = [self._table.column(name).label.lower() for name in lacks if name]
        parts += [f"still empty: {', '.join(names)}"] if names else []
        return f"{self._label(index)}. {'; '.join(parts)}".rstrip(". ") + "."

    # -- the loop ----------------------------------------------------------------------------------------------------

    def run(self) -> Command | None:
        """Work on the rows; return `None` when the table is done, or a command of the question."""
        if self._session.form_open:
            self._talk.console.say("Where you were when it ended:")
            self._fill(self._session.row, at=self._session.cell)
        self._talk.console.say("add, edit 1, copy 1, delete 1, up 1, down 1, list for all fields, done.", indent=2)
        while True:
            said = self._talk.ask(self._prompt(), self._here)
            if isinstance(said, Command):
                return said
            if not said.strip():
                left = self._unfinished()
                if left:
                    self._fill(left[0])
                elif self._done():
                    return None
            elif self._step(said) and self._done():
                return None

    def _prompt(self) -> str:
        left = self._unfinished()
        name = self._table.row_name
        if left:
            return f"Rows, Enter fills in {name} {left[0] + 1}, {self._label(left[0])}:"
        if self._rows:
            return "Rows, “add” or Enter when that is all:"
        return f"Rows, “add” begins {with_article(name)}:"

    def _step(self, said: str) -> bool:
        """Do what was typed; say whether the table is said to be done."""
        word, _, rest = said.strip().casefold().partition(" ")
        if word.isdecimal():
            word, rest = "edit", word
        found = [item for item in _WORDS if item.startswith(word)]
        if len(found) != 1:
            self._talk.console.say(f"Type one of: {', '.join(_WORDS)}; most with the number of a row.")
        elif found[0] == "done":
            return True
        elif found[0] == "list":
            self.say(whole=True)
        elif found[0] == "add":
            self._fill(None)
        elif (number := self._talk.number(rest, len(self._rows))) is not None:
            self._with_row(found[0], number - 1)
        return False

    def _with_row(self, what: str, index: int) -> None:
        session, question_id, label = self._session, self._question.id, self._label(index)
        if what == "edit":
            self._fill(index)
        elif what == "copy":
            self._fill(None, copy=session.copy_of_row(question_id, index))
        elif what == "delete":
            session.drafts.pop(row_draft(session, question_id, index), None)
            session.remove_row(question_id, index)
            self._talk.console.say(f"{label} is removed. “:undo” brings it back.")
        else:
            at = session.move_row(question_id, index, -1 if what == "up" else 1)
            self._talk.console.say(f"{label} is row {at + 1} of {len(self._rows)}.")

    def _done(self) -> bool:
        """Accept the table as it stands, or go to what is missing; say whether it was accepted."""
        session, question = self._session, self._question
        self.before = set(newcomers(session.handoff, session.template))
        self.known = at_once(session, question.id)
        if may_pass(session, question, nothing=True):
            return True
        rejections = session.accept_table(question.id)
        for item in rejections[:3]:
            self._talk.console.say(f"! {item}")
        if len(rejections) > 3:
            self._talk.console.say(f"and {len(rejections) - 3} more.")
        if rejections:
            self._talk.console.say(
                "The rows are kept; “:open” if nobody knows yet, “:go” and “:sections” go elsewhere."
            )
        if rejections and rejections[0].row:
            labels = [self._table.row_label(row) for row in self._rows]
            if rejections[0].row in labels:
                self._fill(labels.index(rejections[0].row), at=rejections[0].column or "")
        return not rejections

    # -- one row -----------------------------------------------------------------------------------------------------

    def _fill(self, index: int | None, *, copy: Row | None = None, at: str = "") -> None:
        """Fill in a row, or a new one; what newcomers lack is asked for after it."""
        session, question_id = self._session, self._question.id
        before = set(newcomers(session.handoff, session.template))
        known = at_once(session, question_id)
        if index is not None and index == session.row and not at:
            at = session.cell  # a finding led here, and blames this field
        session.row, session.form_open, self._index = index, True, index
        stands = self._rows[index] if index is not None else copy or {}
        first = session.drafts.get(row_draft(session, question_id, index), {}) if copy is None else {}
        title = self._label(index) if index is not None else f"new {self._table.row_name}"
        self._talk.console.say(f"{title[:1].upper()}{title[1:]}:")
        form = Form(
            self._talk,
            self._table,
            {**stands, **first},
            lambda: session.context,
            self._put,
            leads=_LEADS,
            keeps=self._keep,
            opens=self._open,
            is_open=self._open_columns,
            heard=self._heard,
            note=self._here.note,
            at=self._at,
        )
        try:
            accepted = form.run(at=at)
        except Leave:
            self._leave_row(form.whole)
            raise
        if accepted:
            self._remark([item for item in at_once(session, question_id) if item not in known])
        else:
            self._leave_row(form.whole)
        session.form_open, session.row, session.cell = False, None, ""
        self._greet(before)

    def _put(self, raw: dict[str, object]) -> Sequence[Rejection]:
        draft = row_draft(self._session, self._question.id, self._index)
        rejections = self._session.put_row(self._question.id, self._index, raw)
        if not rejections:
            self._session.drafts.pop(draft, None)
        return rejections

    def _leave_row(self, raw: dict[str, object]) -> None:
        """Leave a row before it is finished: it is stored as far as it goes, or kept for the next time."""
        session, question_id = self._session, self._question.id
        session.form_open, session.row, session.cell = False, None, ""
        draft = row_draft(session, question_id, self._index)
        if draft in session.drafts and not keep_unfinished(session, question_id, self._index, raw):
            again = "add" if self._index is None else f"edit {self._index + 1}"
            self._talk.console.say(f"What you typed is kept; “{again}” opens it again.")

    def _keep(self, raw: dict[str, object]) -> None:
        self._session.drafts[row_draft(self._session, self._question.id, self._index)] = raw

    def _at(self, column: str) -> None:
        self._session.cell = column

    # -- a cell that nobody knows --------------------------------------------------------------------------------

    def _open_columns(self) -> frozenset[str]:
        if self._index is None:
            return frozenset()
        label = self._table.row_label(self._rows[self._index])
        return frozenset(column for row, column in self._session.handoff.open_in(self._question.id) if row == label)

    def _open(self, column: Column, raw: dict[str, object]) -> bool:
        """Mark a cell as open by itself; the row is stored as far as it goes, for the mark names it."""
        session, question_id, key = self._session, self._question.id, self._table.key
        if column is key:
            self._talk.console.say(f"“{key.label}” names the row and cannot be open.")
            return False
        index = store_beside(session, question_id, self._index, column, raw)
        if isinstance(index, list):
            for item in index:
                self._talk.console.say(f"! {item}")
            return False
        session.row = self._index = index
        label = self._table.row_label(self._rows[index])
        draft = f"cell:{question_id}#{label}#{column.id}"
        self._talk.console.say(
            f"{column.label} of {self._label(index)}: we don't know yet. The rest of the row stays as it is."
        )
        form = Form(
            self._talk,
            OPEN_CELL,
            session.drafts.get(draft, {}),
            lambda: session.context,
            lambda form: session.open_cell(question_id, label, column.id, form),
            leads=_LEADS,
            keeps=lambda typed: session.drafts.update({draft: typed}),
        )
        done = form.run()
        if done:
            session.drafts.pop(draft, None)
        return done

"""Working on a table's rows: what the keys and buttons of a table ask for, done through the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handoff_tui.core.reading import Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.session.asking import keep_unfinished, row_draft, store_beside
from handoff_tui.session.forms import OPEN_CELL
from handoff_tui.session.pasting import plan_paste, take_paste
from handoff_tui.session.session import Session
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.screens.page import QuestionPage
from handoff_tui.tui.widgets.rows import Rows
from handoff_tui.tui.widgets.table import TableBody

__all__ = ["RowWork"]


class RowWork:
    """The steps on the rows of one page; the screen passes on what its widgets ask for."""

    def __init__(self, session: Session, page: QuestionPage, body: TableBody) -> None:
        self._session = session
        self._page = page
        self._body = body

    @property
    def _question_id(self) -> str:
        return self._page.question.id

    @property
    def _table(self) -> TableKind:
        return self._body.table

    @property
    def _undo(self) -> str:
        return keys_of(self._page.app).shown("undo")

    def _labels(self) -> list[str]:
        return [self._table.row_label(row) for row in self._session.rows(self._question_id)]

    def _draft_of(self, index: int | None) -> str:
        return row_draft(self._session, self._question_id, index)

    # -- rows ----------------------------------------------------------------------------------------------------

    async def step(self, what: str, index: int | None) -> None:
        """Do what a key or a button of the rows asks for."""
        session, question_id = self._session, self._question_id
        if what == "add":
            await self.open_form(None, session.drafts.get(self._draft_of(None), {}))
        elif index is None:
            return
        elif what == "edit":
            await self.edit(index)
        elif what == "duplicate" and self._draft_of(None) in session.drafts:
            self._page.notify("First finish the new row that you began: Add opens it again.", markup=False)
        elif what == "duplicate":
            await self.open_form(None, session.copy_of_row(question_id, index))
        elif what == "remove":
            session.remove_row(question_id, index)
            self._page.notify(f"Row removed. {self._undo} brings it back.", markup=False)
            self._page.show_rows(max(0, index - 1))
            self._page.take_focus()
        elif what in ("up", "down"):
            self._page.show_rows(session.move_row(question_id, index, -1 if what == "up" else 1))

    async def edit(self, index: int) -> None:
        """Open the form for a row that exists, with what was typed into it and not accepted."""
        row, cell = self._session.rows(self._question_id)[index], self._session.cell
        await self.open_form(index, self._session.drafts.get(self._draft_of(index), row))
        if cell:
            self._body.form.take_focus(cell)

    def keep_typed(self) -> None:
        """Keep what is typed into the form, as it is; the journal has every key of it."""
        if not (self._body.editing and self._session.form_open):
            return  # a form that is just being closed tells of its last keys, which were accepted already
        form = self._body.form
        if form.touched:
            self._session.drafts[self._draft_of(self._body.index)] = form.raw
        self._session.cell = form.current.id if form.current else self._session.cell

    async def reopen(self) -> None:
        """Open the form that was open when the interview ended without being asked, or the file changed."""
        index, cell = self._session.row, self._session.cell
        await self.step("add" if index is None else "edit", index)
        if index is None and cell:
            self._body.form.take_focus(cell)

    async def open_form(self, index: int | None, raw: Mapping[str, object]) -> None:
        """Open the form for a row; `index` is `None` for a new one."""
        self._session.row, self._session.form_open = index, True
        label = self._table.row_label(raw)
        open_cells = self._session.handoff.open_in(self._question_id)
        self._page.say_wrong([])
        await self._body.open_form(
            index, raw, self._session.context, [column for row, column in open_cells if row == label]
        )

    async def go_to_gap(self, rejections: Sequence[Rejection]) -> None:
        """Open the row of the first gap, at its cell."""
        first = rejections[0]
        labels = self._labels()
        if first.row in labels:
            await self.edit(labels.index(first.row) if first.index is None else first.index)
            self._body.say_wrong([item for item in rejections if item.row == first.row])
        else:
            self._page.take_focus()

    # -- the form ------------------------------------------------------------------------------------------------

    async def keep(self, index: int | None, raw: dict[str, object]) -> bool:
        """Accept the row in the form; say whether it was accepted."""
        draft = self._draft_of(index)
        rejections = self._session.put_row(self._question_id, index, raw)
        if rejections:
            self._body.say_wrong(rejections)
            return False
        self._session.drafts.pop(draft, None)
        await self._show_rows_again(index)
        rows = self._body.query_one(Rows)
        unfinished = rows.unfinished()
        if unfinished is None:
            rows.focus_add()
        else:
            self._page.show_rows(unfinished)
            self._body.take_focus()
        return True

    async def close(self, index: int | None) -> None:
        """Close the form; what is in it is kept."""
        self.keep_unfinished()
        await self._show_rows_again(index)
        self._body.take_focus()

    async def _show_rows_again(self, index: int | None) -> None:
        self._session.row, self._session.form_open, self._session.cell = None, False, ""
        await self._body.close_form()
        count = len(self._session.rows(self._question_id))
        self._page.show_rows(count - 1 if index is None else index)

    def keep_unfinished(self) -> None:
        """Store the row in the form as far as it goes; where even that is impossible, keep what was typed."""
        if not self._body.editing:
            return
        raw = self._body.form.raw
        draft = self._draft_of(self._body.index)
        if not self._body.form.touched and draft not in self._session.drafts:
            return
        if not keep_unfinished(self._session, self._question_id, self._body.index, raw):
            again = "Add" if self._body.index is None else "Edit"
            self._page.notify(f"What you typed is kept; {again} opens it again.", markup=False)

    async def take_paste(self, text: str, *, replacing: bool) -> None:
        """Take pasted rows over; a form that is open is closed, and kept as far as it goes."""
        self.keep_unfinished()
        paste = plan_paste(self._session, self._question_id, text)  # what was in the form is a row now
        take_paste(self._session, paste, replacing=replacing)
        await self._show_rows_again(paste.rows[0].index)

    # -- a cell that nobody knows --------------------------------------------------------------------------------

    async def open_cell(self) -> None:
        """Mark the cell that is being filled in as open by itself."""
        from handoff_tui.tui.dialogs.forms import Draft, FormDialog

        column = self._body.form.current
        key = self._table.key
        if column is None or column is key:
            self._page.notify(f"“{key.label}” names the row and cannot be open.", markup=False)
            return
        index = store_beside(self._session, self._question_id, self._body.index, column, self._body.form.raw)
        if isinstance(index, list):
            self._body.say_wrong(index)
            return
        self._body.stored_as(index)
        self._session.row = index
        label = self._labels()[index]
        dialog = FormDialog(
            f"{column.label} of {label}: we don't know yet",
            "The rest of the row stays as it is.",
            OPEN_CELL,
            self._session.context,
            {},
            lambda form: self._session.open_cell(self._question_id, label, column.id, form),
            keep="Mark it open",
            draft=Draft(self._session.drafts, f"cell:{self._question_id}#{label}#{column.id}"),
        )
        await self._page.app.push_screen_wait(dialog)
        self._page.show_rows(index)
        await self.edit(index)

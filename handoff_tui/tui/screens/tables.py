"""What a page does with the rows of its table: their keys and buttons, their form, and rows that are pasted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from handoff_tui.core.question import Question
from handoff_tui.session.findings import at_once
from handoff_tui.session.joining import Newcomer, newcomers
from handoff_tui.session.pasting import meant_as_rows, plan_paste, unread
from handoff_tui.tui.screens.base import InterviewBase
from handoff_tui.tui.screens.hints import hints_for
from handoff_tui.tui.screens.page import QuestionPage
from handoff_tui.tui.screens.row_work import RowWork
from handoff_tui.tui.typeahead import hold_keys
from handoff_tui.tui.widgets.chrome import KeyHints
from handoff_tui.tui.widgets.rows import Rows
from handoff_tui.tui.widgets.table import TableBody
from handoff_tui.tui.words import placed

__all__ = ["TableScreen"]


class TableScreen(InterviewBase):
    """A screen with the page of a question, which may be a table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("insert,plus", "add_row", "Add a row", id="add-row", show=False),
    ]

    @property
    def page(self) -> QuestionPage:
        """The page of the question."""
        return self.query_one(QuestionPage)

    @property
    def asked(self) -> Question:
        """The question on the screen."""
        return self.page.question

    @property
    def rows(self) -> RowWork | None:
        """The work on the rows of a table, where the question is one."""
        body = self.page.table
        return RowWork(self.session, self.page, body) if body is not None else None

    @property
    def editing(self) -> bool:
        """Whether a row is being worked on."""
        return self.page.table is not None and self.page.table.editing

    async def _hint(self) -> None:
        hints = hints_for(self.asked.field.kind, editing=self.editing)
        await self.query_one(KeyHints).show(hints)

    async def _refresh(self) -> None:
        """Show anew what an accepted step changed, without losing the place on the page."""
        self.page.show_state()
        self.page.show_rows(self.page.table.query_one(Rows).index if self.page.table else None)
        self.refresh_bar()
        await self._hint()

    def _greet(self, before: set[Newcomer], *, then_go_on: bool) -> None:
        """Ask for what names that joined on the spot still lack; then go on."""
        after = newcomers(self.session.handoff, self.session.template)
        new = [item for item in after if item not in before and item.table != self.asked.id]
        if new:
            hold_keys(self)  # now: the rows have the focus, and are about to get what is typed for the dialog
        self._ask_of(new, then_go_on=then_go_on)

    @work
    async def _ask_of(self, new: Sequence[Newcomer], *, then_go_on: bool) -> None:
        for newcomer in new:
            from handoff_tui.tui.dialogs.newcomer import newcomer_dialog

            hold_keys(self)  # again: the dialog before this one let go of them
            await self.app.push_screen_wait(newcomer_dialog(self.session, newcomer))
        if then_go_on:
            self.session.go_on()
            await self.wizard.show_place()
        else:
            if new:
                self.wizard.release_keys()
            await self._refresh()

    # -- rows ----------------------------------------------------------------------------------------------------

    @on(Rows.Asked)
    async def _row_asked(self, event: Rows.Asked) -> None:
        event.stop()
        if event.what == "undo":
            await self.action_undo()
        elif self.rows is not None:
            if self.page.table is not None and self.editing:
                # The rows stay in reach beside the form, and a step on them may take its row from under it.
                await self.rows.close(self.page.table.index)
            await self.rows.step(event.what, event.index)
            await self._hint()
            self.refresh_bar()
            if not self.editing:  # a form that opens takes the keys itself
                self.wizard.release_keys()

    @on(TableBody.RowKept)
    async def _row_kept(self, event: TableBody.RowKept) -> None:
        event.stop()
        if self.rows is None:
            return
        before = set(newcomers(self.session.handoff, self.session.template))
        known = at_once(self.session, self.asked.id)
        if event.unfinished:
            await self.rows.close(event.index)
        elif not await self.rows.keep(event.index, event.raw):
            return
        self.page.remark([item for item in at_once(self.session, self.asked.id) if item not in known])
        self._greet(before, then_go_on=False)

    async def action_add_row(self) -> None:
        """Begin a new row."""
        if self.rows is not None and not self.editing and not self.refused():
            await self.rows.step("add", None)
            await self._hint()

    async def action_back(self) -> None:
        """Close the form of a row, else go one question back."""
        if self.page.table is not None and self.editing:
            self.page.table.ask_to_close()
            return
        await super().action_back()

    # -- pasting -------------------------------------------------------------------------------------------------

    @on(TableBody.Pasted)
    async def _pasted(self, event: TableBody.Pasted) -> None:
        """Say what a paste would do; in a cell only where it cannot be meant for the cell."""
        event.stop()
        in_a_cell = self.editing and not meant_as_rows(self.session, self.asked.id, event.text)
        if not in_a_cell and event.text.strip() and not self.refused():
            hold_keys(self)  # what is typed now is for the dialog
            self._offer_rows(event)

    @work
    async def _offer_rows(self, event: TableBody.Pasted) -> None:
        from handoff_tui.tui.dialogs.paste import PasteDialog

        paste = plan_paste(self.session, self.asked.id, event.text)
        how = await self.app.push_screen_wait(PasteDialog(self.session, paste, in_a_cell=event.into is not None))
        if how is None or self.rows is None:
            return
        event.put_back()
        before = set(newcomers(self.session.handoff, self.session.template))
        await self.rows.take_paste(event.text, replacing=how == "replace")
        new = set(newcomers(self.session.handoff, self.session.template)) - before
        tables = sorted({self.session.template.by_id[item.table].label for item in new if item.table != self.asked.id})
        if tables:  # not asked one by one: a sheet may name twenty
            self.notify(f"Names that are new here have joined “{'” and “'.join(tables)}”; finish them there.")
        await self._refresh()
        self.page.take_focus()
        table = self.session.table(self.asked.id)
        self.page.say_wrong([placed(table, item) for item in unread(self.session, self.asked.id)])

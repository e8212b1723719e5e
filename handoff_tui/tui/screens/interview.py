"""The interview: one question at a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.widgets import Input, TextArea

from handoff_tui.core.finding import Finding
from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.core.resolve import Side
from handoff_tui.core.table import TableKind
from handoff_tui.session.asking import may_pass
from handoff_tui.session.findings import at_once
from handoff_tui.session.joining import newcomers
from handoff_tui.session.pasting import unread
from handoff_tui.tui.editor import edit_field
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.screens.hints import HINTS
from handoff_tui.tui.screens.page import QuestionPage
from handoff_tui.tui.screens.tables import TableScreen
from handoff_tui.tui.typeahead import hold_keys
from handoff_tui.tui.widgets.chrome import Bar, KeyHints
from handoff_tui.tui.widgets.field import Field
from handoff_tui.tui.widgets.versions import Versions
from handoff_tui.tui.words import place_line

__all__ = ["InterviewScreen"]


class InterviewScreen(TableScreen):
    """One question at a time, large and first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "dont_know", "We don't know yet", id="dont-know", show=False),
        Binding("f4", "editor", "Edit in $EDITOR", id="editor", show=False),
        Binding("f9", "note", "Note, and who agreed", id="note", show=False),
        Binding("o", "take('ours')", "Two versions: ours holds", id="take-ours", show=False),
        Binding("t", "take('theirs')", "Two versions: theirs holds", id="take-theirs", show=False),
        Binding("r", "reconfirm", "A stale answer still holds", id="reconfirm", show=False),
    ]

    _remark: tuple[str, Sequence[Finding]] = ("", ())
    """What is to be said on the next page of the answer before it."""

    def compose(self) -> ComposeResult:
        """Lay out bar, page and keys."""
        yield Bar()
        yield Vertical(id="stage")
        yield KeyHints(HINTS)

    async def on_mount(self) -> None:
        """Show the question that the session stands at."""
        await self.show_question()

    # -- showing -------------------------------------------------------------------------------------------------

    async def show_question(self) -> None:
        """Show the question that the session stands at."""
        question = self.session.question
        if question is None:
            return
        stage = self.query_one("#stage", Vertical)
        self.set_class(False, "-editing")
        with self.app.batch_update():
            await stage.remove_children()
            await stage.mount(QuestionPage(self.session, question))
            self._say_remark()
            if self.rows is not None and self.session.form_open:
                self.call_after_refresh(self.rows.reopen)
            self.call_after_refresh(self.ask_again)
            await self._hint()
            self.refresh_bar()

    def _say_remark(self) -> None:
        """Say of the answer that led here what is wrong with it: never in the way of going on."""
        label, told = self._remark
        led, self.wizard.led = self.wizard.led, ()
        if led:
            self.page.remark(led)
        else:
            self.page.remark(told, about=f"“{label}”, just answered: ")
        self._remark = ("", ())

    def refresh_bar(self) -> None:
        """Show the theme, the section where there is room for it, which question of how many, and what is left."""
        question = self.session.question
        if question is None:
            return
        self.show_bar(*place_line(self.session, question, self.app.size.width))

    # -- going on ------------------------------------------------------------------------------------------------

    def leave_page(self) -> None:
        """Keep what is typed: a row as far as it goes, an answer as a draft."""
        self.keep_typed()
        with suppress(NoMatches):
            if self.rows is not None:
                self.rows.keep_unfinished()

    @on(Field.Changed)
    def keep_typed(self) -> None:
        """Keep every key: what is typed and not accepted survives whatever ends the program."""
        with suppress(NoMatches):  # a page that is just being made, or taken away
            if self.rows is not None:
                self.rows.keep_typed()
            else:
                self.page.keep_typed()
        self.wizard.record()

    @on(Field.Submitted)
    async def _submitted(self) -> None:
        await self.action_go_on()

    async def action_go_on(self) -> None:
        """Accept the answer and continue, or say what is wrong with it."""
        hold_keys(self)
        if self.page.table is not None and self.editing:
            self.page.table.form.keep()
            return
        before = set(newcomers(self.session.handoff, self.session.template))
        known = at_once(self.session, self.asked.id)
        rejections = [] if self._may_pass(self.asked) else self._accept(self.asked)
        if rejections:
            self.page.say_wrong(rejections)
            if self.rows is not None:
                await self.rows.go_to_gap(rejections)
                await self._hint()
            return
        told = [item for item in at_once(self.session, self.asked.id) if item not in known]
        self._remark = (self.asked.label, told)
        self._greet(before, then_go_on=True)

    def _accept(self, question: Question) -> Sequence[Rejection]:
        if isinstance(question.field, TableKind):
            return unread(self.session, question.id) or self.session.accept_table(question.id)
        return self.session.answer(question.id, self.page.field.raw if self.page.field else "")

    def _may_pass(self, question: Question) -> bool:
        """Say whether Continue leaves the question as it is: marked or stale and unchanged, or optional and empty."""
        if self.session.read_only:
            return True
        if self.page.touched:
            return False
        return may_pass(self.session, question, nothing=not (self.page.field and self.page.field.raw))

    # -- marks, notes, help --------------------------------------------------------------------------------------

    @work
    async def action_dont_know(self) -> None:
        """Mark the question, or the cell that is being filled in."""
        from handoff_tui.tui.dialogs.marks import mark_dialog

        if self.refused():
            return
        if self.rows is not None and self.editing:
            await self.rows.open_cell()
            await self._refresh()
            return
        typed = self.page.field.raw if self.page.field is not None else None
        before = set(newcomers(self.session.handoff, self.session.template))
        if await self.ask("mark", mark_dialog(self.session, self.asked, typed)):
            self.leave_page()
            self._greet(before, then_go_on=True)

    @work
    async def action_note(self) -> None:
        """Write a note, and who agreed."""
        from handoff_tui.tui.dialogs.marks import note_dialog

        if self.refused():
            return
        if await self.ask("note", note_dialog(self.session, self.asked)):
            await self._refresh()
            self.wizard.release_keys()

    async def action_reconfirm(self) -> None:
        """Say that a stale answer still holds, and continue."""
        if self.session.handoff.answer(self.asked.id).stale is not None and not self.refused():
            self.session.reconfirm(self.asked.id)
            await self.action_go_on()

    @on(Versions.Chosen)
    async def _decided(self, event: Versions.Chosen) -> None:
        event.stop()
        self.leave_page()
        self.session.resolve(event.conflict, event.take)
        await self.show_question()

    def action_take(self, take: Side) -> None:
        """Decide between the two versions that a merge could not join."""
        for versions in self.query(Versions):
            versions.action_take(take)

    def action_help(self) -> None:
        """Open the help for this question, or this cell."""
        from handoff_tui.tui.dialogs.help import HelpDialog

        column = self.page.table.form.current if self.page.table is not None and self.editing else None
        self.app.push_screen(HelpDialog(keys_of(self.app).help, self.asked, column))

    async def action_undo(self) -> None:
        """Take back the last step, unless that would be in the middle of typing."""
        if not self._is_typing("undo", "undoes the last step"):
            await super().action_undo()

    async def action_redo(self) -> None:
        """Redo the step that was undone, unless that would be in the middle of typing."""
        if not self._is_typing("redo", "redoes it"):
            await super().action_redo()

    def _is_typing(self, action: str, does: str) -> bool:
        table = self.page.table
        touched = table.form.touched if table is not None and self.editing else self.page.touched
        typing = isinstance(self.focused, Input | TextArea) and touched
        if typing:
            key = keys_of(self.app).shown(action)
            self.notify(f"Leave the text first (Tab), then {key} {does}.", markup=False)
        return typing

    def action_editor(self) -> None:
        """Edit the text in the editor that $VISUAL or $EDITOR names."""
        table = self.page.table
        field = table.form.current_field if table is not None and self.editing else self.page.field
        if not self.refused() and not (field and edit_field(self.app, field)):
            self.notify("There is no text here to edit.", markup=False)

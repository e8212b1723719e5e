"""What the screens of one interview share: the bar on top, the keys below, and the ways out."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.session.opened import Outside
from handoff_tui.session.session import Session
from handoff_tui.session.words import progress_line
from handoff_tui.tui.host import Host, host_of
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.typeahead import hold_keys
from handoff_tui.tui.widgets.chrome import Bar
from handoff_tui.tui.words import safe

__all__ = ["InterviewBase"]

_DIALOGS = {"mark": "dont_know", "note": "note"}
"""The actions that open the dialogs in which something is typed beside a question."""


class InterviewBase(Screen[None]):
    """A screen of an interview."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help: why it is asked, an example, the keys", id="help", show=False),
        Binding("f2", "sections", "Sections: find and jump", id="sections", show=False),
        Binding("slash", "find", "Find a question", id="find", show=False),
        Binding("f5", "open_points", "Open points, by owner and date", id="open-points", show=False),
        Binding("f6", "drill", "A drill: play a failure through", id="drill", show=False),
        Binding("f8", "review", "Review every answer", id="review", show=False),
        Binding("escape", "back", "One question back", id="back", show=False),
        Binding("ctrl+n", "go_on", "Continue", id="continue", show=False),
        Binding("ctrl+z", "undo", "Undo the last step", id="undo", show=False),
        Binding("ctrl+y", "redo", "Redo the step that was undone", id="redo", show=False),
        Binding("ctrl+r", "reload", "Read the file again, where somebody else has it open", id="reload", show=False),
        Binding("ctrl+s", "saved", "Where it is saved", id="saved", show=False),
    ]

    @property
    def wizard(self) -> Host:
        """The app, as this screen knows it."""
        return host_of(self)

    @property
    def session(self) -> Session:
        """The session under way."""
        return self.wizard.session

    # -- what is on top ------------------------------------------------------------------------------------------

    def show_bar(self, place: str, count: str = "", left: str = "") -> None:
        """Show the handoff, where we are, which question of how many, and what is left."""
        self.show_saved()
        for bar in self.query(Bar):
            progress = self.session.interview.progress
            said = safe(left or progress_line(self.session), "$quiet")
            bar.show_place(place, count, said, progress.done, progress.total)

    def show_saved(self) -> None:
        """Show the handoff's name, and what is true of the file on the disk.

        There may be no bar yet: a save can be told of before the screen is laid out.
        """
        for bar in self.query(Bar):
            head = self.session.handoff.head
            state = f"{self.session.template.title.lower()} · {head.status} · "
            bar.show_file(safe(head.name).plain, safe(state, "$quiet") + self.wizard.saved_state())

    def refresh_bar(self) -> None:
        """Show the state on the disk anew."""
        raise NotImplementedError

    # -- ways out ------------------------------------------------------------------------------------------------

    def keep_typed(self) -> None:
        """Keep what is typed and not accepted, as far as it goes; called before it is painted."""

    def leave_page(self) -> None:
        """Keep what is typed and not accepted, before another place is shown."""

    def refused(self) -> bool:
        """Say that nothing can be changed, where somebody else has the handoff open; say whether that is so."""
        return self.wizard.refused()

    def on_key(self, event: events.Key) -> None:
        """Tell who types where nothing can be typed."""
        if event.is_printable and self.session.read_only:
            self.refused()

    async def ask(self, name: str, dialog: Screen[bool]) -> bool:
        """Show a dialog beside the question; an interview that a crash ended meanwhile begins in it again."""
        self.session.dialog = name
        done = await self.app.push_screen_wait(dialog)
        self.session.dialog = ""
        self.wizard.record()
        return bool(done)

    async def ask_again(self) -> None:
        """Open the dialog that was open when the interview ended without being asked."""
        name, self.session.dialog = self.session.dialog, ""
        if name in _DIALOGS and self.is_current:
            await self.run_action(_DIALOGS[name])

    async def action_go_on(self) -> None:
        """Continue."""
        hold_keys(self)
        self.leave_page()
        self.session.go_on()
        await self.wizard.show_place()

    async def action_back(self) -> None:
        """Go one place back; nothing is discarded."""
        hold_keys(self)
        self.leave_page()
        if self.session.go_back() is None:
            self.wizard.release_keys()
            self.notify(f"This is the first question. {keys_of(self.app).shown('leave')} leaves; everything is saved.")
            return
        await self.wizard.show_place()

    async def jump(
        self, place: Place, *, return_to: Place | None = None, row: int | None = None, cell: str | None = None
    ) -> None:
        """Go anywhere; `row` and `cell` are where to begin in a table."""
        hold_keys(self)
        self.leave_page()
        self.session.jump(place, return_to=return_to, row=row, cell=cell)
        await self.wizard.show_place()

    @work
    async def action_sections(self) -> None:
        """Open the list of sections."""
        from handoff_tui.tui.dialogs.sections import ALL_ACTIONS, DRILL, OPEN_POINTS, SectionsDialog

        # What is typed is kept when the page is left, not before: it may be gone on with.
        place = await self.app.push_screen_wait(SectionsDialog(self.session))
        if place == OPEN_POINTS:
            self.action_open_points()
        elif place == DRILL:
            await self.action_drill()
        elif place == ALL_ACTIONS:
            self.app.action_command_palette()
        elif isinstance(place, Place):
            await self.jump(place)

    async def action_drill(self) -> None:
        """Play a failure through."""
        hold_keys(self)
        self.leave_page()
        await self.wizard.show_drill()

    def action_find(self) -> None:
        """Find a question."""
        self.action_sections()

    @work
    async def action_open_points(self) -> None:
        """Open the list of what is open; from there to a question, and back to where we are now."""
        from handoff_tui.tui.dialogs.open_points import OpenPointsDialog

        point = await self.app.push_screen_wait(OpenPointsDialog(self.session))
        if point is None:
            return
        there, back = Place("question", point.question), self.session.return_to or self.session.place
        await self.jump(there, return_to=back if back != there else None, row=point.row)

    async def action_review(self) -> None:
        """Go to the review."""
        await self.jump(REVIEW)

    def action_help(self) -> None:
        """Open the help."""
        from handoff_tui.tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog(keys_of(self.app).help, self.session.question))

    async def action_undo(self) -> None:
        """Take back the last step."""
        what = self._step(self.session.undo)
        await self._stepped(what, f"Undone: {what}." if what else "There is nothing to undo.")

    async def action_redo(self) -> None:
        """Redo the step that was undone last."""
        what = self._step(self.session.redo)
        await self._stepped(what, f"Done again: {what}." if what else "There is nothing to redo.")

    def _step(self, go: Callable[[], str | None]) -> str | None:
        """Go a step back or forth; a row whose form is open may be gone then, or stand elsewhere."""
        form, question = self.session.form_of, self.session.question
        if form is not None:
            self.keep_typed()
        what = go()
        if question is self.session.question:
            self.session.reopen_form(form)
        return what

    async def _stepped(self, what: str | None, said: str) -> None:
        self.notify(said, markup=False)
        if what:
            await self.show_step()
        self.wizard.release_keys()

    async def show_step(self) -> None:
        """Show where a step back or forth led to."""
        await self.wizard.show_place()

    async def action_reload(self) -> None:
        """Read the file again."""
        if self.session.read_only:
            await self.wizard.reload()
        else:
            self.notify("Everything here is yours and saved; there is nothing to read again.", markup=False)

    async def show_question(self) -> None:
        """Show anew what was changed from outside, where the answers are on the screen."""

    @work
    async def show_outside(self, outside: Outside) -> None:
        """Show what somebody else changed in the file; go to what has to be decided, if that is wanted."""
        from handoff_tui.tui.dialogs.outside import OutsideDialog

        await self.show_question()  # the rows may stand elsewhere now, and one of them may be being filled in
        place = await self.app.push_screen_wait(OutsideDialog(self.session, outside))
        if place is not None:
            await self.jump(place)
        else:
            await self.show_step()

    def action_saved(self) -> None:
        """Say where everything is saved."""
        self.wizard.say_saved()

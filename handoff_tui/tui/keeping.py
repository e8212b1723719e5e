"""The part of the app that keeps a handoff: what is true of its file, its journal, and what others do to it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from handoff_tui.core.text import visible
from handoff_tui.errors import SaveError
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.typeahead import TypeAheadApp

if TYPE_CHECKING:
    from rich.console import RenderableType

    from handoff_tui.session.opened import Opened
    from handoff_tui.session.session import Session

__all__ = ["KeepingApp"]

_PAUSE = 1.5
"""Seconds without a key after which nobody is typing."""
_LOOK_EVERY = 1.0
"""Seconds between two looks at the file: a stat costs nothing, and needs no library that watches files."""


class KeepingApp(TypeAheadApp):
    """An app with an interview that is saved, recorded, and joined with what others write."""

    class Saved(Message):
        """Posted from the saver's thread after each try; `error` says what went wrong."""

        def __init__(self, error: SaveError | None) -> None:
            super().__init__()
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self.opened: Opened | None = None
        self.half_typed: dict[str, Any] = {}
        self._lookout: Timer | None = None
        self._typed_at = self._refused_at = -_PAUSE

    @property
    def session(self) -> Session:
        """The session under way."""
        if self.opened is None:
            raise RuntimeError("no interview is under way")
        return self.opened.session

    @property
    def path(self) -> Path:
        """The file of the interview under way."""
        if self.opened is None:
            raise RuntimeError("no interview is under way")
        return self.opened.path

    async def open(self, path: Path) -> None:
        """Resume a handoff."""
        raise NotImplementedError

    async def show_place(self) -> None:
        """Show where the session stands."""
        raise NotImplementedError

    def listen_to(self, opened: Opened) -> None:
        """Hear of saves, and of what happened to the file before and happens to it from now on."""
        opened.saver.told = self._tell_saved
        self.call_after_refresh(self._welcome, opened)

    def _welcome(self, opened: Opened) -> None:
        """Say what a crash had left behind, or who else has the handoff open; from now on look out for others."""
        if opened.recovered:
            self.notify(visible(opened.recovered), timeout=15, markup=False)
        if opened.session.read_only:
            who = opened.session.read_only
            self.notify(visible(f"{who} has this handoff open; here it can only be read."), timeout=10, markup=False)
        if self._lookout is None:
            self._lookout = self.set_interval(_LOOK_EVERY, self._look_outside)

    def record(self) -> None:
        """Keep in the journal what is typed and where we are."""
        if self.opened is not None:
            self.opened.record()

    async def reload(self) -> None:
        """Read the file again; go on with it if nobody else has it open any more."""
        if self.opened is not None:
            place, path = self.session.place, self.path
            self.opened.close()
            await self.open(path)
            self.session.jump(place)
            await self.show_place()

    def _look_outside(self) -> None:
        """Bring in what somebody else wrote into the file, and show it; never while a dialog is open."""
        from handoff_tui.tui.screens.base import InterviewBase

        # The stack is empty when the program is about to end.
        screen = self.screen_stack[-1] if self.screen_stack else None
        if self.opened is None or not isinstance(screen, InterviewBase) or self._is_typing():
            return
        screen.keep_typed()
        outside = self.opened.look_outside()
        if outside is not None and outside.gone:
            self.opened.saver.flush(1.0)  # it fails, and says why
            self._offer_another_place()
        elif outside is not None:
            screen.show_outside(outside)

    def _is_typing(self) -> bool:
        """Say whether somebody is in the middle of typing: a dialog would take the next keys."""
        return time.monotonic() - self._typed_at < _PAUSE

    async def on_event(self, event: events.Event) -> None:
        """Note when a key was pressed last."""
        if isinstance(event, events.Key | events.Paste):
            self._typed_at = time.monotonic()
        await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Keep what is typed before it is painted: nobody sees a key that a kill could still take away.

        The messages that tell of a key take a few turns of the loop; a frame in twenty would be quicker.
        """
        if self.opened is not None and not self._batch_count and hasattr(screen, "keep_typed"):
            screen.keep_typed()
        super()._display(screen, renderable)

    def refused(self) -> bool:
        """Say that nothing can be changed, where somebody else has the handoff open; say whether that is so."""
        who = self.opened.session.read_only if self.opened is not None else ""
        if who and time.monotonic() - self._refused_at > _PAUSE:  # not for each key that is typed
            self._refused_at = time.monotonic()
            said = (
                f"{who} has this handoff open: nothing is changed here. {keys_of(self).shown('reload')} reads it again."
            )
            self.notify(visible(said), severity="warning", markup=False)
        return bool(who)

    def _tell_saved(self, error: SaveError | None) -> None:
        """Pass on what became of a save; called from the saver's thread."""
        self.post_message(self.Saved(error))

    # -- saved or not --------------------------------------------------------------------------------------------

    def saved_state(self) -> Content:
        """Return what is true of the file on the disk."""
        if self.opened is None:
            return Content("")
        if who := self.session.read_only:
            return Content.styled(f"READ-ONLY: {visible(who)} has it open", "bold $warning")
        if error := self.opened.saver.error:
            return Content.styled(f"NOT SAVED: {error.message}", "bold $error")
        return Content.styled("saved" if self.opened.saver.saved else "saving…", "$quiet")

    def flush(self, timeout: float) -> bool:
        """Wait until everything accepted is on the disk, at most so many seconds; say whether it is."""
        return self.opened is None or self.opened.saver.flush(timeout)

    def say_saved(self) -> None:
        """Say where the handoff is, and whether it is saved."""
        if self.opened is None:
            return
        if self.opened.saver.error:
            self.opened.saver.submit(self.session.handoff)
            self._offer_another_place()
        else:
            self.opened.saver.flush(2.0)
            self.notify(visible(f"Saved in {self.path.name}. It always is."), markup=False)

    @work
    async def _offer_another_place(self) -> None:
        """Offer to save elsewhere, where the file cannot be written."""
        from handoff_tui.tui.dialogs.elsewhere import ElsewhereDialog

        if self.opened is None or self.opened.saver.error is None:
            return
        if await self.push_screen_wait(ElsewhereDialog(self.opened)):
            self.notify(visible(f"Saved in {self.path}. From now on it is saved there."), timeout=10, markup=False)
            await self.show_place()

    def on_keeping_app_saved(self, event: Saved) -> None:
        """Show on the bar what became of a save."""
        from handoff_tui.tui.screens.base import InterviewBase

        for screen in self.screen_stack:
            if isinstance(screen, InterviewBase):
                screen.show_saved()
        if event.error:
            self.notify(visible(str(event.error)), severity="error", timeout=10, markup=False)

"""The frame of every dialog: a title, a body, buttons; Esc closes it and loses nothing."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Static

from handoff_tui.tui.typeahead import TypeAheadApp
from handoff_tui.tui.widgets.chrome import Action, scroll_by_key

__all__ = ["Dialog"]


class Dialog(ModalScreen[ScreenResultType]):
    """A dialog of our look; a subclass gives `title_text`, `body` and `buttons`."""

    BINDINGS = [Binding("escape", "close", "Close", show=False)]

    title_text: str = ""

    def compose(self) -> ComposeResult:
        """Lay out title, body and buttons."""
        with Vertical(classes="dialog"):
            yield Static(Content(self.title_text), markup=False, classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield from self.body()
            with Horizontal(classes="dialog-buttons"):
                yield from self.buttons()

    def body(self) -> Iterable[Widget]:
        """Return what stands between title and buttons."""
        return ()

    def buttons(self) -> Iterable[Widget]:
        """Return the buttons."""
        return ()

    def on_key(self, event: events.Key) -> None:
        """Let the arrows read on, where a button has the focus: nothing else in the dialog would take them."""
        if isinstance(self.focused, Action):
            scroll_by_key(self.query_one(".dialog-body"), event)

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)
        if isinstance(self.app, TypeAheadApp):
            self.app.call_later(self.app.release_keys)

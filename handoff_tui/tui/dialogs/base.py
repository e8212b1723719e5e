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

__all__ = ["Dialog", "TextDialog"]

_FRAME = 8
"""Lines of a dialog besides its body."""
_SCROLL = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}


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

    def on_mount(self) -> None:
        """Keep the buttons in sight, also where the body grows while it is filled in."""
        self.watch(self.query_one(".dialog-body", VerticalScroll), "virtual_size", self._fit, init=False)

    def on_resize(self) -> None:
        """Fit the dialog to the screen."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        body = self.query_one(".dialog-body", VerticalScroll)
        text = max((child.virtual_region.bottom for child in body.children), default=0)
        self.set_class(text + _FRAME > self.size.height * 9 // 10, "-full")

    def on_key(self, event: events.Key) -> None:
        """Let the arrows read on, where a button has the focus: nothing else in the dialog would take them."""
        if isinstance(self.focused, Action):
            scroll_by_key(self.query_one(".dialog-body"), event)

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)
        if isinstance(self.app, TypeAheadApp):
            self.app.call_later(self.app.release_keys)


class TextDialog(Dialog[ScreenResultType]):
    """A dialog to read: what does not fit above its buttons scrolls, and the arrows read on whichever has the focus."""

    def on_key(self, event: events.Key) -> None:
        """Read on."""
        if event.key in _SCROLL:
            event.stop()
            self.query_one(".dialog-body", VerticalScroll).scroll_relative(y=_SCROLL[event.key], animate=False)

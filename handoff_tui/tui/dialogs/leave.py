"""Ctrl+Q: what is open, where the file is, how to resume."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from handoff_tui.tui.dialogs.base import Dialog
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action

__all__ = ["LeaveDialog"]


class LeaveDialog(Dialog[bool]):
    """Returns whether to leave."""

    title_text = "Leave the interview?"

    def __init__(self, words: str, *, safe: bool = True) -> None:
        super().__init__()
        self._words = words
        self._safe = safe

    def body(self) -> Iterable[Widget]:
        """Return what is said."""
        yield Static(Content(self._words), markup=False)

    def buttons(self) -> Iterable[Widget]:
        """Return the two buttons."""
        yield Action("Leave", id="leave", action="screen.leave", main=True)
        yield Action("Stay", id="dialog-close", action="screen.close")

    def on_mount(self) -> None:
        """Focus Leave where everything is saved, else Stay: two keys in a hurry must lose nothing."""
        focus_now(self.query_one("#leave" if self._safe else "#dialog-close"))

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(True)

"""Another place for a handoff that cannot be saved where it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from handoff_tui.errors import SaveError
from handoff_tui.session.opened import Opened
from handoff_tui.tui.dialogs.base import Dialog
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.inputs import LineInput
from handoff_tui.tui.words import safe

__all__ = ["ElsewhereDialog"]


class ElsewhereDialog(Dialog[bool]):
    """Ask for another file. Returns whether the handoff is saved there now."""

    title_text = "It cannot be saved here"

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened

    def body(self) -> Iterable[Widget]:
        """Return why not, and the line for another file."""
        error = self._opened.saver.error
        yield Static(safe(f"{error} It is tried again by itself." if error else "It is saved again."), markup=False)
        yield Static(safe("\nSave it in another file, and go on there:", "$quiet"), markup=False)
        line = LineInput(classes="elsewhere")
        line.value = str(Path.home() / self._opened.path.name)
        yield line
        yield Static(markup=False, classes="form-wrong")

    def buttons(self) -> Iterable[Widget]:
        """Return the two buttons."""
        yield Action("Save there", id="dialog-keep", action="screen.keep", main=True)
        yield Action("Wait", id="dialog-close", action="screen.close")

    def on_mount(self) -> None:
        """Begin at the line."""
        focus_now(self.query_one(LineInput))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Save there, or say why that cannot be."""
        name = self.query_one(LineInput).value.strip()
        path = Path(name).expanduser()
        if path.is_dir():
            path = path / self._opened.path.name
        try:
            self._opened.save_as(path)
        except SaveError as error:
            line = self.query_one(".form-wrong", Static)
            line.update(safe(f"! {error}"))
            line.display = True
            return
        self.dismiss(True)

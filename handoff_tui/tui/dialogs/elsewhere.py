"""Another place for a handoff that cannot be saved where it is, or whose file somebody took away."""

from __future__ import annotations

import os
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
    """Ask for another file, or whether to write one that is gone again. Returns whether the handoff is saved now."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        error = opened.saver.error
        self._gone = error is not None and error.gone and opened.path.parent.is_dir()
        self.title_text = "The file is gone" if self._gone else "It cannot be saved here"

    def body(self) -> Iterable[Widget]:
        """Return why not, and the line for another file."""
        error = self._opened.saver.error
        said = f"{error} It is tried again by itself." if error else "It is saved again."
        if self._gone:
            said = f"Somebody deleted or moved {self._opened.path.name}. All that was answered is still here."
        yield Static(safe(said), markup=False)
        yield Static(safe("\nSave it in another file, and go on there:", "$quiet"), markup=False)
        line = LineInput(classes="elsewhere")
        line.value = str(_home() / self._opened.path.name)
        yield line
        yield Static(markup=False, classes="form-wrong")

    def buttons(self) -> Iterable[Widget]:
        """Return the buttons: it is never written again unasked."""
        if self._gone:
            yield Action("Write it again", id="dialog-again", action="screen.again", main=True)
        yield Action("Save there", id="dialog-keep", action="screen.keep", main=not self._gone)
        yield Action("Wait", id="dialog-close", action="screen.close")

    def on_mount(self) -> None:
        """Begin at what is meant most of the time."""
        focus_now(self.query_one("#dialog-again" if self._gone else LineInput))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Save there, or say why that cannot be."""
        name = self.query_one(LineInput).value.strip()
        path = Path(os.path.expanduser(name))  # noqa: PTH111 - Path's own fails where there is no such home
        is_folder = os.path.isdir(path)  # noqa: PTH112 - Path.is_dir fails for a name that is too long
        self._save_in(path / self._opened.path.name if is_folder else path)

    def action_again(self) -> None:
        """Write the file again where it was."""
        self._save_in(self._opened.path)

    def _save_in(self, path: Path) -> None:
        try:
            self._opened.save_as(path)
        except SaveError as error:
            line = self.query_one(".form-wrong", Static)
            line.update(safe(f"! {error}"))
            line.display = True
            return
        self.dismiss(True)


def _home() -> Path:
    """Return the home folder; the present one for a user who has none."""
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()

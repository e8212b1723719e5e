"""F4: a text in the editor that $VISUAL or $EDITOR names."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported
from textual.widgets import TextArea

from handoff_tui.tui.widgets.field import Field

__all__ = ["edit_field"]


def edit_field(app: App[Any], field: Field) -> bool:
    """Edit what stands in a field in an editor outside; say whether there is text to edit."""
    control = field.text_control
    if control is None:
        return False
    field.put_text(_edit(app, control.text if isinstance(control, TextArea) else control.value))
    control.focus()
    return True


def _edit(app: App[Any], text: str) -> str:
    """Return text as an editor outside left it; as it was, with a word on why, where that fails."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        app.notify("Set $EDITOR first, for example: export EDITOR=nano.", severity="warning", markup=False)
        return text
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.md"
        path.write_text(text + "\n", encoding="utf-8")
        try:
            # Blocking on purpose: an async child under `suspend` deadlocks (robustness.md, section 3).
            with app.suspend():
                subprocess.run([*shlex.split(command), str(path)], check=False)
            return path.read_text(encoding="utf-8").rstrip("\n")
        except (OSError, ValueError, SuspendNotSupported) as error:
            app.notify(f"The editor did not work: {error}.", severity="warning", markup=False)
            return text

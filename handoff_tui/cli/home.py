"""`handoff-wizard` without a command: the home screen."""

from __future__ import annotations

from pathlib import Path

from handoff_tui.cli.face import face
from handoff_tui.cli.streams import end

__all__ = ["home"]


def home(templates: Path | None, *, plain: bool = False) -> int:
    """Open the home screen on this folder, or ask in plain lines; return the exit code.

    Raises:
        HandoffError: There is no terminal to draw on, or the folder of templates cannot be used.
    """
    ending = face(plain=plain).home(Path.cwd(), templates)
    return end(ending.code, ending.words, ending.failure)

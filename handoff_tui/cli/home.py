"""`handoff-wizard` without a command: the home screen."""

from __future__ import annotations

from pathlib import Path

from handoff_tui.cli.streams import end, require_terminal

__all__ = ["home"]


def home(templates: Path | None) -> int:
    """Open the home screen on this folder, and return the exit code.

    Raises:
        HandoffError: There is no terminal to draw on, or the folder of templates cannot be used.
    """
    require_terminal()
    from handoff_tui.tui import run

    ending = run.home(Path.cwd(), templates)
    return end(ending.code, ending.words, ending.failure)

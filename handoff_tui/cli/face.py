"""Which face asks: the screens, or the plain lines."""

from __future__ import annotations

import os
import sys
from types import ModuleType

from handoff_tui.errors import InputError

__all__ = ["face"]


def face(*, plain: bool) -> ModuleType:
    """Return the way into the screens, or into the plain lines where they are asked for or the terminal cannot draw.

    Both have the same `home`, `new` and `resume`.

    Raises:
        InputError: Plain lines were not asked for, and stdin, stdout or stderr is no terminal.
    """
    if not plain:
        _require_terminal()
    if plain or os.environ.get("TERM") == "dumb":
        from handoff_tui.plain import run as plain_run

        return plain_run
    from handoff_tui.tui import run

    return run


def _require_terminal() -> None:
    """Refuse to open a screen where there is none."""
    names = ("stdin", "stdout", "stderr")
    streams = (sys.stdin, sys.stdout, sys.stderr)
    piped = [name for name, stream in zip(names, streams, strict=True) if stream is None or not stream.isatty()]
    if piped:
        are = "is not one" if len(piped) == 1 else "are not"
        raise InputError(
            f"The interview needs a terminal, and {', '.join(piped)} {are}.",
            hint="Pipes: --plain. For scripts: handoff-wizard new NAME --answers FILE --no-input.",
        )

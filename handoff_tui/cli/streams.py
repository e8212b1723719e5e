"""What goes where: stdout carries data only, messages go to stderr, and every ending has its exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from enum import IntEnum

from handoff_tui.core.text import log_line
from handoff_tui.errors import HandoffError, SaveError

__all__ = ["Exit", "coloured", "data", "end", "internal_error", "refuse", "say", "width"]


_NARROWEST, _WIDEST = 60, 100
"""Columns between which text reads well."""


class Exit(IntEnum):
    """Exit codes, as `product.md` has them."""

    FINE = 0
    FINDINGS = 1
    UNUSABLE = 2
    INTERNAL = 70
    INTERRUPTED = 130


def data(text: str) -> None:
    """Write data to stdout, exactly; a reader who leaves early is no error.

    Raises:
        SaveError: stdout takes nothing: it is closed, or its disk is full.
    """
    if sys.stdout is None:
        raise SaveError("Not written: standard output is closed.", hint="Try --output FILE.")
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    except OSError as error:
        # The interpreter would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            reason = (error.strerror or type(error).__name__).lower()
            raise SaveError(f"Not written: {reason}.", hint="Try --output FILE.") from error


def coloured() -> bool:
    """Say whether data may be coloured: on a terminal that can, for somebody who has not refused."""
    return _on_a_terminal() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return the columns of the terminal; a log or a file has the usual ones."""
    import shutil

    columns = shutil.get_terminal_size().columns if _on_a_terminal() else 80
    return max(_NARROWEST, min(columns, _WIDEST))


def _on_a_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def say(message: str) -> None:
    """Write a message of one line to stderr, with nothing in it that a terminal or a log would obey."""
    with contextlib.suppress(OSError, AttributeError):  # a stderr that is closed has nobody to tell
        sys.stderr.write(log_line(message).encode("utf-8", "replace").decode() + "\n")
        sys.stderr.flush()


def refuse(error: HandoffError) -> int:
    """Say what cannot be used, and return the exit code for it."""
    from handoff_tui.session.secrecy import hushed  # what is wrong may be quoted from a file

    say(f"handoff-wizard: {hushed(str(error))}")
    return Exit.UNUSABLE


def internal_error(error: BaseException, *, saved: bool = True) -> int:
    """Say that the program itself failed, in one line; the answers are safe in their file.

    What the error says of itself may hold answers, and is for those who ask: HANDOFF_WIZARD_DEBUG.
    """
    safe = "Every accepted answer is in the file; start again with the same command, and please report it."
    say(
        f"handoff-wizard: this is a mistake in the program, not yours ({type(error).__name__}). "
        + (safe if saved else "Please report it.")
    )
    if os.environ.get("HANDOFF_WIZARD_DEBUG"):
        import traceback

        from handoff_tui.session.secrecy import hushed

        for line in hushed("".join(traceback.format_exception(error))).splitlines():
            say(line)
    return Exit.INTERNAL


def end(code: int, words: str, failure: BaseException | None = None) -> int:
    """Say the last words of a screen, and return its exit code."""
    for line in words.splitlines():
        say(line)
    if failure is not None:
        return internal_error(failure, saved=not words)
    return code

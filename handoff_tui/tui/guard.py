"""Signals and a terminal that goes away: what was accepted is saved, the terminal restored, the exit code right.

The toolkit dies at once on SIGTERM, SIGHUP and SIGQUIT and leaves the terminal raw, and ends with 0 on SIGINT
(`robustness.md`, section 3). A handler of `signal.signal` also interrupts a write that blocks on a dead terminal,
which a handler of the event loop cannot.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from textual.app import App

__all__ = ["Guard"]

_FLUSH = 1.5
_GIVE_UP = 2.0
"""Seconds for the save, and for the whole ending; a terminal that is gone may block it for ever."""
_RESET = b"\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[<u\x1b[0m\r\n"
"""Leaves the alternate screen, shows the cursor, ends mouse, paste and kitty-keyboard reports, resets colours."""


class Guard:
    """Ends an app on a signal, or when its terminal is closed. `flush` saves, in at most so many seconds."""

    def __init__(self, app: App[Any], flush: Callable[[float], object]) -> None:
        self._app = app
        self._flush = flush
        self._stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._terminal = _attributes()

    def arm(self) -> None:
        """Listen from now on; called from the running app, in the main thread."""
        self._loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, lambda received, _: self._stop(received))
        if hasattr(os, "fork"):
            threading.Thread(target=self._watch_terminal, name="terminal", daemon=True).start()

    def _watch_terminal(self) -> None:
        """Wait until the terminal hangs up; SIGHUP alone is not enough, for it may be ignored (nohup)."""
        import select

        poll = select.poll()
        with contextlib.suppress(OSError, ValueError):
            poll.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
            poll.poll()
            self._stop(signal.SIGHUP)

    def _stop(self, number: int) -> None:
        if self._stopping:  # SIGHUP and the hang-up arrive together; the second must not cut the first short
            return
        self._stopping = True
        code = 128 + number
        timer = threading.Timer(_GIVE_UP, self._die, (code,))
        timer.daemon = True
        timer.start()
        self._flush(_FLUSH)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(partial(self._app.exit, code, return_code=code))

    def _die(self, code: int) -> None:
        """End although the app does not: its event loop is blocked on a terminal that no longer reads."""
        with contextlib.suppress(OSError):
            os.set_blocking(2, False)
            os.write(2, _RESET)
        self.restore()
        os._exit(code)

    def restore(self) -> None:
        """Give the terminal back as it was."""
        if self._terminal is not None:
            import termios

            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(0, termios.TCSANOW, self._terminal)


def _attributes() -> list[Any] | None:
    """Return the terminal's settings; none on Windows, or where stdin is no terminal."""
    try:
        import termios
    except ImportError:
        return None
    try:
        return termios.tcgetattr(0)
    except (termios.error, OSError):
        return None

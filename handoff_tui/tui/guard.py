"""Signals and a terminal that goes away: what was accepted is saved, the terminal restored, the exit code right.

The toolkit dies at once on SIGTERM, SIGHUP and SIGQUIT and leaves the terminal raw, and ends with 0 on SIGINT
(`robustness.md`, section 3). Here a thread of its own hears of signals: the main one may be blocked for ever, on a
terminal that no longer reads, and is not even interrupted where the system lets another thread take the signal.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any

from textual.app import App

__all__ = ["Guard"]

_FLUSH = 1.5
_GIVE_UP = 2.0
"""Seconds for the save, and for the whole ending; a terminal that is gone may block it for ever."""
_ENDINGS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGBREAK") if hasattr(signal, name)
)
_RESET = (
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?2004l\x1b[?2048l"
    b"\x1b[<u\x1b[?1049l\x1b[?7h\x1b[?25h\x1b[0m\r\n"
)
"""Ends reports of mouse, focus, paste and size, then kitty keys; leaves the second screen, wraps lines and shows the
cursor again, resets colours."""


class Guard:
    """Ends an app on a signal, or when its terminal is closed. `flush` saves, in at most so many seconds."""

    def __init__(self, app: App[Any], flush: Callable[[float], object]) -> None:
        self._app = app
        self._flush = flush
        self.code: int | None = None
        """The exit code of the signal that ends it, once one came."""
        self._asleep = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._terminal = _attributes()

    def listen(self) -> None:
        """Listen to signals, and to the terminal, from now on; called before the app runs, in the main thread."""
        told, tell = os.pipe()
        for number in _ENDINGS:
            signal.signal(number, lambda received, _: os.write(tell, bytes((received,))))
        if hasattr(select, "poll"):
            os.set_blocking(tell, False)
            # The handler above waits for the main thread; this tells at once, from whichever thread took the signal.
            signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
        threading.Thread(target=self._watch, args=(told,), name="guard", daemon=True).start()

    def arm(self) -> None:
        """The app runs, and can be ended as it ends itself; called from it, in the main thread."""
        self._loop = asyncio.get_running_loop()
        if self.code is not None:  # a signal that came while the app was starting
            self._app.call_later(self._leave)
        if hasattr(signal, "SIGCONT"):
            self._sleep_and_wake()

    # -- ending ------------------------------------------------------------------------------------------------------

    def _watch(self, told: int) -> None:
        for number in _heard(told):
            if number in _ENDINGS:
                self._stop(number)

    def _stop(self, number: int) -> None:
        """End, and never return: of several signals the first one counts. SIGHUP and the hang-up come together."""
        self.code = 128 + number
        given_up = threading.Timer(_GIVE_UP, self._die, (self.code,))
        given_up.daemon = True  # who ends in time is not waited for
        given_up.start()
        self._flush(_FLUSH)
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: the app is about to end by itself
                self._loop.call_soon_threadsafe(self._leave)
        given_up.join()

    def _leave(self) -> None:
        self._app.exit(self.code, return_code=self.code or 0)

    def _die(self, code: int) -> None:
        """End although the app does not: its event loop is blocked on a terminal that no longer reads."""
        with contextlib.suppress(OSError):
            os.set_blocking(2, False)
            os.write(2, _RESET)
        with contextlib.suppress(OSError):
            os.set_blocking(2, True)  # the shell has the same terminal open, and would be told to try again later
        self.restore()
        os._exit(code)

    def restore(self) -> None:
        """Give the terminal back as it was."""
        if self._terminal is not None:
            import termios

            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(0, termios.TCSANOW, self._terminal)

    # -- stopping for a while ----------------------------------------------------------------------------------------

    def _sleep_and_wake(self) -> None:
        """After SIGSTOP the terminal is no longer ours, and nothing told us: take it again when we go on.

        The toolkit, which expects SIGTSTP before every SIGCONT, would start a second thread that reads keys: each gets
        a part of them, and the first never ends. And after SIGTSTP it would leave the screen empty.
        """
        sleep, wake = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
        if not (callable(sleep) and callable(wake)):
            return

        def slept(number: int, frame: FrameType | None) -> None:
            self._asleep = True
            sleep(number, frame)

        def woke(number: int, frame: FrameType | None) -> None:
            asleep, self._asleep = self._asleep, False
            if asleep:
                wake(number, frame)
            if self._loop is not None:
                again = partial(self._app.refresh, layout=True) if asleep else self._take_terminal
                self._loop.call_soon_threadsafe(again)

        signal.signal(signal.SIGTSTP, slept)
        signal.signal(signal.SIGCONT, woke)

    def _take_terminal(self) -> None:
        with self._app.suspend():
            pass


def _heard(told: int) -> Iterator[int]:
    """Yield the signals that are told of, and SIGHUP when the terminal hangs up: the signal itself may be ignored."""
    if not hasattr(select, "poll"):
        while True:
            yield from os.read(told, 1)
    poll = select.poll()
    poll.register(told, select.POLLIN)
    terminal = sys.__stdin__.fileno() if sys.__stdin__ else 0
    poll.register(terminal, 0)
    while True:
        for handle, event in poll.poll():
            if handle == told:
                yield from os.read(told, 64)
            elif event & (select.POLLHUP | select.POLLERR):
                yield signal.SIGHUP
            else:
                poll.unregister(terminal)  # a system whose poll knows no terminals


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

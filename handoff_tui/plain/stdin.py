"""Standard input, line by line, while signals are heard: what was accepted is saved whatever ends the program."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

__all__ = ["InputOver", "Signalled", "Stdin"]

_ENDINGS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGBREAK") if hasattr(signal, name)
)
_HANG_UP = 129
_GIVE_UP = 4.0
"""Seconds for an ending; a terminal that no longer reads may block the last words for ever."""
_LONGEST = 4095
"""Bytes of a line that a terminal passes on; it drops the rest without a word."""


class InputOver(Exception):  # noqa: N818 - a way out, and no error
    """Nothing more will be typed: Ctrl+D, or the end of a pipe."""


class Signalled(Exception):  # noqa: N818 - a way out, and no error
    """A signal came, or the terminal went away; `code` is the exit code for it."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Stdin:
    """Lines of a file descriptor. A signal is heard while a line is waited for, never in the middle of a step.

    `flush` saves, in case even the ending is blocked; `warn` is called when a terminal cut a line short.
    """

    def __init__(self, handle: int = 0) -> None:
        self._handle = handle
        self._read = bytearray()
        self._over = sys.stdin is None  # closed: something else may have its number by now
        self._code: int | None = None
        self._told, self._tell = os.pipe()
        self._polls = hasattr(select, "poll")
        self._waiting = False
        self.flush: Callable[[float], object] = lambda _: None
        self.warn: Callable[[str], None] = lambda _: None

    @property
    def is_terminal(self) -> bool:
        """Whether somebody types there."""
        return os.isatty(self._handle)

    def listen(self) -> None:
        """Listen to signals from now on; called in the main thread."""
        for number in _ENDINGS:
            signal.signal(number, self._hear)

    def _hear(self, number: int, _: FrameType | None) -> None:
        if self._code is not None:  # of several signals the first one counts
            return
        self._code = 128 + number
        last = threading.Timer(_GIVE_UP, self._give_up, (self._code,))
        last.daemon = True  # who ends in time is not waited for
        last.start()
        os.write(self._tell, b"!")
        if self._waiting and not self._polls:
            raise Signalled(self._code)

    def _give_up(self, code: int) -> None:
        with contextlib.suppress(Exception):  # whatever it is, nothing can be said about it any more
            self.flush(1.5)
        os._exit(code)

    def line(self) -> str:
        """Return the next line without its end.

        Raises:
            InputOver: There is none.
            Signalled: A signal came instead.
        """
        while b"\n" not in self._read and not self._over:
            self._wait()
        if not self._read:
            raise InputOver
        found, _, rest = bytes(self._read).partition(b"\n")
        self._read = bytearray(rest)
        text = found.decode("utf-8", "replace").removesuffix("\r")
        if len(found) >= _LONGEST and self.is_terminal:
            self.warn(
                f"Your terminal passes on {_LONGEST:,} bytes of a line and drops the rest: it ended with "
                f"“{text[-20:]}”. Go back and give the rest, in several lines where that is possible."
            )
        return text

    def _wait(self) -> None:
        if self._polls:
            self._wait_for_either()
        if self._code is not None:
            raise Signalled(self._code)
        self._waiting = True
        try:
            data = os.read(self._handle, 1 << 16)
        except OSError:  # what Linux says of a terminal that is gone
            raise Signalled(_HANG_UP) from None
        finally:
            self._waiting = False
        self._read += data
        self._over = not data

    def _wait_for_either(self) -> None:
        """Wait until there is something to read, or a signal."""
        poll = select.poll()
        poll.register(self._told, select.POLLIN)
        poll.register(self._handle, select.POLLIN)
        events = dict(poll.poll())
        event = events.get(self._handle, 0)
        if self._code is None and event & (select.POLLHUP | select.POLLERR) and self.is_terminal:
            raise Signalled(_HANG_UP)

"""`handoff-wizard` with faults built in, for a terminal: python -m tests.faults.program FAULT[+FAULT] ARGUMENTS.

What a fault has to tell goes into the pipe that the environment variable FAULT_FILE names.
"""

from __future__ import annotations

import os
import pwd
import signal
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from textual._xterm_parser import XTermParser
from textual.css.stylesheet import Stylesheet
from textual.drivers._writer_thread import WriterThread

import handoff_tui.session.parting
import handoff_tui.tui.run
import handoff_tui.tui.screens.start
from handoff_tui.cli.entry import main as run
from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.guard import Guard
from handoff_tui.tui.keeping import KeepingApp
from handoff_tui.tui.widgets.chrome import Bar

SECRET = "hunter2-" + "correct-horse-battery-staple"
"""Stands in the local variables and in the message of what goes wrong; must never be seen."""


def go_wrong(*_: object, **__: object) -> Any:
    """Fail, with a secret at hand."""
    password = SECRET
    raise ZeroDivisionError(f"not with {password}")


# -- faults ----------------------------------------------------------------------------------------------------------


def in_a_key() -> None:
    """Ctrl+S goes wrong."""
    mock.patch.object(WizardApp, "say_saved", go_wrong).start()


def in_a_system_call() -> None:
    """Ctrl+S goes wrong in a call of the system: an `OSError` that nobody expected."""

    def no_such_file(*_: object) -> None:
        raise FileNotFoundError(2, SECRET, SECRET)

    mock.patch.object(WizardApp, "say_saved", no_such_file).start()


def in_a_worker() -> None:
    """Ctrl+S goes wrong in a task of its own."""

    async def work(*_: object) -> None:
        go_wrong()

    mock.patch.object(WizardApp, "say_saved", lambda app: app.run_worker(work(), exit_on_error=True)).start()


def in_a_timer() -> None:
    """Something goes wrong a moment after Ctrl+S."""
    mock.patch.object(WizardApp, "say_saved", lambda app: app.set_timer(0.01, go_wrong)).start()


def in_drawing() -> None:
    """A widget cannot be drawn any more after Ctrl+S."""

    def spoil(app: WizardApp) -> None:
        mock.patch.object(Bar, "render_line", go_wrong).start()
        mock.patch.object(Bar, "render_lines", go_wrong).start()
        app.refresh(layout=True)
        for bar in app.screen.query(Bar):
            bar.refresh()

    mock.patch.object(WizardApp, "say_saved", spoil).start()


def in_the_styles() -> None:
    """The styles cannot be read: the app never starts."""
    mock.patch.object(Stylesheet, "read_all", go_wrong).start()


def at_the_first_screen() -> None:
    """The first screen cannot be made."""
    mock.patch.object(WizardApp, "get_default_screen", go_wrong).start()


def in_the_keyboard() -> None:
    """The thread that reads keys goes wrong at the first key."""
    real = XTermParser.feed

    def feed(self: XTermParser, data: str) -> Any:
        return go_wrong() if "\x13" in data else real(self, data)

    mock.patch.object(XTermParser, "feed", feed).start()


def until_told_to_look() -> None:
    """Nobody looks at what others do to the file until there is one named `look`."""
    mock.patch.object(KeepingApp, "_is_typing", side_effect=lambda: not Path("look").exists()).start()


def in_the_last_words() -> None:
    """What is said on leaving cannot be said."""
    mock.patch.object(handoff_tui.session.parting, "parting_words", go_wrong).start()


def deaf_to_hang_ups() -> None:
    """SIGHUP never arrives, as where a terminal is not the controlling one: only the hang-up itself tells."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])


def telling_when_blocked() -> None:
    """Tell who we are when the queue to the terminal is full: whatever is drawn next blocks the program."""
    never = threading.Event()

    def watch() -> None:
        while not never.wait(0.01):
            writers = [thread for thread in threading.enumerate() if isinstance(thread, WriterThread)]
            if any(thread._queue.full() for thread in writers):
                Path(os.environ["FAULT_FILE"]).write_text(str(os.getpid()))  # a pipe
                return

    threading.Thread(target=watch, daemon=True).start()


def signals_to_other_threads() -> None:
    """The system lets other threads take the signals: the main one is not interrupted by them."""
    real = Guard.arm

    def arm(self: Guard) -> None:
        real(self)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])

    mock.patch.object(Guard, "arm", arm).start()


def stuck_in_the_past() -> None:
    """The clock has been set back: it is 1999."""

    class Clock(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return date(1999, 12, 31)

    mock.patch.object(handoff_tui.tui.run, "date", Clock).start()
    mock.patch.object(handoff_tui.tui.screens.start, "date", Clock).start()


def known_to_nobody() -> None:
    """The user has no entry in the system: no name, and no home folder."""

    def nobody(*_: object) -> None:
        raise KeyError("getpwuid(): uid not found")

    mock.patch.object(pwd, "getpwuid", nobody).start()


FAULTS: dict[str, Callable[[], None]] = {
    name: value for name, value in globals().items() if callable(value) and getattr(value, "__module__", "") == __name__
}


def main() -> None:
    """Build the fault in, and run the program."""
    fault = sys.argv.pop(1)
    sys.argv[0] = "handoff-wizard"
    for name in fault.split("+"):
        FAULTS[name]()

    run()


if __name__ == "__main__":
    main()

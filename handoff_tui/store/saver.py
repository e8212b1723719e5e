"""The saver: one thread that writes the newest handoff, so that the thread that paints never waits for a disk."""

from __future__ import annotations

import threading
from collections.abc import Callable

from handoff_tui.core.handoff import Handoff
from handoff_tui.errors import SaveError
from handoff_tui.store.file import HandoffFile

__all__ = ["Saver"]


class Saver:
    """Saves handoffs in the order they come; of several that wait, only the newest.

    `told` is called from the saver's thread after each try, with `None` or the error.
    """

    def __init__(self, file: HandoffFile, told: Callable[[SaveError | None], None] = lambda _: None) -> None:
        self._file = file
        self.told = told
        self._condition = threading.Condition()
        self._waiting: Handoff | None = None
        self._busy = False
        self._closed = False
        self.error: SaveError | None = None
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    def submit(self, handoff: Handoff) -> None:
        """Ask for a handoff to be saved; returns at once."""
        with self._condition:
            self._waiting = handoff
            self._condition.notify_all()

    @property
    def saved(self) -> bool:
        """Whether everything submitted so far is on the disk."""
        with self._condition:
            return self._waiting is None and not self._busy and self.error is None

    def flush(self, timeout: float) -> bool:
        """Wait until all is saved, at most `timeout` seconds; say whether it is."""
        with self._condition:
            self._condition.wait_for(lambda: self._waiting is None and not self._busy, timeout)
            return self._waiting is None and not self._busy and self.error is None

    def close(self, timeout: float = 5.0) -> bool:
        """Flush, and end the thread; say whether all was saved."""
        done = self.flush(timeout)
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        self._thread.join(timeout)
        return done

    def _run(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._waiting is not None or self._closed)
                if self._waiting is None:
                    return
                handoff, self._waiting, self._busy = self._waiting, None, True
            error: SaveError | None = None
            try:
                self._file.save(handoff)
            except SaveError as problem:
                error = problem
            except Exception as bug:  # noqa: BLE001 - a saver that died would lose all that is typed from here on
                error = SaveError(f"Not saved: {type(bug).__name__}.", hint="Please report what you typed last.")
            with self._condition:
                self._busy, self.error = False, error
                self._condition.notify_all()
            self.told(error)

"""The saver: one thread that writes the newest handoff, so that the thread that paints never waits for a disk."""

from __future__ import annotations

import threading
from collections.abc import Callable

from handoff_tui.core.handoff import Handoff
from handoff_tui.errors import SaveError
from handoff_tui.store.file import HandoffFile

__all__ = ["Saver"]


class Saver:
    """Saves handoffs in the order they come; of several that wait, only the newest; what fails is tried again.

    `told` is called from the saver's thread after each try, with `None` or the error.
    """

    RETRIES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
    """Seconds to wait after the first failure, the second, …; then always the last."""

    def __init__(self, file: HandoffFile, told: Callable[[SaveError | None], None] = lambda _: None) -> None:
        self._file = file
        self.told = told
        self._condition = threading.Condition()
        self._waiting: Handoff | None = None
        self._busy = False
        self._closed = False
        self._failures = 0
        self.error: SaveError | None = None
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    def submit(self, handoff: Handoff) -> None:
        """Ask for a handoff to be saved; returns at once."""
        with self._condition:
            self._waiting = handoff
            self._condition.notify_all()

    def move_to(self, file: HandoffFile) -> None:
        """Save into another file from now on."""
        with self._condition:
            self._condition.wait_for(lambda: not self._busy)
            self._file, self.error, self._failures = file, None, 0

    @property
    def idle(self) -> bool:
        """Whether nothing is being written and nothing waits: the file may be looked at."""
        with self._condition:
            return self._waiting is None and not self._busy

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
        failed: Handoff | None = None
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._waiting is not None or self._closed, self._patience(failed))
                if self._waiting is None and self._closed:
                    return
                handoff = self._waiting or failed
                if handoff is None:
                    continue
                self._waiting, self._busy, file = None, True, self._file
            error = self._save(file, handoff)
            with self._condition:
                self._busy, self.error = False, error
                # What lies beside the file already is not written again: the two are brought together first.
                failed = handoff if error is not None and error.aside is None else None
                self._failures = self._failures + 1 if error is not None else 0
                self._condition.notify_all()
            self.told(error)

    def _patience(self, failed: Handoff | None) -> float | None:
        """Return how long to wait for something new before what failed is tried again."""
        return self.RETRIES[min(self._failures, len(self.RETRIES)) - 1] if failed is not None else None

    @staticmethod
    def _save(file: HandoffFile, handoff: Handoff) -> SaveError | None:
        try:
            file.save(handoff)
        except SaveError as problem:
            return problem
        except Exception as bug:  # noqa: BLE001 - a saver that died would lose all that is typed from here on
            return SaveError(f"Not saved: {type(bug).__name__}.", hint="Please report what you typed last.")
        return None

"""From the command line into the screens and out again, with an exit code and the last words."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import WorkerFailed

from handoff_tui.session.ending import Ending, ended
from handoff_tui.store.settings import read_settings
from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.guard import Guard
from handoff_tui.tui.keys import keys_from

if TYPE_CHECKING:
    from handoff_tui.catalog import Catalog
    from handoff_tui.core.handoff import Handoff

__all__ = ["home", "new", "resume"]


class _ContainedApp(WizardApp):
    """The app as the command line runs it: what goes wrong in it is kept for the border of the program.

    The toolkit would print a traceback with all local variables: answers, and secrets among them.
    """

    failure: Exception | None = None

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.failure = self.failure or (cause if isinstance(cause, Exception) else error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.panic()

    def panic(self, *renderables: object) -> None:
        """End, and print nothing; the thread that reads keys comes here directly."""
        self.failure = self.failure or RuntimeError(*map(type, renderables))
        super().panic()


def home(folder: Path, templates: Path | None) -> Ending:
    """Open the home screen.

    Raises:
        HandoffError: The settings cannot be used.
    """
    return _run(_ContainedApp(folder, templates=templates, keys=keys_from(read_settings())))


def new(
    folder: Path,
    templates: Path | None,
    *,
    path: Path | None,
    template: str | None,
    start: Mapping[str, object],
    answers: Handoff | None,
    prework: bool,
) -> Ending:
    """Open the start screen; `answers` are given to the handoff before the first question.

    Raises:
        HandoffError: The settings cannot be used.
    """
    app = _ContainedApp(folder, templates=templates, keys=keys_from(read_settings()))
    app.prework = prework
    app.begin_with_start(path=path, template=template, first=start, answers=answers)
    return _run(app)


def resume(path: Path, templates: Path | None, catalog: Catalog, *, prework: bool = False) -> Ending:
    """Open a handoff where it stopped.

    Raises:
        HandoffError: It, its template or the settings cannot be used.
    """
    from handoff_tui.session.start import resume as resume_session

    app = _ContainedApp(path.parent, templates=templates, keys=keys_from(read_settings()))
    app.prework = prework
    app.opened = resume_session(path, catalog, date.today, prework=prework)
    return _run(app)


def _run(app: _ContainedApp) -> Ending:
    _speak_utf8()
    _hear_anything()
    guard = Guard(app, app.flush)
    app.when_running = guard.arm
    guard.listen()
    try:
        app.run()
    except Exception as error:  # noqa: BLE001 - even so the terminal is restored and the answers are saved
        app.failure = app.failure or error
    guard.restore()
    code = guard.code or app.return_code or 0
    return ended(
        app.opened,
        Path.cwd(),
        code=code,
        signalled=guard.code is not None,
        failure=app.failure,
        templates=app.templates,
    )


def _speak_utf8() -> None:
    """Draw in UTF-8 whatever the locale says: in Latin-1 the lines of a table would come out as `\\u2500`."""
    for stream in {sys.stderr, sys.__stderr__}:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _hear_anything() -> None:
    """Read keys that are no UTF-8 as replacement characters: one byte of a Latin-1 keyboard would end the toolkit."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        lenient = partial(codecs.getincrementaldecoder("utf-8"), errors="replace")
        linux_driver.getincrementaldecoder = lambda _: lenient  # type: ignore[attr-defined]

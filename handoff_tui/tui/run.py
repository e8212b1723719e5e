"""From the command line into the screens and out again, with an exit code and the last words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.guard import Guard

if TYPE_CHECKING:
    from handoff_tui.catalog import Catalog
    from handoff_tui.core.handoff import Handoff

__all__ = ["Ending", "home", "new", "resume"]


class Ending:
    """How a run of the screens ended: the exit code, and what to say to the person who left."""

    def __init__(self, code: int, words: str = "") -> None:
        self.code = code
        self.words = words


def home(folder: Path, templates: Path | None) -> Ending:
    """Open the home screen."""
    return _run(WizardApp(folder, templates=templates))


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
    """Open the start screen; `answers` are given to the handoff before the first question."""
    app = WizardApp(folder, templates=templates)
    app.prework = prework
    app.begin_with_start(path=path, template=template, first=start, answers=answers)
    return _run(app)


def resume(path: Path, templates: Path | None, catalog: Catalog, *, prework: bool = False) -> Ending:
    """Open a handoff where it stopped.

    Raises:
        HandoffError: It, or its template, cannot be used.
    """
    from handoff_tui.session.start import resume as resume_session

    app = WizardApp(path.parent, templates=templates)
    app.prework = prework
    app.opened = resume_session(path, catalog, date.today, prework=prework)
    return _run(app)


def _run(app: WizardApp) -> Ending:
    guard = Guard(app, app.flush)
    app.when_running = guard.arm
    app.run()
    guard.restore()
    code = app.return_code or 0
    if app.opened is None:
        return Ending(70 if code == 1 else code)
    from handoff_tui.session.parting import parting_words

    saved = app.opened.close()
    words = parting_words(app.session, app.path, Path.cwd())
    error = app.opened.saver.error
    if not saved and error:
        words = f"NOT SAVED: {error}\n{words}"
    # 1 is textual's own code for an unhandled exception; ours are those of `product.md`.
    return Ending(70 if code == 1 else code, words)

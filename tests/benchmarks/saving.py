"""The wizard with a save under way at each key: `python -m tests.benchmarks.saving FILE yes|no`.

In an interview a save begins when an answer is accepted, and is over before the next key. To meet it, this asks for one
with each key, just before the key is handled; with `no` it is the same program and never saves.
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from textual import events

from handoff_tui.catalog import Catalog
from handoff_tui.session.opened import Opened
from handoff_tui.session.start import resume
from handoff_tui.tui.app import WizardApp


def save_with_each_key(app: WizardApp, opened: Opened) -> None:
    """Make an app save more than it ever would; in turns two versions, so that each save has something to write."""
    handoff = opened.session.handoff
    other = replace(handoff, head=replace(handoff.head, owner="somebody else"))
    versions = itertools.cycle((other, handoff))
    handle = app.on_event

    async def on_event(event: events.Event) -> None:
        if isinstance(event, events.Key):
            opened.saver.submit(next(versions))
        await handle(event)

    app.on_event = on_event  # type: ignore[method-assign]


def main() -> None:
    """Run the app at the handoff's first question."""
    path, saving = Path(sys.argv[1]), sys.argv[2]
    app = WizardApp(path.parent)
    app.opened = resume(path, Catalog.beside(path.parent), date.today)
    if saving == "yes":
        save_with_each_key(app, app.opened)
    app.run()


if __name__ == "__main__":
    main()

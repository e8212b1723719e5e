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
from handoff_tui.session.start import resume
from handoff_tui.tui.app import WizardApp


class SavingApp(WizardApp):
    """The app, saving more than it ever would."""

    saving = True

    def begin(self, path: Path) -> None:
        """Begin with a handoff, and with another version of it, so that each save has something to write."""
        self.opened = resume(path, Catalog.beside(path.parent), date.today)
        handoff = self.session.handoff
        other = replace(handoff, head=replace(handoff.head, owner="somebody else"))
        self._versions = itertools.cycle((other, handoff))

    async def on_event(self, event: events.Event) -> None:
        """Save with each key."""
        if self.saving and isinstance(event, events.Key) and self.opened is not None:
            self.opened.saver.submit(next(self._versions))
        await super().on_event(event)


def main() -> None:
    """Run the app."""
    path, saving = sys.argv[1:]
    app = SavingApp(Path(path).parent)
    app.saving = saving == "yes"
    app.begin(Path(path))
    app.run()


if __name__ == "__main__":
    main()

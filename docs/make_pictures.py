"""Draw the pictures that README and docs show, from the program itself: `python docs/make_pictures.py`.

Each is a screen of a finished example as SVG, as wide as a projector shows it and as narrow as a terminal begins.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

os.environ.pop("NO_COLOR", None)

from handoff_tui.catalog import Catalog
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.session.session import Session
from handoff_tui.session.start import resume
from handoff_tui.tui.app import WizardApp

HERE = Path(__file__).resolve().parent
SIZES = ((120, 36), (80, 24))
TODAY = date(2026, 11, 23)


def _spoil(session: Session) -> None:
    """Undo some good decisions of the example, for the picture that shows what is found then."""
    paths, states = "failure_handling.delivery_paths", "business_state.business_states"
    session.put_row(paths, 0, session.rows(paths)[0] | {"auth": "none"})
    at = next(index for index, row in enumerate(session.rows(states)) if row["state"] == "refund pending")
    session.put_row(states, at, session.rows(states)[at] | {"agent_may_say": "Your refund arrives by Friday."})


@dataclass(frozen=True)
class Scene:
    """What a picture shows: a place in the finished example, or home, and the keys that are pressed there."""

    place: Place | None = None
    keys: tuple[str, ...] = ()
    before: Callable[[Session], None] = lambda _: None


SCENES = {
    "home": Scene(),
    "interview": Scene(Place("question", "source_of_truth.join_key")),
    "table": Scene(Place("question", "source_of_truth.critical_fields")),
    "review": Scene(REVIEW),
    "findings": Scene(REVIEW, before=_spoil),
    "finish": Scene(REVIEW, ("ctrl+n", "f")),
    "drill": Scene(REVIEW, ("f6", *["down"] * 4, *["enter"] * 3)),
}


async def _draw(scene: Scene, size: tuple[int, int], file: Path) -> None:
    """Draw one picture from copies of the examples, so that they stay as they are."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        room = Path("integrations")  # no path of this machine in a picture
        room.mkdir()
        copies = [Path(shutil.copy(example, room)) for example in sorted(HERE.glob("examples/*.handoff.toml"))]
        app = WizardApp(room)
        if scene.place is not None:
            opened = resume(next(path for path in copies if "payments" in path.read_text()), Catalog(), lambda: TODAY)
            scene.before(opened.session)
            opened.saver.flush(5.0)
            opened.session.jump(scene.place)
            app.opened = opened
        async with app.run_test(size=size) as pilot:
            for key in (None, *scene.keys):
                await pilot.press(*([key] if key else []))
                for _ in range(5):  # composed, mounted, focused, and what is told after that
                    await pilot.pause()
            picture = app.export_screenshot(title="handoff-wizard")
        if app.opened is not None:
            app.opened.close()
    # A viewer that folds blanks would push words together; a terminal never does.
    file.write_text(picture.replace("<text ", '<text xml:space="preserve" '), encoding="utf-8")


def main(target: Path = HERE / "pictures") -> None:
    """Draw every picture."""
    target.mkdir(exist_ok=True)
    for name, scene in SCENES.items():
        for columns, lines in SIZES:
            asyncio.run(_draw(scene, (columns, lines), target / f"{name}-{columns}x{lines}.svg"))


if __name__ == "__main__":
    main()

"""Draw the pictures that README and docs show, from the program itself: `python docs/make_pictures.py`.

Each is the screen of a finished example at one of its questions, as SVG.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.pop("NO_COLOR", None)

from handoff_tui.catalog import Catalog
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.session.session import Session
from handoff_tui.session.start import resume
from handoff_tui.tui.app import WizardApp

HERE = Path(__file__).resolve().parent
SIZE = (100, 30)
TODAY = date(2026, 11, 23)


def _spoil(session: Session) -> None:
    """Undo some good decisions of the example, for the picture that shows what is found then."""
    paths, states = "failure_handling.delivery_paths", "business_state.business_states"
    session.put_row(paths, 0, session.rows(paths)[0] | {"auth": "none"})
    at = next(index for index, row in enumerate(session.rows(states)) if row["state"] == "refund pending")
    session.put_row(states, at, session.rows(states)[at] | {"agent_may_say": "Your refund arrives by Friday."})


PICTURES: dict[str, tuple[Place, Callable[[Session], None]]] = {
    "interview": (Place("question", "source_of_truth.join_key"), lambda _: None),
    "table": (Place("question", "source_of_truth.critical_fields"), lambda _: None),
    "review": (REVIEW, lambda _: None),
    "findings": (REVIEW, _spoil),
}


async def _draw(example: Path, name: str, place: Place, before: Callable[[Session], None], target: Path) -> None:
    """Draw one picture from a copy of an example, so that the example stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(example, folder))
        opened = resume(copy, Catalog(), lambda: TODAY)
        before(opened.session)
        opened.saver.flush(5.0)
        opened.session.jump(place)
        app = WizardApp(Path(folder))
        app.opened = opened
        async with app.run_test(size=SIZE) as pilot:
            for _ in range(3):  # composed, mounted, focused
                await pilot.pause()
            picture = app.export_screenshot(title="handoff-wizard")
        opened.close()
    # A viewer that folds blanks would push words together; a terminal never does.
    (target / f"{name}.svg").write_text(picture.replace("<text ", '<text xml:space="preserve" '), encoding="utf-8")


def main(target: Path = HERE / "pictures") -> None:
    """Draw every picture."""
    target.mkdir(exist_ok=True)
    example = next(
        path for path in sorted((HERE / "examples").glob("*.handoff.toml")) if "payments" in path.read_text()
    )
    for name, (place, before) in PICTURES.items():
        asyncio.run(_draw(example, name, place, before, target))


if __name__ == "__main__":
    main()

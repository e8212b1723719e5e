"""Sessions without a disk: what they hand to the saver is kept in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview, Place
from handoff_tui.core.reading import Rejection
from handoff_tui.core.template import Template
from handoff_tui.session.session import Session
from tests.core.making import TODAY, complete, small

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
SOON = "2026-12-04"
OPEN: dict[str, object] = {"owner": "mara", "due": SOON}
ASSUMED: dict[str, object] = {"basis": "draft 3", "confirmer": "mara", "due": SOON}


@dataclass
class Saved:
    """Stands in for the saver."""

    all: list[Handoff] = field(default_factory=list)

    def __call__(self, handoff: Handoff) -> None:
        self.all.append(handoff)


def session_of(handoff: Handoff | None = None, template: Template | None = None, **how: Any) -> Session:
    """Return a session over the small template, at its first place; the small handoff is complete."""
    template = template or small()
    handoff = complete() if handoff is None else handoff
    session = Session(template, handoff, lambda: TODAY, **({"save": Saved()} | how))
    session.place = session.interview.route[0]
    return session


def saved(session: Session) -> list[Handoff]:
    assert isinstance(session.save, Saved)
    return session.save.all


def at(question_id: str) -> Place:
    return Place("question", question_id)


def places(rejections: Sequence[Rejection]) -> list[tuple[str | None, str | None]]:
    """Return where something is wrong: row and column."""
    return [(item.row, item.column) for item in rejections]


def route(session: Session) -> list[str]:
    """Return where Continue leads from the present place on, up to the review."""
    names = [session.place.id or session.place.kind]
    while session.place.kind != "review":
        place = session.go_on()
        names.append(place.id or place.kind)
    return names


def view(session: Session) -> Interview:
    """Return a view of the whole handoff, whatever the session asks."""
    return Interview(session.template, session.handoff)

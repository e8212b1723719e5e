"""The end of an interview: draft or final, the summary, and what to tell the room."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handoff_tui.core.answers import Assumed, Open
from handoff_tui.core.finding import Finding
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.core.table import Row, TableKind
from handoff_tui.core.wording import names_of
from handoff_tui.session.findings import told, verdict
from handoff_tui.session.publishing import publish
from handoff_tui.session.secrecy import hushed
from handoff_tui.session.session import Session
from handoff_tui.store.file import document_path, write_document

__all__ = [
    "Finished",
    "OpenPoint",
    "by_owner",
    "errors_of",
    "finish",
    "git_commands",
    "open_points",
    "summary_of",
]


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that somebody still has to find out or confirm.

    `about` is what is known so far, `row` the row of a table where only one of its cells is open.
    """

    owner: str
    due: date | None
    question: str
    what: str
    kind: str
    about: str = ""
    row: int | None = None

    def overdue(self, today: date) -> bool:
        """Say whether the day by which it was to be known is over."""
        return self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Finished:
    """What finishing did: the handoff as it was written, the two files, and which of them changed."""

    handoff: Handoff
    path: Path
    summary: Path
    summary_written: bool


def errors_of(session: Session) -> list[Finding]:
    """Return what keeps the handoff from becoming final."""
    return list(verdict(session).errors)


def summary_of(session: Session) -> str:
    """Return the Markdown summary of the handoff as it stands."""
    return publish(Interview(session.template, session.handoff), verdict(session), "summary")


def finish(session: Session, path: Path, *, final: bool) -> Finished:
    """Set the status, hand the handoff to the saver, and write the summary beside it.

    Raises:
        SaveError: The summary could not be written.
        ValueError: `final`, but an error is left.
    """
    if final and errors_of(session):
        raise ValueError("a handoff with errors cannot become final")
    session.set_head(status="final" if final else "draft")
    summary = document_path(path)
    written = write_document(summary, summary_of(session))
    return Finished(session.handoff, path, summary, written)


def open_points(session: Session) -> list[OpenPoint]:
    """Return everything open or assumed, by owner and then by date; what has no date comes first."""
    handoff = session.handoff
    interview = Interview(session.template, handoff)
    people = names_of(list(session.context.names.get("parties.people", ())))
    points: list[OpenPoint] = []
    for question in interview.asked:
        mark = handoff.answer(question.id).mark
        if isinstance(mark, Open):
            who = people.get(mark.owner, mark.owner)
            points.append(OpenPoint(who, mark.due, question.id, question.label, "open", mark.note))
        elif isinstance(mark, Assumed):
            who = people.get(mark.confirmer, mark.confirmer)
            points.append(OpenPoint(who, mark.due, question.id, question.label, "to confirm", mark.basis))
    asked = {question.id: question for question in interview.asked}
    for cell in interview.open_cells:
        table = asked[cell.question].field
        label = next((c.label for c in getattr(table, "columns", ()) if c.id == cell.column), cell.column)
        what = f"{asked[cell.question].label}: {label} of {cell.row}"
        row = next((at for at, row in enumerate(handoff.rows(cell.question)) if _label(table, row) == cell.row), None)
        who = people.get(cell.owner, cell.owner)
        points.append(OpenPoint(who, cell.due, cell.question, what, "open", row=row))
    points = [
        replace(p, owner=told(session, p.owner), what=told(session, p.what), about=told(session, p.about))
        for p in points
    ]
    return sorted(points, key=lambda point: (point.owner, point.due or date.min, point.what))


def _label(table: object, row: Row) -> str:
    return table.row_label(row) if isinstance(table, TableKind) else ""


def git_commands(finished: Finished) -> list[str]:
    """Return the commands that check both files in, run in their folder."""
    files = [finished.path.name, finished.summary.name]
    verb = "Sign off" if finished.handoff.head.status == "final" else "Draft"
    message = hushed(f"{verb} the handoff: {finished.handoff.head.name}")  # it would stay in a history for ever
    return [
        "git add " + " ".join(shlex.quote(name) for name in files),
        "git commit -m " + shlex.quote(message),
    ]


def by_owner(points: Sequence[OpenPoint]) -> dict[str, list[OpenPoint]]:
    """Return open points by owner; those without one under an empty name."""
    owners: dict[str, list[OpenPoint]] = {}
    for point in points:
        owners.setdefault(point.owner, []).append(point)
    return owners

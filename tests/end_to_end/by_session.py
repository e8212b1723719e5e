"""Plays a script through the session: what the screens do, without them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from handoff_tui.catalog import Catalog
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.table import TableKind
from handoff_tui.session.finish import finish
from handoff_tui.session.opened import Opened
from handoff_tui.session.session import Session
from handoff_tui.session.start import begin, compose, file_for
from tests.end_to_end.script import Answer, Mark, Note, Row, Script, Step, Table

__all__ = ["play", "play_to_files", "start"]


def start(script: Script, folder: Path, today: date) -> Opened:
    said = script.start
    template = Catalog().load(said.template)
    raw = {"name": said.name, "moment": said.moment, "participants": said.participants, "owner": said.owner}
    handoff = compose(template, raw, today)
    assert isinstance(handoff, Handoff), handoff
    return begin(file_for(said.name, folder), template, handoff, lambda: today)


def play(session: Session, steps: Sequence[Step]) -> None:
    for step in steps:
        match step:
            case Answer():
                assert session.answer(step.question, step.raw) == []
            case Note():
                assert session.note(step.question, {"text": step.text}) == []
            case Mark(raw=""):
                assert session.mark(step.question, step.kind, step.cells) == []
            case Mark():
                assert session.assume(step.question, step.raw, step.cells) == []
            case Table():
                for row in step.rows:
                    _row(session, step.question, row)
                assert session.accept_table(step.question) == []


def _row(session: Session, question_id: str, row: Row) -> None:
    table = session.table(question_id)
    labels = [table.row_label(item) for item in session.rows(question_id)]
    index = labels.index(row.of) if row.of else None
    stands: dict[str, object] = dict(session.rows(question_id)[index]) if index is not None else {}
    cells: dict[str, object] = {**_suggested(table, stands, row), **stands, **row.cells}
    if row.open:
        assert session.put_row(question_id, index, cells, allow_gaps=True) == []
        index = len(labels) if index is None else index
        label = table.row_label(session.rows(question_id)[index])
        for column, form in row.open.items():
            assert session.open_cell(question_id, label, column, form) == []
    assert session.put_row(question_id, index, cells) == []
    for newcomer in row.newcomers:
        rows = session.rows(newcomer.table)
        at = [session.table(newcomer.table).row_label(item) for item in rows].index(newcomer.row)
        assert session.put_row(newcomer.table, at, {**rows[at], **newcomer.cells}) == []


def _suggested(table: TableKind, stands: dict[str, object], row: Row) -> dict[str, object]:
    """What a row's form suggests counts once the row is kept."""
    return {column.id: said for column in table.columns if (said := column.suggestion({**stands, **row.cells}))}


def play_to_files(script: Script, folder: Path, today: date, *, final: bool) -> tuple[bytes, bytes]:
    """Play a whole script; return the bytes of the handoff and of its summary."""
    opened = start(script, folder, today)
    play(opened.session, script.steps)
    finished = finish(opened.session, opened.path, final=final)
    assert opened.close()
    return finished.path.read_bytes(), finished.summary.read_bytes()

"""Rehearsing a failure against a handoff, and writing down that it was rehearsed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handoff_tui.checks.facts import Facts
from handoff_tui.checks.ids import ALERTS, MODES
from handoff_tui.checks.rehearsal import rehearse
from handoff_tui.checks.texts import Texts
from handoff_tui.core import changes
from handoff_tui.core.answers import Note
from handoff_tui.core.dates import say_date
from handoff_tui.core.drill import Drill, Gap, Rehearsal
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.core.reading import PEOPLE, Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template
from handoff_tui.core.told import alert_name
from handoff_tui.session.forms import DRILL, NOTE
from handoff_tui.session.joining import join
from handoff_tui.session.secrecy import Hush
from handoff_tui.session.session import Raw, Session

__all__ = ["record", "rehearsal", "row_of"]


def rehearsal(handoff: Handoff, template: Template, today: date) -> Rehearsal:
    """Return every failure of a handoff, played through; secrets are hidden: the room reads it, and a record stays."""
    hush = Hush.of(Texts(handoff, template).all)
    drills = rehearse(Facts(Interview(template, handoff), today))
    return Rehearsal(
        hush(handoff.head.name),
        today,
        tuple(map(hush, handoff.head.participants)),
        tuple(drill.told(hush) for drill in drills),
    )


def row_of(session: Session, gap: Gap) -> int | None:
    """Return the row of its table that a gap is in, counted from 0."""
    field = session.template.by_id[gap.question].field if gap.question in session.template.by_id else None
    if gap.row is None or not isinstance(field, TableKind):
        return None
    labels = [field.row_label(row) for row in session.rows(gap.question)]
    return labels.index(gap.row) if gap.row in labels else None


def record(session: Session, drill: Drill, raw: Raw) -> list[Rejection]:
    """Write down that a failure was rehearsed: the day in its row, and in the note who took part and what they learned.

    `raw` are the cells of the form. One step of the session, saved and undone as any other. A rehearsal decides
    nothing: no answer that rests on the failures becomes stale, and what is assumed stays so.
    """
    read = DRILL.read_row(raw, session.context)
    if isinstance(read, list):
        return read
    day, people, learned = read["on"], read["took_part"], str(read.get("learned", ""))
    assert isinstance(day, date)
    assert isinstance(people, list)
    handoff = join(session.handoff, session.template, DRILL.column("took_part").field, people, raw.get("took_part"))
    names = _names(handoff, people)
    handoff = _tested(handoff, session.template, MODES, drill.mode, day)
    if read.get("alert_rang") == "yes" and (alert := _alert_of(handoff, drill)) is not None:
        handoff = _tested(handoff, session.template, ALERTS, alert, day)
    line = f"Rehearsed on {say_date(day)}: {_in_words(session, drill)}, with {names}."
    noted = _noted(handoff, session, f"{line} {learned}".strip(), people)
    if isinstance(noted, Rejection):
        return [noted]
    session.commit(noted, f"the drill of “{_in_words(session, drill)}”")
    return []


def _in_words(session: Session, drill: Drill) -> str:
    """Return the failure in words, as the file has it: what is shown may have something hidden."""
    return session.table(MODES).key.field.say(drill.mode)


def _names(handoff: Handoff, people: list[str]) -> str:
    value = handoff.answer(PEOPLE).value
    rows = {str(row.get("key")): row for row in value or [] if isinstance(row, dict)}
    return ", ".join(str(rows.get(key, {}).get("name") or key) for key in people)


def _alert_of(handoff: Handoff, drill: Drill) -> str | None:
    """Return the alert of the failure by the name that its row has."""
    said = next((row.get("detected_by") for row in handoff.rows(MODES) if row.get("mode") == drill.mode), None)
    names = [str(row.get("alert", "")) for row in handoff.rows(ALERTS)]
    return next((name for name in names if alert_name(name) == alert_name(str(said))), None)


def _tested(handoff: Handoff, template: Template, question_id: str, label: str, day: date) -> Handoff:
    """Return the handoff with the day in the rows of this name; its open cell, if it was one, is none any more."""
    field = template.by_id[question_id].field
    if not isinstance(field, TableKind) or all(column.id != "tested_on" for column in field.columns):
        return handoff
    rows = [row | {"tested_on": day} if field.row_label(row) == label else row for row in handoff.rows(question_id)]
    place = (question_id, label, "tested_on")
    cells = tuple(cell for cell in handoff.open_cells if (cell.question, cell.row, cell.column) != place)
    answer = handoff.answer(question_id)
    return replace(handoff, open_cells=cells).with_answer(question_id, answer.with_(value=rows))


def _noted(handoff: Handoff, session: Session, line: str, people: list[str]) -> Handoff | Rejection:
    """Return the handoff with a line more in the note on the failures; what stood there stays."""
    note = handoff.answer(MODES).note or Note()
    text = NOTE.column("text").field.read("\n".join(part for part in (note.text, line) if part), session.context)
    if isinstance(text, Rejection):
        return replace(text, column="learned")
    agreed = tuple(dict.fromkeys((*note.agreed_by, *people)))
    return changes.annotate(handoff, MODES, replace(note, text=str(text), agreed_by=agreed))

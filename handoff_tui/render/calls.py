"""Whom to call, by hour: everybody an alert, a signal or an approval leads to, those who always answer first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handoff_tui.core.hours import always_there
from handoff_tui.core.reading import PEOPLE
from handoff_tui.render.markdown import Block, Markup, bullets, join, led, strong, table
from handoff_tui.render.pieces import Row, named_rows
from handoff_tui.render.view import View

__all__ = ["Reason", "Source", "calls", "cover", "hours_rank", "reached", "reasons", "undecided"]

SIGNALS = "support_view.support_signals"
ALERTS = "alerts.alerts"
NOBODY = Markup("nobody is named")


@dataclass(frozen=True, slots=True)
class Source:
    """What leads to somebody: a table, its column of contacts, our words before the row's name.

    `named` says that a row without anybody is worth a line: somebody may need just that one.
    """

    question: str
    column: str
    words: str = ""
    named: bool = False
    only: Callable[[View, Row], bool] = lambda _view, _row: True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is called: our words, the name of the row, and after how long."""

    words: str
    name: Markup
    after: Markup


SOURCES = (
    Source(SIGNALS, "escalate_to", named=True),
    Source(ALERTS, "goes_to", "alert ", named=True),
    Source("payments.money_actions", "approver", "approval: "),
    Source("fallback.fallback_steps", "approver", "approval: "),
)


def calls(view: View, sources: Sequence[Source] = SOURCES) -> list[Block]:
    """Return the people with their hours; nothing where none of the questions that would name them is asked."""
    asked = [source for source in sources if source.named and source.question in view.questions]
    if not asked:
        return []
    found = reasons(view, sources)
    rows = [_contact(view, key, found[key]) for key in sorted(found, key=lambda key: hours_rank(view, key))]
    nights = any(hours_rank(view, key) == 0 for key in _with_backups(view, found))
    return [
        Block("") if nights else Block("**At night and at weekends:** nobody is named who answers at any hour."),
        table(["Who", "When", "How", "For", "If they do not answer"], rows) if rows else Block(""),
        undecided(view, sources),
    ]


def reasons(view: View, sources: Sequence[Source]) -> dict[str, list[Reason]]:
    """Return what each contact is called for, by key, in the order of the handoff."""
    found: dict[str, list[Reason]] = {}
    for source in sources:
        for name, row in _rows(view, source):
            if (key := _key(view, source.question, row, source.column)) is not None:
                after = led("after ", view.cell(source.question, row, "escalate_after"))
                found.setdefault(key, []).append(Reason(source.words, name, after))
    return found


def _rows(view: View, source: Source) -> list[tuple[Markup, Row]]:
    """Return the rows that lead to somebody; nobody is called because it works again."""
    rows = named_rows(view, source.question)
    return [(name, row) for name, row in rows if row.get("signal") != "recovered" and source.only(view, row)]


def _key(view: View, question_id: str, row: Row, column_id: str) -> str | None:
    """Return the key in a cell, unless the cell is open."""
    if column_id not in row or view.open_cell(question_id, row, column_id):
        return None
    return str(row[column_id])


def hours_rank(view: View, key: str) -> int:
    """Return how a contact is sorted: who always answers, who has hours, who has none written down."""
    hours = view.people.get(key, {}).get("hours")
    if not hours:
        return 2
    return 0 if always_there(hours) else 1


def _with_backups(view: View, keys: Mapping[str, object]) -> set[str]:
    backups = (view.people.get(key, {}).get("backup") for key in keys)
    return {*keys, *(str(key) for key in backups if key)}


def _contact(view: View, key: str, why: list[Reason]) -> list[Markup]:
    row = view.people.get(key, {})
    hours = view.cell(PEOPLE, row, "hours") or Markup("hours not written down")
    how = view.cell(PEOPLE, row, "reach") or Markup("not written down")
    when = strong(hours) if hours_rank(view, key) == 0 else hours
    reasons_said = (join(led(reason.words, reason.name), reason.after, by=", ") for reason in why)
    return [strong(view.name(key)), when, how, join(*reasons_said, by="; "), cover(view, row)]


def reached(view: View, key: str) -> Markup:
    """Return a contact with hours and reach, on one line."""
    contact = view.people.get(key, {})
    return join(strong(view.name(key)), *(view.cell(PEOPLE, contact, column) for column in ("hours", "reach")), by=", ")


def cover(view: View, row: Row) -> Markup:
    """Return who answers when the contact in this row of people does not, with hours and reach."""
    if "backup" not in row:
        return view.cell(PEOPLE, row, "backup") or NOBODY
    if row["backup"] == row.get("key"):
        return NOBODY
    return reached(view, str(row["backup"]))


def undecided(view: View, sources: Sequence[Source]) -> Block:
    """Return what would lead to somebody and leads to nobody yet, of the sources where that is worth a line."""
    asked = [source for source in sources if source.named and source.question in view.questions]
    return bullets([*_undecided(view, asked), *_nobody(view, asked)])


def _undecided(view: View, sources: Sequence[Source]) -> list[Markup]:
    """Return the questions whose answer would name somebody, where there is none yet."""
    questions = [view.questions[source.question] for source in sources]
    return [join(strong(q.label, after=":"), view.value(q), by=" ") for q in questions if not view.decided(q)]


def _nobody(view: View, sources: Sequence[Source]) -> list[Markup]:
    """Return the signals and alerts that lead to nobody yet."""
    return [
        join(strong(name, after=":"), view.cell(source.question, row, source.column), by=" ")
        for source in sources
        for name, row in _every_row(view, source)
        if _key(view, source.question, row, source.column) is None
    ]


def _every_row(view: View, source: Source) -> list[tuple[Markup, Row]]:
    return [(name, row) for name, row in named_rows(view, source.question) if source.only(view, row)]

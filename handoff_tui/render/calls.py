"""Whom to call, by hour: everybody an alert, a signal or an approval leads to, those who always answer first."""

from __future__ import annotations

from collections.abc import Mapping

from handoff_tui.core.hours import always_there
from handoff_tui.core.reading import PEOPLE
from handoff_tui.render.markdown import Block, Markup, bullets, join, led, strong, table
from handoff_tui.render.pieces import Row, named_rows
from handoff_tui.render.view import View

__all__ = ["calls"]

SIGNALS = "support_view.support_signals"
ALERTS = "alerts.alerts"
SOURCES = (
    (SIGNALS, "escalate_to", ""),
    (ALERTS, "goes_to", "alert "),
    ("payments.money_actions", "approver", "approval: "),
    ("fallback.fallback_steps", "approver", "approval: "),
)
"""What leads to somebody: a table, its column of contacts, and our words before the row's name."""


def calls(view: View) -> list[Block]:
    """Return the people with their hours; nothing where neither signals nor alerts are asked."""
    sources = [item for item in (SIGNALS, ALERTS) if item in view.questions]
    if not sources:
        return []
    reasons = _reasons(view)
    rows = [_contact(view, key, reasons[key]) for key in sorted(reasons, key=lambda key: _hours_rank(view, key))]
    nights = any(_hours_rank(view, key) == 0 for key in _with_backups(view, reasons))
    return [
        Block("") if nights else Block("**At night and at weekends:** nobody is named who answers at any hour."),
        table(["Who", "When", "How", "For", "If they do not answer"], rows) if rows else Block(""),
        bullets([*_undecided(view, sources), *_nobody(view)]),
    ]


def _reasons(view: View) -> dict[str, list[Markup]]:
    """Return what each contact is called for, by key, in the order of the handoff."""
    reasons: dict[str, list[Markup]] = {}
    for question_id, column, words in SOURCES:
        for name, row in named_rows(view, question_id):
            if row.get("signal") == "recovered":
                continue  # nobody is called because it works again
            if (key := _key(view, question_id, row, column)) is not None:
                after = led("after ", view.cell(question_id, row, "escalate_after"))
                reasons.setdefault(key, []).append(join(led(words, name), after, by=", "))
    return reasons


def _key(view: View, question_id: str, row: Row, column_id: str) -> str | None:
    """Return the key in a cell, unless the cell is open."""
    if column_id not in row or view.open_cell(question_id, row, column_id):
        return None
    return str(row[column_id])


def _hours_rank(view: View, key: str) -> int:
    hours = view.people.get(key, {}).get("hours")
    if not hours:
        return 2
    return 0 if always_there(hours) else 1


def _with_backups(view: View, keys: Mapping[str, object]) -> set[str]:
    backups = (view.people.get(key, {}).get("backup") for key in keys)
    return {*keys, *(str(key) for key in backups if key)}


def _contact(view: View, key: str, why: list[Markup]) -> list[Markup]:
    row = view.people.get(key, {})
    hours = view.cell(PEOPLE, row, "hours") or Markup("hours not written down")
    how = view.cell(PEOPLE, row, "reach") or Markup("not written down")
    when = strong(hours) if _hours_rank(view, key) == 0 else hours
    return [strong(view.name(key)), when, how, join(*why, by="; "), _backup(view, row)]


def _backup(view: View, row: Row) -> Markup:
    """Return the backup with hours and reach."""
    if "backup" not in row:
        return view.cell(PEOPLE, row, "backup") or Markup("nobody is named")
    key = str(row["backup"])
    backup = view.people.get(key, {})
    return join(strong(view.name(key)), *(view.cell(PEOPLE, backup, column) for column in ("hours", "reach")), by=", ")


def _undecided(view: View, sources: list[str]) -> list[Markup]:
    """Return the questions whose answer would name somebody, where there is none yet."""
    questions = [view.questions[item] for item in sources]
    return [join(strong(q.label, after=":"), view.value(q), by=" ") for q in questions if not view.decided(q)]


def _nobody(view: View) -> list[Markup]:
    """Return the signals and alerts that lead to nobody yet."""
    return [
        join(strong(view.row_name(view.questions[item], row), after=":"), view.cell(item, row, column), by=" ")
        for item, column in ((SIGNALS, "escalate_to"), (ALERTS, "goes_to"))
        for row in view.rows(item)
        if _key(view, item, row, column) is None
    ]

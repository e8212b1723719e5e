"""Who and what a page names without saying who or what it is: people, systems and alerts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handoff_tui.render.markdown import Block, Markup, escape, join, led, strong
from handoff_tui.render.pieces import Row, named_rows
from handoff_tui.render.view import View

__all__ = ["Parts", "is_shown", "names_used", "people_named", "whom_to_ask"]

Parts = Sequence[tuple[str, Sequence[Block]]]
"""The parts of a page, each with its title."""

SYSTEMS = "parties.systems"
ALERTS = "alerts.alerts"
FIELDS = "source_of_truth.critical_fields"
DUTIES = "ownership.responsibilities"


def people_named(view: View, parts: Parts) -> list[str]:
    """Return the contacts whom the parts name, by key."""
    text = _text(parts)
    return [key for key, name in view.names.items() if _names(text, name)]


def names_used(view: View, parts: Parts) -> list[Markup]:
    """Return the systems and alerts that the parts name, each with what it is."""
    text = _text(parts)
    return [*_systems(view, text), *_alerts(view, text)]


def _systems(view: View, text: str) -> Iterator[Markup]:
    for name, row in named_rows(view, SYSTEMS):
        if row.get("role") != "zendesk" and _names(text, str(row.get("name", ""))):
            yield join(strong(name), _part(view, row), by=": ")


def _part(view: View, row: Row) -> Markup:
    """Return what part a system plays, which of the values that agents see come from it, and whose it is."""
    fields = named_rows(view, FIELDS)
    knows = [field for field, cells in fields if cells.get("record") == row.get("name") and is_shown(cells)]
    part = Markup() if row.get("role") == "other" and knows else view.cell(SYSTEMS, row, "role")
    owner = led("looked after by ", view.cell(SYSTEMS, row, "owner"))
    return join(part, led("knows ", join(*knows, by=", ")), owner, by=" · ")


def is_shown(field: Row) -> bool:
    """Say whether agents see a value; one that is shown nowhere is no business of theirs."""
    return field.get("place") != "not_shown" and field.get("agent_edit") != "not_shown"


def _alerts(view: View, text: str) -> Iterator[Markup]:
    """Yield the alerts of others, by who gets them: those of support stand on the page with what to do."""
    by_whom: dict[Markup, list[Markup]] = {}
    for name, row in named_rows(view, ALERTS):
        if row.get("audience") != "support" and _names(text, str(row.get("alert", ""))):
            by_whom.setdefault(view.cell(ALERTS, row, "goes_to"), []).append(strong(name))
    for whom, names in by_whom.items():
        words = "an alert" if len(names) == 1 else "alerts"
        yield join(join(*names, by=", "), join(words, led("for ", whom), by=" "), by=": ")


def _text(parts: Parts) -> str:
    return "\n".join(block for _, blocks in parts for block in blocks).casefold()


def _names(text: str, name: str) -> bool:
    """Say whether a text of ours, in small letters, has this name as a word of its own."""
    escaped = escape(name).casefold()
    return bool(escaped) and re.search(rf"(?<!\w){re.escape(escaped)}(?!\w)", text) is not None


def whom_to_ask(view: View) -> Markup:
    """Return who answers for the words to customers, else the owner of it all."""
    duties = (row for row in view.rows(DUTIES) if row.get("duty") == "customer_wording")
    key = next((str(row["accountable"]) for row in duties if row.get("accountable")), view.interview.handoff.head.owner)
    return strong(view.name(key)) if key else Markup("somebody who may decide it")

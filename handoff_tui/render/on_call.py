"""The on-call page: for an engineer who is paged at three in the morning and was not in the room.

Alerts come first, by name, each with all that hangs on it: what to do, who else, what customers notice.
"""

from __future__ import annotations

from handoff_tui.core.chain import plain as same_alert
from handoff_tui.render.banner import banner, kept_by
from handoff_tui.render.calls import SOURCES, Source, calls, cover, reached
from handoff_tui.render.diagram import flowchart
from handoff_tui.render.incident import fallback, support_told, systems_down
from handoff_tui.render.markdown import (
    Block,
    Markup,
    bullets,
    document,
    heading,
    join,
    led,
    link,
    paragraph,
    slug,
    strong,
    table,
)
from handoff_tui.render.pieces import Row, cells, lines, named_rows, standing, under
from handoff_tui.render.questions import table_block
from handoff_tui.render.telling import who_is_told
from handoff_tui.render.view import View

__all__ = ["on_call"]

ALERTS = "alerts.alerts"
FAILURES = "failure_handling.failure_modes"
PATHS = "failure_handling.delivery_paths"
RECONCILIATION = "failure_handling.reconciliation"
SIGNALS = "support_view.support_signals"
GAPS = "close.known_gaps"
CREDENTIALS = "ownership.credentials"
DUTIES = "ownership.responsibilities"

WORST = {"business_state.criticality": "If it stops", "business_state.journey": "What it is for"}
SQUARED = {
    "failure_handling.replay": "To send again what was missed",
    "source_of_truth.conflict_rule": "When two systems disagree",
    "ownership.unknown_value": "A value nobody has seen",
    "operations.subscription_check": "Whether we are still subscribed",
}
CONTRACT = {"ownership.contract_location": "Schema and version", "source_of_truth.join_key": "Joined by"}
CALLED = (
    Source(ALERTS, "goes_to", "alert ", named=True),
    Source(FAILURES, "owner", "puts right: ", named=True),
    *(source for source in SOURCES if source.question not in (ALERTS, SIGNALS)),
    Source("fallback.fallback_steps", "who", "by hand: "),
    Source(RECONCILIATION, "owner", "compares: "),
    Source(DUTIES, "accountable", "answers for "),
)


def on_call(view: View) -> str:
    """Return the page; the same answers give the same bytes."""
    found = [
        ("Alerts that wake somebody", _pages(view)),
        ("Is a system down?", systems_down(view)),
        ("How updates travel", _hops(view)),
        ("How it fails", _table(view, FAILURES)),
        ("Comparing and sending again", [*_table(view, RECONCILIATION), bullets(lines(view, SQUARED))]),
        ("Until it works again: by hand", fallback(view, replay=False)),
        ("Who is told what", who_is_told(view)),
        ("What support has been told", _support(view)),
        ("Whom to call", calls(view, CALLED)),
        ("Alerts that can wait", _waiting(view)),
        ("Access and contract", [*_table(view, CREDENTIALS), bullets(lines(view, CONTRACT))]),
        ("Known gaps", _gaps(view)),
    ]
    parts = [(title, blocks) for title, blocks in found if any(blocks)]
    title = join(view.interview.handoff.head.name or "Handoff without a name", "on call", by=": ")
    return document(
        [
            heading(1, title),
            banner(view),
            bullets(lines(view, WORST, notes=False)),
            paragraph(join(*(link(title, slug(title)) for title, _ in parts), by=" · ")),
            *(block for title, blocks in parts for block in under(heading(2, Markup(title)), blocks)),
            kept_by(view),
        ]
    )


def _table(view: View, question_id: str) -> list[Block]:
    question = view.questions.get(question_id)
    return table_block(view, question) if question else []


# -- alerts ------------------------------------------------------------------------------------------------------


def _pages(view: View) -> list[Block]:
    """Return the alerts that wake somebody, and how silence is noticed, which raises none."""
    rows = [(name, row) for name, row in named_rows(view, ALERTS) if _wakes(view, row)]
    nobody = Markup("No alert wakes anybody.") if view.rows(ALERTS) and not rows else Markup()
    return [
        *standing(view, ALERTS, "Alerts"),
        paragraph(nobody),
        *(block for name, row in rows for block in _page(view, name, row)),
        *_silence(view),
    ]


def _silence(view: View) -> list[Block]:
    """Return how it is noticed that nothing arrives: it belongs to no alert above it."""
    said = lines(view, {"alerts.silence_check": "Noticed by"})
    return under(heading(3, "If nothing arrives at all"), [bullets(said)])


def _wakes(view: View, row: Row) -> bool:
    return row.get("urgency") == "page_now" or view.open_cell(ALERTS, row, "urgency") is not None


def _page(view: View, name: Markup, row: Row) -> list[Block]:
    """Return an alert: first what to do, then who, then what customers have of it."""
    key = str(row.get("goes_to", ""))
    listed = key in view.people and not view.open_cell(ALERTS, row, "goes_to")
    owner = reached(view, key) if listed else view.cell(ALERTS, row, "goes_to")
    rehearsed = view.cell(ALERTS, row, "tested_on") or Markup("never")
    return [
        heading(3, name),
        bullets(
            [
                *cells(view, ALERTS, row, {"first_action": "First action"}),
                *cells(view, ALERTS, row, {"fires_when": "It goes off when", "runbook": "Runbook"}),
                led("**Owner:** ", owner),
                led("**If they do not answer:** ", cover(view, view.people[key]) if listed else ""),
                *_effects(view, row),
                led("**Rehearsed on:** ", rehearsed),
            ]
        ),
    ]


def _effects(view: View, row: Row) -> list[Markup]:
    """Return what fails when this alert goes off: for customers, by itself, by hand."""
    words = {"customer_sees": "customers: ", "automatic": "by itself: ", "human_step": "by hand: "}
    return [
        join(
            strong(led("It may be: ", name), after="."),
            join(*(led(word, view.cell(FAILURES, mode, column)) for column, word in words.items()), by=" · "),
            by=" ",
        )
        for name, mode in named_rows(view, FAILURES)
        if same_alert(str(mode.get("detected_by", ""))) == same_alert(str(row.get("alert", "")))
    ]


def _waiting(view: View) -> list[Block]:
    rows = [
        [
            strong(name),
            *(view.cell(ALERTS, row, column) for column in ("fires_when", "first_action", "goes_to", "urgency")),
        ]
        for name, row in named_rows(view, ALERTS)
        if not _wakes(view, row)
    ]
    return [table(["Alert", "It goes off when", "First action", "Goes to", "When"], rows)] if rows else []


# -- the way of the updates --------------------------------------------------------------------------------------


def _hops(view: View) -> list[Block]:
    peak = {"business_state.events_per_hour_peak": "Updates in the worst hour"}
    return [*flowchart(view), *_table(view, PATHS), bullets(lines(view, peak))]


# -- support -----------------------------------------------------------------------------------------------------


def _support(view: View) -> list[Block]:
    """Return what support hears, and what its agents see and say meanwhile."""
    columns = ("agent_sees", "agent_may_say", "next_step", "escalate_to", "escalate_after")
    rows = [
        [strong(name), *(view.cell(SIGNALS, row, column) for column in columns)]
        for name, row in named_rows(view, SIGNALS)
    ]
    header = ["When", "Agents see", "They say", "They do", "They hand over to", "After"]
    return [
        *support_told(view, "Tell support"),
        *standing(view, SIGNALS, "What agents see and say"),
        table(header, rows) if rows else Block(""),
    ]


def _gaps(view: View) -> list[Block]:
    lead = [
        join(strong(name), view.cell(GAPS, row, "effect"), led("owner: ", view.cell(GAPS, row, "owner")), by=" · ")
        for name, row in named_rows(view, GAPS)
    ]
    return [*standing(view, GAPS, "Known gaps"), bullets(lead)]

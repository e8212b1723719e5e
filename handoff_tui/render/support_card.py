"""The support card: for an agent with a customer on the line, who was not in the room and has no time.

Only what an agent may act on: no delivery paths, no retries. What a text must not show to support is taken out of
the handoff before it comes here (`session/publishing.py`).
"""

from __future__ import annotations

from handoff_tui.core.hours import always_there
from handoff_tui.core.reading import PEOPLE
from handoff_tui.render.banner import banner, kept_by
from handoff_tui.render.calls import Source, calls
from handoff_tui.render.incident import step, support_told
from handoff_tui.render.markdown import (
    Block,
    Markup,
    bullets,
    document,
    heading,
    join,
    led,
    link,
    numbered,
    paragraph,
    slug,
    strong,
    table,
)
from handoff_tui.render.pieces import Row, lines, list_under, named_rows, standing, under
from handoff_tui.render.view import View
from handoff_tui.render.wording import DISPUTES, MONEY, REMEDIES, always, given, outcomes, signals

__all__ = ["support_card", "support_parts"]

STATES = "business_state.business_states"
FIELDS = "source_of_truth.critical_fields"
SIGNALS = "support_view.support_signals"
ALERTS = "alerts.alerts"
STEPS = "fallback.fallback_steps"
CATCH_UP = "fallback.catch_up"
HIGH_RISK = "identity.high_risk_changes"

ABOUT = {
    "business_state.journey": "What it is for",
    "business_state.does_not_do": "What it does not do",
    "business_state.criticality": "If it stops",
}
SEEN = {
    "support_view.freshness_shown": "How old a value is",
    "source_of_truth.conflict_rule": "When two systems disagree",
    "support_view.who_sees": "Who sees it",
}
STARTS = {"fallback.fallback_start": "Starts when", "fallback.fallback_max": "At most for"}
NOT_WRITTEN = Markup("nothing is written down: ask before you say anything")


def support_card(view: View) -> str:
    """Return the card; the same answers give the same bytes."""
    title = join(view.interview.handoff.head.name or "Handoff without a name", "support card", by=": ")
    parts = support_parts(view)
    jump = paragraph(join(*(link(title, slug(title)) for title, _ in parts), by=" · "))
    blocks = (block for title, part in parts for block in under(heading(2, Markup(title)), part))
    return document([heading(1, title), banner(view), jump, *blocks, kept_by(view)])


def support_parts(view: View) -> list[tuple[str, list[Block]]]:
    """Return what support needs, part by part with its title; what is under level 3 stands in the parts."""
    found = [
        ("What it does and does not do", [bullets(lines(view, ABOUT, notes=False))]),
        ("What each state means", _states(view)),
        ("What you see", _fields(view)),
        ("When it is late, failed or in conflict", signals(view, 3)),
        ("When a check is decided", outcomes(view, 3)),
        ("What may be given", _given(view)),
        ("Changes that a thief would want", _high_risk(view)),
        ("Never, and in every case", [bullets(always(view))]),
        ("Where to escalate, by hour", _escalation(view)),
        ("When it stops: what support does by hand", _by_hand(view)),
        ("When an alert comes to support", _alerts(view)),
    ]
    return [(title, blocks) for title, blocks in found if any(blocks)]


# -- what it is --------------------------------------------------------------------------------------------------


def _states(view: View) -> list[Block]:
    header = ["State", "What it means", "Can it change?", "You may say"]
    columns = ("plain_meaning", "final")
    effects = any(view.cell(STATES, row, "customer_effect") for row in view.rows(STATES))
    rows = []
    for name, row in named_rows(view, STATES):
        cells = [strong(name), *(view.cell(STATES, row, column) for column in columns)]
        rows.append([*cells, view.cell(STATES, row, "agent_may_say") or NOT_WRITTEN])
        if effects:
            rows[-1].append(view.cell(STATES, row, "customer_effect"))
    if effects:
        header.append("For the customer")
    return [*standing(view, STATES, "States"), table(header, rows) if rows else Block("")]


def _fields(view: View) -> list[Block]:
    """Return the values that agents see; one that is shown nowhere is no business of theirs."""
    rows = [
        [
            strong(name),
            *(view.cell(FIELDS, row, column) for column in ("means", "place", "agent_edit")),
            _old(view, row),
        ]
        for name, row in named_rows(view, FIELDS)
        if row.get("place") != "not_shown" and row.get("agent_edit") != "not_shown"
    ]
    header = ["Value", "What it says", "Where", "May you change it?", "Old after"]
    shown = table(header, rows) if rows else Block("")
    return [*standing(view, FIELDS, "Values"), shown, bullets(lines(view, SEEN, notes=False))]


def _old(view: View, row: Row) -> Markup:
    """Return after how long this value is no longer to be relied on."""
    own = view.cell(FIELDS, row, "stale_after")
    question = view.questions.get("support_view.stale_after")
    return own or (view.value(question) if question else Markup())


def _given(view: View) -> list[Block]:
    undecided = {MONEY: "Money", REMEDIES: "Goodwill", DISPUTES: "Disputes"}
    said = [block for question_id, label in undecided.items() for block in standing(view, question_id, label)]
    return [*said, bullets(given(view))]


def _high_risk(view: View) -> list[Block]:
    columns = ("proof", "approver", "second_approver", "wait", "notify")
    rows = [
        [strong(name), *(view.cell(HIGH_RISK, row, column) for column in columns)]
        for name, row in named_rows(view, HIGH_RISK)
    ]
    header = ["Change", "Proof", "Approved by", "And by", "Waits", "Who is told"]
    reviewed = bullets(lines(view, {"identity.re_review": "Who may reopen a decision"}, notes=False))
    return [*standing(view, HIGH_RISK, "Changes"), table(header, rows) if rows else Block(""), reviewed]


# -- who takes over ----------------------------------------------------------------------------------------------


def _is_supports(view: View, question_id: str, row: Row, column: str) -> bool:
    """Say whether a row is for support to do: also where nobody knows yet for whom it is."""
    key = row.get(column)
    undecided = key is None or view.open_cell(question_id, row, column) is not None
    return undecided or view.works_in(key) in ("support", "")


def _supports_step(view: View, row: Row) -> bool:
    return _is_supports(view, STEPS, row, "who")


ESCALATION = (
    Source(SIGNALS, "escalate_to", named=True),
    Source(MONEY, "approver", "approval: "),
    Source(REMEDIES, "approver", "above the limit: "),
    Source(HIGH_RISK, "approver", "approval of a change: "),
    Source(STEPS, "approver", "approval: ", only=_supports_step),
)


def _escalation(view: View) -> list[Block]:
    """Return who takes over when, where you hear of it yourself, and what nobody takes at night."""
    alone = [name for name, row in named_rows(view, SIGNALS) if _nobody_at_night(view, row)]
    gap = led("**Outside these hours** nobody is named for: ", join(*alone, by="; "))
    return [*calls(view, ESCALATION), paragraph(led("", gap, ".")), *support_told(view, "You hear of it")]


def _nobody_at_night(view: View, row: Row) -> bool:
    key = str(row.get("escalate_to", ""))
    contact = view.people.get(key)
    if row.get("signal") == "recovered" or contact is None or view.open_cell(SIGNALS, row, "escalate_to"):
        return False
    backup = view.people.get(str(contact.get("backup", "")), {})
    return not any(always_there(someone.get("hours")) for someone in (contact, backup))


# -- by hand -----------------------------------------------------------------------------------------------------


def _by_hand(view: View) -> list[Block]:
    """Return how the fallback starts and ends, and the steps and tasks that are support's."""
    steps = [step(view, name, row) for name, row in named_rows(view, STEPS) if _supports_step(view, row)]
    tasks = [
        join(strong(name), _task(view, row), by=" · ")
        for name, row in named_rows(view, CATCH_UP)
        if _is_supports(view, CATCH_UP, row, "owner")
    ]
    none = Markup("No step of it is support's: others do it, and you are told.")
    return [
        bullets(lines(view, STARTS, notes=False)),
        *standing(view, STEPS, "Steps"),
        *under(paragraph(Markup("**Your steps:**")), [numbered(steps)]),
        paragraph(none) if view.rows(STEPS) and not steps else Block(""),
        bullets(lines(view, {"fallback.fallback_exit": "Over when"}, notes=False)),
        *standing(view, CATCH_UP, "Afterwards"),
        *list_under("Afterwards, support", tasks),
    ]


def _task(view: View, row: Row) -> Markup:
    words = {"owner": "", "within": "within ", "done_when": "done when: "}
    return join(*(led(word, view.cell(CATCH_UP, row, column)) for column, word in words.items()), by=" · ")


def _alerts(view: View) -> list[Block]:
    """Return the alerts that support acts on; all others are for engineers."""
    rows = [
        [
            strong(name),
            *(view.cell(ALERTS, row, column) for column in ("fires_when", "first_action")),
            _whose(view, row),
        ]
        for name, row in named_rows(view, ALERTS)
        if row.get("audience") == "support"
    ]
    shown = [table(["Alert", "It goes off when", "First action", "Comes to"], rows)] if rows else []
    return [*standing(view, ALERTS, "Alerts"), *shown] if rows or not view.rows(ALERTS) else []


def _whose(view: View, row: Row) -> Markup:
    contact = view.people.get(str(row.get("goes_to")), {})
    return join(view.cell(ALERTS, row, "goes_to"), view.cell(PEOPLE, contact, "reach") if contact else "", by=", ")

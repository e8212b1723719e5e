"""If it breaks now: what a support lead with a customer on the line, and an engineer at night, look for first.

With `telling`, `wording`, `calls` and `diagram` the only part that knows questions by their ids. A piece whose
question a template lacks, or does not ask now, is left out; one whose question has no answer says so.
"""

from __future__ import annotations

from collections.abc import Collection

from handoff_tui.render.calls import calls
from handoff_tui.render.markdown import (
    Block,
    Markup,
    bullets,
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
from handoff_tui.render.telling import told, who_is_told
from handoff_tui.render.view import View
from handoff_tui.render.wording import wording

__all__ = ["fallback", "if_it_breaks", "step", "support_told", "systems_down"]

CRITICALITY = "business_state.criticality"
FAILURES = "failure_handling.failure_modes"
REPLAY = "failure_handling.replay"
SYSTEMS = "parties.systems"
ALERTS = "alerts.alerts"
TOLD = "alerts.support_told"
START = "fallback.fallback_start"
MAX = "fallback.fallback_max"
STEPS = "fallback.fallback_steps"
EXIT = "fallback.fallback_exit"
CATCH_UP = "fallback.catch_up"


def if_it_breaks(view: View) -> list[Block]:
    """Return the parts; nothing where a template has none of these questions."""
    found = [
        ("What customers notice", _customers(view)),
        ("Who is told what", who_is_told(view)),
        ("What support sees, says and never says", wording(view)),
        ("Whom to call", calls(view)),
        ("Is a system down?", systems_down(view)),
        ("If an alert wakes you", _alerts(view)),
        ("Until it works again: by hand", fallback(view)),
    ]
    parts = [(title, blocks) for title, blocks in found if any(blocks)]
    return [
        *map(paragraph, lines(view, {CRITICALITY: "If it stops"})),
        paragraph(join(*(link(title, slug(title)) for title, _ in parts), by=" · ")),
        *(block for title, blocks in parts for block in under(heading(3, title), blocks)),
    ]


def _customers(view: View) -> list[Block]:
    rows = [
        [name, view.cell(FAILURES, row, "customer_sees"), view.cell(FAILURES, row, "owner")]
        for name, row in named_rows(view, FAILURES)
    ]
    shown = [table(["When", "The customer sees", "Who puts it right"], rows)] if rows else []
    return [*standing(view, FAILURES), *shown]


def systems_down(view: View) -> list[Block]:
    """Return where to look, and what to do when a system is down."""

    def line(name: Markup, row: Row) -> Markup:
        page, then = (view.cell(SYSTEMS, row, column) for column in ("status_page", "if_down"))
        said = join(led("status page: ", page), led("when it is down: ", then), by=" · ")
        return join(strong(name, after=":"), said, by=" ") if said else Markup()

    return [bullets(line(name, row) for name, row in named_rows(view, SYSTEMS))]


def _alerts(view: View) -> list[Block]:
    rows = [
        [view.cell(ALERTS, row, column) for column in ("alert", "fires_when", "first_action", "runbook")]
        for row in view.rows(ALERTS)
        if row.get("urgency") == "page_now" or view.open_cell(ALERTS, row, "urgency")
    ]
    blocks = standing(view, ALERTS)
    if rows:
        blocks.append(table(["Alert", "It goes off when", "First action", "Runbook"], rows))
    elif view.rows(ALERTS):
        blocks.append(paragraph(Markup("No alert wakes anybody.")))
    return [*blocks, *support_told(view, "Tell support")]


def support_told(view: View, title: str) -> list[Block]:
    """Return when support hears what, from whom, where."""
    lead = [join(strong(name, after=":"), told(view, row), by=" ") for name, row in named_rows(view, TOLD)]
    return [*standing(view, TOLD, "Telling support"), *list_under(title, lead)]


def fallback(view: View, own: Collection[str] = ()) -> list[Block]:
    """Return how it starts, the steps, what is sent again, how it ends, and what is to be put right afterwards.

    `own` are the keys of those whose steps are marked as theirs.
    """
    ends = {REPLAY: "To send again what was missed", EXIT: "Over when"}
    steps = numbered(
        led("**On call:** " if row.get("who") in own else "", step(view, name, row))
        for name, row in named_rows(view, STEPS)
    )
    tasks = [
        join(
            strong(name),
            view.cell(CATCH_UP, row, "owner"),
            led("within ", view.cell(CATCH_UP, row, "within")),
            by=" · ",
        )
        for name, row in named_rows(view, CATCH_UP)
    ]
    return [
        bullets(lines(view, {START: "Starts when", MAX: "At most for"})),
        *standing(view, STEPS, "Steps"),
        *under(paragraph(Markup("**Steps:**")), [steps]),
        bullets(lines(view, ends)),
        *standing(view, CATCH_UP, "Afterwards"),
        *list_under("Afterwards", tasks),
    ]


def step(view: View, name: Markup, row: Row) -> Markup:
    """Return a step of the fallback with who, where, limit and approval, on one line."""
    words = {
        "who": "",
        "uses_system": "in: ",
        "limit": "limit: ",
        "approver": "approval: ",
        "recorded_in": "note it in: ",
    }
    return join(strong(name), *(led(word, view.cell(STEPS, row, column)) for column, word in words.items()), by=" · ")

"""What an agent has before the eyes: the values with how long a change takes to show, and what each state means."""

from __future__ import annotations

from handoff_tui.core.text import fold
from handoff_tui.render.markdown import Block, Markup, bullets, join, led, link, slug, strong, table
from handoff_tui.render.named import is_shown, whom_to_ask
from handoff_tui.render.pieces import Row, lines, named_rows, standing
from handoff_tui.render.view import View
from handoff_tui.render.wording import signal_title

__all__ = ["FIELDS", "FRESHNESS", "OUTCOMES", "STALE_AFTER", "STATES", "states", "values"]

STATES = "business_state.business_states"
OUTCOMES = "identity.outcome_wording"
FIELDS = "source_of_truth.critical_fields"
STALE_AFTER = "support_view.stale_after"
SIGNALS = "support_view.support_signals"
ACTIONS = "support_view.agent_actions"
AGE = "support_view.freshness_shown"
SHOWS, OLD = "A change shows within", "Old after"
FRESHNESS = {
    AGE: "How you see that a value is old",
    "source_of_truth.conflict_rule": "When two systems disagree",
}


# -- values ------------------------------------------------------------------------------------------------------


def values(view: View) -> list[Block]:
    """Return how long a change takes to show, what to do until then and afterwards, and the values one by one."""
    shown = [(name, row) for name, row in named_rows(view, FIELDS) if is_shown(row)]
    rows = [
        [
            join(strong(name), view.cell(FIELDS, row, "means"), by=": "),
            *(view.cell(FIELDS, row, column) for column in ("place", "fresh_within")),
            _old(view, row),
        ]
        for name, row in shown
    ]
    agents = _changed_by_agents(view, shown)
    more = [agents, *_standard_age(view), *lines(view, FRESHNESS, notes=False)]
    return [
        *standing(view, FIELDS, "Values"),
        table(["Value", "Where", SHOWS, OLD], rows) if rows else Block(""),
        bullets([*([_still_coming(view), _should_be_there(view), _too_old(view)] if rows else []), *more]),
    ]


def _still_coming(view: View) -> Markup:
    question = view.questions.get(ACTIONS)
    actions = view.answer(question).effective if question is not None else None
    may_refresh = isinstance(actions, list) and "refresh" in actions
    refresh = Markup(", and refresh the value") if may_refresh else Markup()
    return join(Markup(f"**Until “{SHOWS}” is over:** the change may still be on its way; wait"), refresh, Markup("."))


def _should_be_there(view: View) -> Markup:
    """Return where to look for a change that should have come; what nobody has decided is said."""
    when = Markup("**After that time:** ")
    row = next((row for row in view.rows(SIGNALS) if row.get("signal") == "conflict"), None)
    if row is None:
        return join(when, Markup("nobody has decided what you do then. Ask "), whom_to_ask(view), Markup("."))
    return join(when, Markup("look under "), _to(view, row), Markup("."))


def _too_old(view: View) -> Markup:
    """Return what the other of the two times is for: the age of what is shown, whether or not anything changed."""
    when = Markup(f"**From “{OLD}” on:** the value itself is too old to rely on, whatever the customer says")
    freshness = view.questions.get(AGE)
    row = next((row for row in view.rows(SIGNALS) if row.get("signal") == "delayed"), None)
    seen = freshness is not None and view.answer(freshness).effective not in (None, "nothing")
    sign = led("; what you see then stands under ", _to(view, row)) if row is not None and seen else Markup()
    return join(when, sign, Markup("."))


def _to(view: View, row: Row) -> Markup:
    """Return a link to what has happened."""
    title = signal_title(view, view.row_name(view.questions[SIGNALS], row), row)
    return link(title, slug(title))


def _old(view: View, row: Row) -> Markup:
    """Return after how long this value is no longer to be relied on."""
    question = view.questions.get(STALE_AFTER)
    own = view.cell(FIELDS, row, "stale_after")
    return own or (view.value(question) if question else Markup())


def _standard_age(view: View) -> list[Markup]:
    """Return how the age stands that holds for every value without one of its own, unless it is settled."""
    question = view.questions.get(STALE_AFTER)
    if question is None or view.settled(question):
        return []
    return lines(view, {STALE_AFTER: "Old after, where nothing else is said"}, notes=False)


def _changed_by_agents(view: View, shown: list[tuple[Markup, Row]]) -> Markup:
    """Return which values an agent may change; all others are locked."""
    cells = [(name, row, view.cell(FIELDS, row, "agent_edit")) for name, row in shown]
    open_ones = [
        name if row.get("agent_edit") == "editable" else join(name, led("(", cell, ")"), by=" ")
        for name, row, cell in cells
        if row.get("agent_edit") != "locked"
    ]
    none = Markup("none of them") if shown else Markup()
    return led("**You may change:** ", join(*open_ones, by=", ") or none)


# -- states ------------------------------------------------------------------------------------------------------


def states(view: View) -> list[Block]:
    """Return a row for each state and outcome: one of them that is both has one row, and the outcome's words."""
    outcomes = list(named_rows(view, OUTCOMES))
    rows = []
    for name, row in named_rows(view, STATES):
        same = [item for item in outcomes if fold(str(item[1].get("outcome", ""))) == fold(str(row.get("state", "")))]
        outcomes = [item for item in outcomes if item not in same]
        rows += [_state(view, name, row, outcome) for _, outcome in same] or [_state(view, name, row, {})]
    rows += [_state(view, name, {}, row) for name, row in outcomes]
    said = [*standing(view, STATES, "States"), *standing(view, OUTCOMES, "What the customer hears")]
    return [*said, _used(rows)] if rows else said


def _state(view: View, name: Markup, state: Row, outcome: Row) -> dict[str, Markup]:
    """Return the cells of a row, by what stands above them."""
    said = view.cell(OUTCOMES, outcome, "customer_told") if outcome else view.cell(STATES, state, "agent_may_say")
    nothing = join(Markup("nothing is written down: ask "), whom_to_ask(view), Markup(" before you say anything"))
    again = view.cell(OUTCOMES, outcome, "may_retry") if outcome else Markup()
    sees = view.cell(OUTCOMES, outcome, "agent_sees") if outcome else Markup()
    return {
        "State": join(strong(name), sees, by="\n"),
        "What it means": view.cell(STATES, state, "plain_meaning") if state else Markup(),
        "Can it change?": join(view.cell(STATES, state, "final") if state else "", again, by="; "),
        "Say": said or nothing,
        "Never say": view.cell(OUTCOMES, outcome, "never_told") if outcome else Markup(),
        "Effect on the customer": view.cell(STATES, state, "customer_effect") if state else Markup(),
    }


def _used(rows: list[dict[str, Markup]]) -> Block:
    """Return a table of those columns that hold something."""
    header = [title for title in rows[0] if any(row[title] for row in rows)]
    return table(header, ([row[title] for title in header] for row in rows))

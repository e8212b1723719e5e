"""What support sees, says and never says: a heading for each signal and outcome, the words to say in a quote."""

from __future__ import annotations

from handoff_tui.core.reading import PEOPLE
from handoff_tui.render.markdown import Block, Markup, bullets, heading, join, led, quote, strong
from handoff_tui.render.pieces import Row, cells, lines, named_rows, standing, under
from handoff_tui.render.view import NO_ANSWER, View

__all__ = ["DISPUTES", "MONEY", "REMEDIES", "always", "given", "outcomes", "signals", "wording"]

STATES = "business_state.business_states"
SIGNALS = "support_view.support_signals"
ACTIONS = "support_view.agent_actions"
NEVER_COPIED = "source_of_truth.never_copied"
MONEY = "payments.money_actions"
DISPUTES = "payments.dispute_clock"
OUTCOMES = "identity.outcome_wording"
CALLERS = "identity.caller_check"
REMEDIES = "operations.remedy_limits"
QUEUE = "operations.queue_rule"


def wording(view: View) -> list[Block]:
    """Return what support needs with a customer on the line."""
    states = view.place(view.interview.template.section_of(STATES)) if view.rows(STATES) else Markup()
    means = led("**What each state means for the customer:** ", states)
    return [
        *signals(view, 4),
        *outcomes(view, 4),
        *under(heading(4, "What may be given"), [bullets(given(view))]),
        *under(heading(4, "In every case"), [bullets([*always(view), means])]),
    ]


def signals(view: View, level: int) -> list[Block]:
    """Return what support sees, says and does when it is late, failed or in conflict, under headings of this level."""
    rows = named_rows(view, SIGNALS)
    return [
        *standing(view, SIGNALS, "What support sees and may say"),
        *(block for name, row in rows for block in _signal(view, name, row, level)),
    ]


def outcomes(view: View, level: int) -> list[Block]:
    """Return what the customer hears of each outcome, and never hears, under headings of this level."""
    rows = named_rows(view, OUTCOMES)
    return [
        *standing(view, OUTCOMES, "What the customer hears"),
        *(block for name, row in rows for block in _outcome(view, name, row, level)),
    ]


def _signal(view: View, name: Markup, row: Row, level: int) -> list[Block]:
    """Return what appears, then the words to say, then what never to, then what to do."""
    see = cells(view, SIGNALS, row, {"agent_sees": "You see", "shown_where": "Where"})
    then = cells(view, SIGNALS, row, {"agent_must_not": "Never", "next_step": "Next"})
    # What has recovered is handed over to nobody.
    to = "**If in doubt, ask:** " if row.get("signal") == "recovered" else "**Hand over to:** "
    return [
        heading(level, _capital(view, name, row)),
        bullets(see),
        *_say(view.cell(SIGNALS, row, "agent_may_say")),
        bullets([*then, led(to, _hand_over(view, row))]),
    ]


def _capital(view: View, name: Markup, row: Row) -> Markup:
    """Return the words of a choice as a heading begins; what a person wrote stays as it is."""
    signals = view.table(SIGNALS)
    ours = signals is not None and signals.key.field.check(row.get(signals.key.id)) is None
    return Markup(name[:1].upper() + name[1:]) if ours else name


def _hand_over(view: View, row: Row) -> Markup:
    """Return who takes over, when, by which channel, and how they are reached."""
    who, after, channel = (view.cell(SIGNALS, row, column) for column in ("escalate_to", "escalate_after", "channel"))
    contact = view.people.get(str(row.get("escalate_to")), {})
    reached = (view.cell(PEOPLE, contact, column) for column in ("hours", "reach")) if contact else ()
    return join(strong(who) if "escalate_to" in row else who, led("after ", after), channel, *reached, by=" · ")


def _outcome(view: View, name: Markup, row: Row, level: int) -> list[Block]:
    see = cells(view, OUTCOMES, row, {"agent_sees": "You see"})
    then = cells(view, OUTCOMES, row, {"never_told": "Never told", "may_retry": "New try"})
    return [
        heading(level, led("Outcome: ", name)),
        bullets(see),
        *_say(view.cell(OUTCOMES, row, "customer_told")),
        bullets(then),
    ]


def _say(text: Markup) -> list[Block]:
    """Return the words for the customer where the eye finds them: in a quote."""
    return [Block("**Say:**"), quote(text or NO_ANSWER)]


def given(view: View) -> list[Markup]:
    """Return what may be refunded, extended or offered within which limit, and what a dispute forbids."""
    return [*_limits(view), *_disputes(view)]


def _limits(view: View) -> list[Markup]:
    money = {"limit": "limit: ", "done_in": "where: ", "approver": "approval: ", "asked_by": "asked for by: "}
    goodwill = {"may_offer": "", "up_to": "up to: ", "approver": "above that: "}
    return [
        join(strong(name, after=":"), join(*said, by=" · "), by=" ")
        for question_id, words in ((MONEY, money), (REMEDIES, goodwill))
        for name, row in named_rows(view, question_id)
        if any(said := [led(word, view.cell(question_id, row, column)) for column, word in words.items()])
    ]


def _disputes(view: View) -> list[Markup]:
    return [
        join(
            strong(led("In a dispute (", name, "), support stops"), after=":"),
            view.cell(DISPUTES, row, "support_stops"),
            by=" ",
        )
        for name, row in named_rows(view, DISPUTES)
    ]


def always(view: View) -> list[Markup]:
    """Return the rules that hold whatever has happened."""
    rules = {
        ACTIONS: "Support may press",
        CALLERS: "If a caller presses you",
        QUEUE: "Waiting tickets",
        NEVER_COPIED: "Never in a ticket, note or log",
    }
    unsaid = view.rows(SIGNALS) and not any(view.cell(SIGNALS, row, "agent_must_not") for row in view.rows(SIGNALS))
    return [*lines(view, rules), Markup("**Never say:** nothing is written down") if unsaid else Markup()]

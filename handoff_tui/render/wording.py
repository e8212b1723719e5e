"""What support sees, says and never says: a heading for each signal and outcome, the words to say in a quote."""

from __future__ import annotations

import re

from handoff_tui.core.reading import PEOPLE
from handoff_tui.render.calls import cover
from handoff_tui.render.markdown import Block, Markup, bullets, heading, join, led, plain, quote, strong
from handoff_tui.render.pieces import Row, cells, lines, named_rows, standing, under
from handoff_tui.render.view import NO_ANSWER, View

__all__ = [
    "DISPUTES",
    "MONEY",
    "REMEDIES",
    "RULES",
    "always",
    "hand_over",
    "over",
    "signal_title",
    "signals",
    "wording",
]

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
RULES = {
    NEVER_COPIED: "Never in a ticket, note or log, so never ask for it there",
    ACTIONS: "Support may press",
    CALLERS: "If a caller presses you",
    QUEUE: "Waiting tickets",
}
"""What holds whatever has happened, by question."""


def wording(view: View) -> list[Block]:
    """Return what support needs with a customer on the line."""
    states = view.place(view.interview.template.section_of(STATES)) if view.rows(STATES) else Markup()
    means = led("**What each state means for the customer:** ", states)
    return [
        *signals(view, 4),
        *_outcomes(view),
        *under(heading(4, "What may be given"), [bullets([*_limits(view), *_disputes(view)])]),
        *under(heading(4, "In every case"), [bullets([*always(view), means])]),
    ]


def signals(view: View, level: int, *, seen: bool = True) -> list[Block]:
    """Return what support sees, says and does when it is late, failed or in conflict, under headings of this level.

    Where a table above says what is `seen`, only the place on the screen is said again.
    """
    rows = named_rows(view, SIGNALS)
    return [
        *standing(view, SIGNALS, "What support sees and may say"),
        *(block for name, row in rows for block in _signal(view, name, row, level, seen)),
    ]


def _outcomes(view: View) -> list[Block]:
    """Return what the customer hears of each outcome, and never hears."""
    rows = named_rows(view, OUTCOMES)
    return [
        *standing(view, OUTCOMES, "What the customer hears"),
        *(block for name, row in rows for block in _outcome(view, name, row)),
    ]


def _signal(view: View, name: Markup, row: Row, level: int, seen: bool) -> list[Block]:
    """Return it in the order of the work: what appears, what to do, the words, what never, who takes over."""
    see = {"agent_sees": "You see", "shown_where": "Where"} if seen else {"shown_where": "You see it here"}
    then = cells(view, SIGNALS, row, {"agent_must_not": "Never"})
    return [
        heading(level, signal_title(view, name, row)),
        bullets(cells(view, SIGNALS, row, see | {"next_step": "Do first"})),
        *_say(view.cell(SIGNALS, row, "agent_may_say")),
        bullets([*then, led(f"**{over(row)}:** ", hand_over(view, row))]),
    ]


def signal_title(view: View, name: Markup, row: Row) -> Markup:
    """Return the words of a choice as a heading begins; what a person wrote stays as it is."""
    signals = view.table(SIGNALS)
    ours = signals is not None and signals.key.field.check(row.get(signals.key.id)) is None
    return Markup(name[:1].upper() + name[1:]) if ours else name


def over(row: Row) -> str:
    """Return what we call the last step: what has recovered is handed over to nobody."""
    return "If in doubt, ask" if row.get("signal") == "recovered" else "Hand over"


def hand_over(view: View, row: Row) -> Markup:
    """Return after how long who takes over, by which way first, and who does where they do not answer."""
    who, after, channel = (view.cell(SIGNALS, row, column) for column in ("escalate_to", "escalate_after", "channel"))
    contact = view.people.get(str(row.get("escalate_to")), {})
    reach, hours = (view.cell(PEOPLE, contact, column) if contact else Markup() for column in ("reach", "hours"))
    to = strong(who) if "escalate_to" in row else who
    if row.get("signal") == "recovered":
        return join(to, reach, hours, by=" · ")
    said = _says_how(plain(reach), str(row.get("channel", "")), plain(channel))
    return join(
        led("after ", after) or Markup("after how long is not written down"),
        to,
        Markup() if said else led("first: ", channel),
        reach,
        hours,
        led("**no answer:** ", cover(view, contact)) if contact else "",
        by=" · ",
    )


def _says_how(reach: str, key: str, channel: str) -> bool:
    """Say whether the first of the ways to reach somebody is this channel: `/page billing in Slack` is a page."""
    first = re.split(r"[,;]|\b(?:or|then)\b", reach.casefold(), maxsplit=1)[0]
    return {"slack": "slack", "teams": "teams", "page": "page"}.get(key, channel.casefold()) in first


def _outcome(view: View, name: Markup, row: Row) -> list[Block]:
    see = cells(view, OUTCOMES, row, {"agent_sees": "You see"})
    then = cells(view, OUTCOMES, row, {"never_told": "Never told", "may_retry": "New try"})
    return [
        heading(4, led("Outcome: ", name)),
        bullets(see),
        *_say(view.cell(OUTCOMES, row, "customer_told")),
        bullets(then),
    ]


def _say(text: Markup) -> list[Block]:
    """Return the words for the customer where the eye finds them: in a quote."""
    return [Block("**Say:**"), quote(text or NO_ANSWER)]


def _limits(view: View) -> list[Markup]:
    """Return what may be refunded, extended or offered, within which limit."""
    money = {"limit": "limit: ", "done_in": "where: ", "approver": "approval: ", "asked_by": "asked for by: "}
    goodwill = {"may_offer": "", "up_to": "up to: ", "approver": "above that: "}
    return [
        join(strong(name, after=":"), join(*said, by=" · "), by=" ")
        for question_id, words in ((MONEY, money), (REMEDIES, goodwill))
        for name, row in named_rows(view, question_id)
        if any(said := [led(word, view.cell(question_id, row, column)) for column, word in words.items()])
    ]


def _disputes(view: View) -> list[Markup]:
    """Return what a dispute forbids."""
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
    unsaid = view.rows(SIGNALS) and not any(view.cell(SIGNALS, row, "agent_must_not") for row in view.rows(SIGNALS))
    return [*lines(view, RULES), Markup("**Never say:** nothing is written down") if unsaid else Markup()]

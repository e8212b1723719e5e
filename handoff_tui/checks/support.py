"""Support and alerts: who is woken, who takes over, and what agents read, do and may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handoff_tui.checks.facts import Facts, Found, Row
from handoff_tui.checks.ids import ALERTS, CRITICALITY, OUTCOMES, PEOPLE, SIGNALS, STATES, STEPS
from handoff_tui.checks.rule import rule
from handoff_tui.checks.wording import promises_repair, tells_no_step, unsafe_in
from handoff_tui.core.rule import Page

__all__ = ["escalation_gap", "page_without_cover", "promised_eta", "support_alert_no_action", "unsafe_text"]

THEME = "Support and alerts"


@rule(
    "support-alert-no-action",
    "An alert without a step to take",
    "error",
    number=16,
    theme=THEME,
    reads={ALERTS: {"audience": ("support", "operations"), "first_action": ()}},
    page=Page(
        looks_for="An alert for support or operations whose first action is a single word, or only says to "
        "investigate, to monitor or to check logs.",
        why="The people who get it can see neither logs nor code. An alert that gives them nothing to do is soon read "
        "by nobody.",
        bad="OrdersBehind tells customer support to “investigate and monitor”.",
        good="OrdersBehind tells customer support to put up the banner “Orders are late” and to park new questions "
        "under the tag order-wait.",
        fix="Name a step that everybody can see being done; an alert that nobody can act on goes to somebody else.",
    ),
)
def support_alert_no_action(facts: Facts) -> Iterator[Found]:
    """An empty cell is left to `missing-cell`."""
    for row in facts.rows(ALERTS):
        action = row.text("first_action")
        if action and row["audience"] in ("support", "operations") and tells_no_step(action):
            yield row.found(f"{row.says} tells agents nothing to do.", "Name a visible step.", "first_action")


@rule(
    "page-without-cover",
    "A page that nobody may hear",
    "error",
    weight="an error where a person is paged; a warning where a team or rota is paged that is not always there, and "
    "customers lose money or access",
    number=17,
    theme=THEME,
    reads={
        ALERTS: {"urgency": ("page_now",), "goes_to": ()},
        PEOPLE: {"kind": ("person", "rota", "team"), "hours": ()},
        CRITICALITY: {"": ("money_or_access",)},
    },
    page=Page(
        looks_for="An alert that wakes somebody and goes to a single person; where customers lose money or access, "
        "also one that goes to a team or rota (people who take turns) whose hours are not 24x7.",
        why="One person sleeps, travels and falls ill. The page is sent, and nobody reads it until morning.",
        bad="RefundMismatch pages Zofia, at any hour.",
        good="RefundMismatch pages billing-oncall, a rota with hours 24x7.",
        fix="Let a rota take the page, or make the alert less urgent.",
    ),
)
def page_without_cover(facts: Facts) -> Iterator[Found]:
    """Somebody who is not listed is left to `dangling-name`; hours that are open wait."""
    for row in facts.rows(ALERTS):
        paged = facts.people.get(row.text("goes_to"))
        if row["urgency"] != "page_now" or paged is None:
            continue
        alone = paged["kind"] == "person"
        away = paged["kind"] in ("rota", "team") and not (paged.waits("hours") or facts.always_there(paged.label))
        if alone or (away and facts.costly):
            yield row.found(
                f"{row.says} pages someone who may be asleep.",
                "Use a rota." if alone else "Use a rota whose hours are 24x7.",
                "goes_to",
                severity=None if alone else "warning",
                cause=f"{facts.called(paged.label)} may be asleep when a page comes",
            )


_SHOWN: Mapping[str, tuple[str, ...]] = {
    STATES: ("plain_meaning", "agent_may_say"),
    SIGNALS: ("agent_sees", "agent_may_say", "next_step"),
    OUTCOMES: ("customer_told", "agent_sees"),
}
_SAID: Mapping[str, str] = {STATES: "agent_may_say", SIGNALS: "agent_may_say", OUTCOMES: "customer_told"}


@rule(
    "unsafe-text",
    "Something internal in a text for support",
    "error",
    number=18,
    theme=THEME,
    reads={
        STATES: {"plain_meaning": (), "agent_may_say": ()},
        SIGNALS: {"agent_sees": (), "agent_may_say": (), "next_step": ()},
        ALERTS: {"audience": ("support",), "first_action": ()},
        STEPS: {"who": (), "step": ()},
        PEOPLE: {"function": ("support",)},
    },
    by_itself=True,
    page=Page(
        looks_for="Lines of a program's error report, addresses and names of servers inside your network, keys and "
        "card numbers, in what agents see, do or say.",
        why="Agents copy these texts into tickets and emails. What only insiders should know is then with customers, "
        "and cannot be called back.",
        bad="Agents see: “Timeout at 10.20.0.15, see billing.internal”.",
        good="Agents see: “The payment status is from this morning; billing is looking into it”.",
        fix="Remove it, and name the effect instead: what does not work, and for whom.",
    ),
)
def unsafe_text(facts: Facts) -> Iterator[Found]:
    """One for each row and kind, at the first cell that shows it."""
    texts = [(row, column, row.text(column)) for row, columns in _shown(facts) for column in columns]
    if not unsafe_in("\n".join(text for *_, text in texts)):
        return
    named: set[tuple[Row, str]] = set()
    for row, column, text in texts:
        for kind in unsafe_in(text):
            if (row, kind) not in named:
                named.add((row, kind))
                message = f"{_place(row, column)} would show {kind} to support."
                yield row.found(message, "Remove it; name the effect instead.", column)


def _shown(facts: Facts) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Yield the rows that support reads, each with the columns it reads there."""
    for question_id, columns in _SHOWN.items():
        for row in facts.rows(question_id):
            yield row, columns
    for row in facts.rows(ALERTS):
        if row["audience"] == "support":
            yield row, ("first_action",)
    for row in facts.rows(STEPS):
        if facts.function_of(row.text("who")) == "support":
            yield row, ("step",)


def _place(row: Row, column: str) -> str:
    """Return a cell in words; the name of a row is not repeated where it is itself what must not be shown."""
    label = f"“{row.table.column(column).label}”"
    return label if column == row.table.key.id else f"{label} of {row.quoted}"


@rule(
    "promised-eta",
    "A promise when it will work again",
    "warning",
    number=19,
    theme=THEME,
    reads={STATES: {"agent_may_say": ()}, SIGNALS: {"agent_may_say": ()}},
    by_itself=True,
    page=Page(
        looks_for="A sentence for customers that joins a repair (fixed, resolved, restored, sorted, back to normal, "
        "arrives) to a time (within 2 hours, by noon, tomorrow). When you will write again may be said.",
        why="Nobody knows at the beginning of an outage when it ends. A broken promise costs more trust than the "
        "outage.",
        bad="Agents may say: “Your payment will be restored within two hours”.",
        good="Agents may say: “We are working on it. I will write to you again within two hours, even if nothing has "
        "changed”.",
        fix="Promise when the customer hears from you next, not when it works again.",
    ),
)
def promised_eta(facts: Facts) -> Iterator[Found]:
    """In the words that customers hear."""
    for question_id, column in _SAID.items():
        for row in facts.rows(question_id):
            if promises_repair(row.text(column)):
                yield row.found("Do not promise repair times.", "Promise the next update instead.", column)


@rule(
    "escalation-gap",
    "Nobody takes over at night",
    "warning",
    number=20,
    theme=THEME,
    reads={
        SIGNALS: {"signal": ("recovered",), "escalate_to": ()},
        PEOPLE: {"function": ("support",), "hours": (), "backup": ()},
        CRITICALITY: {"": ("money_or_access",)},
    },
    page=Page(
        looks_for="Customers lose money or access, support works around the clock, and a problem goes to somebody who "
        "does not, and whose backup does not either.",
        why="At night an agent has a customer on the phone, and nobody to hand the problem to.",
        bad="The update failed: goes to billing-team, Monday to Friday, with no backup.",
        good="The update failed: goes to billing-team; its backup billing-oncall has hours 24x7.",
        fix="Name somebody who is there out of hours, as the one who takes over or as their backup.",
    ),
)
def escalation_gap(facts: Facts) -> Iterator[Found]:
    """Whoever is not listed is left to `dangling-name`."""
    awake = any(facts.function_of(key) == "support" and facts.always_there(key) for key in facts.people)
    for row in facts.rows(SIGNALS) if awake and facts.costly else ():
        signal, first = row["signal"], row.text("escalate_to")
        if signal and signal != "recovered" and first and _asleep(facts, first):
            yield row.found(
                f"Nobody takes {row.quoted} at night.",
                "Name out-of-hours cover.",
                "escalate_to",
                cause=f"{facts.called(first)} has no cover at night",
            )


def _asleep(facts: Facts, key: str) -> bool:
    """Say whether neither somebody nor their backup is always there; while one of them is not known, it waits."""
    first = facts.people.get(key)
    if first is None or first.waits("backup"):
        return False
    taking = [key, first.text("backup")] if first.text("backup") else [key]
    return all(
        name in facts.people and not facts.people[name].waits("hours") and not facts.always_there(name)
        for name in taking
    )

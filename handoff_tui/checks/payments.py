"""Payments: Zendesk shows what the billing system knows, and holds neither the money nor the card."""

from __future__ import annotations

from collections.abc import Iterator

from handoff_tui.checks.facts import Facts, Found
from handoff_tui.checks.ids import CARD_DATA, FIELDS, NEVER_COPIED, SYSTEMS
from handoff_tui.checks.rule import rule
from handoff_tui.core.kinds import ChoiceKind, ManyKind
from handoff_tui.core.rule import Page
from handoff_tui.core.text import fold

__all__ = ["card_data_allowed", "zendesk_holds_money"]

THEME = "Payments"


@rule(
    "zendesk-holds-money",
    "Money that Zendesk owns or writes",
    "error",
    number=26,
    theme=THEME,
    scope="payments",
    reads={
        FIELDS: {"class": ("financial", "operational"), "record": (), "direction": ("out", "both")},
        SYSTEMS: {"role": ("zendesk",)},
    },
    page=Page(
        looks_for="A value about money whose record is Zendesk itself, or that flows out of Zendesk.",
        why="Finance closes the month on the billing system. A sum that a ticket can set is one that nobody can audit.",
        bad="refund_amount is typed into a ticket field and flows from there into Stripe.",
        good="refund_amount is kept by Stripe and flows into Zendesk only; refund_wish, about the daily work, is what "
        "an agent asks for.",
        fix="Name the billing system as the record, and let the value flow into Zendesk only. If it is only a request, "
        "class it as about the daily work.",
    ),
)
def zendesk_holds_money(facts: Facts) -> Iterator[Found]:
    """One for each value, at the record where both are wrong."""
    for row in facts.rows(FIELDS):
        system = facts.systems.get(row.text("record"))
        owns = system is not None and system["role"] == "zendesk"
        writes = row["direction"] in ("out", "both")
        if row["class"] == "financial" and (owns or writes):
            verb = "own or write" if owns and writes else "own" if owns else "write"
            steps = ["name the billing system as its record"] if owns else []
            steps += ["let it flow into Zendesk only"] if writes else []
            request = row.table.column("class").field.say("operational")
            fix = f"{' and '.join(steps)}; if it is only a request, class it “{request}”."
            yield row.found(
                f"Zendesk may not {verb} {row.says}.", fix[:1].upper() + fix[1:], "record" if owns else "direction"
            )


_NEVER = ("card_number", "security_code")


@rule(
    "card-data-allowed",
    "Card data that could enter tickets",
    "error",
    number=27,
    theme=THEME,
    scope="payments",
    reads={NEVER_COPIED: {"": _NEVER}, CARD_DATA: {"": ("none", "last_four", "other")}},
    page=Page(
        looks_for="A list of what is never copied without the full card number or the card security code, or an answer "
        "that allows more of a card number in Zendesk than its last four digits.",
        why="One full card number in a ticket brings all of Zendesk under the card industry's security rules (PCI).",
        bad="Never copied: bank account number. Agents may paste the card number that a customer reads out.",
        good="Never copied: full card number, card security code, bank account number. Agents see four digits.",
        fix="Add both to what is never copied, and show at most the last four digits.",
    ),
)
def card_data_allowed(facts: Facts) -> Iterator[Found]:
    """Two questions, each with a finding of its own; a question without a value is left to `open-essential`."""
    question, listed = facts.asked.get(NEVER_COPIED), facts.value(NEVER_COPIED)
    if question is not None and isinstance(question.field, ManyKind) and listed is not None:
        there = {fold(item) for item in listed}
        absent = [question.field.say([item]) for item in _NEVER if fold(item) not in there]
        if absent:
            names = " and ".join(f"“{item}”" for item in absent)
            message = f"Card data could enter tickets: “{question.label}” does not list {names}."
            yield Found(NEVER_COPIED, message, f"Add {'both' if len(absent) > 1 else 'it'} to the list.")
    question, allowed = facts.asked.get(CARD_DATA), facts.value(CARD_DATA)
    if question is not None and isinstance(question.field, ChoiceKind) and allowed == "other":
        say = question.field.say
        message = f"Card data could enter tickets: “{question.label}” is answered with “{say(allowed)}”."
        yield Found(CARD_DATA, message, f"Choose “{say('none')}” or “{say('last_four')}”.")

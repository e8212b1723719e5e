"""Fallback and close: the workaround ends, works without what is down, and somebody has tried it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from handoff_tui.checks.facts import Facts, Found, Row
from handoff_tui.checks.failure import mode_of
from handoff_tui.checks.ids import ALERTS, CATCH_UP, FALLBACK_EXIT, MODES, RECONCILIATION, STEPS, SYSTEMS
from handoff_tui.checks.rule import rule
from handoff_tui.core.answers import NotApplicable
from handoff_tui.core.rule import Page

__all__ = ["fallback_needs_failed_system", "fallback_no_exit", "untested"]

THEME = "Fallback and close"


@rule(
    "fallback-no-exit",
    "A workaround without an end",
    "error",
    number=21,
    theme=THEME,
    reads={FALLBACK_EXIT: {}, CATCH_UP: {"owner": ()}, RECONCILIATION: {"owner": ()}},
    page=Page(
        looks_for="“Fallback ends” marked as not applicable, and a row of Catching up or of Reconciliation that names "
        "no owner.",
        why="Without a clear end the workaround stays, and what was done by hand is never matched with the source.",
        bad="Match the access we extended, within 12 hours; nobody is named to do it.",
        good="Match the access we extended: revenue-ops, within 12 hours. The fallback ends after two clean "
        "comparisons.",
        fix="Say what proves that it is over, and name one person or team for each row.",
    ),
)
def fallback_no_exit(facts: Facts) -> Iterator[Found]:
    """An end that is open or was never given is for `open-essential`."""
    question = facts.asked.get(FALLBACK_EXIT)
    mark = facts.handoff.answer(FALLBACK_EXIT).mark
    if question is not None and isinstance(mark, NotApplicable):
        message = f"The workaround has no end: “{question.label}” is marked as not applicable."
        fix = "Say what proves that it is over, and who says so."
        yield Found(FALLBACK_EXIT, message, fix, part="not_applicable", text=mark.reason)
    for row in (*facts.rows(CATCH_UP), *facts.rows(RECONCILIATION)):
        if row.lacks("owner"):
            message = f"Nobody puts things right after the workaround: {row.says} has no owner."
            yield row.found(message, "Name the person or team who does it.", "owner")


@rule(
    "fallback-needs-failed-system",
    "A plan that needs what is down",
    "error",
    number=22,
    theme=THEME,
    reads={STEPS: {"uses_system": ()}, SYSTEMS: {"role": ("source",)}},
    page=Page(
        looks_for="Fallback steps that all use one and the same system, and that system is the source of the data.",
        why="The fallback starts because the source is down, so not one of its steps can be done.",
        bad="Both steps are done in the Stripe dashboard, and the fallback is for the day when Stripe is down.",
        good="Look it up in the Stripe dashboard if it answers; else extend access for 48 hours in Entitlements.",
        fix="Add a step that works in another system, or on paper.",
    ),
)
def fallback_needs_failed_system(facts: Facts) -> Iterator[Found]:
    """A cell that is open or empty may still become another system, so the rule waits for it."""
    used = {row.text("uses_system") for row in facts.rows(STEPS)}
    system = facts.systems.get(used.pop()) if len(used) == 1 else None
    if system is not None and system["role"] == "source":
        yield Found(
            STEPS,
            f"The plan needs the system that is down: every step uses {system.says}.",
            f"Add a step that works without {system.says}.",
        )


_REHEARSAL_HOLDS = timedelta(days=180)


@rule(
    "untested",
    "Never rehearsed, or too long ago",
    "warning",
    number=25,
    theme=THEME,
    moment="engineering_to_support",
    reads={ALERTS: {"urgency": ("page_now",), "tested_on": ()}, MODES: {"mode": (), "tested_on": ()}},
    page=Page(
        looks_for="From engineering to support: an alert that wakes somebody, or one of the failures that every "
        "integration meets, whose last rehearsal is more than 180 days ago or was never held.",
        why="Nobody knows whether an alert reaches the right phone until it has been set off on purpose.",
        bad="BillingLagHigh wakes billing-oncall, and nobody has ever seen it go off.",
        good="BillingLagHigh wakes billing-oncall; it was last set off on purpose on 4 November.",
        fix="Rehearse it and write down the day, or accept the warning with the day of the drill.",
    ),
)
def untested(facts: Facts) -> Iterator[Found]:
    """A day to come is a drill that is booked; a failure without a row is for `failure-unowned`."""
    for row in facts.rows(ALERTS):
        if row["urgency"] == "page_now":
            yield from _rehearsal(facts, row, row.says)
    for row in facts.rows(MODES):
        if row["mode"] in row.table.required_rows:
            yield from _rehearsal(facts, row, mode_of(row))


def _rehearsal(facts: Facts, row: Row, name: str) -> Iterator[Found]:
    last = row["tested_on"]
    if row.lacks("tested_on"):
        message, cause = f"{name} has never been rehearsed.", "It has never been rehearsed"
    elif last is not None and facts.today - last > _REHEARSAL_HOLDS:
        message = f"{name} was last rehearsed on {row.say('tested_on')}, more than 180 days ago."
        cause = "The last rehearsal is more than 180 days ago"
    else:
        return
    yield row.found(message, "Rehearse it, and write down the day.", "tested_on", cause=cause)

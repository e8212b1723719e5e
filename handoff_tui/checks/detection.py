"""Failure: what nobody would notice, what is too old when it is read, what is more than Zendesk takes."""

from __future__ import annotations

from collections.abc import Iterator

from handoff_tui.checks.facts import Facts, Found
from handoff_tui.checks.failure import THEME, mode_of
from handoff_tui.checks.ids import ALERTS, CRITICALITY, FIELDS, FRESHNESS_SHOWN, MODES, PEAK, STALE_AFTER
from handoff_tui.checks.rule import rule
from handoff_tui.core.chain import QUIET, runs_by_itself
from handoff_tui.core.rule import Page
from handoff_tui.core.told import alert_name

__all__ = ["over_rate_budget", "stale_mismatch", "undetected_failure"]


@rule(
    "undetected-failure",
    "A failure that customers notice first",
    "error",
    weight="an error where customers lose money or access, else a warning",
    number=13,
    theme=THEME,
    reads={
        MODES: {"mode": QUIET, "detected_by": ("reconciliation", "agents", "not_needed"), "automatic": ()},
        ALERTS: {"alert": ()},
        CRITICALITY: {"": ("money_or_access",)},
    },
    page=Page(
        looks_for="A failure that neither an alert from the list nor the reconciliation notices. What is handled by "
        "itself needs none: repeats, a wrong order, a limit.",
        why="Then a customer's complaint is the alarm. By that time it has gone on for hours.",
        bad="No reply in time: noticed by agents.",
        good="No reply in time: noticed by the alert BillingLagHigh, which is listed with who receives it.",
        fix="Add an alert that notices it, or pick one that is listed.",
    ),
)
def undetected_failure(facts: Facts) -> Iterator[Found]:
    """By an alert's name, in any case; an empty cell is left to `missing-cell`."""
    alerts = {alert_name(row.label) for row in facts.rows(ALERTS)}
    for row in facts.rows(MODES) if alerts else ():
        said = row.text("detected_by")
        name = alert_name(said)
        if not name or name == "reconciliation" or name in alerts:
            continue
        if name == "not_needed" and runs_by_itself(row):
            continue
        fix, cause = "Add an alert that notices it before they do.", ""
        if name == "not_needed" and row["mode"] in QUIET:
            fix = "Say what happens by itself, or add an alert."
        elif name not in ("agents", "not_needed"):
            fix = f"Add an alert called “{said.strip()}”, or pick one that is listed."
            cause = f"No alert is called “{said.strip()}”"
        yield row.found(
            f"Customers will report {mode_of(row)} first.",
            fix,
            "detected_by",
            severity=None if facts.costly else "warning",
            cause=cause,
        )


@rule(
    "stale-mismatch",
    "A value that is stale before it is due",
    "warning",
    number=14,
    theme=THEME,
    reads={
        FIELDS: {"fresh_within": (), "stale_after": ()},
        STALE_AFTER: {"": ()},
        FRESHNESS_SHOWN: {"": ("nothing",)},
    },
    page=Page(
        looks_for="A value that counts as too old although it may still be that old on a normal day; also agents who "
        "cannot see at all when a value was last updated.",
        why="A badge that is always on is soon read by nobody, and a value without its age looks current for ever.",
        bad="invoice_total may be 1 hour old on a normal day, and counts as stale after 30 minutes.",
        good="invoice_total may be 1 hour old on a normal day, and counts as stale after 3 hours.",
        fix="Let the value count as stale later than it is due, or update it more often; show agents the time of the "
        "last update.",
    ),
)
def stale_mismatch(facts: Facts) -> Iterator[Found]:
    """A field's own time goes before the usual one, and while it is open, so is the answer."""
    usual = facts.seconds(STALE_AFTER)
    for row in facts.rows(FIELDS):
        common = row.lacks("stale_after")
        stale, due = usual if common else row.seconds("stale_after"), row.seconds("fresh_within")
        if stale is not None and due is not None and stale < due:
            yield row.found(
                f"{row.says} is stale before it is due.",
                "Let it count as stale later, or update it sooner.",
                "fresh_within" if common else "stale_after",
                cause="Values that go by the usual time are stale before they are due" if common else "",
                text=f"{stale} {due}",
            )
    if facts.value(FRESHNESS_SHOWN) == "nothing":
        yield Found(
            FRESHNESS_SHOWN,
            "Agents cannot see when a value was last updated.",
            "Show the time of the last update.",
        )


@rule(
    "over-rate-budget",
    "More updates than tickets can take",
    "warning",
    number=15,
    theme=THEME,
    reads={PEAK: {"": ()}, FIELDS: {"place": ("ticket_field", "custom_status")}},
    page=Page(
        looks_for="More than 3,000 updates in the worst hour, where a value lives in a ticket field or in a custom "
        "ticket status.",
        why="Each update then changes a ticket, and Zendesk usually takes 100 of those a minute, for everything that "
        "writes to the account together. What is above waits or is refused.",
        bad="5,000 updates in the worst hour, each written into a ticket field.",
        good="5,000 updates in the worst hour; only changed values are written, and many of them in one call.",
        fix="Send updates in batches, skip values that have not changed, or show the value in an app panel.",
    ),
)
def over_rate_budget(facts: Facts) -> Iterator[Found]:
    """Once for the whole handoff; half of the limit is left to everybody else."""
    peak = facts.value(PEAK)
    in_tickets = any(row["place"] in ("ticket_field", "custom_status") for row in facts.rows(FIELDS))
    if isinstance(peak, int) and peak > 3000 and in_tickets:
        yield Found(
            PEAK,
            "The worst hour takes more than half of the usual 100 ticket updates a minute.",
            "Send updates in batches, and skip values that have not changed.",
        )

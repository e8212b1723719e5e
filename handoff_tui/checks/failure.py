"""Failure: what repeats, comes too late, or gets lost on the way, and who puts it right."""

from __future__ import annotations

from collections.abc import Iterator

from handoff_tui.checks.facts import Facts, Found, Row
from handoff_tui.checks.ids import FALLBACK_MAX, FIELDS, MODES, PATHS, RECONCILIATION
from handoff_tui.checks.rule import rule
from handoff_tui.core.duration import say_duration
from handoff_tui.core.rule import Page

__all__ = [
    "THEME",
    "dedupe_too_short",
    "failure_unowned",
    "mode_of",
    "order_ignored",
    "outage_outlives_retry",
    "retry_doubled",
    "unsigned_webhook",
]

THEME = "Failure"

_PUSHED = ("webhook", "event_bus")
"""What the sender pushes: nobody asks again for what did not arrive."""


@rule(
    "failure-unowned",
    "A failure that nobody puts right",
    "error",
    number=7,
    theme=THEME,
    reads={MODES: {"mode": ("duplicate", "timeout", "partial", "source_down"), "owner": ()}},
    page=Page(
        looks_for="One of the failures that every integration meets (the same update twice, no reply in time, only "
        "half of it worked, the source is down) without a row, or a row that names no owner.",
        why="It will happen, and the first hour is then spent finding out whose it is.",
        bad="“Only half of it worked” was removed from the list, because it has never happened yet.",
        good="“Only half of it worked”: the refund is made but the ticket says pending; revenue-ops puts it right.",
        fix="Add the missing failure, or name who puts it right.",
    ),
)
def failure_unowned(facts: Facts) -> Iterator[Found]:
    """Rows first, then what is absent, named by the mode; a mode that cannot be read may be the one that is missing."""
    rows = facts.rows(MODES)
    for row in rows:
        if row.lacks("owner"):
            yield row.found(f"{mode_of(row)} has no owner.", "Name who puts it right.", "owner")
    if not rows or any(row.waits("mode") for row in rows):
        return
    table, listed = rows[0].table, {row["mode"] for row in rows}
    for mode in table.required_rows:
        if mode not in listed:
            message = f"“{table.key.field.say(mode)}” has no owner."
            yield Found(MODES, message, "Add a row for it, with an owner.", mode)


def mode_of(row: Row) -> str:
    """Return a failure by its words, in quotes, for they read like a sentence of their own."""
    words = row.say("mode")
    return f"“{words}”" if words else "A failure without a name"


@rule(
    "dedupe-too-short",
    "Repeats that we no longer recognise",
    "error",
    weight="a warning where the current state is fetched anyway, else an error",
    number=8,
    theme=THEME,
    reads={
        PATHS: {
            "from": (),
            "trigger": ("webhook",),
            "retry_window": (),
            "dedupe_window": (),
            "order_rule": ("refetch",),
        }
    },
    page=Page(
        looks_for="A webhook (a message the sender pushes to us) whose sender goes on trying for longer than we "
        "remember which messages we have already handled.",
        why="A message that comes again after we forgot it counts as new: the customer gets a second letter or a "
        "second refund.",
        bad="Stripe tries again for 3 days; event ids are kept for 2 hours.",
        good="Stripe tries again for 3 days; event ids are kept for 30 days.",
        fix="Keep the ids of handled events for longer than the sender tries again. Zendesk's own key for that "
        "(Idempotency-Key) lasts only two hours.",
    ),
)
def dedupe_too_short(facts: Facts) -> Iterator[Found]:
    """A window that was never filled counts as none at all; an open one waits."""
    for row in facts.rows(PATHS):
        again = row.seconds("retry_window")
        kept = 0 if row.lacks("dedupe_window") else row.seconds("dedupe_window")
        if row["trigger"] == "webhook" and again is not None and kept is not None and kept < again:
            sender = row.text("from") or "The sender"
            forget = f"we forget after {row.say('dedupe_window')}" if kept else "we forget at once"
            yield row.found(
                f"{sender} may repeat for {row.say('retry_window')}; {forget}.",
                "Store the ids of handled events for longer; Zendesk's own key lasts 2 hours.",
                "dedupe_window",
                severity="warning" if row["order_rule"] == "refetch" else None,
                text=f"{again} {kept}",
            )


@rule(
    "outage-outlives-retry",
    "An outage that lasts longer than the retries",
    "error",
    weight="an error where updates are then lost, or no comparison looks back far enough; else advice",
    number=9,
    theme=THEME,
    reads={
        PATHS: {"trigger": _PUSHED, "retry_window": (), "then": ("lost",)},
        RECONCILIATION: {"looks_back": ()},
        FALLBACK_MAX: {"": ()},
    },
    page=Page(
        looks_for="A path on which the sender stops trying before the longest fallback is over.",
        why="Whatever happens after the last try never arrives. Unless somebody resends it or a comparison finds it, "
        "it stays missing when everything looks well again.",
        bad="Retries last 7 minutes, the fallback may last 8 hours, and the comparison looks back 1 hour.",
        good="Retries last 7 minutes, the fallback may last 8 hours, and the comparison looks back 2 days.",
        fix="Plan how to resend what was missed, or let a comparison look back at least as long as the fallback may "
        "last.",
    ),
)
def outage_outlives_retry(facts: Facts) -> Iterator[Found]:
    """As long as one comparison's reach is not known, it may be long enough."""
    limit = facts.seconds(FALLBACK_MAX)
    if limit is None:
        return
    planned = say_duration(facts.value(FALLBACK_MAX))
    reaches = [row.seconds("looks_back") for row in facts.rows(RECONCILIATION)]
    unseen = bool(reaches) and all(reach is not None and reach < limit for reach in reaches)
    fix = f"Plan a replay, or a comparison that looks back at least {planned}."
    if any(reach is not None and reach >= limit for reach in reaches):
        fix = "A comparison looks back far enough: make sure that it covers this path, or plan a replay."
    for row in facts.rows(PATHS):
        tried = row.seconds("retry_window")
        if row["trigger"] in _PUSHED and tried is not None and tried < limit:
            lost = row["then"] == "lost"
            stop = f"After {row.say('retry_window')} events stop coming" if tried else "Events stop coming at once"
            yield row.found(
                f"{stop}; you planned {planned}.",
                "Plan how to resend it, or let a comparison repair what is lost after the last try." if lost else fix,
                "retry_window",
                severity=None if lost or unseen else "advice",
                cause="Events stop coming before the longest fallback is over",
            )


@rule(
    "retry-doubled",
    "Two sides that both try again",
    "warning",
    number=10,
    theme=THEME,
    reads={PATHS: {"retried_by": ("both",)}},
    page=Page(
        looks_for="A path on which the sender and our own code both try again.",
        why="Each try of the one sets off several of the other. A system that is already slow gets many times the "
        "load, and the same update arrives many times.",
        bad="Stripe tries five times, and our code tries each of them five times: 25 calls for one update.",
        good="Stripe tries again; our code takes the message, answers at once, and tries nothing itself.",
        fix="Choose one side that tries again, and let the other one give up at once.",
    ),
)
def retry_doubled(facts: Facts) -> Iterator[Found]:
    """At each such path."""
    for row in facts.rows(PATHS):
        if row["retried_by"] == "both":
            yield row.found(
                "Both sides try again, which multiplies the load and the duplicates.",
                "Choose one side that tries again.",
                "retried_by",
            )


@rule(
    "unsigned-webhook",
    "A webhook whose sender nobody checks",
    "error",
    number=11,
    theme=THEME,
    reads={PATHS: {"trigger": ("webhook",), "auth": ("none",)}},
    page=Page(
        looks_for="A webhook (a message the sender pushes to us) for which we cannot tell who sent it.",
        why="Its address is no secret for long. Whoever knows it can mark an invoice as paid or an identity as "
        "confirmed.",
        bad="payment events: pushed by webhook; how we know who sent it: we cannot tell.",
        good="payment events: pushed by webhook; each message is signed, and we refuse one whose signature is wrong.",
        fix="Verify the sender's signature; where it has none, ask for a shared token or for certificates.",
    ),
)
def unsigned_webhook(facts: Facts) -> Iterator[Found]:
    """Only where somebody said so; an empty cell is no `none`."""
    for row in facts.rows(PATHS):
        if row["trigger"] == "webhook" and row["auth"] == "none":
            yield row.found(f"Anyone could send {row.says}.", "Verify the signature of each message.", "auth")


@rule(
    "order-ignored",
    "A late old event that wins",
    "error",
    weight="an error where a financial or identity value is among the critical fields, else a warning",
    number=12,
    theme=THEME,
    reads={
        PATHS: {"trigger": _PUSHED, "order_rule": ("last_write_wins",)},
        FIELDS: {"class": ("financial", "identity")},
    },
    page=Page(
        looks_for="A path that pushes updates, where whatever arrives last wins.",
        why="Senders do not keep the order, and a retry can come hours late. The old state then stands over the new "
        "one, and nothing looks wrong.",
        bad="“Paid” arrives at 10:00, the retried “payment failed” of 09:50 at 10:05: the customer is locked out.",
        good="Each event only says that something changed; we then fetch the current state.",
        fix="Fetch the current state instead, or compare the times of the two events and drop the older one.",
    ),
)
def order_ignored(facts: Facts) -> Iterator[Found]:
    """What the fields are about decides how bad it is, for a path does not say which of them it carries."""
    grave = any(field["class"] in ("financial", "identity") for field in facts.rows(FIELDS))
    for row in facts.rows(PATHS):
        if row["trigger"] in _PUSHED and row["order_rule"] == "last_write_wins":
            yield row.found(
                "A late old event can overwrite a newer state.",
                "Fetch the current state instead, or compare the times of the events.",
                "order_rule",
                severity=None if grave else "warning",
            )

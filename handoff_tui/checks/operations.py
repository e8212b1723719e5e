"""Operations: a broken workflow is noticed, and its tickets are parked and released by a rule."""

from __future__ import annotations

from collections.abc import Iterator

from handoff_tui.checks.facts import Facts, Found
from handoff_tui.checks.ids import QUEUE_RULE, REMEDIES, SUBSCRIPTION_CHECK
from handoff_tui.checks.rule import rule
from handoff_tui.core.rule import Page

__all__ = ["queue_unprepared"]

THEME = "Operations"

_ANSWERS = {
    SUBSCRIPTION_CHECK: "Say how we notice that the sender has dropped our subscription.",
    QUEUE_RULE: "Say how waiting tickets are marked, parked and released again.",
}


@rule(
    "queue-unprepared",
    "A queue that an outage would flood",
    "error",
    number=30,
    theme=THEME,
    scope="operations",
    reads={SUBSCRIPTION_CHECK: {}, QUEUE_RULE: {}, REMEDIES: {"up_to": ()}},
    page=Page(
        looks_for="No answer to how a dropped subscription is noticed or how waiting tickets are released, and an "
        "offer that agents may make without a limit.",
        why="When tracking stops, everybody writes at once. Whoever then works without a rule reopens every ticket, or "
        "gives goodwill that nobody adds up.",
        bad="How waiting tickets are released: not applicable. Five days late: send it again, up to any amount.",
        good="Waiting tickets carry the tag order-sync-hold and are released oldest first, 200 an hour. Five days "
        "late: send it again, up to R$200.",
        fix="Say how you notice it, in which order tickets are released, and how far an agent may go.",
    ),
)
def queue_unprepared(facts: Facts) -> Iterator[Found]:
    """The two answers, then each remedy without a limit; a limit that is open waits."""
    for question_id, fix in _ANSWERS.items():
        question = facts.asked.get(question_id)
        if question is not None and not facts.has(question_id):
            message = f"An outage becomes a ticket flood: “{question.label}” has no answer."
            yield Found(question_id, message, fix, lacks=question_id)
    for row in facts.rows(REMEDIES):
        if row.lacks("up_to"):
            message = f"An outage becomes a ticket flood: what agents may offer for {row.says} has no limit."
            yield row.found(message, "Say up to which amount they may go.", "up_to")

"""The support card: what an agent must find on it, and what must not be there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handoff_tui.checks.wording import unsafe_in
from handoff_tui.core.answers import Answer, Open
from tests.core.making import TODAY
from tests.render.samples import billing, changed, example, handoff_of, part, published

CARD = "support-card"
SIGNALS = "support_view.support_signals"
STEPS = "fallback.fallback_steps"
ESCALATION = "Where to escalate, by hour"
BY_HAND = "When it stops: what support does by hand"


def card(name: str = "") -> str:
    return published(example(name) if name else billing(), CARD)


@pytest.mark.parametrize("name", ["", "charging-plans", "furniture-deliveries", "wallet-verification"])
def test_nothing_on_it_is_for_insiders_only(name: str) -> None:
    text = card(name)
    assert unsafe_in(text) == []
    for word in ("webhook", "retried", "Timeout", "mermaid", "dedupe", "Schema"):
        assert word not in text


def test_an_unsafe_text_is_left_out_and_said_to_be() -> None:
    rows = billing().answer(SIGNALS).value
    bad = changed(
        SIGNALS, lambda answer: answer.with_(value=[rows[0] | {"agent_must_not": "See 10.20.0.15"}, *rows[1:]])
    )
    assert "- **Never:** (left out: it would show an address inside our network)" in published(bad, CARD)
    assert "10.20.0.15" in published(bad, "summary")


def test_each_state_has_its_words_or_says_that_there_are_none() -> None:
    text = part(card(), "What each state means")
    assert "| **past_due** | The renewal failed, but I still have access | still moving | Your renewal did not" in text
    assert "| can be undone | nothing is written down: ask before you say anything |" in text


def test_a_value_that_agents_do_not_see_is_not_explained_to_them() -> None:
    hidden = changed(
        "source_of_truth.critical_fields",
        lambda answer: answer.with_(
            value=[row | {"place": "not_shown"} for row in answer.value[:1]] + answer.value[1:]
        ),
    )
    assert "subscription_status" in part(card(), "What you see")
    assert "subscription_status" not in part(published(hidden, CARD), "What you see")


def test_only_the_steps_that_are_supports_or_nobodys_yet_stand_on_it() -> None:
    text = part(card("charging-plans"), BY_HAND)
    assert "1. **Switch on the banner" in text
    assert "Stop all automatic blocks" not in text
    rows = [{"step": "Stop the blocks", "who": "siobhan"}]
    others = changed(STEPS, lambda answer: answer.with_(value=rows))
    assert "No step of it is support's" in part(published(others, CARD), BY_HAND)
    nobody = changed(STEPS, lambda answer: answer.with_(value=[{"step": "Stop the blocks"}]))
    assert "1. **Stop the blocks** · No answer yet" in part(published(nobody, CARD), BY_HAND)


def test_who_takes_over_comes_by_hour_and_a_gap_is_said() -> None:
    text = part(card("wallet-verification"), ESCALATION)
    assert "| **Security on-call** | **24x7** |" in text
    assert "**Outside these hours** nobody is named for: the update failed." in text
    assert "- **the two systems disagree:** Not decided yet: Māra Bērziņa, by 4 Dec 2026" in part(card(), ESCALATION)


def test_alerts_of_engineers_lead_to_nobody_here() -> None:
    assert "BillingLagHigh" not in card()
    assert "| **ManyPasses** |" in part(card("charging-plans"), "When an alert comes to support")


@pytest.mark.parametrize(
    "question",
    [
        "business_state.journey",
        "business_state.business_states",
        "source_of_truth.critical_fields",
        "source_of_truth.conflict_rule",
        SIGNALS,
        "support_view.agent_actions",
        "source_of_truth.never_copied",
        "alerts.support_told",
        "fallback.fallback_start",
        STEPS,
        "fallback.fallback_exit",
        "fallback.catch_up",
        "payments.money_actions",
    ],
)
def test_what_nobody_has_decided_is_said_where_a_reader_looks_for_it(question: str) -> None:
    mark = Open(owner="zofia", due=TODAY)
    text = published(changed(question, lambda _: Answer(None, mark)), CARD)
    before = published(billing(), CARD)
    said = "**Not decided yet:** Zofia Wiśniewska finds out by 23 Nov 2026"
    assert text.count(said) > before.count(said)


def test_a_handoff_of_nothing_has_a_card_that_says_so() -> None:
    text = published(handoff_of({}), CARD)
    assert text.startswith("# A name: support card\n")
    assert "No answer yet" in text


def test_an_answer_that_is_not_asked_now_does_not_appear() -> None:
    gone = replace(billing(), head=replace(billing().head, template="identity"))
    assert "refund a payment" in card()
    assert "refund a payment" not in published(gone, CARD)

"""The support card: what an agent must find on it, and what must not be there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handoff_tui.checks.wording import unsafe_in
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, Stale
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.core.table import TableKind
from handoff_tui.render.support_card import PAGE
from tests.core.making import TODAY, bundled
from tests.render.samples import billing, changed, example, handoff_of, part, published
from tests.slow import rest_slow

CARD = "support-card"
SIGNALS = "support_view.support_signals"
STEPS = "fallback.fallback_steps"
FIELDS = "source_of_truth.critical_fields"
OUTCOMES = "identity.outcome_wording"
MONEY = "payments.money_actions"
PEOPLE = "parties.people"
SYNOPSIS = "What it does and does not do"
SEEN = "What do you see?"
NAMES = "Names used here"
FINE = "It looks fine, but the customer says otherwise"
GIVEN = "What may be given"
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
    assert "| can be undone | nothing is written down: ask **Billing platform** before" in text


def test_a_value_that_agents_do_not_see_is_not_explained_to_them() -> None:
    hidden = changed(
        "source_of_truth.critical_fields",
        lambda answer: answer.with_(
            value=[row | {"place": "not_shown"} for row in answer.value[:1]] + answer.value[1:]
        ),
    )
    assert "subscription_status" in part(card(), FINE)
    assert "subscription_status" not in part(published(hidden, CARD), FINE)


def test_only_the_steps_that_are_supports_or_nobodys_yet_stand_on_it() -> None:
    text = part(card("charging-plans"), BY_HAND)
    assert "1. **Switch on the banner" in text
    assert "Stop all automatic blocks" not in text
    rows = [{"step": "Stop the blocks", "who": "siobhan"}]
    others = changed(STEPS, lambda answer: answer.with_(value=rows))
    assert "No step of it is support's" in part(published(others, CARD), BY_HAND)
    nobody = changed(STEPS, lambda answer: answer.with_(value=[{"step": "Stop the blocks"}]))
    assert "1. **Stop the blocks** · No answer yet" in part(published(nobody, CARD), BY_HAND)


def test_it_begins_with_what_it_is_for_then_what_is_seen_and_where_to_look() -> None:
    titles = [line for line in card().splitlines() if line.startswith("## ")]
    assert titles[:3] == [f"## {SYNOPSIS}", f"## {SEEN}", "## In every case"]
    text = part(card(), SEEN)
    for title, target in (("In every case", "in-every-case"), ("How you hear of it", "how-you-hear-of-it")):
        assert f"| [{title}](#{target}) |" in text
    assert "| A grey badge: last update 40 min ago | [The update is late](#the-update-is-late) |" in text
    assert f"[{GIVEN}](#what-may-be-given)" in text
    assert "Changes that a thief would want" not in text
    assert "- **Do first:** Put the ticket on hold" in part(card(), "The update is late", 3)


# -- when nothing looks wrong ------------------------------------------------------------------------------------


def test_how_long_a_change_takes_to_show_and_where_to_look_after_that() -> None:
    text = part(card(), FINE)
    assert "| **dispute_state** | user field | 1 hour | 2 hours |" in text
    assert "- **Until “A change shows within” is over:** the change may still be on its way; wait, and refresh" in text
    assert "- **After that time:** look under [The two systems disagree](#the-two-systems-disagree)." in text


def test_what_to_do_after_that_is_not_invented() -> None:
    rows = [row for row in billing().rows(SIGNALS) if row["signal"] != "conflict"]
    text = part(published(changed(SIGNALS, lambda answer: answer.with_(value=rows)), CARD), FINE)
    assert "- **After that time:** nobody has decided what you do then. Ask **Billing platform**." in text
    unpressed = changed("support_view.agent_actions", lambda answer: answer.with_(value=["none"]))
    assert "the change may still be on its way; wait." in part(published(unpressed, CARD), FINE)


def test_the_other_of_the_two_times_is_about_the_value_itself() -> None:
    old = "- **From “Old after” on:** the value itself is too old to rely on, whatever the customer says"
    seen = "; what you see then stands under [The update is late](#the-update-is-late)."
    assert old + seen in part(card(), FINE)
    blind = changed("support_view.freshness_shown", lambda answer: answer.with_(value="nothing"))
    assert f"{old}." in part(published(blind, CARD), FINE)
    rows = [row for row in billing().rows(SIGNALS) if row["signal"] != "delayed"]
    assert f"{old}." in part(published(changed(SIGNALS, lambda answer: answer.with_(value=rows)), CARD), FINE)


def test_which_values_an_agent_may_change() -> None:
    assert "- **You may change:** none of them" in part(card(), FINE)
    assert "- **You may change:** delivery_wish\n" in part(card("furniture-deliveries"), FINE)


# -- states and outcomes -----------------------------------------------------------------------------------------


def test_a_state_that_is_an_outcome_too_has_one_row_and_the_words_of_the_outcome() -> None:
    states = [{"state": "declined", "plain_meaning": "No", "final": "yes", "agent_may_say": "The words of the state"}]
    told = {"never_told": "That a list matched", "agent_sees": "Red", "may_retry": "no"}
    outcomes = [
        {"outcome": "Declined", "customer_told": "We could not verify you.", **told},
        {"outcome": "expired", "customer_told": "The link has run out."},
    ]
    handoff = handoff_of({"business_state.business_states": states, OUTCOMES: outcomes}, "identity")
    text = part(published(handoff, CARD), "What each state means")
    assert "| **declined**<br>Red | No | settled; may not try again | We could not verify you. | That a list" in text
    assert "| **expired** |  |  | The link has run out. | No answer yet |" in text
    assert "words of the state" not in text


# -- what may be given -------------------------------------------------------------------------------------------


def test_that_support_may_give_nothing_is_said_and_whom_to_ask() -> None:
    text = part(card("wallet-verification"), GIVEN)
    assert "**Support may give nothing:** nobody has decided" in text
    assert "Ask **Raúl Cárdenas** before" in text
    assert "Raúl Cárdenas" in part(card("wallet-verification"), ESCALATION)
    nobody = handoff_of({}, "identity")
    assert "Ask somebody who may decide it before you promise any." in part(published(nobody, CARD), GIVEN)
    never = changed(MONEY, lambda _: Answer(None, NotApplicable(reason="The shop gives none")))
    assert "**Support may give nothing**: The shop gives none" in part(published(never, CARD), GIVEN)


def test_what_may_be_given_is_a_table_with_the_note_on_it_but_not_who_agreed() -> None:
    note = Note(text="Per order, not per parcel", agreed_by=("zofia",))
    text = part(published(changed(MONEY, lambda answer: answer.with_(note=note)), CARD), GIVEN)
    assert "| **refund a payment** | €50 | Zofia Wiśniewska | agents | Stripe, by Revenue operations |" in text
    assert "Note: Per order, not per parcel" in text
    assert "agreed by" not in text.casefold()


def test_no_wait_is_said_as_people_say_it() -> None:
    text = part(card("wallet-verification"), "Changes that a thief would want")
    assert "| no wait |" in text
    assert "0 seconds" not in text


# -- whom to call ------------------------------------------------------------------------------------------------


def test_who_takes_over_comes_by_hour_with_the_hours_when_nobody_is_there() -> None:
    text = part(card("charging-plans"), ESCALATION)
    always = "| **Operations room**, 24x7, Phone +46 31 390 06 20 | never |"
    assert "| **Support duty lead** (customer support) | **24x7** · Duty phone" in text
    assert always in text
    # Who approves has such hours too.
    assert "| approval of money | **Göran Sjöström**, Mon-Fri 08:00-16:00 Europe/Stockholm, Phone" in text
    assert "| Mon-Thu 16:30 until 08:00; Fri 16:30 until Mon 08:00 Europe/Stockholm |" in text
    assert "- **the two systems disagree:** Not decided yet: Māra Bērziņa, by 4 Dec 2026" in part(card(), ESCALATION)


def test_whom_to_ask_while_nobody_is_there_and_that_they_are_away_too() -> None:
    decided = "**While nobody is there:** only what stands on this page is decided. Ask **Åsa Lindqvist**, Mon-Fri"
    text = part(card("charging-plans"), ESCALATION)
    assert decided in text
    assert "#billing-engineering in Slack; away too outside those hours." in text
    handoff = example("charging-plans")
    rows = [row | {"hours": "24x7"} if row["key"] == "asa" else row for row in handoff.rows(PEOPLE)]
    always = handoff.with_answer(PEOPLE, handoff.answer(PEOPLE).with_(value=rows))
    assert "away too" not in part(published(always, CARD), ESCALATION)


@pytest.mark.parametrize(
    ("reach", "channel", "said"),
    [
        ("/page billing in Slack, then #billing-live", "page", False),
        ("Pager service 'Billing'; agents call 12", "page", False),
        ("Phone 12, or /page billing", "page", True),
        ("#support in Slack", "slack", False),
        ("Desk phone 41, or a child ticket to the group X", "child_ticket", True),
        ("Child ticket to the group X; urgent: 12", "child_ticket", False),
    ],
)
def test_the_way_to_hand_over_is_not_said_twice(reach: str, channel: str, said: bool) -> None:
    people = [{"key": "x", "name": "X", "reach": reach}]
    signals = [{"signal": "failed", "escalate_to": "x", "channel": channel}]
    text = part(published(handoff_of({PEOPLE: people, SIGNALS: signals}), CARD), "The update failed", 3)
    assert ("first: " in text) == said


def test_a_gap_outside_supports_own_hours_is_none() -> None:
    text = part(card("furniture-deliveries"), ESCALATION)
    lead = next(line for line in text.splitlines() if line.startswith("| **Customer service lead of the day**"))
    assert lead.endswith("| never while support works |")
    # The stand-in of the stand-in is there until 17:00.
    assert "| Mon-Thu 17:00 until 06:00; Fri 17:00 until Mon 06:00 Europe/Budapest |" in text


def test_hours_that_nobody_wrote_down_or_that_cannot_be_compared_are_no_gap_of_ours() -> None:
    text = part(card(), ESCALATION)
    assert "| hours not written down · Phone, see the finance page | approval of money | nobody is named |" in text
    assert "| not known: not all hours are written down |" in text
    rows = [row | {"hours": "by day"} if row["key"] in ("mara", "tomas") else row for row in billing().rows(PEOPLE)]
    by_day = part(published(changed(PEOPLE, lambda answer: answer.with_(value=rows)), CARD), ESCALATION)
    assert "| outside these hours |" in by_day


def test_everybody_whom_the_card_names_can_be_reached() -> None:
    handoff = example("wallet-verification")
    text = card("wallet-verification")
    contacts = part(text, ESCALATION)
    for row in handoff.rows(PEOPLE):
        if row["name"].casefold() in text.casefold() and row["kind"] != "team":
            assert f"**{row['name']}**" in contacts
    assert "**Also named here:** **Identity engineering**, Mon-Fri 09:00-19:00 America/Mexico_City" in contacts


def test_alerts_of_engineers_lead_to_nobody_here() -> None:
    assert "BillingLagHigh" not in card()
    assert "| **ManyPasses** |" in part(card("charging-plans"), "How you hear of it")


def test_names_that_stand_on_it_are_explained_and_no_others() -> None:
    text = part(card("charging-plans"), NAMES)
    assert "- **Stripe**: where the data comes from · knows plan_state" in text
    assert "- **StripeSilent**: an alert for Billing on-call" in text
    assert "- **Laddnet**: knows charging_allowed, charge_until · looked after by Charging on-call" in text
    assert "decision_reason" not in card("wallet-verification")
    assert "**DecisionReversed**, **TakeoverPattern**, **WrongWallet**: alerts for Security on-call" in part(
        card("wallet-verification"), NAMES
    )
    assert "plan-bridge" not in text
    assert "PlanSyncBehind" not in text


# -- what is not settled -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", rest_slow(["payments", "identity", "operations"]))
def test_whatever_stands_on_it_is_marked_where_it_is_not_settled_and_nothing_else(template: str) -> None:
    """The page of the banner is the page: marking any other answer changes the banner only."""
    name = {"payments": "charging-plans", "identity": "wallet-verification", "operations": "furniture-deliveries"}
    settled = _all_settled(example(name[template]))
    clean = _below_the_banner(settled)
    for question in Interview(bundled(template), settled).asked:
        answer = settled.answer(question.id)
        mark = Assumed(basis="zqzq", confirmer="nobody-listed", due=TODAY)
        marked = settled.with_answer(question.id, answer.with_(mark=mark))
        assert (_below_the_banner(marked) != clean) == (question.id in PAGE), question.id
        said = published(marked, CARD).split("\n## ")[0]
        label = f"“{question.label}”"
        here = f"On this page, and marked where it stands: {label}."
        assert (here if question.id in PAGE else f"{label}: not on this page.") in said


def _all_settled(handoff: Handoff) -> Handoff:
    """Return an example without open points; what has no value gets one."""
    answers = {}
    for question in Interview(bundled(handoff.head.template), handoff).asked:
        answer = handoff.answer(question.id)
        empty: object = [] if isinstance(question.field, TableKind) else "3d"
        answers[question.id] = answer.with_(mark=None) if answer.value is not None else Answer(empty)
    return replace(handoff, answers={**handoff.answers, **answers})


def _below_the_banner(handoff: Handoff) -> str:
    return published(handoff, CARD).partition("\n## ")[2]


def test_what_is_to_be_reconfirmed_is_marked_too_and_a_long_list_is_cut() -> None:
    old = changed(FIELDS, lambda answer: answer.with_(stale=Stale(because="business_state.criticality", was="delay")))
    assert "**To be reconfirmed:**" in part(published(old, CARD), FINE)
    assert "Critical fields" in published(old, CARD).split("\n## ")[0]
    assert "and 15 more." in published(handoff_of({}), CARD).split("\n## ")[0]


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


def test_no_list_runs_into_the_next_one() -> None:
    lines = card("charging-plans").splitlines()
    pairs = zip(lines, lines[1:], lines[2:], strict=False)
    assert not [item for item in pairs if item[0][:2] == item[2][:2] == "- " and not item[1]]


def test_an_answer_that_is_not_asked_now_does_not_appear() -> None:
    gone = replace(billing(), head=replace(billing().head, template="identity"))
    assert "refund a payment" in card()
    assert "refund a payment" not in published(gone, CARD)


@pytest.mark.parametrize("document", [CARD, "guide-article"])
def test_actions_that_are_no_list_stop_nothing(document: str) -> None:
    text = published(changed("support_view.agent_actions", lambda answer: answer.with_(value=True)), document)
    assert "and refresh the value" not in text


@pytest.mark.parametrize("document", [CARD, "summary"])
def test_nobody_stands_in_for_themselves(document: str) -> None:
    people = [{"key": "x", "name": "Xenia", "reach": "12", "hours": "24x7", "backup": "x"}]
    signals = [{"signal": "failed", "escalate_to": "x"}]
    text = published(handoff_of({PEOPLE: people, SIGNALS: signals}), document)
    assert "nobody is named |" in text


@pytest.mark.parametrize(("last", "said"), [("24x7", "never"), ("", "not known: not all hours are written down")])
def test_when_nobody_is_there_counts_every_stand_in_down_to_the_last(last: str, said: str) -> None:
    day = "Mon-Fri 08:00-16:00 Europe/Oslo"
    people = [
        {"key": key, "name": key.upper(), "reach": "12", "hours": hours} | ({"backup": backup} if backup else {})
        for key, hours, backup in (("x", day, "y"), ("y", day, "z"), ("z", last, ""))
    ]
    signals = [{"signal": "failed", "escalate_to": "x"}]
    text = part(published(handoff_of({PEOPLE: people, SIGNALS: signals}), CARD), ESCALATION)
    assert f"| {said} |" in text
    assert "; then **Z**, " in text

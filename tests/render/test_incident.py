"""If it breaks now: what a support lead at 3 pm and an engineer at 3 am must find at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handoff_tui.core.answers import Answer, NotApplicable, Open, OpenCell
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.interview import Interview
from tests.core.making import template_from
from tests.render.samples import billing, changed, handoff_of, part, rendered, summarised

SIGNALS = "support_view.support_signals"
INCIDENT = "If it breaks now"
SAYS = "What support sees, says and never says"
BY_HAND = "Until it works again: by hand"


def incident(handoff: Handoff) -> str:
    return part(rendered(handoff), INCIDENT)


def test_it_begins_with_what_is_hurt() -> None:
    assert incident(billing()).strip().startswith("**If it stops:** customers lose money or access")


def test_what_customers_notice_names_who_puts_it_right() -> None:
    text = part(rendered(billing()), "What customers notice", 3)
    assert "| no reply in time | The old state for some minutes more | Billing on-call |" in text
    assert "and we say there is no refund | Not decided yet: Zofia Wiśniewska, by 30 Nov 2026 |" in text


def test_each_signal_has_its_words_in_a_quote_and_what_never_to_say() -> None:
    text = part(rendered(billing()), "The update is late", 4)
    assert "**Say:**\n\n> Your payment status reaches us late today. What you paid is safe.\n>\n> I will write" in text
    assert "- **Never:** Do not refund, and do not say when it will work again." in text
    assert (
        "- **Hand over:** after 2 hours · **Billing on-call** · Pager, then #billing-live in "
        "Slack · 24x7 · **no answer:** **Siobhán O'Reilly-Nguyễn**, Mon-Fri 09:00-17:30 Europe/Dublin, +353 1" in text
    )
    assert text.index("**You see:**") < text.index("**Do first:**") < text.index("**Say:**") < text.index("**Never:**")


def test_a_signal_that_leads_to_nobody_yet_says_who_finds_out() -> None:
    text = rendered(billing())
    assert "- **Hand over:** after 1 hour · Not decided yet: Māra Bērziņa, by 4 Dec 2026 · first: child ticket" in text
    assert "- **the two systems disagree:** Not decided yet: Māra Bērziņa, by 4 Dec 2026" in part(
        text, "Whom to call", 3
    )


def test_that_nothing_forbidden_is_written_down_is_said() -> None:
    rows = [{"signal": "delayed", "agent_sees": "a", "agent_may_say": "b", "next_step": "c", "escalate_to": "d"}]
    text = rendered(handoff_of({SIGNALS: rows}))
    assert "- **Never say:** nothing is written down" in text
    assert "nothing is written down" not in rendered(billing())


def test_what_must_never_reach_a_ticket_and_what_may_be_given() -> None:
    text = part(rendered(billing()), SAYS, 3)
    assert (
        "- **Never in a ticket, note or log, so never ask for it there:** full card number, card security code, bank "
        "account number, tax number" in text
    )
    assert (
        "- **refund a payment:** limit: €50 · where: Stripe, by Revenue operations · approval: Zofia Wiśniewska" in text
    )
    assert "- **In a dispute (needs_response), support stops:** Using the refund macro" in text


def test_an_identity_outcome_has_what_the_customer_hears_and_never_hears() -> None:
    rows = [{"outcome": "declined", "customer_told": "We could not verify you.", "never_told": "That a list matched"}]
    values = {"identity.outcome_wording": rows, "identity.caller_check": "No reset by phone, ever."}
    text = rendered(handoff_of(values, "identity"))
    outcome = part(text, "Outcome: declined", 4)
    assert "> We could not verify you." in outcome
    assert "- **Never told:** That a list matched" in outcome
    assert "- **If a caller presses you:** No reset by phone, ever." in part(text, "In every case", 4)


def test_those_who_answer_at_any_hour_are_called_first() -> None:
    rows = [row for row in part(rendered(billing()), "Whom to call", 3).splitlines() if row.startswith("| **")]
    assert [row.split("**")[1] for row in rows] == [
        "Billing on-call",
        "Support duty lead",
        "Revenue operations",
        "Māra Bērziņa",
        "Zofia Wiśniewska",
    ]
    assert (
        "| **24x7** | Pager, then #billing-live in Slack | the update is late, after 2 hours; alert BillingLagHigh;"
        in rows[0]
    )
    assert rows[0].endswith("| **Siobhán O'Reilly-Nguyễn**, Mon-Fri 09:00-17:30 Europe/Dublin, +353 1 555 0142 |")
    assert "hours not written down" in rows[4]
    assert rows[4].endswith("| nobody is named |")


def test_that_nobody_answers_at_night_is_said() -> None:
    night = "**At night and at weekends:** nobody is named who answers at any hour."
    without = changed(
        "parties.people", lambda answer: answer.with_(value=[row | {"hours": "9-5"} for row in answer.value])
    )
    assert night in incident(without)
    assert night not in incident(billing())


def test_an_alert_that_wakes_somebody_has_its_first_action_and_its_runbook() -> None:
    text = part(rendered(billing()), "If an alert wakes you", 3)
    assert "| BillingLagHigh | The oldest waiting event is more than 10 minutes old | Restart billing-sync" in text
    assert "<https://wiki.example.com/billing/lag> |" in text
    assert "RefundMismatch" not in text
    assert "- **Any urgent page (P1):** told by Billing on-call" in text


def test_that_no_alert_wakes_anybody_is_said() -> None:
    row = {"alert": "A", "audience": "support", "goes_to": "x", "urgency": "notice", "first_action": "b"}
    assert "No alert wakes anybody." in incident(handoff_of({"alerts.alerts": [row]}))


def test_where_to_look_whether_a_system_is_down() -> None:
    text = part(rendered(billing()), "Is a system down?", 3)
    assert "- **Stripe:** status page: <https://status.stripe.com/> · when it is down: wait and catch up later" in text


def test_the_fallback_from_its_start_over_its_steps_to_its_end() -> None:
    text = part(rendered(billing()), BY_HAND, 3)
    order = [
        "**Starts when:**",
        "**At most for:** 8 hours",
        "**Assumed** until Māra",
        "1. **Read the state",
        "2. **Extend access",
    ]
    order += [
        "**To send again",
        "**Over when:** **Not decided yet:** Zofia Wiśniewska",
        "**Afterwards:**",
        "within 12 hours",
    ]
    places = [text.index(piece) for piece in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("question_id", "words"),
    [
        ("business_state.criticality", "**If it stops:** "),
        (SIGNALS, "**What support sees and may say:** "),
        ("support_view.agent_actions", "**Support may press:** "),
        ("source_of_truth.never_copied", "**Never in a ticket, note or log, so never ask for it there:** "),
        ("alerts.support_told", "**Telling support:** "),
        ("fallback.fallback_start", "**Starts when:** "),
        ("fallback.fallback_max", "**At most for:** "),
        ("fallback.fallback_steps", "**Steps:** "),
        ("fallback.fallback_exit", "**Over when:** "),
        ("fallback.catch_up", "**Afterwards:** "),
        ("alerts.alerts", "**Alerts:** "),
        ("failure_handling.failure_modes", ""),
    ],
)
def test_there_is_never_a_silent_hole(question_id: str, words: str) -> None:
    mark = Open(owner="mara", due=date(2026, 12, 4))
    for answer, said in [
        (Answer(), "No answer yet."),
        (Answer(mark=mark), "**Not decided yet:** Māra Bērziņa finds out by 4 Dec 2026."),
        (Answer(mark=NotApplicable(reason="there is none here")), "Not applicable: there is none here"),
    ]:
        assert words + said in incident(billing().with_answer(question_id, answer))


def test_a_table_without_rows_is_no_silent_hole_either() -> None:
    assert "**Steps:** No answer yet." in incident(
        changed("fallback.fallback_steps", lambda answer: answer.with_(value=[]))
    )


def test_a_contact_that_is_not_listed_is_shown_by_its_key() -> None:
    text = incident(changed("parties.people", lambda answer: answer.with_(value=answer.value[:1])))
    assert "| **billing-oncall** | hours not written down | not written down |" in text


def test_hours_that_are_open_say_who_finds_out() -> None:
    cell = OpenCell("parties.people", "zofia", "hours", "mara", date(2026, 12, 4))
    text = incident(replace(billing(), open_cells=(cell,)))
    assert "| **Zofia Wiśniewska** | Not decided yet: Māra Bērziņa, by 4 Dec 2026 |" in text


def test_operations_says_what_may_be_offered_and_how_tickets_wait() -> None:
    values = {
        "operations.remedy_limits": [{"situation": "5 days late", "may_offer": "Send it again", "up_to": "€20"}],
        "operations.queue_rule": "Tag order-sync-hold",
    }
    text = incident(handoff_of(values, "operations"))
    assert "- **5 days late:** Send it again · up to: €20" in text
    assert "- **Waiting tickets:** Tag order-sync-hold" in text


def test_the_general_template_has_the_part_too() -> None:
    text = rendered(Handoff(Head(template="general")))
    assert "## If it breaks now" in text
    assert "May be given" not in text


def test_a_team_may_ask_the_same_in_another_kind() -> None:
    template = template_from("""
format = 1
version = 1
title = "Ours"
about = "Alerts in one text."

[alerts]
title = "Alerts"
theme = "Ownership"
minutes = 1
alerts = { kind = "text", need = "essential", label = "Alerts" }
[fallback]
title = "Fallback"
theme = "Ownership"
minutes = 1
[fallback.fallback_start]
kind = "table"
need = "essential"
label = "Starts"
columns.sign = { label = "Sign" }
columns.what = { label = "What" }
[close]
title = "Close"
theme = "Ownership"
minutes = 1
signoff = { kind = "line", need = "essential", label = "Signed by" }
""")
    answers = {
        "alerts.alerts": Answer("Lag wakes Māra."),
        "fallback.fallback_start": Answer([{"sign": "Lag", "what": "an hour"}]),
        "close.signoff": Answer("Māra"),
    }
    text = summarised(Interview(template, Handoff(Head(name="Team", template="small"), answers)))
    assert "Lag wakes Māra." in part(text, "If an alert wakes you", 3)
    assert "sign: Lag; what: an hour" in part(text, BY_HAND, 3)
    assert part(text, "Sign-off").strip() == "- **Signed by:** Māra"

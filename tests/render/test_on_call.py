"""The on-call page: what an engineer must find at three in the morning."""

from __future__ import annotations

import pytest

from handoff_tui.core.answers import Answer, Open
from tests.core.making import TODAY
from tests.render.samples import billing, changed, example, handoff_of, part, published

PAGE = "on-call"


def page(name: str = "") -> str:
    return published(example(name) if name else billing(), PAGE)


def test_an_alert_has_first_action_owner_cover_and_what_it_means_for_customers() -> None:
    text = part(page("charging-plans"), "PlanSyncBehind", 3)
    lines = [line for line in text.splitlines() if line]
    assert lines[0].startswith("- **First action:** Find out which of the two queues grows.")
    assert "- **Owner:** **Billing on-call**, 24x7, /page billing in Slack, then #billing-live" in lines
    assert (
        "- **If they do not answer:** **Charging on-call**, 24x7, /page laddnet in Slack, then #laddnet-live" in lines
    )
    assert any(line.startswith("- **It may be: no reply in time.** customers: Has just paid") for line in lines)


def test_an_alert_that_can_wait_wakes_nobody() -> None:
    assert "### RefundMismatch" not in page()
    assert "| **RefundMismatch** |" in part(page(), "Alerts that can wait")


def test_that_nobody_covers_and_that_nothing_was_rehearsed_is_said() -> None:
    row = {"alert": "A", "audience": "engineering", "goes_to": "x", "urgency": "page_now", "first_action": "Do this"}
    people = [{"key": "x", "name": "Xenia", "function": "engineering"}]
    text = part(published(handoff_of({"alerts.alerts": [row], "parties.people": people}), PAGE), "A", 3)
    assert "- **Owner:** **Xenia**" in text
    assert "- **If they do not answer:** nobody is named" in text
    assert "- **Rehearsed on:** never" in text


def test_each_hop_has_its_timeout_retries_and_window() -> None:
    text = part(page(), "How updates travel")
    assert "```mermaid" in text
    assert "| billing events | Stripe | billing-sync | pushed by webhook | the sender | 3 days |" in text
    assert "Timeout: 10 seconds" in text


def test_what_support_says_meanwhile_stands_on_it() -> None:
    text = part(page(), "What support has been told")
    assert "- **Any urgent page (P1):** told by Billing on-call" in text
    assert "| **the update failed** | A red badge: no update since this morning | We cannot see your payment" in text


@pytest.mark.parametrize(
    "question",
    [
        "alerts.alerts",
        "failure_handling.delivery_paths",
        "failure_handling.failure_modes",
        "failure_handling.reconciliation",
        "failure_handling.replay",
        "fallback.fallback_start",
        "fallback.fallback_steps",
        "fallback.catch_up",
        "alerts.support_told",
        "support_view.support_signals",
        "alerts.silence_check",
        "close.known_gaps",
    ],
)
def test_what_nobody_has_decided_is_said_where_a_reader_looks_for_it(question: str) -> None:
    text = published(changed(question, lambda _: Answer(None, Open(owner="zofia", due=TODAY))), PAGE)
    assert "**Not decided yet:** Zofia Wiśniewska finds out by 23 Nov 2026" in text


def test_a_handoff_of_nothing_has_a_page_that_says_so() -> None:
    text = published(handoff_of({}), PAGE)
    assert text.startswith("# A name: on call\n")
    assert "No answer yet" in text


def test_what_an_alert_means_is_found_whatever_the_case_of_its_name() -> None:
    rows = billing().answer("failure_handling.failure_modes").value
    lower = [row | {"detected_by": str(row.get("detected_by", "")).lower()} for row in rows]
    text = published(changed("failure_handling.failure_modes", lambda answer: answer.with_(value=lower)), PAGE)
    assert "- **It may be: the source is down.**" in part(text, "StripeSilence", 3)


def test_how_silence_is_noticed_is_no_part_of_the_last_alert() -> None:
    text = page("charging-plans")
    assert "Noticed by" not in part(text, "StripeKeyRefused", 3)
    assert part(text, "If nothing arrives at all", 3).strip().startswith("- **Noticed by:** StripeSilent goes off")

"""Three interviews of one company: the same base, and what each scenario adds."""

from __future__ import annotations

from tests.end_to_end.script import Answer, Mark, Newcomer, Note, Row, Script, Start, Step, Table

__all__ = ["SCRIPTS"]

PEOPLE, SYSTEMS = "parties.people", "parties.systems"

_BUSINESS_STATE: tuple[Step, ...] = (
    Answer(
        "business_state.journey",
        "A customer whose renewal failed can keep reading until day 14.\nAfter that, they cannot | `really` [not].",
    ),
    Table(
        "business_state.business_states",
        (
            Row({"state": "past_due", "plain_meaning": "The renewal failed, but I still have access", "final": "no"}),
            Row(
                {
                    "state": "refund started",
                    "plain_meaning": "My money is on its way",
                    "final": "can_reverse",
                    "agent_may_say": "We have started your refund.\nI will write to you as soon as it is final.",
                    "customer_effect": "Waits for the money",
                }
            ),
        ),
    ),
    Answer("business_state.criticality", "money_or_access"),
)

_PARTIES: tuple[Step, ...] = (
    Table(
        SYSTEMS,
        (
            Row({"name": "Stripe", "role": "source"}),
            Row(
                {"name": "billing-sync", "role": "middleware", "owner": "billing-platform", "if_down": "wait"},
            ),
            Row({"name": "Zendesk", "role": "zendesk", "if_down": "manual"}),
        ),
    ),
    Table(
        PEOPLE,
        (
            Row({"function": "engineering", "backup": "Siobhán O'Reilly"}, of="mara-berzina"),
            Row({"function": "finance", "backup": "mara-berzina"}, of="siobhan-oreilly"),
            Row({"function": "engineering", "kind": "team"}, of="billing-platform"),
            Row(
                {
                    "name": "Billing on-call",
                    "key": "billing-on-call",
                    "function": "engineering",
                    "kind": "rota",
                    "reach": "Pager, then #billing-live",
                    "hours": "24x7",
                }
            ),
        ),
    ),
)

_SOURCE_OF_TRUTH: tuple[Step, ...] = (
    Table(
        "source_of_truth.critical_fields",
        (
            Row(
                {
                    "field": "subscription_status",
                    "record": "Stripe",
                    "place": "app_panel",
                    "agent_edit": "locked",
                    "fresh_within": "15 min",
                }
            ),
            Row(
                {
                    "field": "grace_days",
                    "record": "Entitlements",
                    "place": "internal_note",
                    "agent_edit": "editable",
                    "fresh_within": "1h",
                    "means": "How long access goes on",
                    "class": "operational",
                    "direction": "both",
                },
                newcomers=(Newcomer(SYSTEMS, "Entitlements", {"role": "other"}),),
            ),
        ),
    ),
    Answer("source_of_truth.join_key", "Stripe customer id in user `external_id`"),
    Answer("source_of_truth.conflict_rule", "Stripe wins; billing-platform repairs the copy within a day."),
    Answer("source_of_truth.never_copied", ["card_number", "security_code", "secret", "Bank login"]),
)


def _ownership(duty: str) -> tuple[Step, ...]:
    return (
        Table(
            "ownership.responsibilities",
            (
                Row({"accountable": "billing-platform", "informed": ["siobhan-oreilly"]}, of="contract_changes"),
                Row({"accountable": "Billing on-call"}, of="retry_logic"),
                Row(
                    {"accountable": "Revenue ops", "backup": "mara-berzina"},
                    of="reconciliation",
                    newcomers=(Newcomer(PEOPLE, "revenue-ops", {"function": "finance", "kind": "team"}),),
                ),
                Row({"accountable": "mara-berzina"}, of="zendesk_config"),
                Row({"accountable": "siobhan-oreilly"}, of=duty),
            ),
        ),
        Note("ownership.contract_location", "Finance asked for a copy.\n- on paper"),
        Answer("ownership.contract_location", "contracts/billing.v3.json; API version 2026-09-30"),
        Answer("ownership.unknown_value", "reject_and_alert"),
    )


_FAILURE_HANDLING: tuple[Step, ...] = (
    Table(
        "failure_handling.delivery_paths",
        (
            Row(
                {
                    "path": "billing events",
                    "from": "Stripe",
                    "to": "billing-sync",
                    "trigger": "webhook",
                    "retried_by": "sender",
                    "retry_window": "3 days",
                    "then": "reconcile",
                    "auth": "signature",
                    "dedupe_window": "30d",
                    "order_rule": "refetch",
                    "timeout": "10s",
                }
            ),
            Row(
                {
                    "path": "nightly copy",
                    "from": "billing-sync",
                    "to": "Zendesk",
                    "trigger": "batch",
                    "retried_by": "us",
                    "then": "dead_letter",
                },
                open={"retry_window": {"owner": "revenue-ops", "due": "in 2 weeks"}},
            ),
        ),
    ),
    Table(
        "failure_handling.failure_modes",
        (
            Row(
                {
                    "customer_sees": "nothing",
                    "automatic": "The second copy is dropped",
                    "owner": "billing-platform",
                    "detected_by": "not_needed",
                },
                of="duplicate",
            ),
            Row(
                {
                    "customer_sees": "An old state",
                    "automatic": "It is tried again",
                    "owner": "Billing on-call",
                    "detected_by": "BillingLagHigh",
                },
                of="timeout",
            ),
            Row(
                {
                    "customer_sees": "Money is back, we say pending",
                    "automatic": "The comparison repairs it",
                    "owner": "revenue-ops",
                    "detected_by": "reconciliation",
                    "tested_on": "2026-11-04",
                },
                of="partial",
            ),
            Row(
                {
                    "customer_sees": "Access goes on",
                    "automatic": "Events wait at the source",
                    "owner": "Billing on-call",
                    "detected_by": "StripeSilence",
                },
                of="source_down",
            ),
        ),
    ),
    Table(
        "failure_handling.reconciliation",
        (Row({"compares": "Subscriptions per state", "every": "24h", "looks_back": "3d", "owner": "revenue-ops"}),),
    ),
)

_SUPPORT_VIEW: tuple[Step, ...] = (
    Answer("support_view.stale_after", "2 hours"),
    Table(
        "support_view.support_signals",
        tuple(
            Row(
                {
                    "agent_sees": f"A badge: {signal}\nand its age",
                    "agent_may_say": "It reaches us late today. I will write again by 4 pm.",
                    "next_step": "On hold, look again in 30 minutes",
                    "escalate_to": "Billing on-call",
                },
                of=signal,
            )
            for signal in ("delayed", "failed", "conflict")
        ),
    ),
    Answer("support_view.freshness_shown", "stale_badge"),
    Answer("support_view.agent_actions", ["refresh", "open_source_record"]),
)

_ALERTS: tuple[Step, ...] = (
    Table(
        "alerts.alerts",
        (
            Row(
                {
                    "audience": "engineering",
                    "goes_to": "Billing on-call",
                    "urgency": "page_now",
                    "first_action": "Restart the sync\nand watch the queue",
                },
                of="BillingLagHigh",
            ),
            Row(
                {
                    "audience": "engineering",
                    "goes_to": "revenue-ops",
                    "urgency": "page_now",
                    "first_action": "Look at the status page",
                },
                of="StripeSilence",
                newcomers=(Newcomer(PEOPLE, "revenue-ops", {"hours": "Mon-Fri 08:00-17:00 Europe/Oslo"}),),
            ),
        ),
    ),
    Table(
        "alerts.support_told",
        (Row({"event": "Any page", "who": "Billing on-call", "channel": "#support-live", "within": "10m"}),),
    ),
)

_FALLBACK: tuple[Step, ...] = (
    Answer("fallback.fallback_start", "60 minutes behind, and the duty lead says so."),
    Table(
        "fallback.fallback_steps",
        (
            Row(
                {"step": "Extend access", "who": "Support leads", "uses_system": "Entitlements", "limit": "48h"},
                newcomers=(Newcomer(PEOPLE, "support-leads", {"function": "support", "kind": "rota"}),),
            ),
        ),
    ),
    Mark(
        "fallback.fallback_max",
        "assumed",
        {"basis": "the drill of spring", "confirmer": "support-leads", "due": "in 3 weeks"},
        raw="8h",
    ),
    Answer("fallback.fallback_exit", "Two comparisons in a row agree."),
    Table(
        "fallback.catch_up",
        (Row({"task": "Match the access we extended", "owner": "revenue-ops", "within": "12 hours"}),),
    ),
)

_CLOSE: tuple[Step, ...] = (
    Mark("close.known_gaps", "not_applicable", {"reason": "Nobody could think of one"}),
    Answer("close.review_by", "2031-05-01"),
    Table(
        "close.signoff",
        (
            Row({"who": "support-leads", "function": "Support"}),
            Row({"who": "mara-berzina", "function": "Engineering", "decision": "accept", "on": "2026-11-20"}),
        ),
    ),
)

_PAYMENTS: tuple[Step, ...] = (
    Table(
        "payments.money_actions",
        (
            Row({"done_in": "Stripe", "limit": "€50", "approver": "siobhan-oreilly"}, of="refund"),
            Row({"done_in": "Entitlements", "limit": "48h", "approver": "support-leads"}, of="extend_access"),
        ),
    ),
    Table(
        "payments.dispute_clock",
        (
            Row(
                {
                    "stage": "needs_response",
                    "watcher": "siobhan-oreilly",
                    "answer_within": "5d",
                    "support_stops": "Using the refund macro",
                }
            ),
        ),
    ),
)

_IDENTITY: tuple[Step, ...] = (
    Table(
        "identity.high_risk_changes",
        (
            Row(
                {
                    "change": "phone",
                    "proof": "A new selfie check",
                    "approver": "support-leads",
                    "second_approver": "mara-berzina",
                    "wait": "24h",
                }
            ),
        ),
    ),
    Table(
        "identity.outcome_wording",
        (Row({"outcome": "declined", "customer_told": "We could not verify you.", "never_told": "A match"}),),
    ),
)

_OPERATIONS: tuple[Step, ...] = (
    Answer("operations.status_grain", "shipment"),
    Answer("operations.subscription_check", "Every hour we compare the subscriptions."),
    Table(
        "operations.remedy_limits",
        (Row({"situation": "5 days late", "may_offer": "Send it again", "up_to": "R$200"}),),
    ),
    Answer("operations.queue_rule", "Tag order-sync-hold; released oldest first."),
)


def _script(template: str, name: str, duty: str, own: tuple[Step, ...]) -> Script:
    start = Start(
        template,
        name,
        "engineering_to_support",
        "Māra Bērziņa, Siobhán O'Reilly",
        "billing-platform",
    )
    steps = (
        *_BUSINESS_STATE,
        *_PARTIES,
        *_SOURCE_OF_TRUTH,
        *_ownership(duty),
        *_FAILURE_HANDLING,
        *_SUPPORT_VIEW,
        *_ALERTS,
        *_FALLBACK,
        *own,
        *_CLOSE,
    )
    return Script(start, steps)


SCRIPTS = {
    "payments": _script("payments", "Stripe billing [state] in Zendesk", "finance_close", _PAYMENTS),
    "identity": _script("identity", "Identity checks", "decision_appeals", _IDENTITY),
    "operations": _script("operations", "Orders", "carrier_contact", _OPERATIONS),
}

"""The questions that rules read, by what the rules call them. A test holds each against the bundled templates."""

from handoff_tui.core.reading import PEOPLE, SYSTEMS

__all__ = [
    "ACTIONS",
    "ALERTS",
    "CARD_DATA",
    "CATCH_UP",
    "CONFLICT_RULE",
    "CRITICALITY",
    "DUTIES",
    "FALLBACK_EXIT",
    "FALLBACK_MAX",
    "FALLBACK_START",
    "FIELDS",
    "FRESHNESS_SHOWN",
    "HIGH_RISK",
    "MODES",
    "NEVER_COPIED",
    "OUTCOMES",
    "PATHS",
    "PEAK",
    "PEOPLE",
    "QUEUE_RULE",
    "RECONCILIATION",
    "REMEDIES",
    "SIGNALS",
    "STALE_AFTER",
    "STATES",
    "STEPS",
    "SUBSCRIPTION_CHECK",
    "SYSTEMS",
    "TOLD",
]

STATES = "business_state.business_states"
CRITICALITY = "business_state.criticality"
PEAK = "business_state.events_per_hour_peak"
FIELDS = "source_of_truth.critical_fields"
CONFLICT_RULE = "source_of_truth.conflict_rule"
NEVER_COPIED = "source_of_truth.never_copied"
DUTIES = "ownership.responsibilities"
PATHS = "failure_handling.delivery_paths"
MODES = "failure_handling.failure_modes"
RECONCILIATION = "failure_handling.reconciliation"
STALE_AFTER = "support_view.stale_after"
SIGNALS = "support_view.support_signals"
FRESHNESS_SHOWN = "support_view.freshness_shown"
ACTIONS = "support_view.agent_actions"
ALERTS = "alerts.alerts"
TOLD = "alerts.support_told"
FALLBACK_START = "fallback.fallback_start"
STEPS = "fallback.fallback_steps"
FALLBACK_MAX = "fallback.fallback_max"
FALLBACK_EXIT = "fallback.fallback_exit"
CATCH_UP = "fallback.catch_up"
CARD_DATA = "payments.card_data"
HIGH_RISK = "identity.high_risk_changes"
OUTCOMES = "identity.outcome_wording"
SUBSCRIPTION_CHECK = "operations.subscription_check"
REMEDIES = "operations.remedy_limits"
QUEUE_RULE = "operations.queue_rule"

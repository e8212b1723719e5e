"""The questions that the bundled templates must have, copied by hand from the design: ids are a contract.

A line is a question or, indented, a column of it. `E` essential, `R` recommended, `O` optional; `D`: may stay open
from discovery to delivery; `offered`: asked unbidden; `=x`: a suggested value. A column after `+` is optional, one
after `?` is needed when the row's trigger is webhook. What stands in brackets are the choices.
"""

from __future__ import annotations

from handoff_tui.core.kinds import ChoiceKind, ManyKind
from handoff_tui.core.question import Question
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.template import Section

BASE = {
    "business_state": """
journey text E
business_states table E
    state line
    plain_meaning line
    final choice [yes no can_reverse]
    + agent_may_say text
    + customer_effect line
criticality choice E [money_or_access delay inconvenience]
does_not_do text R
events_per_hour_peak number R
success_measure line O
""",
    "parties": """
systems table E
    name line
    role choice [source middleware zendesk carrier other]
    + owner contact
    + status_page line
    + if_down choice [wait manual stop]
people table E
    key line
    name line
    function choice [engineering support operations finance security vendor]
    + backup contact
    + kind choice [person team rota] =person
    + reach line
    + hours line
""",
    "source_of_truth": """
critical_fields table E
    field line
    record system
    place choice [ticket_field user_field organization_field custom_object custom_status tag app_panel \
internal_note not_shown]
    agent_edit choice [locked editable not_shown]
    fresh_within duration
    + means line
    + class choice [financial identity operational contact reference] =operational
    + direction choice [in out both] =in
    + may_change contact
    + sensitivity choice [public internal personal restricted] =internal
    + stale_after duration
join_key line E
conflict_rule text E
never_copied many E [card_number security_code id_image secret]
keep_for duration O
""",
    "ownership": """
responsibilities table E
    duty choice [contract_changes retry_logic reconciliation zendesk_config customer_wording vendor_contact credentials]
    accountable contact
    + backup contact
    + doer contact
    + informed many
contract_location line ED
change_notice duration R
unknown_value choice ED [show_raw show_unknown reject_and_alert ignore]
credentials table R
    name line
    owner contact
    expires date
    + rotated_how line
""",
    "failure_handling": """
delivery_paths table ED
    path line
    from system
    to system
    trigger choice [webhook poll event_bus batch manual]
    retried_by choice [sender us both nobody]
    retry_window duration
    then choice [dead_letter reconcile ticket lost]
    ? auth choice [signature token mtls none]
    ? dedupe_window duration
    ? order_rule choice [refetch sequence ignore_older last_write_wins not_needed]
    + timeout duration
    + dedupe_key line
failure_modes table ED
    mode choice [duplicate out_of_order timeout partial rate_limited source_down zendesk_down bad_data unknown_value \
auth_expired backlog]
    customer_sees line
    automatic line
    owner contact
    detected_by line
    + human_step line
    + tested_on date
reconciliation table ED
    compares line
    every duration
    looks_back duration
    owner contact
    + drift_limit line
    + on_drift text
replay text R
""",
    "support_view": """
stale_after duration E
support_signals table ED
    signal choice [delayed failed conflict unknown_value recovered]
    agent_sees text
    agent_may_say text
    next_step line
    escalate_to contact
    + escalate_after duration
    + shown_where line
    + agent_must_not text
    + channel choice [child_ticket slack teams email page]
freshness_shown choice E [last_synced_time stale_badge nothing]
agent_actions many E [refresh retry open_source_record override_with_approval none]
who_sees line R
""",
    "alerts": """
alerts table ED
    alert line
    audience choice [engineering support operations finance security]
    goes_to contact
    urgency choice [page_now work_hours ticket notice]
    first_action text
    + fires_when line
    + runbook line
    + tested_on date
support_told table ED
    event line
    who contact
    channel line
    within duration
silence_check text R
""",
    "fallback": """
fallback_start text E
fallback_steps table ED
    step line
    who contact
    uses_system system
    + limit line
    + recorded_in line
    + approver contact
fallback_max duration E
fallback_exit text ED
catch_up table ED
    task line
    owner contact
    within duration
    + done_when line
""",
    "close": """
known_gaps table R offered
    gap line
    owner contact
    + effect line
    + due date
evidence table R
    tested line
    on date
    by contact
    + link line
early_support_until date R
review_by date E
signoff table ED
    who contact
    function line
    + decision choice [accept accept_with_conditions reject]
    + condition line
    + on date
""",
}

SCENARIOS = {
    "payments": """
money_actions table E
    action choice [refund credit retry_charge cancel extend_access]
    done_in line
    limit line
    approver contact
    + asked_by line =agents
dispute_clock table E
    stage line
    watcher contact
    answer_within duration
    support_stops line
card_data choice R [none last_four other]
""",
    "identity": """
high_risk_changes table E
    change choice [email phone mfa_reset name payout_account recovery]
    proof line
    approver contact
    second_approver contact
    + wait duration
    + notify line
    + audit line
outcome_wording table E
    outcome line
    customer_told line
    never_told line
    + agent_sees line
    + may_retry choice [yes no]
re_review text R
caller_check text R
""",
    "operations": """
status_grain choice E [order fulfilment shipment line_item]
subscription_check text E
remedy_limits table E
    situation line
    may_offer line
    up_to line
    + approver contact
queue_rule text E
""",
}

ASKS = {
    "business_state": "What business state or customer journey does the integration support?",
    "source_of_truth": "Which system is the source of truth for each critical field or status?",
    "ownership": "Who owns contract changes, retry logic, and reconciliation?",
    "failure_handling": "How are duplicate events, timeouts, and partial failures handled?",
    "support_view": "What should support see when the integration fails or lags?",
    "alerts": "Which alerts go to engineering, and which should support or ops see?",
    "fallback": "What is the fallback path when the connected system is unavailable?",
}
"""The playbook's seven questions, word for word."""

THEMES = {
    "business_state": "Ownership and contracts",
    "source_of_truth": "Ownership and contracts",
    "ownership": "Ownership and contracts",
    "failure_handling": "Retries and alerts",
    "support_view": "Support-safe escalation",
    "alerts": "Retries and alerts",
    "fallback": "Support-safe escalation",
}

MINUTES = {
    "business_state": 9,
    "parties": 8,
    "source_of_truth": 12,
    "ownership": 8,
    "failure_handling": 19,
    "support_view": 13,
    "alerts": 8,
    "fallback": 12,
    "close": 6,
}

ADDS = (
    "business_state.journey",
    "business_state.business_states",
    "source_of_truth.critical_fields",
    "source_of_truth.conflict_rule",
    "support_view.support_signals",
    "alerts.alerts",
    "fallback.fallback_steps",
    "fallback.fallback_exit",
)
"""The questions of the base to which every scenario adds a question of its own."""


def described(section: Section) -> list[str]:
    """Return a section in the notation of this file."""
    lines: list[str] = []
    for question in section.questions:
        lines.append(_question(question))
        if isinstance(question.field, TableKind):
            lines += [f"    {_column(column)}" for column in question.field.columns]
    return lines


def expected(text: str) -> list[str]:
    return text.strip("\n").split("\n")


def _question(question: Question) -> str:
    need = question.need[0].upper() + ("D" if question.may_stay_open else "")
    offered = " offered" if question.always_offered else ""
    return f"{question.name} {question.field.kind} {need}{offered}{_choices(question.field)}"


def _column(column: Column) -> str:
    sign = "+ " if column.more else "? " if column.needed_when == {"trigger": "webhook"} else ""
    suggested = f" ={column.suggest}" if column.suggest else ""
    return f"{sign}{column.id} {column.field.kind}{_choices(column.field)}{suggested}"


def _choices(field: object) -> str:
    return f" [{' '.join(field.choices)}]" if isinstance(field, ChoiceKind | ManyKind) and field.choices else ""

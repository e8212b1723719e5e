"""All checks, registered once, and what they say of a handoff together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Any

from handoff_tui.checks import (
    by_kind,
    detection,
    failure,
    fallback,
    file,
    identity,
    operations,
    payments,
    states,
    support,
    truth,
)
from handoff_tui.checks.facts import Facts, Found
from handoff_tui.checks.rule import Check
from handoff_tui.core.answers import Assumed, Open
from handoff_tui.core.finding import Acceptance, Finding, Readiness, Severity, Verdict
from handoff_tui.core.interview import Interview
from handoff_tui.core.rule import ALL, Rule
from handoff_tui.core.template import Template
from handoff_tui.core.text import brief, is_placeholder

__all__ = ["ALWAYS_FAIL", "CHECKS", "RULES", "check", "runs", "unfit_changes"]

CHECKS: tuple[Check, ...] = (
    file.unreadable,
    file.conflict_marker,
    file.secret,
    file.unknown_key,
    by_kind.bad_value,
    by_kind.missing_cell,
    by_kind.duplicate_row,
    states.stale,
    states.conflict,
    truth.dangling_name,
    truth.record_twice,
    truth.mirror_editable,
    truth.two_way_no_rule,
    truth.sole_owner,
    truth.duty_unowned,
    failure.failure_unowned,
    failure.dedupe_too_short,
    failure.outage_outlives_retry,
    failure.retry_doubled,
    failure.unsigned_webhook,
    failure.order_ignored,
    detection.undetected_failure,
    detection.stale_mismatch,
    detection.over_rate_budget,
    support.support_alert_no_action,
    support.page_without_cover,
    support.unsafe_text,
    support.promised_eta,
    support.escalation_gap,
    fallback.fallback_no_exit,
    fallback.fallback_needs_failed_system,
    states.open_essential,
    states.placeholder_answer,
    fallback.untested,
    payments.zendesk_holds_money,
    payments.card_data_allowed,
    identity.support_decides_identity,
    identity.identity_exposed,
    operations.queue_unprepared,
)
"""In the order they report: what guards the file first, then by number."""

RULES: Mapping[str, Rule] = {item.rule.id: item.rule for item in CHECKS}
"""Every rule by id."""

_NAMES_EMPTY_CELLS = {"sole-owner", "duty-unowned", "failure-unowned", "fallback-no-exit", "identity-exposed"}
_YIELD_TO_PLACEHOLDER = {"bad-value", "dangling-name", "support-alert-no-action"}
_SECRET = "secret"
MOST = 1000
"""Findings of one rule that are listed; a table has at most half as many rows."""
ALWAYS_FAIL = frozenset({"secret", "conflict", "conflict-marker", "duplicate-row"})
"""What may never be checked in: it fails in a draft too."""


def check(interview: Interview, today: date) -> Verdict:
    """Return everything that the checks find about a whole handoff, whatever part an interview of it is limited to.

    A pure function: the same handoff on the same day has the same findings, wherever it is asked.
    """
    facts = Facts(Interview(interview.template, interview.handoff), today)
    standing = [item for item in CHECKS if runs(item.rule, facts.template, facts)]
    found = [_finding(facts, item.rule, one) for item in standing for one in _listed(item.find(facts))]
    acceptances = _acceptances(facts)
    stands: list[Finding] = []
    accepted: list[Finding] = []
    for finding in _without_echoes(found):
        taken = _taken_on(acceptances, finding)
        (accepted if taken else stands).append(replace(finding, accepted=taken) if taken else finding)
    return Verdict(tuple(stands), tuple(accepted), _readiness(facts, stands))


def _listed(found: Iterator[Found]) -> list[Found]:
    """Return what a rule finds; past the most that anybody can read only that there is more, and look no further."""
    listed = list(islice(found, MOST))
    if len(listed) == MOST and next(found, None):
        message = f"There are more of these in the file than the {MOST:,} that are listed."
        listed.append(Found("", message, "Mend those first, then check again.", text=message))
    return listed


def runs(rule: Rule, template: Template, facts: Facts | None = None) -> bool:
    """Say whether a rule holds for a template's handoffs; with `facts`, also for the moment of this one."""
    change = template.rules.get(rule.id)
    if change is not None and change.severity == "off" and not rule.guards_file:
        return False
    if facts is not None and rule.moment and facts.handoff.head.moment != rule.moment:
        return False
    return (rule.scope == ALL or rule.scope in template.lineage) and rule.reads.keys() <= template.by_id.keys()


def unfit_changes(template: Template) -> Iterator[tuple[str, str, str]]:
    """Yield the rule changes of a template that cannot be: (rule, what is wrong, what to do)."""
    for rule_id in template.rules:
        rule = RULES.get(rule_id)
        if rule is None:
            yield rule_id, "there is no such rule", f"use one of {', '.join(RULES)}"
        elif rule.guards_file:
            yield rule_id, "this rule protects the file and cannot be changed", "take it out"


def _finding(facts: Facts, rule: Rule, found: Found) -> Finding:
    severity: Severity = found.severity or rule.severity
    change = facts.template.rules.get(rule.id)
    if change is not None and severity == "error" and not rule.guards_file:
        severity = "warning"
    return Finding(
        rule.id,
        severity,
        found.question,
        brief(found.message),
        brief(found.fix, 1000),
        found.row,
        found.column,
        found.index,
        found.part,
        found.cause,
        found.lacks,
        _fingerprint(facts, found),
    )


def _fingerprint(facts: Facts, found: Found) -> str:
    """Return eight hex digits of the cell, the row or the answer that a finding is about."""
    value: Any = found.text
    if value is None:
        value = facts.handoff.answer(found.question).value
        if found.index is not None:
            rows = (row for row in value if isinstance(row, dict))
            row = next(islice(rows, found.index, None))
            value = row.get(found.column) if found.column else row
    text = value if isinstance(value, str) else json.dumps(value, default=str, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:8]


def _without_echoes(findings: list[Finding]) -> Iterator[Finding]:
    """Leave out what another rule says better of the same cell: an empty or a bad one is named once."""
    spoken: dict[tuple[str, str | None, str], set[str]] = {}
    for item in findings:
        if item.column:
            spoken.setdefault((item.question, item.row, item.column), set()).add(item.rule)
    for item in findings:
        others = spoken.get((item.question, item.row, item.column or ""), set()) - {item.rule}
        if item.rule == "missing-cell" and others - {"duplicate-row"}:
            continue
        if item.rule in _YIELD_TO_PLACEHOLDER and "placeholder-answer" in others:
            continue
        # An unlisted name has a cause, an empty cell has none.
        if item.rule == "dangling-name" and not item.cause and others & _NAMES_EMPTY_CELLS:
            continue
        yield item


def _acceptances(facts: Facts) -> dict[tuple[Any, ...], Acceptance | None]:
    """Return what the handoff says was accepted, by rule, place and fingerprint; of two for one place the first."""
    said: dict[tuple[Any, ...], Acceptance | None] = {}
    for item in facts.handoff.accepted:
        reason, by = item.get("reason"), item.get("by")
        place = tuple(item.get(key) for key in ("rule", "question", "row", "fingerprint"))
        if reason and by and isinstance(reason, str) and isinstance(by, str) and _are_texts(place):
            said.setdefault(place, None if is_placeholder(reason) else Acceptance(reason, by))
    return said


def _are_texts(place: tuple[Any, ...]) -> bool:
    return all(part is None or isinstance(part, str) for part in place)


def _taken_on(acceptances: Mapping[tuple[Any, ...], Acceptance | None], finding: Finding) -> Acceptance | None:
    """Return who accepted a finding, if it is one that can be and its text has not changed since."""
    if not (finding.severity == "warning" or finding.rule == _SECRET):
        return None
    return acceptances.get((finding.rule, finding.question, finding.row, finding.fingerprint))


def _readiness(facts: Facts, findings: list[Finding]) -> Readiness:
    if any(item.severity == "error" for item in findings):
        return Readiness.NOT_READY
    open_points = [answer for _, answer in facts.answers if isinstance(answer.mark, (Open, Assumed))]
    return Readiness.WITH_OPEN_POINTS if open_points or facts.interview.open_cells else Readiness.READY

"""Findings as SARIF 2.1.0, the format in which code scanning keeps results and shows which are new.

Findings that somebody accepted are results too, each with who took it on and why. The schema allows more than the
standard does: that every result says whether it is suppressed or none does, that a brace is doubled, and that what
looks like a link in a message is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from handoff_tui.core.finding import Finding
from handoff_tui.core.report import FileReport, Placed
from handoff_tui.core.rule import Rule
from handoff_tui.core.text import visible
from handoff_tui.render.reports.safely import as_json
from handoff_tui.render.reports.setting import Setting
from handoff_tui.render.rules import advice_page

__all__ = ["SCHEMA", "sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "advice": "note"}


def sarif(reports: Sequence[FileReport], setting: Setting) -> str:
    """Return one run with every rule, and a result for each finding."""
    places = {rule_id: index for index, rule_id in enumerate(setting.rules)}
    driver: dict[str, Any] = {"name": "handoff-wizard", "version": setting.version}
    driver["rules"] = [_rule(rule) for rule in setting.rules.values()]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": list(_results(reports, places))}
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": _message(f"{rule.title}.")},
        "fullDescription": {"text": _message(rule.page.looks_for)},
        "help": {
            "text": _message(f"{rule.page.why} {rule.page.fix}"),
            "markdown": advice_page(rule),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _results(reports: Sequence[FileReport], places: dict[str, int]) -> list[dict[str, Any]]:
    results = []
    for report in reports:
        seen: Counter[str] = Counter()
        for placed in (*report.findings, *report.accepted):
            mark = _fingerprint(placed.finding)
            seen[mark] += 1
            results.append(_result(report.path, placed, places, f"{mark}:{seen[mark]}"))
    return results


def _result(path: str, placed: Placed, places: dict[str, int], fingerprint: str) -> dict[str, Any]:
    finding = placed.finding
    result: dict[str, Any] = {"ruleId": finding.rule}
    if finding.rule in places:
        result["ruleIndex"] = places[finding.rule]
    result |= {
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(f"{finding.message} {finding.fix}")},
        "locations": [_location(path, placed)],
        "partialFingerprints": {"handoffFinding/v1": fingerprint},
        "suppressions": [],
    }
    if finding.accepted:
        why = visible(f"{finding.accepted.reason} ({finding.accepted.by})")
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": why}]
    return result


def _location(path: str, placed: Placed) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if placed.line:
        physical["region"] = {"startLine": placed.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if placed.finding.question:
        name = " / ".join(part for part in (placed.finding.question, placed.finding.row) if part)
        location["logicalLocations"] = [{"fullyQualifiedName": visible(name)}]
    return location


def _uri(path: str) -> str:
    """Return a path as a URI: relative as the path is, so that a host can find the file in its checkout."""
    # A name that is no UTF-8 comes with its bytes as half characters; other halves are of no file that can be found.
    known = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\N{REPLACEMENT CHARACTER}", path)
    quoted = quote(known, safe="/", errors="surrogateescape")
    if re.match("[A-Za-z]%3A/", quoted):
        return f"file:///{quoted[0]}:{quoted[4:]}"
    return f"file://{quoted}" if quoted.startswith("/") else quoted


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same while the text stays, wherever it moves in the file."""
    place = (finding.question, finding.row or "", finding.column or "", finding.part)
    parts = (finding.rule, *place, finding.fingerprint)
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _message(text: str) -> str:
    """Return text as a plain message: no placeholder, and no link that somebody typed."""
    return visible(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")

"""Findings as JSON; the keys are a contract of `product.md`, and scripts rely on there being no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handoff_tui.core.report import FileReport, Placed, Totals
from handoff_tui.render.reports.safely import as_json
from handoff_tui.render.reports.setting import Setting

__all__ = ["json"]


def json(reports: Sequence[FileReport], setting: Setting) -> str:  # noqa: ARG001 - every format is called alike
    """Return what stands in each file; what was accepted does not stand."""
    totals = Totals.of(reports)
    return as_json(
        {
            "files": [_file(report) for report in reports],
            "summary": {
                "files": totals.files,
                "errors": totals.errors,
                "warnings": totals.warnings,
                "advice": totals.advice,
            },
        }
    )


def _file(report: FileReport) -> dict[str, Any]:
    return {
        "path": report.path,
        "status": report.status,
        "readiness": report.readiness.value,
        "findings": [_finding(placed) for placed in report.findings],
    }


def _finding(placed: Placed) -> dict[str, Any]:
    finding = placed.finding
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "question": finding.question,
        "row": finding.row,
        "line": placed.line,
        "message": finding.message,
        "fix": finding.fix,
    }

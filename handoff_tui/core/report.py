"""What `check` says of files, before it becomes text, JSON, annotations or SARIF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handoff_tui.core.finding import Finding, Readiness

__all__ = ["FileReport", "Placed", "Totals"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding and the line it stands on, counted from 1; none where the file cannot be read that far."""

    finding: Finding
    line: int | None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What the checks say of one file.

    Args:
        path: The file as the user named it, or relative to the folder that was named; with forward slashes.
        status: `draft`, `final`, or `unreadable`.
        readiness: Whether the contract holds on the day it is needed.
        findings: What stands, by rule.
        accepted: Warnings, and false alarms of `secret`, that somebody took on.
        notes: What the file's template changes about the rules, one sentence each.
    """

    path: str
    status: str
    readiness: Readiness
    findings: tuple[Placed, ...] = ()
    accepted: tuple[Placed, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def unreadable(self) -> bool:
        """Whether nothing in it could be checked."""
        return self.status == "unreadable"


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was found, over all files."""

    files: int
    errors: int
    warnings: int
    advice: int

    @classmethod
    def of(cls, reports: Sequence[FileReport]) -> Totals:
        """Count."""
        severities = [placed.finding.severity for report in reports for placed in report.findings]
        return cls(len(reports), severities.count("error"), severities.count("warning"), severities.count("advice"))

"""What the checks say about the answers, and what follows from it for the handoff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

__all__ = ["SEVERITIES", "Acceptance", "Finding", "Group", "Readiness", "Severity", "Verdict", "grouped"]

Severity = Literal["error", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")
"""From the heaviest to the lightest."""


class Readiness(StrEnum):
    """Whether the contract holds on the day it is needed. The values are those of `check --format json`."""

    NOT_READY = "not_ready"
    WITH_OPEN_POINTS = "ready_with_open_points"
    READY = "ready"

    @property
    def words(self) -> str:
        """The readiness as people say it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A warning that somebody took on: why, and who (a key of `parties.people`)."""

    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the rule, the place, what is wrong, how to fix it.

    Args:
        rule: The rule's id.
        severity: An error keeps a handoff from becoming final.
        question: The full id of the question, or `handoff.KEY` for the head; empty for the file as a whole.
        message: What is wrong, one sentence.
        fix: What to do, one sentence or two.
        row: The row's first cell as the file has it.
        column: The column's id, where one cell is to blame.
        index: Which row of the table it is, counted from 0; two rows may have one name.
        part: Where in the file the trouble stands, if not at the answer itself: `open`, `assumed`, `open_cells`, ….
        cause: What several findings of one rule have in common, as the beginning of a sentence.
        lacks: A question whose having no value is the cause.
        fingerprint: Eight hex digits of what it was found in; an acceptance lapses when they change.
        accepted: Who took it on, and why.
    """

    rule: str
    severity: Severity
    question: str
    message: str
    fix: str
    row: str | None = None
    column: str | None = None
    index: int | None = None
    part: str = ""
    cause: str = ""
    lacks: str = ""
    fingerprint: str = ""
    accepted: Acceptance | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything the checks say of a handoff: what stands, what was accepted, and whether it is ready."""

    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    readiness: Readiness

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the handoff from becoming final."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule with one cause, for people: said once, with every place."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all."""
        return self.findings[0]

    @property
    def message(self) -> str:
        """What is wrong, and in how many places: “Nobody covers for Zofia, in 9 places.”"""
        if len(self.findings) == 1:
            return self.first.message
        return f"{self.first.cause or self.first.message.rstrip('.')}, in {len(self.findings)} places."


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Return findings by rule and cause, the heaviest first, otherwise in the order they came."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.rule, finding.cause or finding.message), []).append(finding)
    return sorted((Group(tuple(items)) for items in groups.values()), key=lambda g: SEVERITIES.index(g.first.severity))

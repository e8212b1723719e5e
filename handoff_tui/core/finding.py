"""What a check says about the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding", "Severity"]

Severity = Literal["error", "warning", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the rule, the place as question id and row (its first cell), what is wrong, how to fix it."""

    rule: str
    severity: Severity
    question: str
    message: str
    fix: str
    row: str | None = None
    column: str | None = None

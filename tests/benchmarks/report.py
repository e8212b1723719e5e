"""Ratios as lines of a table: medians, from the least to the most, and the goal."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["HEADING", "Ratio", "share"]

HEADING = f"{'':<42} {'ours':>22} {'beside':>22} {'ratio':>6}  goal"


@dataclass(frozen=True)
class Ratio:
    """What was measured on both sides. `part` is the share of the samples that lies below the number compared."""

    what: str
    ours: Sequence[float]
    beside: Sequence[float]
    unit: str
    goal: float | None
    note: str = ""
    part: float = 0.5

    @property
    def value(self) -> float:
        """How many times the other side's number ours is."""
        return share(self.ours, self.part) / share(self.beside, self.part)

    def __str__(self) -> str:
        """One line of the table."""
        goal = "no goal" if self.goal is None else f"≤ {self.goal:g} {self._verdict(self.goal)}"
        goal += f" ({self.note})" if self.note else ""
        return f"{self.what:<42} {self._side(self.ours):>22} {self._side(self.beside):>22} {self.value:>6.2f}  {goal}"

    def _verdict(self, goal: float) -> str:
        return "reached" if self.value <= goal else "MISSED"

    def _side(self, samples: Sequence[float]) -> str:
        return f"{share(samples, self.part):.1f} {self.unit} ({min(samples):.0f}..{max(samples):.0f})"


def share(samples: Sequence[float], part: float) -> float:
    """Return the number that this part of the samples lies below: 0.5 gives the median."""
    if part == 0.5:
        return statistics.median(samples)
    return statistics.quantiles(samples, n=100, method="inclusive")[round(part * 100) - 1]

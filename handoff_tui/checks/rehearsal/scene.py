"""What the links of one failure have in common: the chain of it, and what only the drill of it needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from handoff_tui.checks.facts import Facts, Row
from handoff_tui.core.chain import Chain

__all__ = ["Scene"]

_DOWN = {"source_down": "source", "zendesk_down": "zendesk"}
"""The role of the systems that are down in a failure."""


@dataclass
class Scene(Chain[Row]):
    """One failure, and what the rest of the handoff has for it on a day."""

    facts: Facts

    @cached_property
    def slowest_telling(self) -> Row | None:
        """The row by which support hears last, of those that fit: a drill counts on no luck."""
        return max(self.telling[0], key=lambda row: row.seconds("within") or 0, default=None)

    @cached_property
    def down(self) -> frozenset[str]:
        """The names of the systems that are down in this failure."""
        role = _DOWN.get(self.mode)
        return frozenset(name for name, row in self.facts.systems.items() if role and row["role"] == role)

"""What the links of one failure have in common: what notices it, who is called, which words of support's fit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from handoff_tui.checks.detection import runs_by_itself
from handoff_tui.checks.facts import Facts, Row
from handoff_tui.checks.ids import ALERTS, RECONCILIATION, TOLD
from handoff_tui.core.told import SIGNALS, alert_name, telling

__all__ = ["Noticed", "Scene"]

Noticed = Literal["alert", "reconciliation", "agents", "itself", "nobody"]

_DOWN = {"source_down": "source", "zendesk_down": "zendesk"}
"""The role of the systems that are down in a failure."""


@dataclass
class Scene:
    """One failure, and what the rest of the handoff has for it."""

    facts: Facts
    row: Row

    @property
    def mode(self) -> str:
        """The failure by its id."""
        return self.row.text("mode")

    # -- who notices ---------------------------------------------------------------------------------------------

    @cached_property
    def alert(self) -> Row | None:
        """The alert that notices it: by its name, in any case, as rule `undetected-failure` has it."""
        name = alert_name(self.row.text("detected_by"))
        return next((row for row in self.facts.rows(ALERTS) if name and alert_name(row.label) == name), None)

    @property
    def noticed(self) -> Noticed:
        """What notices it first."""
        if self.alert is not None:
            return "alert"
        match alert_name(self.row.text("detected_by")):
            case "reconciliation":
                return "reconciliation"
            case "agents":
                return "agents"
            case "not_needed" if runs_by_itself(self.row):
                return "itself"
        return "nobody"

    @property
    def page_now(self) -> bool:
        """Whether somebody is called at any hour."""
        return self.alert is not None and self.alert["urgency"] == "page_now"

    @cached_property
    def called(self) -> tuple[str, ...]:
        """Who is called, by key: whom the alert goes to, or whoever compares."""
        if self.alert is not None:
            keys = [self.alert.text("goes_to")]
        elif self.noticed == "reconciliation":
            keys = [row.text("owner") for row in self.facts.rows(RECONCILIATION)]
        else:
            keys = []
        return tuple(dict.fromkeys(key for key in keys if key))

    @property
    def support_is_called(self) -> bool:
        """Whether what notices it goes to support itself: nobody has to tell them."""
        return any(self.facts.function_of(key) == "support" for key in self.called)

    # -- telling support -----------------------------------------------------------------------------------------

    @cached_property
    def telling(self) -> tuple[Sequence[Row], str]:
        """Return the rows by which support hears of it, and why these."""
        rows = self.facts.rows(TOLD)
        found, why = telling(
            [(row.text("event"), row.text("who")) for row in rows],
            alert=self.alert.label if self.alert else "",
            called={key: self.facts.called(key) for key in self.called},
            alerts=[row.label for row in self.facts.rows(ALERTS)],
            people=[self.facts.called(key) for key in self.facts.people],
            wakes=self.page_now,
        )
        return [rows[at] for at in found], why

    @cached_property
    def slowest_telling(self) -> Row | None:
        """The row by which support hears last, of those that fit: a drill counts on no luck."""
        return max(self.telling[0], key=lambda row: row.seconds("within") or 0, default=None)

    # -- what agents see, and what is down -----------------------------------------------------------------------

    @property
    def signal(self) -> str:
        """The signal that agents see, by its id; empty where only the room can say."""
        return SIGNALS.get(self.mode, "")

    @cached_property
    def down(self) -> frozenset[str]:
        """The names of the systems that are down in this failure."""
        role = _DOWN.get(self.mode)
        return frozenset(name for name, row in self.facts.systems.items() if role and row["role"] == role)

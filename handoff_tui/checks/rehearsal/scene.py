"""What the links of one failure have in common: what notices it, who is called, which words of support's fit it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from handoff_tui.checks.detection import plain, runs_by_itself
from handoff_tui.checks.facts import Facts, Row
from handoff_tui.checks.ids import ALERTS, RECONCILIATION, TOLD
from handoff_tui.core.text import fold

__all__ = ["Noticed", "Scene"]

Noticed = Literal["alert", "reconciliation", "agents", "itself", "nobody"]

_SIGNALS = {
    "timeout": "delayed",
    "rate_limited": "delayed",
    "backlog": "delayed",
    "silent_carrier": "delayed",
    "source_down": "failed",
    "zendesk_down": "failed",
    "auth_expired": "failed",
    "bad_data": "failed",
    "duplicate": "conflict",
    "out_of_order": "conflict",
    "partial": "conflict",
    "money_moved_ticket_stale": "conflict",
    "decision_reversed": "conflict",
    "split_shipment": "conflict",
    "unknown_value": "unknown_value",
}
"""What an agent would see of each failure. A failure of a team's own stands for none: the room says which."""

_DOWN = {"source_down": "source", "zendesk_down": "zendesk"}
"""The role of the systems that are down in a failure."""

_PAGED = re.compile(r"\b(page|alert|alarm|pager)", re.IGNORECASE)


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
        name = plain(self.row.text("detected_by"))
        return next((row for row in self.facts.rows(ALERTS) if name and plain(row.label) == name), None)

    @property
    def noticed(self) -> Noticed:
        """What notices it first."""
        if self.alert is not None:
            return "alert"
        match plain(self.row.text("detected_by")):
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
        """Return the rows by which support hears of it, and why these: an event is told in people's own words.

        One that names the alert goes before one that names who is called, that before whoever is called and tells,
        that before one about any page. What names another alert, or somebody else, is about that.
        """
        rows = self.facts.rows(TOLD)
        alerts, people = ([self.alert.label] if self.alert else []), [self.facts.called(key) for key in self.called]
        mine = {fold(name) for name in (*alerts, *people)}
        every = {fold(name) for name in (*self._all_alerts, *map(self.facts.called, self.facts.people))}
        free = [row for row in rows if not _names(row, every - mine)]
        tiers = (
            ([row for row in rows if _names(row, map(fold, alerts))], "its event names the alert"),
            ([row for row in rows if _names(row, map(fold, people))], "its event names who is called"),
            ([row for row in free if row.text("who") in self.called], "it is told by who is called"),
            ([row for row in free if self.page_now and _PAGED.search(row.text("event"))], "it is about any page"),
        )
        return next(((found, why) for found, why in tiers if found), ((), ""))

    @property
    def _all_alerts(self) -> list[str]:
        return [row.label for row in self.facts.rows(ALERTS)]

    @cached_property
    def slowest_telling(self) -> Row | None:
        """The row by which support hears last, of those that fit: a drill counts on no luck."""
        return max(self.telling[0], key=lambda row: row.seconds("within") or 0, default=None)

    # -- what agents see, and what is down -----------------------------------------------------------------------

    @property
    def signal(self) -> str:
        """The signal that agents see, by its id; empty where only the room can say."""
        return _SIGNALS.get(self.mode, "")

    @cached_property
    def down(self) -> frozenset[str]:
        """The names of the systems that are down in this failure."""
        role = _DOWN.get(self.mode)
        return frozenset(name for name, row in self.facts.systems.items() if role and row["role"] == role)


def _names(row: Row, names: Iterable[str]) -> bool:
    """Say whether the event of a row names one of these, as a word of its own."""
    event = fold(row.text("event"))
    return any(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", event) for name in names)

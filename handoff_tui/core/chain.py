"""What follows when something fails: what notices it, who is called, how support hears, what its agents then see.

A drill reads it of what has a value on its day, a document of what stands in the handoff: both by the same joints.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, Protocol, TypeVar

from handoff_tui.core.text import fold

__all__ = ["QUIET", "Book", "Chain", "Noticed", "Row", "plain", "runs_by_itself"]

ALERTS = "alerts.alerts"
TOLD = "alerts.support_told"
RECONCILIATION = "failure_handling.reconciliation"

Noticed = Literal["alert", "reconciliation", "agents", "itself", "nobody"]

QUIET = ("duplicate", "out_of_order", "rate_limited")
"""Failures that need no alert where something happens by itself."""

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

_PAGED = re.compile(r"\b(page|alert|alarm|pager)", re.IGNORECASE)


class Row(Protocol):
    """A row of a table as it is read; a cell that is open has no value."""

    @property
    def label(self) -> str:
        """The row's name as the file has it."""

    def __getitem__(self, column: str) -> Any:
        """Return a cell's value, or `None`."""

    def text(self, column: str) -> str:
        """Return a cell's text, empty where it has none."""

    def lacks(self, column: str) -> bool:
        """Say whether a cell was never filled; one that is open waits instead."""

    def waits(self, column: str) -> bool:
        """Say whether a cell is open, or holds what it cannot mean."""


R = TypeVar("R", bound=Row)
R_co = TypeVar("R_co", bound=Row, covariant=True)


class Book(Protocol[R_co]):
    """What is read of a handoff."""

    def rows(self, question_id: str) -> Sequence[R_co]:
        """Return the rows of a table; none where it has no value."""

    def contacts(self) -> Iterable[str]:
        """Return the keys of all people, teams and rotas."""

    def called(self, key: str) -> str:
        """Return what people call somebody, by key."""

    def function_of(self, key: str) -> str:
        """Return the function of somebody; empty where it is not known."""


def plain(text: str) -> str:
    """Return an alert's name as it is compared: `detected_by` may be typed in another case."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def runs_by_itself(row: Row) -> bool:
    """Say whether a failure needs nobody to notice it."""
    return (row.waits("mode") or row["mode"] in QUIET) and not row.lacks("automatic")


@dataclass
class Chain(Generic[R]):
    """One failure, and what the rest of the handoff has for it."""

    facts: Book[R]
    row: R

    @property
    def mode(self) -> str:
        """The failure by its id."""
        return self.row.text("mode")

    # -- who notices ---------------------------------------------------------------------------------------------

    @cached_property
    def alert(self) -> R | None:
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
    def telling(self) -> tuple[Sequence[R], str]:
        """Return the rows by which support hears of it, and why these: an event is told in people's own words.

        One that names the alert goes before one that names who is called, that before whoever is called and tells,
        that before one about any page. What names another alert, or somebody else, is about that.
        """
        rows = self.facts.rows(TOLD)
        alerts, people = ([self.alert.label] if self.alert else []), [self.facts.called(key) for key in self.called]
        mine = {_folded(name) for name in (*alerts, *people)}
        every = {_folded(name) for name in (*self._all_alerts, *map(self.facts.called, self.facts.contacts()))}
        free = [row for row in rows if not _names(row, every - mine)]
        tiers = (
            ([row for row in rows if _names(row, map(_folded, alerts))], "its event names the alert"),
            ([row for row in rows if _names(row, map(_folded, people))], "its event names who is called"),
            ([row for row in free if row.text("who") in self.called], "it is told by who is called"),
            ([row for row in free if self.page_now and _PAGED.search(row.text("event"))], "it is about any page"),
        )
        return next(((found, why) for found, why in tiers if found), ((), ""))

    @property
    def _all_alerts(self) -> list[str]:
        return [row.label for row in self.facts.rows(ALERTS)]

    # -- what agents see -----------------------------------------------------------------------------------------

    @property
    def signal(self) -> str:
        """The signal that agents see, by its id; empty where only the room can say."""
        return _SIGNALS.get(self.mode, "")


def _folded(text: str) -> str:
    """Return text as it is compared; one of nothing but joints as it is, for a name is never nothing."""
    return fold(text) or text


def _names(row: Row, names: Iterable[str]) -> bool:
    """Say whether the event of a row names one of these, as a word of its own."""
    event = _folded(row.text("event"))
    return any(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", event) for name in names)

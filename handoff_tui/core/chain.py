"""What follows when something fails: what notices it, who is called, how support hears, what its agents then see.

A drill reads it of what has a value on its day, a document of what stands in the handoff: both by the same joints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, Protocol, TypeVar

from handoff_tui.core.told import SIGNALS, alert_name, telling

__all__ = ["QUIET", "Book", "Chain", "Noticed", "Row", "runs_by_itself"]

ALERTS = "alerts.alerts"
TOLD = "alerts.support_told"
RECONCILIATION = "failure_handling.reconciliation"

Noticed = Literal["alert", "reconciliation", "agents", "itself", "nobody"]

QUIET = ("duplicate", "out_of_order", "rate_limited")
"""Failures that need no alert where something happens by itself."""


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
        """Whether what notices it goes to support itself, and to nobody else: nobody has to tell them."""
        return bool(self.called) and all(self.facts.function_of(key) == "support" for key in self.called)

    # -- telling support -----------------------------------------------------------------------------------------

    @cached_property
    def telling(self) -> tuple[Sequence[R], str]:
        """Return the rows by which support hears of it, and why these."""
        rows = self.facts.rows(TOLD)
        found, why = telling(
            [(row.text("event"), row.text("who")) for row in rows],
            alert=self.alert.label if self.alert else "",
            called={key: self.facts.called(key) for key in self.called},
            alerts=[row.label for row in self.facts.rows(ALERTS)],
            people=[self.facts.called(key) for key in self.facts.contacts()],
            wakes=self.page_now,
        )
        return [rows[at] for at in found], why

    # -- what agents see -----------------------------------------------------------------------------------------

    @property
    def signal(self) -> str:
        """The signal that agents see, by its id; empty where only the room can say."""
        return SIGNALS.get(self.mode, "")

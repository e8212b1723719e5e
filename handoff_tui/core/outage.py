"""What becomes of an update when its way is cut for some time: read from the answers, never better than they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Comparison", "Fate", "Hop", "fate_of"]

Ends = Literal["retried", "compared", "hand", "lost", "unstated"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison that names both systems of a path; what nobody has said is `None`."""

    number: int
    every: int | None
    looks_back: int | None

    def reaches(self, outage: int) -> bool:
        """Say whether the first run after an outage still sees what was missed in its first minute.

        It runs up to one interval after the outage ends, and looks back from there.
        """
        return self.every is not None and self.looks_back is not None and self.looks_back >= outage + self.every


@dataclass(frozen=True, slots=True)
class Hop:
    """A path of updates; what nobody has said is empty or `None`, all times are in seconds."""

    retried_by: str
    retry_window: int | None
    then: str
    ids_kept: int | None
    order_rule: str
    comparisons: Sequence[Comparison]

    @property
    def tried_for(self) -> int | None:
        """How long an update is tried again; 0 where nobody does, `None` where nobody has said."""
        if self.retried_by == "nobody":
            return 0
        return self.retry_window if self.retried_by in ("sender", "us", "both") else None

    def forgotten(self, outage: int) -> bool:
        """Say whether what was handled before the outage may count as new when it comes again after it.

        It does no harm where each update only makes us fetch the current state.
        """
        return self.ids_kept is not None and self.ids_kept <= outage and self.order_rule != "refetch"


@dataclass(frozen=True, slots=True)
class Fate:
    """How it ends for an update of the outage's first minute.

    `compared` is no promise: the comparisons, by number, look back far enough; whether they hold that very data, and
    whether they repair it, stands only in their words.
    """

    ends: Ends
    comparisons: tuple[int, ...] = ()


def fate_of(hop: Hop, outage: int) -> Fate:
    """Return how an outage of so many seconds ends for the updates of its first minute: those that wait longest.

    A last try at the very moment the outage ends is none that can be counted on.
    """
    tried = hop.tried_for
    if tried is None:
        return Fate("unstated")
    if tried > outage:
        return Fate("retried")
    match hop.then:
        case "lost":
            return Fate("lost")
        case "dead_letter" | "ticket":
            return Fate("hand")
        case "reconcile":
            found = tuple(each.number for each in hop.comparisons if each.reaches(outage))
            return Fate("compared", found) if found else Fate("unstated")
    return Fate("unstated")

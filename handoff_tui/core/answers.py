"""An answer and its state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

__all__ = [
    "Answer",
    "Assumed",
    "Mark",
    "NotApplicable",
    "Note",
    "Open",
    "OpenCell",
    "Stale",
    "State",
]

Extra: TypeAlias = Mapping[str, Any]
"""Keys of a file that this version does not know; kept and written back."""


class State(StrEnum):
    """What stands behind a question. The values are the words of the file and of the screens."""

    UNANSWERED = "unanswered"
    UNFINISHED = "unfinished"
    ANSWERED = "answered"
    ASSUMED = "assumed"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Nobody knows yet: who finds out, by when."""

    note: str = ""
    owner: str = ""
    due: date | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """A value we go by until somebody confirms it: on what basis, who confirms, by when."""

    basis: str = ""
    confirmer: str = ""
    due: date | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """The question does not arise here, and why."""

    reason: str = ""
    extra: Extra = field(default_factory=dict)


Mark: TypeAlias = Open | Assumed | NotApplicable
_WITHOUT_VALUE = (Open, NotApplicable)


@dataclass(frozen=True, slots=True)
class Stale:
    """A premise changed after the answer was given: which one, and what it was."""

    because: str = ""
    was: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What was said beside an answer, and who agreed to it (keys of `parties.people`)."""

    text: str = ""
    agreed_by: tuple[str, ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenCell:
    """One cell of a row that is open by itself."""

    question: str
    row: str
    column: str
    owner: str = ""
    due: date | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at a question: a value (kept whatever the state), a mark, staleness and a note."""

    value: Any = None
    mark: Mark | None = None
    stale: Stale | None = None
    note: Note | None = None

    @property
    def state(self) -> State:
        """The state by mark and value alone; whether a table is finished, `Interview` knows."""
        match self.mark:
            case Open():
                return State.OPEN
            case NotApplicable():
                return State.NOT_APPLICABLE
            case Assumed():
                return State.ASSUMED if self.value is not None else State.UNANSWERED
        return State.UNANSWERED if self.value is None else State.ANSWERED

    @property
    def given(self) -> bool:
        """Whether somebody has said something that a changed premise can make stale."""
        return self.state not in (State.UNANSWERED, State.OPEN)

    @property
    def empty(self) -> bool:
        """Whether nothing at all stands here."""
        return self.value is None and self.mark is None and self.stale is None and self.note is None

    @property
    def effective(self) -> Any:
        """The value that other answers and documents may read: answered or assumed, else none."""
        return None if isinstance(self.mark, _WITHOUT_VALUE) else self.value

    def parts(self) -> Iterable[tuple[str, Mark | Stale | Note]]:
        """Return what stands beside the value, each with the name of its table in the file."""
        # Most answers stand alone, and several checks ask each of them.
        return self._parts() if self.mark or self.stale or self.note else ()

    def _parts(self) -> Iterator[tuple[str, Mark | Stale | Note]]:
        match self.mark:
            case Open():
                yield "open", self.mark
            case Assumed():
                yield "assumed", self.mark
            case NotApplicable():
                yield "not_applicable", self.mark
        if self.stale:
            yield "stale", self.stale
        if self.note:
            yield "notes", self.note

    def with_(self, **changes: Any) -> Answer:
        """Return a changed copy."""
        return replace(self, **changes)

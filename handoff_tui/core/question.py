"""A question: how it is asked, when, and the kind of its answer."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from handoff_tui.core.kind import Strict
from handoff_tui.core.kinds import (
    ChoiceKind,
    ContactKind,
    DateKind,
    DurationKind,
    LineKind,
    ManyKind,
    NumberKind,
    SystemKind,
    TextKind,
)
from handoff_tui.core.table import TableKind

__all__ = ["AnyKind", "Need", "Question"]

Need = Literal["essential", "recommended", "optional"]

AnyKind: TypeAlias = Annotated[
    LineKind
    | TextKind
    | ChoiceKind
    | ManyKind
    | NumberKind
    | DurationKind
    | DateKind
    | ContactKind
    | SystemKind
    | TableKind,
    Field(discriminator="kind"),
]


class Question(Strict):
    """A question of a template. `id` is `section.question`; `adds` are a scenario's own words: (title, text).

    `bring` says what to have at hand for it, by the function of who does: a choice of the people's.
    """

    id: str
    field: AnyKind
    need: Need
    label: str
    ask: str
    why: str
    example: str
    hint: str = ""
    bring: dict[str, str] = Field(default_factory=dict)
    adds: tuple[tuple[str, str], ...] = ()
    may_stay_open: bool = False
    always_offered: bool = False
    when: dict[str, str] = Field(default_factory=dict)
    premises: tuple[str, ...] | Literal["essentials"] = ()
    suggest: str | int | list[str] | None = None
    changed: int | None = None

    @property
    def section_id(self) -> str:
        """The id of the section it stands in."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """Its id inside the section."""
        return self.id.partition(".")[2]

    @property
    def essential(self) -> bool:
        """Whether a handoff cannot become final without it."""
        return self.need == "essential"

    @property
    def asked_first(self) -> bool:
        """Whether the interview asks it unbidden; the others are offered at the end of their section."""
        return self.essential or self.always_offered

"""What a rehearsal of one failure shows: the chain link by link, each with its answer or the gap, and the clock.

Plain text throughout, as people wrote it: whoever shows it escapes it for the place it is shown in.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handoff_tui.core.text import fold, plural

__all__ = ["Drill", "Gap", "Link", "Rehearsal", "Said", "Span", "near", "of_mode"]

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a link: our words for it, and what it says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the chain breaks, and at which question, row and cell that is decided; no question where none asks it."""

    text: str
    question: str = ""
    row: str | None = None
    column: str | None = None
    place: str = ""
    """The question's label and the row, in words."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the chain.

    `aloud` is what the room does to try it; `needless` says that this failure does not need the link.
    """

    id: str
    title: str
    said: tuple[Said, ...] = ()
    gaps: tuple[Gap, ...] = ()
    aloud: str = ""
    needless: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A time of the drill, and what it is the sum of; `lacks` is what of it no answer says."""

    words: str
    parts: tuple[str, ...] = ()
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Drill:
    """A failure, played through.

    Args:
        mode: The failure as its row is called in the file.
        name: The failure in words.
        index: The row's place in its table.
        sees: What the customer notices; empty where nobody has said.
        alert: The alert that notices it, where one does.
        last: When it was last rehearsed.
        links: The chain, in its order.
        clock: The times, added up.
    """

    mode: str
    name: str
    index: int
    sees: str
    alert: str
    last: date | None
    links: tuple[Link, ...]
    clock: tuple[Span, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap, in the order of the chain."""
        return tuple(gap for link in self.links for gap in link.gaps)

    @property
    def broken(self) -> tuple[Link, ...]:
        """The links that have a gap."""
        return tuple(link for link in self.links if link.gaps)

    @property
    def by_itself(self) -> bool:
        """Whether nobody has to do anything about it."""
        return any(link.needless for link in self.links)

    @property
    def outcome(self) -> str:
        """What the drill shows, in a few words."""
        if self.gaps:
            return f"the chain breaks: {plural(len(self.gaps), 'gap')}"
        return "handled by itself" if self.by_itself else "the chain holds"

    def told(self, say: Say) -> Drill:
        """Return the drill with each of its texts put through `say`; what places are looked up by stays."""

        def gap(item: Gap) -> Gap:
            return replace(item, text=say(item.text), place=say(item.place))

        def link(item: Link) -> Link:
            said = tuple(Said(say(one.label), say(one.text)) for one in item.said)
            return replace(item, said=said, gaps=tuple(map(gap, item.gaps)))

        def span(item: Span) -> Span:
            return Span(say(item.words), tuple(map(say, item.parts)), say(item.lacks))

        return replace(
            self,
            name=say(self.name),
            sees=say(self.sees),
            alert=say(self.alert),
            links=tuple(map(link, self.links)),
            clock=tuple(map(span, self.clock)),
        )


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The failures of one handoff, played through on a day: what a record of it holds."""

    name: str
    day: date
    people: tuple[str, ...]
    drills: tuple[Drill, ...]

    def like_before(self, at: int, link: Link) -> str:
        """Return the first failure before this one whose link says just the same; empty where none does."""
        for drill in self.drills[:at]:
            if link in drill.links:
                return drill.name
        return ""


def of_mode(drills: Iterable[Drill], wanted: str) -> list[Drill]:
    """Return the drills of a failure that somebody named: as the file calls it, or in its words."""
    name = fold(wanted)
    return [drill for drill in drills if name in (fold(drill.mode), fold(drill.name))]


def near(drills: Sequence[Drill], wanted: str) -> str | None:
    """Return the failure that was probably meant."""
    names = {fold(name): drill.mode for drill in drills for name in (drill.name, drill.mode)}
    found = difflib.get_close_matches(fold(wanted), names, n=1)
    return names[found[0]] if found else None

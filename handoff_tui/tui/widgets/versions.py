"""Two versions of an answer that a merge could not join: what each side says, and a button for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from handoff_tui.core.conflicts import Conflict
from handoff_tui.core.question import Question
from handoff_tui.core.resolve import Side
from handoff_tui.core.text import plural
from handoff_tui.session.words import conflict_place, say_side
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.words import safe

__all__ = ["Versions"]


class Versions(Vertical):
    """The first of some conflicts; the others follow when it is decided."""

    @dataclass
    class Chosen(Message):
        """Posted when a person decided."""

        conflict: Conflict
        take: Side

    def __init__(self, question: Question, conflicts: tuple[Conflict, ...], people: Mapping[str, str]) -> None:
        super().__init__(id="versions")
        self._question = question
        self._people = people
        self._conflict = conflicts[0]
        self._more = len(conflicts) - 1

    def compose(self) -> ComposeResult:
        """Lay out where, the two versions, and the buttons."""
        where = conflict_place(self._question, self._conflict)
        more = f"  ({plural(self._more, 'more of these', 'more of these')})" if self._more else ""
        yield Static(safe(f"! Two people answered this differently{where}.{more}", "$warning"), markup=False)
        for title, side in (("Ours:   ", self._conflict.ours), ("Theirs: ", self._conflict.theirs)):
            yield Static(
                Content.styled(title, "bold") + safe(say_side(self._question, self._conflict, side, self._people)),
                markup=False,
            )
        with Horizontal(id="versions-buttons"):
            yield Action("Ours holds (o)", id="take-ours", action="take('ours')", main=True)
            yield Action("Theirs holds (t)", id="take-theirs", action="take('theirs')")

    def action_take(self, take: Side) -> None:
        """Decide."""
        self.post_message(self.Chosen(self._conflict, take))

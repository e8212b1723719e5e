"""Moving about in an interview: where it stands, forward, back, and out to any place and back again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handoff_tui.core.interview import REVIEW, Interview, Place
from handoff_tui.core.template import Template

__all__ = ["Moving"]


@dataclass(kw_only=True)
class Moving:
    """The part of a session that knows the place; the interview tells it the way."""

    if TYPE_CHECKING:
        template: Template

        @property
        def interview(self) -> Interview:
            """The interview over the handoff as it stands."""

    place: Place = REVIEW
    row: int | None = None
    """The row of a table to begin at, where a finding led here or a form was open."""
    form_open: bool = False
    """Whether a row's form is open: `row` says which, `None` a new one."""
    cell: str = ""
    """The column that is being filled in there, or that is to blame."""
    dialog: str = ""
    """The dialog that is open beside the question, where something is typed into one: `mark` or `note`."""
    wanted: set[str] = field(default_factory=set)
    return_to: Place | None = None
    """Where to go after the present question instead of the next one: the review that sent us there."""
    _known: set[str] = field(default_factory=set)  # on the route when the detour began; what is new is asked too
    _before_review: Place | None = None

    # -- moving about --------------------------------------------------------------------------------------------

    def go_on(self) -> Place:
        """Go to the next place, or back to the review that sent us here, after any question it newly requires."""
        self.row, self.form_open, self.cell = None, False, ""
        if self.return_to and self.place.kind == "question":
            newly = self._newly_required()
            self.place, self.return_to = (newly, self.return_to) if newly else (self.return_to, None)
        else:
            self.place = self.interview.after(self.place)
        return self.place

    def _newly_required(self) -> Place | None:
        """Return the next question that the detour brought up and that has no state; each of them once."""
        for place in self.interview.route:
            if place.kind == "question" and place.id not in self._known:
                self._known.add(place.id)
                if not self.interview.settled(self.template.by_id[place.id]):
                    return place
        return None

    def go_back(self) -> Place | None:
        """Go to the place before; `None` at the beginning. From a detour, back to the review."""
        self.row, self.form_open, self.cell = None, False, ""
        if self.return_to and self.place.kind == "question":
            self.place, self.return_to = self.return_to, None
            return self.place
        before = self.interview.before(self.place)
        if self.place == REVIEW and self._before_review is not None:
            before, self._before_review = self._before_review, None
        if before is not None:
            self.place = before
        return before

    def jump(
        self, place: Place, *, return_to: Place | None = None, row: int | None = None, cell: str | None = None
    ) -> Place:
        """Go anywhere; `return_to` names the place to come back to, `row` and `cell` where to begin in a table."""
        if place == REVIEW and self.place != REVIEW:
            self._before_review = self.place
        self.place, self.return_to = place, return_to
        self.row, self.form_open, self.cell = row, False, cell or ""
        self._known = {place.id, *(stop.id for stop in self.interview.route)}
        return place

    def want_optional(self, section_id: str) -> Place:
        """Ask the optional questions of a section too, beginning with the first that has no answer."""
        left = self.interview.optional_left(self.template.section_by_id[section_id])
        self.wanted.add(section_id)
        return self.jump(Place("question", left[0].id)) if left else self.place

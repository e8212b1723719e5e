"""Taking steps back, and taking them again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.template import Template

__all__ = ["Undoing"]


@dataclass(frozen=True, slots=True)
class _Step:
    """A step: what it was, and what stood before it, of the drafts those that it touched."""

    what: str
    handoff: Handoff
    drafts: Mapping[str, Any]


@dataclass(kw_only=True)
class Undoing:
    """The part of a session that commits steps, and knows the way back."""

    if TYPE_CHECKING:  # of the session, in its order
        template: Template
        handoff: Handoff
        today: Callable[[], date]
        save: Callable[[Handoff], None] = lambda _: None

    drafts: dict[str, Any] = field(default_factory=dict)
    """Text not accepted yet, in whatever form the face keeps it: by question id, or `QUESTION#ROW`, or one of `BESIDE`
    before it.
    """
    read_only: str = ""
    """Who has the handoff open, where somebody else has: nothing is changed then."""
    _done: list[_Step] = field(default_factory=list)
    _undone: list[_Step] = field(default_factory=list)

    def commit(self, handoff: Handoff, what: str, drafts: Mapping[str, Any] | None = None) -> None:
        """Make a changed handoff the one that stands, and save it; `what` names the step for undo.

        `drafts` is text that the step could not read and keeps, by its name; it comes and goes with the step.
        """
        if (handoff == self.handoff and not drafts) or self.read_only:
            return
        if handoff.head.status == "final":
            handoff = replace(handoff, head=replace(handoff.head, status="draft"))
        self._step(handoff, what, drafts or {})

    def set_head(self, **values: Any) -> None:
        """Change the head: name, moment, owner, status."""
        handoff = replace(self.handoff, head=replace(self.handoff.head, **values))
        if handoff != self.handoff and not self.read_only:
            self._step(handoff, "the head of the handoff", {})

    def undo(self) -> str | None:
        """Take back the last step and say which; `None` where there is none."""
        return self._swap(self._done, self._undone)

    def redo(self) -> str | None:
        """Take the step again that was taken back last, and say which; `None` where there is none.

        A new step ends that: what was taken back before it may not fit it any more.
        """
        return self._swap(self._undone, self._done)

    def as_one_step(self, steps: int) -> None:
        """Have the steps since there were so many taken back at once; `steps` is what `steps_taken` was before."""
        joined = self._done[steps:]
        if len(joined) > 1:
            drafts = {key: raw for step in reversed(joined) for key, raw in step.drafts.items()}
            self._done[steps:] = [_Step(joined[-1].what, joined[0].handoff, drafts)]

    @property
    def steps_taken(self) -> int:
        """How many steps can be taken back."""
        return len(self._done)

    def _step(self, handoff: Handoff, what: str, drafts: Mapping[str, Any]) -> None:
        self._done.append(_Step(what, self.handoff, self._exchange(drafts)))
        self._undone.clear()
        self.handoff = handoff
        self.save(handoff)

    def _swap(self, source: list[_Step], target: list[_Step]) -> str | None:
        if not source or self.read_only:
            return None
        step = source.pop()
        target.append(_Step(step.what, self.handoff, self._exchange(step.drafts)))
        self.handoff = step.handoff
        self.save(step.handoff)
        return step.what

    def _exchange(self, drafts: Mapping[str, Any]) -> dict[str, Any]:
        """Put drafts, `None` for none, and return what stood there."""
        before = {key: self.drafts.get(key) for key in drafts}
        for key, raw in drafts.items():
            if raw is None:
                self.drafts.pop(key, None)
            else:
                self.drafts[key] = raw
        return before

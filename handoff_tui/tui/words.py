"""How states look: one mark of one cell each, always with its word where it counts."""

from __future__ import annotations

from textual.content import Content

from handoff_tui.core.answers import State
from handoff_tui.core.text import visible

__all__ = ["MARKS", "mark", "safe"]

MARKS = {
    State.UNANSWERED: ("○", "$quiet"),
    State.UNFINISHED: ("○", "$warning"),
    State.ANSWERED: ("●", "$foreground"),
    State.ASSUMED: ("◐", "$warning"),
    State.OPEN: ("?", "$warning"),
    State.NOT_APPLICABLE: ("–", "$quiet"),
}


def safe(text: str, style: str = "") -> Content:
    """Return text that somebody typed as content: nothing in it is markup, nothing reaches the terminal raw."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def mark(state: State, *, stale: bool = False) -> Content:
    """Return the mark of a state."""
    sign, style = ("!", "$warning") if stale else MARKS[state]
    return Content.styled(sign, style)

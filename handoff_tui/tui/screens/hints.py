"""The keys at the bottom of the interview, by what is being answered."""

from __future__ import annotations

__all__ = ["HINTS", "Hints", "hints_for"]

Hints = tuple[tuple[str, str, str], ...]

HINTS: Hints = (
    ("Enter", "continue", "screen.go_on"),
    ("Esc", "back", "screen.back"),
    ("F2", "sections", "screen.sections"),
    ("F1", "help", "screen.help"),
    ("F3", "don't know", "screen.dont_know"),
    ("F8", "review", "screen.review"),
)
_TEXT_HINTS: Hints = (("Ctrl+N", "continue", "screen.go_on"), *HINTS[1:])
_TABLE_HINTS: Hints = (("Ctrl+N", "continue", "screen.go_on"), ("Ins", "add", "screen.add_row"), *HINTS[2:])
_ROW_HINTS: Hints = (
    ("Ctrl+N", "keep row", "screen.go_on"),
    ("Esc", "close", "screen.back"),
    ("F3", "don't know this", "screen.dont_know"),
    ("F1", "help", "screen.help"),
)


def hints_for(kind: str, *, editing: bool) -> Hints:
    """Return the keys for a kind of question; `editing` while a row is being worked on."""
    by_kind = {"table": _TABLE_HINTS, "text": _TEXT_HINTS}
    return _ROW_HINTS if editing else by_kind.get(kind, HINTS)

"""Text for Zendesk, which fills in what stands in `{{…}}` and obeys what stands in `{%…%}`."""

from __future__ import annotations

from handoff_tui.core.text import visible

__all__ = ["inert"]


def inert(text: str) -> str:
    """Return text in which Zendesk fills in nothing: a blank parts what would begin a placeholder."""
    text = visible(text)
    while "{{" in text or "{%" in text:
        text = text.replace("{{", "{ {").replace("{%", "{ %")
    return text

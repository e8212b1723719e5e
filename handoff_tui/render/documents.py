"""Every document by name. Apart from `handoff_tui.render`, so that `check` loads none of them."""

from __future__ import annotations

from collections.abc import Callable

from handoff_tui.core.finding import Verdict
from handoff_tui.core.interview import Interview
from handoff_tui.render.summary import summary

__all__ = ["DOCUMENTS"]

DOCUMENTS: dict[str, Callable[[Interview, Verdict], str]] = {"summary": summary}
"""What the command line can render, by the name after `--document`."""

"""Interviews that are open in a folder, over the small template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handoff_tui.core.interview import Place
from handoff_tui.core.template import Template
from handoff_tui.session.opened import Opened
from handoff_tui.session.start import begin
from tests.core.making import TODAY, handoff_of, small

__all__ = ["FILE", "opened_at"]

FILE = "small.handoff.toml"


def opened_at(
    question_id: str, folder: Path, values: Mapping[str, Any] | None = None, template: Template | None = None
) -> Opened:
    """Return an interview at a question, with answers."""
    handoff = handoff_of(values, name="Small", owner="mara")
    opened = begin(folder / FILE, template or small(), handoff, lambda: TODAY)
    opened.session.place = Place("question", question_id)
    return opened

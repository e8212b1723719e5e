"""What `check` found, as text for people and as the formats that machines read; a module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from handoff_tui.core.report import FileReport
from handoff_tui.render.reports.github import github
from handoff_tui.render.reports.json import json
from handoff_tui.render.reports.sarif import sarif
from handoff_tui.render.reports.setting import Setting
from handoff_tui.render.reports.text import text

__all__ = ["FORMATS", "Format", "Setting"]

Format: TypeAlias = Callable[[Sequence[FileReport], Setting], str]

FORMATS: Mapping[str, Format] = {"text": text, "json": json, "github": github, "sarif": sarif}
"""How findings can be told, by the name after `--format`."""

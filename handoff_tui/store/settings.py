"""A person's own settings: one small file in the folder that the system has for such files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handoff_tui.errors import InputError, Where
from handoff_tui.tomlfile import Entry, outline, read_toml

__all__ = ["Settings", "read_settings", "settings_path"]

_VARIABLE = "HANDOFF_WIZARD_SETTINGS"
"""Names another file; empty, none at all."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says.

    Args:
        path: The file.
        keys: Which key each action has, as it is written.
        lines: On which line.
    """

    path: Path
    keys: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def where(self, *names: str) -> Where:
        """Return where something stands in the file."""
        return Where(self.path, self.lines.get(names))


def settings_path() -> Path | None:
    """Return the settings file, whether it exists or not; `None` where none is wanted."""
    named = os.environ.get(_VARIABLE)
    if named is not None:
        return Path(named) if named else None
    from platformdirs import user_config_path  # noqa: PLC0415 - only a screen has settings

    return user_config_path("handoff-wizard", appauthor=False) / "settings.toml"


def read_settings() -> Settings | None:
    """Return the settings; `None` where there are none.

    Raises:
        FileError: The file cannot be read.
        InputError: It holds something else.
    """
    path = settings_path()
    if path is None or not (_VARIABLE in os.environ or os.path.lexists(path)):
        return None
    file = read_toml(path)
    lines = {entry.path: entry.line for entry in outline(file.text) if isinstance(entry, Entry)}
    settings = Settings(path, lines=lines)
    for name, value in file.data.items():
        if name != "keys" or not isinstance(value, dict):
            raise InputError(
                f"“{name}” is not a setting.",
                hint='Settings are lines below [keys], like review = "f10".',
                where=settings.where(name),
            )
    return Settings(path, file.data.get("keys", {}), lines)

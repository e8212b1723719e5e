"""What a handoff needs of the git checkout it lies in: that the journal is never checked in."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

__all__ = ["exclude"]

PATTERN = ".*.handoff.toml.journal*"


def exclude(beside: Path, pattern: str = PATTERN) -> None:
    """Let git ignore the journals of this checkout, in `.git/info/exclude`; never an obstacle to an interview."""
    folder = Path(os.path.realpath(beside.parent))
    for above in (folder, *folder.parents):
        if (above / ".git").is_dir():
            with contextlib.suppress(OSError, UnicodeDecodeError):
                _add(above / ".git" / "info" / "exclude", pattern)
            return


def _add(file: Path, pattern: str) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if pattern not in text.split("\n"):
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            stream.write(("" if text.endswith("\n") or not text else "\n") + pattern + "\n")

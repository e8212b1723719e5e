"""What can stop the program: a file, a folder or a command that cannot be used.

A rejected answer and a finding are values, not exceptions; they live in `core`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["FileError", "HandoffError", "InputError", "SaveError", "TemplateError", "Where"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file: path, and line and column counted from 1 where they are known."""

    path: Path | str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """The place as `path:line:column`, the form that terminals and editors link."""
        parts = [str(self.path)]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


class HandoffError(Exception):
    """Something the person in front of the program can mend: what is wrong, where, and what to do."""

    def __init__(self, message: str, *, hint: str, where: Where | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        """One line: where, what, what to do."""
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message} {self.hint}".rstrip()


class FileError(HandoffError):
    """A file that cannot be read, or cannot be understood."""


class SaveError(HandoffError):
    """A file that could not be written; what was to be written is still in memory, and in `aside` if that is set.

    `gone` says that somebody took the file away: it is not written again unasked. `placed` says that it stands in the
    file all the same, and only the disk did not confirm it.
    """

    aside: Path | None = None
    gone: bool = False
    placed: bool = False


class TemplateError(HandoffError):
    """A question template that cannot be used."""


class InputError(HandoffError):
    """A command that asks for something that cannot be done as it stands."""

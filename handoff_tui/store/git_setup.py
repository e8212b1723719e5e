"""What makes git join handoffs answer by answer in one clone: settings and two lines, written and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handoff_tui.errors import FileError, InputError, Where
from handoff_tui.store.atomic import atomic_write, digest
from handoff_tui.store.git import PATTERN, ask, top_of
from handoff_tui.tomlfile import read_bytes

__all__ = ["Step", "steps", "take"]

_SETTINGS = {
    "merge.handoff.name": "handoff-wizard: join two edits of a handoff answer by answer",
    # %P is the file's name in the checkout: the others are copies with names of no meaning.
    "merge.handoff.driver": "handoff-wizard merge %O %A %B --path=%P",
    # Above each hunk of a diff stands the [section] or [[table]] that it is in.
    "diff.handoff.xfuncname": r"^\[.*\]",
}
_OURS = {
    "merge.handoff.name": "handoff-wizard",
    "merge.handoff.driver": "handoff-wizard merge ",
    "diff.handoff.xfuncname": "^",
}
"""How a value begins that an earlier version of this program may have set."""
_LINES = {
    "info/attributes": "*.handoff.toml merge=handoff diff=handoff",
    "info/exclude": PATTERN,
}
_MARK = "# handoff-wizard git-setup"
"""The comment above each of our lines: what has none, somebody else wrote, and it stays."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to write.

    Args:
        file: The file in which it stands.
        was: What stands there now; empty for nothing.
        now: What will; empty for nothing.
        key: The setting, where it is one; else it is a line of the file.
    """

    file: Path
    was: str
    now: str
    key: str = ""


def steps(folder: Path, *, undo: bool = False) -> list[Step]:
    """Return what is to be written so that this clone is set up, or no longer is; nothing that stands there already.

    Raises:
        InputError: There is no checkout, no git, or a setting that somebody else made.
        FileError: A file of git cannot be read.
    """
    top_of(folder)
    return [*_settings(folder, undo=undo), *_lines(folder, undo=undo)]


def take(folder: Path, step: Step) -> None:
    """Write one thing.

    Raises:
        InputError: Git did not take it.
        SaveError: The file could not be written.
    """
    if step.key:
        words = [step.key, step.now] if step.now else ["--unset-all", step.key]
        if ask(folder, "config", "--local", *words).returncode:
            raise InputError(f"git did not take {step.key}.", hint="Check its settings.", where=Where(step.file))
        return
    text = _text(step.file)
    if step.now:
        gap = "\n" if text and not text.endswith("\n") else ""
        changed = f"{text}{gap}{_MARK}\n{step.now}\n"
    else:
        changed = text.replace(_block(step.was), "", 1)
    if not changed:
        step.file.unlink()
        return
    step.file.parent.mkdir(exist_ok=True)
    atomic_write(step.file, changed.encode(), expected=digest(text.encode()))


def _settings(folder: Path, *, undo: bool) -> Iterator[Step]:
    file = _path(folder, "config")
    for key, wanted in _SETTINGS.items():
        asked = ask(folder, "config", "--local", "--get-all", key)
        was = asked.stdout.decode("utf-8", "replace").removesuffix("\n")
        if was and not was.startswith(_OURS[key]) and not undo:
            raise InputError(
                f"{key} is set to something else: {was}.",
                hint=f"Take it away first: git config --unset-all {key}.",
                where=Where(file),
            )
        if undo and was == wanted:
            yield Step(file, was, "", key)
        elif not undo and was != wanted:
            yield Step(file, was, wanted, key)


def _lines(folder: Path, *, undo: bool) -> Iterator[Step]:
    for name, line in _LINES.items():
        file = _path(folder, name)
        text = _text(file)
        if undo and _block(line) in text:
            yield Step(file, line, "")
        elif not undo and line not in text.split("\n"):
            yield Step(file, "", line)


def _path(folder: Path, name: str) -> Path:
    """Return a file of git's own: in a worktree it lies in the main checkout."""
    done = ask(folder, "rev-parse", "--git-path", name)
    return folder / done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")


def _text(file: Path) -> str:
    if not file.exists():
        return ""
    try:
        return read_bytes(file).decode()
    except UnicodeDecodeError:
        raise FileError("It is not UTF-8 text.", hint="Save it as UTF-8 in your editor.", where=Where(file)) from None


def _block(line: str) -> str:
    return f"{_MARK}\n{line}\n"

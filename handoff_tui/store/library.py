"""The handoffs below a folder, by their heads alone: no template, no pydantic, so that home paints at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoff_tui.errors import FileError
from handoff_tui.tomlfile import parse_toml, read_bytes, read_toml

__all__ = ["HandoffEntry", "entry", "find", "glance"]

SUFFIX = ".handoff.toml"
_SKIPPED = {"node_modules", "venv", "env", "__pycache__", "site-packages"}


@dataclass(frozen=True, slots=True)
class HandoffEntry:
    """What home shows of a handoff. `problem` is what is wrong with a file that cannot be read.

    `readiness` is empty until somebody checked it: that takes the template, which a glance does without.
    """

    path: Path
    name: str
    template: str = ""
    status: str = ""
    open_points: int = 0
    stale: int = 0
    problem: str = ""
    readiness: str = ""


def find(folder: Path) -> Iterator[Path]:
    """Yield every `*.handoff.toml` below a folder, in a stable order.

    Hidden folders, `node_modules`, virtual environments and links are skipped.
    """
    # A stack, for folders may be nested deeper than calls may be; what comes first lies on top.
    waiting = _entries(folder)
    while waiting:
        item = waiting.pop()
        if item.is_symlink() or item.name.startswith("."):
            continue
        if item.is_dir():
            # `os.path`, for a path that is too long or may not be looked into is no error here.
            if item.name not in _SKIPPED and not os.path.exists(os.path.join(item.path, "pyvenv.cfg")):  # noqa: PTH110, PTH118
                waiting += _entries(item.path)
        elif item.name.endswith(SUFFIX):
            yield Path(item.path)


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    """Return what lies in a folder, the first by name last; a folder we may not read holds nothing for us."""
    try:
        return sorted(os.scandir(folder), key=lambda item: item.name, reverse=True)
    except OSError:
        return []


def entry(path: Path) -> HandoffEntry:
    """Return what home shows of a handoff; a broken file is an entry too, with its problem."""
    try:
        data = read_toml(path).data
    except FileError as error:
        return HandoffEntry(path, path.name.removesuffix(SUFFIX), problem=error.message)
    head = data.get("handoff")
    if not isinstance(head, dict):
        return HandoffEntry(path, path.name.removesuffix(SUFFIX), problem="This is not a handoff: it has no [handoff].")
    cells = data.get("open_cells")
    open_points = _leaves(data.get("open")) + (len(cells) if isinstance(cells, list) else 0)
    return _entry(path, head, open_points, _leaves(data.get("stale")))


_NEXT_TABLE = re.compile(r"^\[(?!handoff\])", re.MULTILINE)


def glance(path: Path) -> HandoffEntry:
    """Return what the first lines of a file say, and count its open and stale points by their headers.

    A tenth of the work of `entry`, and the same answer for every file that this program wrote; only `entry` sees what
    is wrong further down.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig").replace("\r\n", "\n")
        start = _NEXT_TABLE.search(text)
        data = parse_toml(text[: start.start() if start else len(text)].encode(), path).data
    except (FileError, UnicodeDecodeError):
        return entry(path)
    if not isinstance(data.get("handoff"), dict):
        return entry(path)
    open_points = len(re.findall(r"^\[open\.|^\[\[open_cells\]\]", text, re.MULTILINE))
    return _entry(path, data["handoff"], open_points, len(re.findall(r"^\[stale\.", text, re.MULTILINE)))


def _entry(path: Path, head: Mapping[str, Any], open_points: int, stale: int) -> HandoffEntry:
    return HandoffEntry(
        path,
        _text(head.get("name")) or path.name.removesuffix(SUFFIX),
        _text(head.get("template")) or "general",
        _text(head.get("status")) or "draft",
        open_points,
        stale,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _leaves(value: Any) -> int:
    if not isinstance(value, dict):
        return 0
    return sum(len(section) for section in value.values() if isinstance(section, dict))

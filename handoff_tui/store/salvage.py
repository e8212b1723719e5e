"""A handoff file that was cut off: what is whole of it is gone on with, and all of it is kept beside.

No save of ours leaves such a file; a copy that was interrupted does, or a disk that lost power. Only a file whose end
is missing is mended so: a mistake in the middle is a person's edit, and only that person knows what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.template import RESERVED
from handoff_tui.errors import FileError
from handoff_tui.store.atomic import atomic_write, digest
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.journal import stamp
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import TomlFile, parse_toml, read_bytes

__all__ = ["Salvaged", "salvage"]

_BEGINS = re.compile(r"""^(?:(?P<table>\[\[?[\w."'-]*(?:\]\]?[ \t]*$|\]?\Z))|[\w."'-]+[ \t]*(?:=|\Z))""", re.MULTILINE)
"""A statement: the head of a table, or a key; the last one may be cut off anywhere."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What is whole of a file that was cut off, and the line from which on it is not."""

    file: HandoffFile
    handoff: Handoff
    line: int
    raw: bytes

    def keep(self) -> str:
        """Put the whole damaged file beside, before anything is written; return what to say about it.

        Raises:
            SaveError: It could not be put there.
        """
        path = self.file.path
        kept = path.with_name(f"{path.stem}.damaged-{stamp()}.toml")
        atomic_write(kept, self.raw, fresh=True)
        return f"The file was cut off at line {self.line}. What is whole of it is here; all of it is in {kept.name}."


def salvage(path: Path) -> Salvaged | None:
    """Return what is whole of a file whose end is missing; `None` where that is not what is wrong with it.

    Raises:
        FileError: The file cannot be read.
    """
    raw = read_bytes(path)
    whole = _whole(raw, path)
    head = whole.data.get("handoff") if whole else None
    if whole is None or not isinstance(head, dict) or not {"name", "template"} <= head.keys():
        return None  # what it is about is lost too
    handoff = loads(whole)
    # What somebody signed off is more than this.
    handoff = replace(handoff, head=replace(handoff.head, status="draft"))
    return Salvaged(HandoffFile(path, None, digest(raw), handoff), handoff, whole.text.count("\n") + 1, raw)


def _whole(raw: bytes, path: Path) -> TomlFile | None:
    """Return the beginning of a file up to the statement that is cut off; `None` where none is."""
    content = raw.rstrip(b"\0")  # a file system may put zeros where it lost the rest
    try:
        content.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return None
        content = content[: error.start]  # half a character
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    try:
        file = parse_toml(content, path)
    except FileError as error:
        # Of a text or a list without its end, the place is the end of the document: there is no column.
        unclosed = error.where is None or error.where.column is None
        if text.endswith("\n") and not unclosed:
            return None
    else:
        return file if len(content) < len(raw) else None
    begins = list(_BEGINS.finditer(text))
    found = _before_the_last(text, begins, path)
    if found is None and unclosed and begins and begins[-1].end() == len(text):
        # No key, but the last word of a text that is cut off.
        found = _before_the_last(text, begins[:-1], path)
    return found


def _before_the_last(text: str, begins: Sequence[re.Match[str]], path: Path) -> TomlFile | None:
    """Return what stands before the last of these statements; `None` where that cannot be read either."""
    if not begins:
        return None
    end = begins[-1].start()
    if not begins[-1]["table"]:
        # Half of a mark, or of a warning that was accepted, says something else than all of it.
        tables = [found for found in begins if found["table"]]
        if tables and re.split(r"[\[.\]]+", tables[-1]["table"])[1] in RESERVED - {"handoff"}:
            end = tables[-1].start()
    try:
        return parse_toml(text[:end].encode(), path)
    except FileError:  # the mistake is further up
        return None

"""The ways in which the store writes: what stands before, how it is written, what stands after."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.template import Template
from handoff_tui.store.atomic import atomic_write
from handoff_tui.store.file import HandoffFile, write_document
from tests.core.making import bundled
from tests.store.example import EXAMPLE, NAME, read

__all__ = ["NEW", "OLD", "WAYS", "Way", "temporaries"]

OLD = EXAMPLE.encode()
NEW = EXAMPLE.replace("Stripe billing state", "Billing state").encode()


@dataclass(frozen=True)
class Way:
    """One way to write a file in a folder.

    Args:
        before: What stands in the file, nothing where there is none yet.
        prepare: Makes ready, and returns what writes the new content.
        new: The new content.
        name: The file's name.
        link: The name of a link to the file, by which it is written, where it is.
    """

    before: bytes | None
    prepare: Callable[[Path], Callable[[], object]]
    new: bytes = NEW
    name: str = NAME
    link: str = ""

    def begin(self, folder: Path) -> Path:
        """Make the folder with what stands there before; return the file."""
        folder.mkdir()
        if self.before is not None:
            (folder / self.name).write_bytes(self.before)
            (folder / self.name).chmod(0o664)
        if self.link:
            (folder / "by").mkdir()
            (folder / "by" / self.link).symlink_to(folder / self.name)
        return folder / self.name

    def is_as_it_was(self, file: Path) -> bool:
        """Say whether link and mode are what they were."""
        if self.link and not (file.parent / "by" / self.link).is_symlink():
            return False
        return self.before is None or stat.S_IMODE(file.stat().st_mode) == 0o664

    def writer(self, file: Path) -> Callable[[], object]:
        """Return what writes the new content."""
        return self.prepare(file.parent / "by" / self.link if self.link else file)


def temporaries(file: Path) -> list[str]:
    """Return the names of what is left over of a save."""
    return sorted(item.name for item in file.parent.rglob("*") if item.name.endswith(".tmp"))


@cache
def _payments() -> Template:
    return bundled("payments")


def _handoff() -> Handoff:
    handoff = read(EXAMPLE)
    return replace(handoff, head=replace(handoff.head, name="Billing state in Zendesk"))


def _save(path: Path) -> Callable[[], object]:
    file, _ = HandoffFile.read(path)
    file.template = _payments()
    return lambda: file.save(_handoff())


WAYS = {
    "a save": Way(OLD, _save),
    "a save through a link": Way(OLD, _save, link=NAME),
    "a new file": Way(None, lambda path: lambda: HandoffFile.create(path, _payments(), _handoff())),
    "a document": Way(
        b"# Old\n", lambda path: lambda: write_document(path, "# New\n"), new=b"# New\n", name="x.handoff.md"
    ),
    "bytes": Way(OLD, lambda path: lambda: atomic_write(path, NEW)),
}

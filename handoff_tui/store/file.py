"""One handoff file: read it, and write it back without touching what others wrote."""

from __future__ import annotations

from pathlib import Path

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.template import Template
from handoff_tui.errors import FileError, SaveError, Where
from handoff_tui.store.atomic import Digest, atomic_write, changed_meanwhile, digest
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml, read_toml

__all__ = ["SUFFIX", "HandoffFile", "document_path", "write_document"]

SUFFIX = ".handoff.toml"


class HandoffFile:
    """A handoff's file and what is known to stand in it; made by `open` or `create`, used by one thread at a time."""

    def __init__(self, path: Path, template: Template | None, known: Digest | None, base: Handoff) -> None:
        self.path = path
        self.template = template
        self.base = base
        """What stands in the file, as far as we know."""
        self._known = known
        self._seen = _signature(path)
        self._aside: Path | None = None
        self._durable = True

    @classmethod
    def read(cls, path: Path) -> tuple[HandoffFile, Handoff]:
        """Read a file that exists. Set `template` before saving it.

        Raises:
            FileError: It cannot be read, or is no handoff.
        """
        file = read_toml(path)
        handoff = loads(file)
        return cls(path, None, digest(file.raw), handoff), handoff

    @classmethod
    def create(cls, path: Path, template: Template, handoff: Handoff) -> HandoffFile:
        """Write a new file; one that exists is never overwritten.

        Raises:
            SaveError: It could not be written.
        """
        content = _encode(handoff, template, path)
        atomic_write(path, content, fresh=True)
        return cls(path, template, digest(content), handoff)

    def save(self, handoff: Handoff) -> bool:
        """Write the handoff if it differs from what stands in the file; say whether it was written.

        Raises:
            SaveError: It could not be written, or somebody else wrote meanwhile, or took it away.
        """
        content = _encode(handoff, self.template, self.path)
        if self.gone:
            raise _is_gone(self.path)
        if digest(content) == self._known and self._durable:
            return False
        if self._aside is not None:
            # Theirs stands in the file since an earlier save; one file beside it holds the newest of ours.
            atomic_write(self._aside, content)
            raise changed_meanwhile(self.path, self._aside)
        try:
            atomic_write(self.path, content, expected=self._known)
        except SaveError as error:
            self._aside = error.aside
            # It may stand there although the disk did not confirm it: not somebody else's, at the next try.
            if error.placed or _holds(self.path, content):
                self._known, self._durable = digest(content), False
            raise
        self._known, self._durable, self.base = digest(content), True, handoff
        self._seen = _signature(self.path)
        return True

    @property
    def gone(self) -> bool:
        """Whether somebody took the file away."""
        try:
            self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:  # there, and out of reach: that is another error's business
            pass
        return False

    def theirs(self) -> Handoff | None:
        """Return what somebody else wrote into the file since we read or wrote it; `None` where nobody did.

        From then on that counts as known: whoever asks brings the two together, and saves.

        Raises:
            FileError: What they wrote cannot be read.
        """
        seen = _signature(self.path)
        if seen == self._seen:
            return None
        self._seen = seen
        file = read_toml(self.path)
        if digest(file.raw) == self._known:
            return None
        handoff = loads(file)
        self._known, self.base = digest(file.raw), handoff
        aside, self._aside = self._aside, None
        if aside is not None:
            # Ours, put there when the save met theirs: what was in it is brought together with theirs now.
            aside.unlink(missing_ok=True)
        return handoff


def _encode(handoff: Handoff, template: Template | None, path: Path) -> bytes:
    """Return the bytes of a handoff, proven to read back as the same handoff."""
    try:
        content = dumps(handoff, template, path.name).encode()
        again = loads(parse_toml(content, path))
        # Nearly always equal; where only the form differs, as a list for a tuple, the text decides.
        if again == handoff or dumps(again, template, path.name).encode() == content:
            return content
    except (FileError, TypeError, ValueError):  # a value that TOML cannot hold, or a file that would not parse
        pass
    raise SaveError(
        "Not saved: this handoff would not read back as it was.",
        hint="Nothing is lost; please report this with the last thing you typed.",
        where=Where(path),
    )


def _is_gone(path: Path) -> SaveError:
    what = "The file" if path.parent.is_dir() else "Its folder"
    error = SaveError(
        f"{what} is gone.", hint="Your answers are safe here. Ctrl+S writes them again.", where=Where(path)
    )
    error.gone = True
    return error


def _signature(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file is written: cheap enough to ask for each second."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def document_path(path: Path, document: str = "handoff", ending: str = ".md") -> Path:
    """Return where a document of a handoff file stands: `NAME.handoff.md` the summary, `NAME.on-call.md` another."""
    name = path.name.removesuffix(SUFFIX) if path.name.endswith(SUFFIX) else path.stem
    known = path.name.endswith(SUFFIX) or document != "handoff"
    return path.with_name(f"{name}.{document}{ending}" if known else f"{name}{ending}")


def write_document(path: Path, text: str) -> bool:
    """Write a document durably if it differs from what stands there; say whether it was written.

    Raises:
        SaveError: It could not be written.
    """
    content = text.encode()
    if _holds(path, content):
        return False
    atomic_write(path, content)
    return True


def _holds(path: Path, content: bytes) -> bool:
    """Say whether a file holds just this; one that is absent or unreadable does not."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False

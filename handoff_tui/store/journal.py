"""The journal beside a handoff file: what happened since the file was opened, and who has it open.

One JSON line per step, appended at once and synced by a thread of its own, so that a kill loses nothing and a power cut
a quarter of a second. It is also the lock: a `flock` on it is freed by whatever ends the process. The libraries for
locks are large for what is needed here (`robustness.md`, section 2).
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import secrets
import socket
import stat
import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handoff_tui.core.text import visible

__all__ = ["Held", "Journal", "Record", "journal_path", "stamp"]

Record = Mapping[str, Any]

_SYNC_EVERY = 0.1
"""Seconds between two syncs; what is promised is 250 ms."""
_TRIES = 5
_MOST = 64 * 1024 * 1024
"""Bytes of a journal that are read; ours are begun anew long before."""


class Held(Exception):  # noqa: N818 - no mistake of anybody: the other instance is told of
    """Somebody else has the handoff open; `holder` says who, in words."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


def journal_path(path: Path) -> Path:
    """Return where the journal of a handoff file lies: `.NAME.handoff.toml.journal`."""
    target = Path(os.path.realpath(path))
    return target.with_name(f".{target.name}.journal")


class Journal:
    """An open and locked journal; `left` holds what an interview that did not end cleanly left in it.

    `torn` is what could not be read of it: the last line after a power cut.
    """

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle
        self.left, self.torn = _read(handle)
        self._size = os.fstat(handle).st_size
        self._dirty = threading.Event()
        self._closed = False
        if self.torn:
            self.keep_beside(self.torn, "torn")
        if self._size > _MOST:  # nothing that we wrote; `begin` puts another in its place, and this one stays
            with contextlib.suppress(OSError):
                os.link(path, self._beside("torn"))
        self._thread = threading.Thread(target=self._sync, name="journal", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, beside: Path) -> Journal | None:
        """Open and lock the journal of a handoff file; `None` where the folder takes none.

        Raises:
            Held: Another instance has it.
        """
        path = journal_path(beside)
        for _ in range(_TRIES):
            try:
                # What is no file, a pipe for one, would be waited for without O_NONBLOCK.
                flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
                handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
            except OSError:
                return None
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                os.close(handle)
                return None
            if not _lock(handle):
                holder = _holder(handle)
                os.close(handle)
                raise Held(holder)
            # Whoever had it may have put another in its place, or none, between our opening it and the lock.
            if _is_at(path, handle):
                return cls(path, handle)
            os.close(handle)
        return None

    @property
    def size(self) -> int:
        """Bytes in it."""
        return self._size

    @property
    def stands(self) -> bool:
        """Whether it still lies where the next instance looks for it: `git clean` may have taken it away."""
        return _is_at(self.path, self._handle)

    def begin(self, records: Iterable[Record] = ()) -> None:
        """Start anew with these records. A kill at any moment leaves what was there before, or all of them."""
        who = {"holder": _whoami(), "pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        content = b"".join(map(_line, (who, *records)))
        # A folder that takes no new file gets them behind the old ones: who reads begins at the last holder's line.
        if not self._size or not self._replace(content):
            self._append(content)

    def write(self, record: Record) -> bool:
        """Append a step; it is with the system when this returns, and on the disk soon after."""
        return self._append(_line(record))

    def close(self, *, keep: bool) -> None:
        """Let go of the handoff; the journal stays only to keep what is in no file."""
        self._closed = True
        self._dirty.set()
        self._thread.join(1.0)
        if keep:
            with contextlib.suppress(OSError):
                os.fsync(self._handle)
        elif self.stands:
            with contextlib.suppress(OSError):
                self.path.unlink()  # under the lock: nobody else has begun to write into it
        os.close(self._handle)

    def content(self) -> bytes:
        """Return all of it, as it lies on the disk."""
        return _content(self._handle)

    def keep_beside(self, content: bytes, why: str) -> Path | None:
        """Put what is of no use here into a file beside the journal, for it is never deleted; return where."""
        aside = self._beside(why)
        try:
            aside.write_bytes(content)
        except OSError:
            return None
        return aside

    def _beside(self, why: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{why}-{stamp()}")

    def _append(self, content: bytes) -> bool:
        try:
            # One call: lines of two threads never mix, and a kill tears none.
            written = os.write(self._handle, content)
        except OSError:
            return False
        if written < len(content):  # a full disk: half a line would spoil the one after it too
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, self._size)
            return False
        self._size += written
        self._dirty.set()
        return True

    def _replace(self, content: bytes) -> bool:
        """Put a new journal, locked already, in the place of the old one."""
        new = self.path.with_name(f"{self.path.name}.new")
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        try:
            new.unlink(missing_ok=True)  # of one that was killed just here
            handle = os.open(new, flags, 0o600)
        except OSError:
            return False
        try:
            _lock(handle)
            whole = os.write(handle, content) == len(content)
            os.fsync(handle)
            if whole:
                os.replace(new, self.path)
                os.dup2(handle, self._handle, inheritable=False)  # the thread that syncs goes on with the new one
                self._size = len(content)
        except OSError:
            whole = False
        finally:
            os.close(handle)
            with contextlib.suppress(OSError):
                new.unlink()
        return whole

    def _sync(self) -> None:
        pause = threading.Event()
        while not self._closed:
            self._dirty.wait()
            self._dirty.clear()
            with contextlib.suppress(OSError):
                os.fsync(self._handle)
            pause.wait(_SYNC_EVERY)


def stamp() -> str:
    """Return the end of the name of a file that is put aside: when, and something that is new each time."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def _line(record: Record) -> bytes:
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def _is_at(path: Path, handle: int) -> bool:
    """Say whether an open file is the one that a path leads to."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except OSError:
        return False


def _content(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    with os.fdopen(os.dup(handle), "rb") as stream:
        return stream.read(_MOST)


def _read(handle: int) -> tuple[list[dict[str, Any]], bytes]:
    """Return the steps of a journal since it was last begun, and what of it is no step."""
    records: list[dict[str, Any]] = []
    torn: list[bytes] = []
    for line in _content(handle).split(b"\n"):
        try:
            record = json.loads(line) if line else {}
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            torn.append(line)
        elif "holder" in record:
            records = [record]
        elif record:
            records.append(record)
    return records, b"\n".join(torn)


def _holder(handle: int) -> str:
    """Return who holds a journal, in words."""
    records, _ = _read(handle)
    first = records[0] if records else {}
    who = first.get("holder")
    return visible(who) if isinstance(who, str) and who else "another window"


def _whoami() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # no entry for this user, and no environment
        user = "somebody"
    return f"{user} on {socket.gethostname()}"


def _lock(handle: int) -> bool:
    """Lock a file until the process ends, however it ends; say whether nobody else had it."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return _lock_on_windows(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: go on, as every editor does there
        return True
    return True


def _lock_on_windows(handle: int) -> bool:
    import msvcrt  # noqa: PLC0415 - only there

    locking: Any = getattr(msvcrt, "locking")  # noqa: B009 - absent from the types of other systems
    os.lseek(handle, 1 << 30, os.SEEK_SET)  # far behind the text, which others may read
    try:
        locking(handle, getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009
    except OSError:
        return False
    return True

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
import socket
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handoff_tui.core.text import visible

__all__ = ["Held", "Journal", "Record", "journal_path"]

Record = Mapping[str, Any]

_SYNC_EVERY = 0.1
"""Seconds between two syncs; what is promised is 250 ms."""
_TRIES = 5


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
            self._set_aside()
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
                handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o600)
            except OSError:
                return None
            if not _lock(handle):
                holder = _holder(handle)
                os.close(handle)
                raise Held(holder)
            # Whoever had it may have taken the file away between our opening it and the lock.
            with contextlib.suppress(OSError):
                if path.stat().st_ino == os.fstat(handle).st_ino:
                    return cls(path, handle)
            os.close(handle)
        return None

    @property
    def size(self) -> int:
        """Bytes in it."""
        return self._size

    def begin(self) -> None:
        """Start anew: what was left is taken over, and everything before is in the file."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._handle, 0)
        self._size = 0
        who = {"holder": _whoami(), "pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        self.write(who)

    def write(self, record: Record) -> bool:
        """Append a step; it is with the system when this returns, and on the disk soon after."""
        line = json.dumps(record, separators=(",", ":")).encode() + b"\n"
        try:
            # One call: lines of two threads never mix, and a kill tears none.
            written = os.write(self._handle, line)
        except OSError:
            return False
        self._size += written
        self._dirty.set()
        return written == len(line)

    def close(self, *, keep: bool) -> None:
        """Let go of the handoff; the journal stays only to keep what is in no file."""
        self._closed = True
        self._dirty.set()
        self._thread.join(1.0)
        if keep:
            with contextlib.suppress(OSError):
                os.fsync(self._handle)
        else:
            with contextlib.suppress(OSError):
                self.path.unlink()  # under the lock: nobody else has begun to write into it
        os.close(self._handle)

    def _sync(self) -> None:
        pause = threading.Event()
        while not self._closed:
            self._dirty.wait()
            self._dirty.clear()
            with contextlib.suppress(OSError):
                os.fsync(self._handle)
            pause.wait(_SYNC_EVERY)

    def _set_aside(self) -> None:
        """Keep what cannot be read beside the journal: never deleted."""
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        with contextlib.suppress(OSError):
            self.path.with_name(f"{self.path.name}.torn-{stamp}").write_bytes(self.torn)


def _read(handle: int) -> tuple[list[dict[str, Any]], bytes]:
    """Return the steps of a journal, and what of it is no step."""
    os.lseek(handle, 0, os.SEEK_SET)
    with os.fdopen(os.dup(handle), "rb") as stream:
        content = stream.read()
    records: list[dict[str, Any]] = []
    torn = b""
    for line in content.split(b"\n"):
        try:
            record = json.loads(line) if line else {}
        except ValueError:
            torn += line + b"\n"
            continue
        if isinstance(record, dict) and record:
            records.append(record)
    return records, torn


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

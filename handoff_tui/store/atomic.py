"""The one way a file is written: whole or not at all, and on the disk when it says so.

The steps, and what happens without each, are measured in `robustness.md`, section 2. The well-known library for
this is archived; its author's advice is `os.replace`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from handoff_tui.errors import SaveError, Where

__all__ = ["Digest", "atomic_write", "changed_meanwhile", "digest"]

Digest = str
"""SHA-256 of a file's bytes, in hexadecimal."""

_WINDOWS = sys.platform == "win32"
_RETRIES_MS = (5, 10, 20, 40, 80, 160)


def digest(content: bytes) -> Digest:
    """Return the digest by which a file is recognised."""
    return hashlib.sha256(content).hexdigest()


def atomic_write(path: Path, content: bytes, *, expected: Digest | None = None, fresh: bool = False) -> None:
    """Replace a file by new content, durably.

    Args:
        path: The file; a link is followed and stays a link, and the file's mode stays as it is.
        content: All of the new bytes.
        expected: What the file held when it was last read or written. Where it holds something else, somebody wrote
            meanwhile: ours is put beside it as `NAME.conflict-UTC` and theirs stays.
        fresh: The file must not exist yet.

    Raises:
        SaveError: It could not be written; the old file is whole and nothing is left over.
    """
    target = Path(os.path.realpath(path))
    mode = _mode(target, path, fresh=fresh)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        _write(temporary, content, mode)
        if expected is not None and _digest_of(target) not in (expected, None):
            stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
            aside = target.with_name(f"{target.stem}.conflict-{stamp}.toml")
            os.replace(temporary, aside)
            raise changed_meanwhile(path, aside)
        if fresh:
            _create(temporary, target, path)
        else:
            _replace(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise SaveError(
            f"Not saved: {reason}.", hint="Free some room or check the folder, then save again.", where=Where(path)
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def changed_meanwhile(path: Path, aside: Path) -> SaveError:
    """Return the error for a file that somebody else wrote, while ours stands in `aside`."""
    error = SaveError(
        "Somebody else changed the file meanwhile.",
        hint=f"Theirs is kept; yours is in {aside.name}. Open the file again and bring the two together.",
        where=Where(path),
    )
    error.aside = aside
    return error


def _mode(target: Path, path: Path, *, fresh: bool) -> int | None:
    """Return the mode to keep, `None` for a new file; refuse what must not be replaced."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SaveError(f"Not saved: {error.strerror}.", hint="Check the folder.", where=Where(path)) from error
    if fresh:
        raise SaveError("There is such a file already.", hint="Choose another name.", where=Where(path))
    if not stat.S_ISREG(status.st_mode):
        raise SaveError("Not saved: this is not a file.", hint="Choose another name.", where=Where(path))
    if not os.access(target, os.W_OK) or not status.st_mode & 0o222:
        # A rename would silently replace a file that its owner protected.
        raise SaveError(
            "Not saved: the file is read-only.", hint="Make it writable, then save again.", where=Where(path)
        )
    return stat.S_IMODE(status.st_mode)


def _write(temporary: Path, content: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o666 if mode is None else 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
        if mode is not None and not _WINDOWS:
            os.fchmod(handle, mode)
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # fsync alone leaves the data in the drive's cache
    else:
        os.fsync(handle)


def _digest_of(target: Path) -> Digest | None:
    try:
        return digest(target.read_bytes())
    except FileNotFoundError:
        return None


def _create(temporary: Path, target: Path, path: Path) -> None:
    """Put a new file in place, but never over one that appeared meanwhile."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise SaveError("There is such a file already.", hint="Choose another name.", where=Where(path)) from None
    except OSError:  # a file system without hard links
        _replace(temporary, target)


def _replace(temporary: Path, target: Path) -> None:
    for wait in (*_RETRIES_MS, 0):
        try:
            os.replace(temporary, target)
        except PermissionError:
            # Windows refuses while a virus scanner or an editor has the file open.
            if not _WINDOWS or not wait:
                raise
            time.sleep(wait / 1000)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if _WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

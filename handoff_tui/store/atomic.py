"""The one way a file is written: whole or not at all, and on the disk when it says so.

The steps, and what happens without each, are measured in `robustness.md`, section 2. The well-known library for
this is archived; its author's advice is `os.replace`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import stat
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from handoff_tui.errors import SaveError, Where

__all__ = ["Digest", "atomic_write", "changed_meanwhile", "digest", "sweep"]

Digest = str
"""SHA-256 of a file's bytes, in hexadecimal."""

_WINDOWS = sys.platform == "win32"
_RETRIES_MS = (5, 10, 20, 40, 80, 160)
_STALE = 60.0
"""Seconds after which a temporary file is left over, where no lock can tell."""


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
        SaveError: It could not be written; the old file is whole and nothing is left over. Where `placed` is set, the
            new one stands in its place already, and only the disk did not confirm it.
    """
    target = _target(path)
    mode = _mode(target, path, fresh=fresh)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    living, placed = contextlib.ExitStack(), False
    try:
        _write(temporary, content, mode, living)
        if expected is not None and _digest_of(target) not in (expected, None):
            stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
            aside = target.with_name(f"{target.stem}.conflict-{stamp}.toml")
            os.replace(temporary, aside)
            raise changed_meanwhile(path, aside)
        if fresh:
            _create(temporary, target, path)
        else:
            _replace(temporary, target)
        placed = True
        _sync_folder(target.parent)
    except OSError as error:
        problem = _not_saved(error, path)
        problem.placed = placed
        raise problem from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        living.close()


def sweep(path: Path) -> None:
    """Remove what a writer that was killed left beside a file; never what somebody is writing now."""
    with contextlib.suppress(OSError):
        target = Path(os.path.realpath(path))
        ours = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{8}}\.tmp")
        for item in target.parent.iterdir():
            with contextlib.suppress(OSError):  # one that is not ours to remove does not keep the others
                if ours.fullmatch(item.name) and _left_over(item):
                    item.unlink()


def _left_over(temporary: Path) -> bool:
    """Say whether the writer of a temporary file is gone: its lock is free, or, without locks, it is old."""
    status = temporary.lstat()
    if not stat.S_ISREG(status.st_mode):
        return False
    handle = os.open(temporary, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return abs(time.time() - status.st_mtime) > _STALE  # the clock may have been set back since
    finally:
        os.close(handle)
    return True


def _not_saved(error: OSError, path: Path) -> SaveError:
    reason = (error.strerror or type(error).__name__).lower()
    hint = "Free some room or check the folder, then save again."
    return SaveError(f"Not saved: {reason}.", hint=hint, where=Where(path))


def changed_meanwhile(path: Path, aside: Path) -> SaveError:
    """Return the error for a file that somebody else wrote, while ours stands in `aside`."""
    error = SaveError(
        "Somebody else changed the file meanwhile.",
        hint=f"Theirs is kept; yours is in {aside.name}. Open the file again and bring the two together.",
        where=Where(path),
    )
    error.aside = aside
    return error


def _target(path: Path) -> Path:
    """Return the file that a path leads to. Strictly: a link that cannot be read would be replaced as a file."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))  # a new file, or a link to one
    except OSError as error:
        raise _not_saved(error, path) from error


def _mode(target: Path, path: Path, *, fresh: bool) -> int | None:
    """Return the mode to keep, `None` for a new file; refuse what must not be replaced."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _not_saved(error, path) from error
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


def _write(temporary: Path, content: bytes, mode: int | None, living: contextlib.ExitStack) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o666 if mode is None else 0o600)
    try:
        _claim(handle, living)
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
        if mode is not None and not _WINDOWS:
            os.fchmod(handle, mode)
        _sync(handle)
    finally:
        os.close(handle)


def _claim(handle: int, living: contextlib.ExitStack) -> None:
    """Lock the temporary file for as long as its writer lives: `sweep` takes only what nobody holds.

    The lock hangs on a second handle, so that the first is closed, which may fail, before the old file is replaced.
    """
    with contextlib.suppress(ImportError, OSError):  # without a lock its age has to tell
        import fcntl  # noqa: PLC0415 - not on Windows

        held = os.dup(handle)
        living.callback(_close_at_last, held)
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _close_at_last(handle: int) -> None:
    with contextlib.suppress(OSError):  # the content has long been written, and synced
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

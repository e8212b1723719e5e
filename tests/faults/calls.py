"""Every system call that a save makes, in order, so that each one in turn can fail, or be the last there is."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

__all__ = ["Calls", "Fault", "failing", "filling_up", "half_then_kill", "injected", "kill"]

NAMES = ("open", "read", "write", "close", "dup", "stat", "lstat", "fstat", "access", "readlink", "listdir", "scandir")
CHANGING = ("fchmod", "chmod", "fsync", "fdatasync", "replace", "rename", "link", "symlink", "unlink", "truncate")

Fault = Callable[[str, Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any]
"""What happens instead of a call: gets its name, the call itself and its arguments."""


@dataclass
class Calls:
    """The calls made so far, and those that met the fault."""

    made: list[str] = field(default_factory=list)
    hit: list[str] = field(default_factory=list)
    after_replace: bool = False
    """Whether the fault came when the new file already stood in the place of the old one."""


@contextmanager
def injected(fault: Fault, at: int, *, and_after: bool = False, thread: str | None = None) -> Iterator[Calls]:
    """Let the call number `at` of a thread meet a fault, by default of this one; with `and_after`, all later ones too.

    Only what Python calls through `os`, `fcntl` and `io.open` is seen: that is every call that the store makes.
    """
    import fcntl  # noqa: PLC0415 - not on Windows

    calls, lock = Calls(), threading.Lock()
    wanted = thread or threading.current_thread().name

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if threading.current_thread().name != wanted:
                return real(*arguments, **options)
            with lock:
                number = len(calls.made)
                calls.made.append(name)
            if number == at or (and_after and number > at):
                calls.after_replace = calls.after_replace or (not calls.hit and _stands(calls.made[:-1]))
                calls.hit.append(name)
                return fault(name, real, arguments, options)
            return real(*arguments, **options)

        return call

    with ExitStack() as patches:
        for name in NAMES + CHANGING:
            if hasattr(os, name):
                patches.enter_context(mock.patch.object(os, name, watched(name, getattr(os, name))))
        patches.enter_context(mock.patch.object(fcntl, "flock", watched("flock", fcntl.flock)))
        patches.enter_context(mock.patch.object(io, "open", watched("open to read", io.open)))
        yield calls


def _stands(made: list[str]) -> bool:
    return bool({"replace", "rename", "link"} & set(made))


def failing(code: int) -> Fault:
    """Return a fault that fails as the system would."""

    def fail(name: str, real: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        if name == "access":
            return False  # it has no other way to fail
        if name == "close":
            real(*arguments, **options)  # the handle is gone, whatever close says
        raise OSError(code, os.strerror(code))

    return fail


def filling_up(code: int) -> Fault:
    """Return a fault that lets half of the first write pass, and fails from then on; to be used with `and_after`."""
    fail, passed = failing(code), iter((True,))

    def fill_up(name: str, real: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        if name == "write" and next(passed, False):
            return real(arguments[0], arguments[1][: len(arguments[1]) // 2])
        return fail(name, real, arguments, options)

    return fill_up


def kill(name: str, real: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """End the process here as `kill -9` does: nothing is flushed, nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def half_then_kill(name: str, real: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """As `kill`, after half of a write has reached the file, or after the whole of another call."""
    try:
        if name == "write":
            real(arguments[0], arguments[1][: len(arguments[1]) // 2])
        else:
            real(*arguments, **options)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)

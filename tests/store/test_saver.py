"""The saver writes the newest handoff from its own thread, and survives whatever goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from handoff_tui.core.handoff import Handoff
from handoff_tui.errors import SaveError
from handoff_tui.store.saver import Saver
from tests.core.making import handoff_of

LONG = 30.0
"""Seconds nobody waits for, unless the saver hangs."""


class Disk:
    """Stands in for a file: holds each save until it is let go, and fails on request."""

    def __init__(self) -> None:
        self.saved: list[str] = []
        self.go = threading.Event()
        self.entered = threading.Event()
        self.go.set()
        self.fails: list[Exception] = []

    def save(self, handoff: Handoff) -> bool:
        self.entered.set()
        assert self.go.wait(LONG)
        if self.fails:
            raise self.fails.pop(0)
        self.saved.append(handoff.head.name)
        return True


class Told:
    """Collects what the saver reports, and can be waited for."""

    def __init__(self) -> None:
        self.all: list[SaveError | None] = []
        self._more = threading.Semaphore(0)

    def __call__(self, error: SaveError | None) -> None:
        self.all.append(error)
        self._more.release()

    def wait(self, count: int = 1) -> None:
        for _ in range(count):
            assert self._more.acquire(timeout=LONG)


@contextmanager
def saving(disk: Disk, told: Told) -> Iterator[Saver]:
    saver = Saver(disk, told)  # type: ignore[arg-type]
    try:
        yield saver
    finally:
        disk.go.set()
        saver.close(LONG)


def named(name: str) -> Handoff:
    return handoff_of(name=name)


def test_what_is_submitted_is_saved_and_told() -> None:
    disk, told = Disk(), Told()
    with saving(disk, told) as saver:
        saver.submit(named("one"))
        assert saver.flush(LONG)
        told.wait()
        assert saver.saved
    assert disk.saved == ["one"]
    assert told.all == [None]


def test_of_several_that_wait_only_the_newest_is_saved() -> None:
    disk, told = Disk(), Told()
    disk.go.clear()
    with saving(disk, told) as saver:
        saver.submit(named("one"))
        assert disk.entered.wait(LONG)
        for name in ("two", "three", "four"):
            saver.submit(named(name))
        assert not saver.saved
        disk.go.set()
        assert saver.flush(LONG)
    assert disk.saved == ["one", "four"]


def test_submitting_returns_while_the_disk_is_busy_and_flushing_gives_up_in_time() -> None:
    disk, told = Disk(), Told()
    disk.go.clear()
    with saving(disk, told) as saver:
        saver.submit(named("one"))
        assert saver.flush(0) is False
        disk.go.set()
        assert saver.flush(LONG) is True


def test_an_error_is_told_and_the_next_save_recovers() -> None:
    disk, told = Disk(), Told()
    full = SaveError("Not saved: no space left on device.", hint="Free some room.")
    disk.fails = [full]
    with saving(disk, told) as saver:
        saver.submit(named("one"))
        told.wait()
        assert saver.flush(LONG) is False
        assert saver.error is full
        assert not saver.saved
        saver.submit(named("two"))
        told.wait()
        assert saver.flush(LONG) is True
        assert saver.error is None
    assert told.all == [full, None]
    assert disk.saved == ["two"]


@pytest.mark.parametrize("bug", [ValueError("a bug"), RecursionError(), MemoryError()])
def test_a_mistake_of_the_program_is_told_as_not_saved_and_does_not_end_the_saver(bug: Exception) -> None:
    disk, told = Disk(), Told()
    disk.fails = [bug]
    with saving(disk, told) as saver:
        saver.submit(named("one"))
        told.wait()
        assert saver.error is not None
        assert "Not saved" in saver.error.message
        saver.submit(named("two"))
        told.wait()
        assert saver.saved
    assert disk.saved == ["two"]


def test_closing_saves_what_waits_and_ends_the_thread() -> None:
    disk, told = Disk(), Told()
    before = threading.active_count()
    saver = Saver(disk, told)  # type: ignore[arg-type]
    assert threading.active_count() == before + 1
    saver.submit(named("one"))
    assert saver.close(LONG) is True
    assert disk.saved == ["one"]
    assert threading.active_count() == before


def test_closing_says_when_something_is_not_saved() -> None:
    disk, told = Disk(), Told()
    disk.fails = [SaveError("Not saved.", hint="")]
    saver = Saver(disk, told)  # type: ignore[arg-type]
    saver.submit(named("one"))
    assert saver.close(LONG) is False

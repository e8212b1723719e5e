"""The disk says no to any call of a save: the old file is kept, or it is not called saved (cases 4 and 5)."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.template import Template
from handoff_tui.errors import SaveError
from handoff_tui.store.atomic import sweep
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.saver import Saver
from tests.faults.calls import Calls, Fault, failing, filling_up, injected
from tests.faults.saves import NEW, WAYS, Way, temporaries
from tests.store.example import EXAMPLE, NAME

CODES = pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS], ids=lambda code: errno.errorcode[code]
)
MOST = 200
"""More calls than any save makes."""
LONG = 30.0


def check(way: Way, path: Path, calls: Calls, error: SaveError | None, code: int) -> None:
    """Hold what a save left behind against what it said."""
    content = path.read_bytes() if path.exists() else None
    assert content in (way.before, way.new), f"neither the old nor the new file after {calls.hit}"
    assert way.is_as_it_was(path), f"link or mode changed after {calls.hit}"
    if error is None:
        assert content == way.new, f"called saved, but the old file stands, after {calls.hit}"
    else:
        assert error.message.startswith("Not saved: "), error.message
        assert os.strerror(code).lower() in error.message or "access" in calls.hit, error.message
        assert error.hint
        assert str(path.name) in str(error)
        assert calls.after_replace or content == way.before, f"not called saved, but changed, after {calls.hit}"
    if "unlink" in calls.hit:  # then it cannot be taken away now
        sweep(path)
    assert temporaries(path) == []


def every_call(way: Way, folder: Path, fault: Fault, code: int, *, and_after: bool) -> list[str]:
    """Let each call of a save meet the fault in turn; return the names of the calls there are."""
    for at in count():
        assert at < MOST
        path = way.begin(folder / str(at))
        write, error = way.writer(path), None
        with injected(fault, at, and_after=and_after) as calls:
            try:
                write()
            except SaveError as problem:
                error = problem
        check(way, path, calls, error, code)
        if not calls.hit:
            assert error is None
            return calls.made
        if error is not None and not (way.before is None and path.exists()):
            write()
            assert path.read_bytes() == way.new, "the next try does not save it"
            assert temporaries(path) == []
    raise AssertionError


@CODES
@pytest.mark.parametrize("and_after", [False, True], ids=["once", "from-then-on"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_any_call_of_a_save_may_fail(way: Way, and_after: bool, code: int, tmp_path: Path) -> None:
    made = every_call(way, tmp_path, failing(code), code, and_after=and_after)
    assert {"open", "write", "fsync", "close", "unlink"} <= set(made)
    assert made.count("fsync") == 2, "the file, and the folder"
    assert {"replace", "link"} & set(made)


@CODES
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_disk_may_fill_up_in_the_middle_of_a_write(way: Way, code: int, tmp_path: Path) -> None:
    for at in range(MOST):
        path = way.begin(tmp_path / str(at))
        write, error = way.writer(path), None
        with injected(filling_up(code), at, and_after=True) as calls:
            try:
                write()
            except SaveError as problem:
                error = problem
        check(way, path, calls, error, code)
        if not calls.hit:
            return
        assert error is not None or calls.after_replace or calls.hit[0] in ("unlink", "close")


# -- through the saver ---------------------------------------------------------------------------------------------


class Telling:
    """What the saver tells, to be waited for."""

    def __init__(self) -> None:
        self._more = threading.Semaphore(0)

    def __call__(self, error: SaveError | None) -> None:
        self._more.release()

    def wait(self) -> None:
        assert self._more.acquire(timeout=LONG)


def named(handoff: Handoff, name: str) -> Handoff:
    return replace(handoff, head=replace(handoff.head, name=name))


@contextmanager
def saving(folder: Path, template: Template) -> Iterator[tuple[Path, Handoff, Saver, Telling]]:
    path = WAYS["a save"].begin(folder)
    file, handoff = HandoffFile.read(path)
    file.template = template
    told = Telling()
    saver = Saver(file, told)
    try:
        yield path, named(handoff, "Billing state in Zendesk"), saver, told
    finally:
        saver.close(LONG)


@CODES
def test_the_saver_says_not_saved_keeps_the_old_file_and_saves_when_the_disk_is_well_again(
    code: int, tmp_path: Path, payments: Template
) -> None:
    for at in range(MOST):
        with saving(tmp_path / str(at), payments) as (path, handoff, saver, told):
            with injected(failing(code), at, and_after=True, thread="saver") as calls:
                saver.submit(handoff)
                told.wait()
                error, saved = saver.error, saver.saved
                done = saver.flush(0) if calls.hit else saver.flush(LONG)
            assert saved == done == (error is None)
            check(WAYS["a save"], path, calls, error, code)
            saver.submit(handoff)
            told.wait()
            assert saver.flush(LONG)
            assert path.read_bytes() == NEW
            if not calls.hit:
                return
    raise AssertionError


# -- a disk that does not confirm ----------------------------------------------------------------------------------


@contextmanager
def unconfirmed(*, folder_only: bool = False) -> Iterator[None]:
    """Let every fsync fail, or that of folders."""
    with pytest.MonkeyPatch.context() as patch:
        real = os.fsync

        def fsync(handle: int) -> None:
            if not folder_only or stat.S_ISDIR(os.fstat(handle).st_mode):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            real(handle)

        patch.setattr(os, "fsync", fsync)
        yield


@pytest.mark.parametrize("folder_only", [False, True], ids=["the file", "the folder"])
def test_what_the_disk_does_not_confirm_is_never_called_saved_however_often_it_is_tried(
    folder_only: bool, tmp_path: Path, payments: Template
) -> None:
    with saving(tmp_path / "room", payments) as (path, handoff, saver, told):
        with unconfirmed(folder_only=folder_only):
            for _ in range(3):
                saver.submit(handoff)
                told.wait()
                assert saver.error is not None
                assert saver.error.message == "Not saved: input/output error."
                assert not saver.saved
                assert saver.flush(0) is False
        assert path.read_bytes() == (NEW if folder_only else EXAMPLE.encode())
        saver.submit(handoff)
        told.wait()
        assert saver.flush(LONG)
        assert saver.error is None
        assert path.read_bytes() == NEW


@pytest.mark.parametrize("folder_only", [False, True], ids=["the file", "the folder"])
def test_a_file_says_that_it_was_written_only_when_the_disk_confirmed_it(
    folder_only: bool, tmp_path: Path, payments: Template
) -> None:
    path = tmp_path / NAME
    path.write_text(EXAMPLE, encoding="utf-8")
    file, handoff = HandoffFile.read(path)
    file.template = payments
    handoff = named(handoff, "Billing state in Zendesk")
    with unconfirmed(folder_only=folder_only):
        for _ in range(2):
            with pytest.raises(SaveError, match="Not saved: input/output error"):
                file.save(handoff)
    synced: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        real = os.fsync

        def fsync(handle: int) -> None:
            real(handle)
            synced.append(handle)

        patch.setattr(os, "fsync", fsync)
        assert file.save(handoff) is True
    assert len(synced) == 2, "the file and the folder, now confirmed"
    assert file.save(handoff) is False
    assert temporaries(path) == []

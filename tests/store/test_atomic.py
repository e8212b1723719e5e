"""A file is written whole or not at all, and nobody's edit is silently overwritten (cases 3 to 10)."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.errors import SaveError
from handoff_tui.store.atomic import atomic_write, digest

OLD, NEW = b"old = 1\n", b"new = 2\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.handoff.toml"
    path.write_bytes(OLD)
    return path


def left_over(path: Path) -> list[str]:
    return sorted(item.name for item in path.parent.iterdir() if item != path)


def failing(code: int, after: int = 0) -> Callable[..., Any]:
    """Return what fails as a system call does, from the call after `after` on."""
    calls = iter(range(10_000))

    def call(*_: object, **__: object) -> Any:
        if next(calls) >= after:
            raise OSError(code, os.strerror(code))

    return call


def test_the_content_is_replaced_and_nothing_is_left_over(path: Path) -> None:
    atomic_write(path, NEW)
    assert path.read_bytes() == NEW
    assert left_over(path) == []


@pytest.mark.parametrize("mode", [0o664, 0o600, 0o755])
def test_the_mode_is_kept(path: Path, mode: int) -> None:
    path.chmod(mode)
    atomic_write(path, NEW)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
@pytest.mark.parametrize("fresh", [True, False])
def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path, mask: int, mode: int, fresh: bool) -> None:
    before = os.umask(mask)
    try:
        atomic_write(tmp_path / "x", NEW, fresh=fresh)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == mode


def test_a_link_stays_a_link_and_its_target_is_written(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.toml"
    link.symlink_to(path)
    atomic_write(link, NEW)
    assert link.is_symlink()
    assert path.read_bytes() == NEW
    assert list(link.parent.iterdir()) == [link]


@pytest.mark.parametrize("mode", [0o444, 0o400])
def test_a_read_only_file_is_refused_unchanged(path: Path, mode: int) -> None:
    path.chmod(mode)
    with pytest.raises(SaveError, match="read-only"):
        atomic_write(path, NEW)
    assert path.read_bytes() == OLD
    assert left_over(path) == []


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="not a file"):
        atomic_write(tmp_path, NEW)


def test_a_folder_that_is_gone_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "x.toml"
    with pytest.raises(SaveError, match="no such file or directory") as caught:
        atomic_write(path, NEW)
    assert str(path) in str(caught.value)


# -- somebody else -----------------------------------------------------------------------------------------------


def test_a_file_that_somebody_changed_is_kept_and_ours_is_put_beside_it(path: Path) -> None:
    known = digest(path.read_bytes())
    path.write_bytes(b"theirs = 3\n")
    with pytest.raises(SaveError, match="Somebody else") as caught:
        atomic_write(path, NEW, expected=known)
    assert path.read_bytes() == b"theirs = 3\n"
    (aside,) = left_over(path)
    assert (path.parent / aside).read_bytes() == NEW
    assert ".conflict-" in aside
    assert aside in caught.value.hint


def test_a_file_that_nobody_changed_is_written(path: Path) -> None:
    atomic_write(path, NEW, expected=digest(OLD))
    assert path.read_bytes() == NEW


def test_a_file_that_somebody_removed_is_written_again(path: Path) -> None:
    path.unlink()
    atomic_write(path, NEW, expected=digest(OLD))
    assert path.read_bytes() == NEW


def test_a_fresh_file_never_overwrites_one(path: Path) -> None:
    with pytest.raises(SaveError, match="such a file already"):
        atomic_write(path, NEW, fresh=True)
    assert path.read_bytes() == OLD
    assert left_over(path) == []


def test_a_fresh_file_does_not_overwrite_one_that_appears_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.toml"
    fsync = os.fsync

    def somebody_writes(handle: int) -> None:
        path.write_bytes(OLD)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", somebody_writes)
    with pytest.raises(SaveError, match="such a file already"):
        atomic_write(path, NEW, fresh=True)
    assert path.read_bytes() == OLD
    assert left_over(path) == []


def test_a_fresh_file_is_written_where_links_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    atomic_write(tmp_path / "x.toml", NEW, fresh=True)
    assert (tmp_path / "x.toml").read_bytes() == NEW
    assert left_over(tmp_path / "x.toml") == []


# -- a disk that fails -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["open", "write", "fchmod", "fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_an_error_at_any_step_keeps_the_old_file_whole_and_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(code))
        with pytest.raises(SaveError) as caught:
            atomic_write(path, NEW, expected=digest(OLD))
    assert os.strerror(code).lower() in str(caught.value)
    assert path.read_bytes() == OLD
    assert left_over(path) == []


@pytest.mark.parametrize("after", [1, 2])
def test_a_disk_that_fills_up_in_the_middle_keeps_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    write, fail = os.write, failing(errno.ENOSPC, after)

    def little_by_little(handle: int, content: memoryview) -> int:
        fail()
        return write(handle, content[:3])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", little_by_little)
        with pytest.raises(SaveError, match="no space left"):
            atomic_write(path, NEW)
    assert path.read_bytes() == OLD
    assert left_over(path) == []


def test_a_write_that_takes_only_a_part_goes_on_until_all_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:3]))
    atomic_write(path, NEW)
    assert path.read_bytes() == NEW


def test_a_folder_that_cannot_be_synced_is_not_called_saved(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.fsync, iter(range(100))

    def first_only(handle: int) -> None:
        if next(calls):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    monkeypatch.setattr(os, "fsync", first_only)
    with pytest.raises(SaveError, match="Not saved"):
        atomic_write(path, NEW)
    assert path.read_bytes() in (OLD, NEW)
    assert left_over(path) == []


def test_the_content_is_on_the_disk_before_it_takes_the_place_of_the_old(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def note_replace(source: str, target: str) -> None:
        steps.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    atomic_write(path, NEW)
    assert steps == ["file", "replace", "folder"]

"""A disk that is full, or may not be written, for real: said, typed on, saved when that ends (cases 4, 6, 7, 8, 30)."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from tests.end_to_end.by_keys import COMMAND, terminal
from tests.faults.playing import ANSWER, FILE, JOURNEY, STATES, TEMPLATE, Room, played, read_back, written
from tests.faults.saves import temporaries
from tests.terminal import CTRL_N, CTRL_S, ENTER, ESC, Terminal

pytestmark = pytest.mark.slow

ROOM_AGAIN = 90.0
"""Seconds in which a save has been tried again."""
MORE = " And pay."


# -- disks -----------------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, size: str = "64k") -> Iterator[Path]:
    """Mount a disk of so much room."""
    disk = folder / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", disk], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"a disk can only be mounted by root: {done.stderr.decode().strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path) -> Path:
    """Fill a disk to the last byte; return the file that does."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as stream, suppress(OSError):
        while True:
            stream.write(b"x" * 512)
    assert os.statvfs(disk).f_bavail == 0
    return filler


Kind = Callable[[Path], AbstractContextManager[tuple[Path, Callable[[int], object], Callable[[int], object], str]]]
"""Makes a folder, what keeps a process from writing there, what lets it again, and what the system says meanwhile."""


@contextmanager
def full(folder: Path) -> Iterator[tuple[Path, Callable[[int], object], Callable[[int], object], str]]:
    """A disk that can be filled."""
    with small_disk(folder) as disk:
        yield disk, lambda _: fill(disk), lambda _: (disk / "filler").unlink(), "no space left on device"


@contextmanager
def limited(folder: Path) -> Iterator[tuple[Path, Callable[[int], object], Callable[[int], object], str]]:
    """A quota, for who may not mount a disk."""
    if not hasattr(resource, "prlimit"):
        pytest.skip("this system cannot limit another process")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))

    def free(pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)

    yield folder, limit, free, "file too large"


FULL = pytest.mark.parametrize("kind", [full, limited])


def answered(room: Room, text: str) -> None:
    """Add to the first answer, and go on."""
    room.wait(JOURNEY.ask)
    room.terminal.send(text, CTRL_N)
    room.wait(STATES.ask)


def says_not_saved(room: Room, reason: str) -> None:
    room.wait("NOT SAVED")
    room.wait(reason)


def is_saved_again(room: Room, text: str) -> None:
    room.terminal.wait_for(lambda _: text in room.path.read_text(encoding="utf-8"), ROOM_AGAIN)
    room.wait_gone("NOT SAVED")
    room.wait("saved")


# -- full ------------------------------------------------------------------------------------------------------------


@FULL
def test_on_a_full_disk_it_is_said_typing_goes_on_and_all_is_saved_when_there_is_room_again(
    kind: Kind,
    tmp_path: Path,
) -> None:
    with kind(tmp_path) as (disk, fill_up, make_room, reason), played(disk, columns=160) as room:
        room.wait(JOURNEY.ask)
        before = room.path.read_bytes()
        fill_up(room.terminal.pid)
        answered(room, ANSWER)
        says_not_saved(room, reason)
        room.terminal.send(ESC)
        answered(room, MORE)
        says_not_saved(room, reason)
        assert room.path.read_bytes() == before
        assert temporaries(room.path) == []
        make_room(room.terminal.pid)
        is_saved_again(room, MORE)
        assert room.leave() == 0
        assert "NOT SAVED" not in room.terminal.screen_text
        assert f"Saved in {FILE}." in room.terminal.screen_text
        room.has_its_terminal_back()
        room.kept(ANSWER + MORE)
        assert temporaries(room.path) == []


@FULL
def test_who_leaves_or_is_ended_while_the_disk_is_full_is_told_that_it_is_not_saved(
    kind: Kind,
    tmp_path: Path,
) -> None:
    with kind(tmp_path) as (disk, fill_up, _, reason), played(disk, columns=160) as room:
        room.wait(JOURNEY.ask)
        before = room.path.read_bytes()
        fill_up(room.terminal.pid)
        answered(room, ANSWER)
        says_not_saved(room, reason)
        room.terminal.kill(signal.SIGTERM)
        assert room.terminal.wait_exit() == 143
        text = room.terminal.screen_text
        assert "NOT SAVED" in text
        assert reason in text
        assert "Saved in" not in text
        room.has_its_terminal_back()
        assert room.path.read_bytes() == before
        assert temporaries(room.path) == []


def test_a_new_handoff_on_a_full_disk_is_refused_in_words_and_can_be_begun_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        filler = fill(disk)
        with terminal(disk, "new", "--template", "payments") as wall:
            room = Room(wall, disk / FILE)
            room.wait("what do we call it")
            wall.send("billing", ENTER, "2", ENTER, "\t", "Māra", CTRL_N)
            room.wait("no space left on device")
            assert list(disk.iterdir()) == [filler]
            filler.unlink()
            wall.send(CTRL_N)
            room.answer()
            assert room.leave() == 0
            room.has_its_terminal_back()
            room.kept()


def test_a_draft_without_questions_on_a_full_disk_is_one_line_and_exit_2(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        filler = fill(disk)
        command = [*COMMAND, "new", "x", "--template", "payments", "--no-input"]
        with Terminal(command, cwd=disk, columns=300) as wall:
            assert wall.wait_exit() == 2
            (line,) = [row for row in wall.rows if row]
        assert line.startswith("handoff-wizard: ")
        assert "x.handoff.toml: Not saved: no space left on device." in line
        assert list(disk.iterdir()) == [filler]


# -- read-only -------------------------------------------------------------------------------------------------------


@contextmanager
def read_only_folder(folder: Path) -> Iterator[tuple[Path, Callable[[], None], Callable[[], None], str]]:
    """Make a folder, what closes it, what opens it again, and what the system says of it when it is closed."""
    room = folder / "room"
    room.mkdir()
    is_root = os.geteuid() == 0  # root may write where only the mode forbids it

    def close() -> None:
        if is_root:
            with_attribute("+i", room)
        else:
            room.chmod(0o555)

    def reopen() -> None:
        if is_root:
            subprocess.run(["chattr", "-i", room], check=True)
        else:
            room.chmod(0o755)

    try:
        yield room, close, reopen, "operation not permitted" if is_root else "permission denied"
    finally:
        reopen()


def with_attribute(change: str, path: Path) -> None:
    done = subprocess.run(["chattr", change, path], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"needs root, and a file system with attributes: {done.stderr.decode().strip()}")


def test_in_a_folder_that_becomes_read_only_it_is_said_and_saved_when_that_ends(tmp_path: Path) -> None:
    with read_only_folder(tmp_path) as (folder, close, reopen, reason), played(folder, columns=160) as room:
        room.wait(JOURNEY.ask)
        before = room.path.read_bytes()
        close()
        answered(room, ANSWER)
        says_not_saved(room, reason)
        assert room.path.read_bytes() == before
        reopen()
        is_saved_again(room, ANSWER)
        assert room.leave() == 0
        room.kept()
        assert temporaries(room.path) == []


def test_in_a_folder_that_is_read_only_another_place_is_offered(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with read_only_folder(tmp_path) as (folder, close, _, reason):
        path = written(folder)
        before = path.read_bytes()
        close()
        with played(folder, path=path, columns=160, env={"HOME": str(elsewhere)}) as room:
            answered(room, ANSWER)
            says_not_saved(room, reason)
            room.terminal.send(CTRL_S)
            room.wait("It cannot be saved here")
            room.terminal.send(ENTER)  # the one that is offered: in the home folder
            room.wait_gone("It cannot be saved here")
            room.wait_gone("NOT SAVED")
            assert room.leave() == 0
        assert path.read_bytes() == before
        assert read_back(elsewhere / FILE).answer(JOURNEY.id).value == ANSWER


def test_a_file_that_is_read_only_is_never_replaced(tmp_path: Path) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    path.chmod(0o444)
    with played(tmp_path, path=path, columns=160) as room:
        answered(room, ANSWER)
        says_not_saved(room, "the file is read-only")
        assert path.read_bytes() == before
        assert stat.S_IMODE(path.stat().st_mode) == 0o444
        path.chmod(0o640)
        is_saved_again(room, ANSWER)
        assert room.leave() == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("attribute", ["i", "a"], ids=["immutable", "append-only"])
def test_a_file_that_root_locked_is_never_replaced(attribute: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    with_attribute(f"+{attribute}", path)
    try:
        with played(tmp_path, path=path, columns=160) as room:
            answered(room, ANSWER)
            says_not_saved(room, "operation not permitted" if attribute == "a" else "the file is read-only")
            assert path.read_bytes() == before
            assert temporaries(path) == []
            subprocess.run(["chattr", f"-{attribute}", path], check=True)
            is_saved_again(room, ANSWER)
            assert room.leave() == 0
            room.kept()
    finally:
        subprocess.run(["chattr", f"-{attribute}", path], check=True)


def test_a_link_stays_a_link_and_the_file_it_leads_to_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = written(tmp_path / "real", "old-name.handoff.toml")
    path.chmod(0o664)
    link = tmp_path / FILE
    link.symlink_to(path)
    with played(tmp_path, path=link) as room:
        room.answer()
        assert room.leave() == 0
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o664
    assert read_back(path).answer(JOURNEY.id).value == ANSWER
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    assert TEMPLATE.id == read_back(link).head.template

"""`kill -9` at every system call of a save: the old file or the new one, whole; what is left is swept (case 3)."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.session.start import resume
from handoff_tui.store.atomic import atomic_write, sweep
from tests.faults.saves import OLD, WAYS, Way, temporaries
from tests.slow import rest_slow
from tests.store.example import NAME

ROOT = Path(__file__).resolve().parents[2]
TEMPORARY = f".{NAME}.0123abcd.tmp"


@pytest.mark.parametrize("name", rest_slow(WAYS))
def test_killed_at_any_call_the_file_is_the_old_or_the_new_one(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed", str(tmp_path), name], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    for line in done.stdout.splitlines():
        said = json.loads(line)
        assert said["status"] == 0
        assert said["kills"] == len(said["calls"]) > 10, "one kill for each call"
        assert {"open", "write", "fsync", "close", "unlink"} <= set(said["calls"])
        left_over = [_look_after(WAYS[name], tmp_path / f"{said['when']}-{at}") for at in range(said["kills"])]
        assert any(left_over), "no kill came while there was a temporary file"
    assert len(done.stdout.splitlines()) == 2


def _look_after(way: Way, folder: Path) -> bool:
    """Look at what a kill left, go on as the next start does, and say whether a temporary file was left."""
    path = folder / way.name
    content = path.read_bytes() if path.exists() else None
    assert content in (way.before, way.new)
    assert way.is_as_it_was(path)
    left_over = temporaries(path)
    assert len(left_over) <= 1
    sweep(path)
    assert temporaries(path) == []
    if content == way.before:
        way.writer(path)()
        assert path.read_bytes() == way.new
    return bool(left_over)


# -- the sweep -----------------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(OLD)
    return path


def test_the_next_start_takes_away_what_a_killed_one_left(path: Path) -> None:
    path.with_name(TEMPORARY).write_bytes(OLD[:100])
    opened = resume(path, Catalog(), date.today)
    opened.close()
    assert temporaries(path) == []
    assert path.read_bytes() == OLD


def test_what_is_not_of_this_file_or_not_of_ours_stays(path: Path) -> None:
    names = [
        ".other.handoff.toml.0123abcd.tmp",
        f".{NAME}.0123ABCD.tmp",
        f".{NAME}.0123abcd0.tmp",
        f".{NAME}.0123abcd.tmp~",
        f"{NAME}.0123abcd.tmp",
        ".stripe-billing_handoff_toml.0123abcd.tmp",
    ]
    for name in names:
        path.with_name(name).write_bytes(b"theirs")
    path.with_name(TEMPORARY).mkdir()
    path.with_name(f".{NAME}.fedcba98.tmp").symlink_to(path)
    os.mkfifo(path.with_name(f".{NAME}.11111111.tmp"))
    before = sorted(item.name for item in path.parent.iterdir())
    sweep(path)
    assert sorted(item.name for item in path.parent.iterdir()) == before


def test_one_that_cannot_be_removed_does_not_keep_the_others(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = path.with_name(TEMPORARY), path.with_name(f".{NAME}.fedcba98.tmp")
    for item in (bad, good):
        item.write_bytes(b"")
    real = os.unlink

    def unlink(name: str | Path, **options: int) -> None:
        if Path(name) == bad:
            raise PermissionError
        real(name, **options)

    monkeypatch.setattr(os, "unlink", unlink)
    sweep(path)
    assert temporaries(path) == [bad.name]


def test_through_a_link_it_is_swept_where_the_file_is(path: Path, tmp_path: Path) -> None:
    (tmp_path / "by").mkdir()
    link = tmp_path / "by" / "link.handoff.toml"
    link.symlink_to(path)
    path.with_name(TEMPORARY).write_bytes(b"")
    sweep(link)
    assert temporaries(path) == []


def test_a_folder_that_is_gone_or_closed_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep(tmp_path / "gone" / NAME)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    sweep(loop / NAME)

    def closed(*_: object) -> list[Path]:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", closed)
    sweep(tmp_path / NAME)


def test_what_somebody_is_writing_now_stays_however_old_it_is(path: Path) -> None:
    temporary = path.with_name(TEMPORARY)
    with temporary.open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        os.utime(temporary, (0, 0))
        sweep(path)
        assert temporaries(path) == [TEMPORARY]
    sweep(path)
    assert temporaries(path) == []


def test_a_sweep_in_the_middle_of_a_save_does_not_disturb_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[str] = []
    sweeping = False

    def sweep_before(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal sweeping
            if not sweeping:
                sweeping = True
                sweep(path)
                sweeping = False
                swept.append(name)
            return real(*arguments, **options)

        return call

    for name in ("write", "fsync", "close", "replace"):
        monkeypatch.setattr(os, name, sweep_before(name, getattr(os, name)))
    WAYS["bytes"].writer(path)()
    assert {"write", "fsync", "close", "replace"} <= set(swept)
    assert path.read_bytes() == WAYS["bytes"].new
    assert temporaries(path) == []


@pytest.mark.parametrize(("age", "left"), [(0, True), (50, True), (70, False), (-50, True), (-3 * 365 * 86400, False)])
def test_without_locks_age_tells_also_when_the_clock_was_set_back(
    age: int, left: bool, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_locks(*_: object) -> None:
        raise OSError(38, os.strerror(38))

    monkeypatch.setattr(fcntl, "flock", without_locks)
    temporary = path.with_name(TEMPORARY)
    temporary.write_bytes(b"")
    then = time.time() - age
    os.utime(temporary, (then, then))
    sweep(path)
    assert temporary.exists() is left


def test_without_locks_a_save_works_all_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_locks(*_: object) -> None:
        raise OSError(38, os.strerror(38))

    monkeypatch.setattr(fcntl, "flock", without_locks)
    atomic_write(path, b"x = 1\n")
    assert path.read_bytes() == b"x = 1\n"
    assert temporaries(path) == []

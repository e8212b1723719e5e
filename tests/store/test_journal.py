"""The journal: what is written into it survives any end of the process, and only one instance has it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from handoff_tui.store.journal import Held, Journal, journal_path

HOLD = """
import sys
from pathlib import Path
from handoff_tui.store.journal import Journal
journal = Journal.open(Path(sys.argv[1]))
journal.begin()
for word in sys.argv[2:]:
    journal.write({"draft": "q", "raw": word})
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.handoff.toml"


def opened(path: Path) -> Journal:
    journal = Journal.open(path)
    assert journal is not None
    return journal


def holder(path: Path, *words: str) -> subprocess.Popen[str]:
    """Return a process that has the journal open."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_what_is_written_is_there_when_it_is_opened_again(path: Path) -> None:
    journal = opened(path)
    assert journal.left == []
    journal.begin()
    journal.write({"draft": "q", "raw": "Māra\n\ud800"})
    journal.close(keep=True)
    again = opened(path)
    assert again.left[0].keys() == {"holder", "pid", "since"}
    assert again.left[1:] == [{"draft": "q", "raw": "Māra\n\ud800"}]
    again.close(keep=False)
    assert not journal_path(path).exists()


def test_begin_forgets_what_was_before(path: Path) -> None:
    journal = opened(path)
    journal.begin()
    journal.write({"draft": "q", "raw": "old"})
    journal.begin()
    journal.write({"draft": "q", "raw": "new"})
    journal.close(keep=True)
    again = opened(path)
    assert [record["raw"] for record in again.left[1:]] == ["new"]
    again.close(keep=False)


def test_a_second_instance_is_told_who_has_it(path: Path) -> None:
    with holder(path) as process:
        with pytest.raises(Held) as held:
            Journal.open(path)
        assert " on " in held.value.holder
        process.communicate()
    opened(path).close(keep=False)


def test_a_kill_frees_it_and_loses_nothing(path: Path) -> None:
    with holder(path, "one", "two") as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        journal = opened(path)
        assert [record.get("raw") for record in journal.left[1:]] == ["one", "two"]
        journal.close(keep=False)


def test_a_link_leads_to_one_journal(path: Path, tmp_path: Path) -> None:
    path.write_text("", encoding="utf-8")
    link = tmp_path / "folder" / "link.handoff.toml"
    link.parent.mkdir()
    link.symlink_to(path)
    journal = opened(path)
    with pytest.raises(Held):
        Journal.open(link)
    journal.close(keep=False)


@pytest.mark.parametrize("tail", [b'{"draft":"q","ra', b"\x00" * 40, b"\xff\xfe", b"[1, 2]x"])
def test_a_torn_line_is_left_out_and_set_aside(path: Path, tail: bytes) -> None:
    journal = opened(path)
    journal.begin()
    journal.write({"draft": "q", "raw": "whole"})
    journal.close(keep=True)
    with journal_path(path).open("ab") as stream:
        stream.write(tail)
    again = opened(path)
    assert [record["raw"] for record in again.left[1:]] == ["whole"]
    aside = [item for item in path.parent.iterdir() if ".torn-" in item.name]
    assert [item.read_bytes().rstrip(b"\n") for item in aside] == [tail]
    again.close(keep=False)


def test_a_line_is_on_the_disk_soon_after(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    fsync = os.fsync

    def spy(handle: int) -> None:
        fsync(handle)
        synced.append(os.fstat(handle).st_size)

    monkeypatch.setattr(os, "fsync", spy)
    journal = opened(path)
    journal.begin()
    journal.write({"draft": "q", "raw": "x"})
    size = os.stat(journal_path(path)).st_size  # noqa: PTH116
    journal.close(keep=True)  # joins the thread that syncs
    assert size in synced


def test_where_the_folder_takes_no_journal_there_is_none(tmp_path: Path) -> None:
    assert Journal.open(tmp_path / "no such folder" / "x.handoff.toml") is None


def test_a_full_disk_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = opened(path)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    assert not journal.write({"draft": "q", "raw": "x"})
    monkeypatch.undo()
    assert journal.write({"draft": "q", "raw": "x"})
    journal.close(keep=True)
    assert json.loads(journal_path(path).read_text(encoding="utf-8")) == {"draft": "q", "raw": "x"}

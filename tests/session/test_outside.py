"""What others do to the file while it is open: it is deleted, its folder renamed, it is fought over by processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.errors import SaveError
from handoff_tui.session.opened import Opened
from handoff_tui.session.start import begin
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.journal import journal_path
from tests.core.making import bundled
from tests.session.test_recording import JOURNEY, TODAY, WORST, again, crash

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    folder = tmp_path / "folder"
    folder.mkdir()
    head = Head(name="X", template="payments", created=TODAY)
    opened = begin(folder / "x.handoff.toml", bundled("payments"), Handoff(head), lambda: TODAY)
    opened.session.answer(JOURNEY, "Ours.")
    assert opened.saver.flush(30)
    return opened


def told_that_it_is_gone(opened: Opened) -> None:
    assert opened.look_outside() is None, "an editor that saves by renaming takes it away for a moment"
    outside = opened.look_outside()
    assert outside is not None
    assert outside.gone
    opened.saver.flush(30)
    assert opened.saver.error is not None
    assert opened.saver.error.gone
    assert opened.look_outside() is None, "it is told once"


# -- gone --------------------------------------------------------------------------------------------------------


def test_a_file_that_is_deleted_is_told_and_not_written_again_unasked(opened: Opened) -> None:
    opened.path.unlink()
    told_that_it_is_gone(opened)
    opened.session.answer(WORST, "delay")
    opened.saver.flush(30)
    assert not opened.path.exists()
    opened.save_as(opened.path)
    assert opened.saver.error is None
    assert HandoffFile.read(opened.path)[1] == opened.session.handoff
    opened.session.answer(WORST, "inconvenience")
    assert opened.close()
    assert HandoffFile.read(opened.path)[1].value(WORST) == "inconvenience"
    assert not journal_path(opened.path).exists()


def test_a_file_that_is_away_for_a_moment_is_no_matter(opened: Opened) -> None:
    away = opened.path.with_name("away")
    opened.path.rename(away)
    assert opened.look_outside() is None
    away.rename(opened.path)
    assert opened.look_outside() is None
    opened.path.rename(away)
    assert opened.look_outside() is None, "that it was away before does not count"
    away.rename(opened.path)
    opened.session.answer(WORST, "delay")
    assert opened.close()


def test_a_folder_that_is_renamed_is_told_and_another_place_is_as_good(opened: Opened, tmp_path: Path) -> None:
    elsewhere = opened.path.parent.rename(tmp_path / "renamed")
    told_that_it_is_gone(opened)
    assert opened.saver.error is not None
    assert "folder" in opened.saver.error.message
    opened.session.answer(WORST, "delay")
    with pytest.raises(SaveError):
        opened.save_as(opened.path)
    opened.save_as(elsewhere / "y.handoff.toml")
    assert opened.close()
    assert HandoffFile.read(elsewhere / "y.handoff.toml")[1] == opened.session.handoff
    assert HandoffFile.read(elsewhere / "x.handoff.toml")[1].value(JOURNEY) == "Ours.", "the old one is left as it is"


def test_what_was_typed_while_the_file_was_gone_is_in_the_journal(opened: Opened) -> None:
    content = opened.path.read_bytes()
    opened.path.unlink()
    told_that_it_is_gone(opened)
    opened.session.answer(WORST, "delay")
    opened.session.drafts["business_state.business_states#"] = {"state": "half"}
    opened.record()
    assert opened.journal is not None
    opened.journal.close(keep=True)
    opened.journal = opened.recorder = None
    opened.saver.close()
    opened.path.write_bytes(content)  # somebody puts it back
    after = again(opened.path)
    assert after.session.handoff.value(WORST) == "delay"
    assert after.session.drafts == {"business_state.business_states#": {"state": "half"}}
    after.close()


def test_a_journal_that_is_cleaned_away_is_begun_again(opened: Opened) -> None:
    journal_path(opened.path).unlink()
    opened.session.drafts[WORST] = "del"
    opened.look_outside()
    assert journal_path(opened.path).exists()
    assert again(opened.path).session.read_only, "it is the lock too"
    opened.record()
    crash(opened)
    after = again(opened.path)
    assert after.session.drafts == {WORST: "del"}
    after.close()


# -- several processes -------------------------------------------------------------------------------------------

RACER = """
import sys
from datetime import date
from pathlib import Path
from handoff_tui.catalog import Catalog
from handoff_tui.session.start import resume

path, name, turns = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
waited = 0
print("ready", flush=True)
sys.stdin.readline()
while turns:
    opened = resume(path, Catalog(), lambda: date(2026, 11, 23))
    if opened.session.read_only:
        waited += 1
        assert opened.session.answer("business_state.journey", name) == []
        opened.close()
        continue
    rows = opened.session.rows("parties.systems")
    row = {"name": f"{name} {turns}", "role": "source"}
    assert opened.session.put_row("parties.systems", None, row, allow_gaps=True) == []
    assert opened.session.rows("parties.systems")[:-1] == rows
    assert opened.close()
    turns -= 1
print(waited)
"""


def test_of_processes_that_fight_over_a_file_each_has_it_alone_and_no_row_is_lost(opened: Opened) -> None:
    before = len(opened.session.rows("parties.systems"))
    opened.close()
    names, turns = ("one", "two", "three"), 5
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(opened.path), name, str(turns)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for name in names
    ]
    try:
        for racer in racers:
            assert racer.stdout is not None
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:  # all at once
            assert racer.stdin is not None
            racer.stdin.write("go\n")
            racer.stdin.flush()
        said = [racer.communicate(timeout=120)[0] for racer in racers]
    finally:
        for racer in racers:
            racer.kill()
            racer.wait()
    assert [racer.returncode for racer in racers] == [0, 0, 0]
    assert any(int(waited) for waited in said), "they never met"
    rows = [row["name"] for row in HandoffFile.read(opened.path)[1].rows("parties.systems")]
    assert sorted(rows[before:]) == sorted(f"{name} {turn + 1}" for name in names for turn in range(turns))
    assert HandoffFile.read(opened.path)[1].value(JOURNEY) == "Ours."
    assert list(opened.path.parent.iterdir()) == [opened.path]

"""Other programs at the file under an open interview: git, a file manager, a second window (cases 9, 10 and 11)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from handoff_tui.core import changes
from handoff_tui.core.conflicts import conflicts_in
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.store.journal import journal_path
from tests.cli.checkout import Checkout, write
from tests.end_to_end.by_keys import COMMAND
from tests.faults.playing import ANSWER, FILE, JOURNEY, STATES, TEMPLATE, WORST, Room, played, read_back, written
from tests.terminal import CTRL_N, CTRL_Q, CTRL_S, CTRL_U, ENTER, SHIFT_TAB, Terminal, ctrl

pytestmark = pytest.mark.slow

THEIRS = "Nobody can read."


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout with a handoff in which nothing is answered yet."""
    return Checkout.begun(tmp_path, Handoff(Head(name="Billing", template="payments")), FILE)


def at_the_wall(checkout: Checkout, fault: str | None = None) -> AbstractContextManager[Room]:
    return played(checkout.folder, fault, path=checkout.path)


def their_commit(checkout: Checkout, question_id: str, value: object) -> None:
    """Answer a question on a branch of their own, which begins at what stands committed."""
    if checkout.git("status", "--porcelain").out:
        checkout.commit("ours")
    folder = checkout.folder.parent / "theirs"
    checkout.git("worktree", "add", "-q", "-b", "theirs", str(folder))
    write(folder / FILE, changes.give(read_back(folder / FILE), TEMPLATE, question_id, value))
    checkout.git("commit", "-q", "-a", "-m", "theirs", cwd=folder)


# -- somebody else writes ----------------------------------------------------------------------------------------


def test_another_answer_that_git_brings_in_is_said_and_joined(checkout: Checkout) -> None:
    with at_the_wall(checkout) as room:
        room.answer()
        their_commit(checkout, WORST.id, "delay")
        checkout.git("merge", "-q", "theirs")
        room.wait("Somebody else changed this file")
        room.wait("1 answer taken over")
        room.wait(f"new {WORST.label}")
        room.terminal.send(ENTER)
        room.wait(STATES.ask)
        assert room.leave() == 0
    room.kept()
    assert read_back(checkout.path).value(WORST.id) == "delay"
    assert checkout.git("status", "--porcelain").out == ""


def test_an_answer_that_git_takes_away_is_said_and_undo_brings_it_back(checkout: Checkout) -> None:
    with at_the_wall(checkout) as room:
        room.answer()
        checkout.git("checkout", "-q", "HEAD", "--", FILE)
        room.wait("Somebody else changed this file")
        room.wait(f"new {JOURNEY.label}")
        room.terminal.send(ENTER)
        room.wait_gone("Somebody else changed this file")
        room.terminal.send(ctrl("z"))
        room.wait_in_file(checkout.path, ANSWER)
        assert room.leave() == 0
    room.kept()


def test_the_same_answer_is_kept_in_both_versions_and_asked_about(checkout: Checkout) -> None:
    with at_the_wall(checkout, "until_told_to_look") as room:
        room.wait(JOURNEY.ask)
        room.terminal.send(ANSWER)
        room.wait(ANSWER)
        their_commit(checkout, JOURNEY.id, THEIRS)
        checkout.git("checkout", "-q", "theirs", "--", FILE)
        room.terminal.send(CTRL_N)
        room.wait(STATES.ask)
        room.wait("NOT SAVED")
        assert read_back(checkout.path).value(JOURNEY.id) == THEIRS, "theirs is never overwritten unasked"
        (aside,) = checkout.folder.glob("*.conflict-*")
        assert read_back(aside).value(JOURNEY.id) == ANSWER
        (checkout.folder / "look").touch()
        room.wait("1 answer to decide: both versions are kept")
        room.wait_in_file(checkout.path, ANSWER)
        room.terminal.wait_for(lambda _: not aside.exists())
        (found,) = conflicts_in(read_back(checkout.path))
        assert (found.question, found.ours, found.theirs) == (JOURNEY.id, ANSWER, THEIRS)
        room.terminal.send(ENTER)
        room.wait("answered this differently")
        room.terminal.send(SHIFT_TAB, "t")
        room.wait_gone("answered this differently")
        room.terminal.wait_for(lambda _: not conflicts_in(read_back(checkout.path)))
        assert room.leave() == 0
    room.kept(THEIRS)


def test_a_merge_that_git_cannot_finish_is_said_and_costs_nothing(checkout: Checkout) -> None:
    with at_the_wall(checkout) as room:
        room.wait(JOURNEY.ask)
        their_commit(checkout, JOURNEY.id, THEIRS)
        room.answer()
        checkout.commit("ours")
        checkout.git("merge", "-q", "theirs", code=1)
        marked = checkout.path.read_bytes()
        assert b"<<<<<<<" in marked
        room.wait("It cannot be read now")
        room.terminal.send(ENTER)
        room.wait_gone("It cannot be read now")
        assert checkout.path.read_bytes() == marked
        checkout.git("merge", "--abort")
        assert room.leave() == 0
    room.kept()


# -- the file is gone --------------------------------------------------------------------------------------------


def test_a_file_that_is_deleted_is_written_again_when_somebody_says_so(tmp_path: Path) -> None:
    with played(tmp_path) as room:
        room.answer()
        room.path.unlink()
        room.wait("The file is gone")
        room.wait("All that was answered is still here")
        assert not room.path.exists()
        room.terminal.send(ENTER)
        room.wait("From now on")
        room.kept()
        assert room.leave() == 0
    assert not journal_path(room.path).exists()


def test_who_waits_at_first_writes_it_again_with_ctrl_s_and_what_is_typed_stays(tmp_path: Path) -> None:
    with played(tmp_path) as room:
        room.wait(JOURNEY.ask)
        room.terminal.send("half an ans")
        room.wait("half an ans")
        room.path.unlink()
        room.wait("The file is gone")
        room.terminal.send("\x1b")
        room.wait_gone("Somebody deleted or moved")
        room.wait("NOT SAVED: The file is gone")
        room.terminal.send("wer.")
        room.wait("half an answer.")
        assert not room.path.exists()
        room.terminal.send(CTRL_S)
        room.wait("Somebody deleted or moved")
        room.terminal.send(ENTER)
        room.terminal.wait_for(lambda _: room.path.exists())
        room.wait("half an answer.")
        room.terminal.send(CTRL_N)
        room.wait_in_file(room.path, "half an answer.")
        assert room.leave() == 0
    room.kept("half an answer.")


def test_a_folder_that_is_renamed_is_said_and_another_place_is_offered(tmp_path: Path) -> None:
    folder, renamed = tmp_path / "before", tmp_path / "after"
    folder.mkdir()
    path = written(folder)
    with Terminal([*COMMAND, "resume", path], cwd=tmp_path) as terminal:
        room = Room(terminal, path)
        room.answer()
        folder.rename(renamed)
        room.wait("It cannot be saved here")
        room.wait("Its folder is gone")
        room.terminal.send(CTRL_U, str(renamed / "other.handoff.toml"), ENTER)
        room.wait("From now on")
        assert room.leave() == 0
    assert read_back(renamed / "other.handoff.toml").value(JOURNEY.id) == ANSWER
    assert read_back(renamed / FILE).value(JOURNEY.id) == ANSWER
    assert not folder.exists()


def test_a_folder_that_is_renamed_under_a_program_that_works_in_it_is_no_matter(tmp_path: Path) -> None:
    folder, renamed = tmp_path / "before", tmp_path / "after"
    folder.mkdir()
    with played(folder) as room:
        room.wait(JOURNEY.ask)
        folder.rename(renamed)
        room.terminal.send(ANSWER, CTRL_N)
        room.wait_in_file(renamed / FILE, ANSWER)
        assert room.leave() == 0
    assert read_back(renamed / FILE).value(JOURNEY.id) == ANSWER
    assert not folder.exists()


# -- two windows -------------------------------------------------------------------------------------------------


def test_a_second_window_only_reads_and_goes_on_when_the_first_is_closed(tmp_path: Path) -> None:
    with played(tmp_path) as first:
        first.answer()
        with played(tmp_path, path=first.path) as second:
            second.wait("has it open")
            second.wait("READ-ONLY")
            second.terminal.send("x")
            second.wait("Ctrl+R")
            assert first.leave() == 0
            first.kept()
            second.terminal.send(ctrl("r"))
            second.wait_gone("READ-ONLY")
            second.wait(STATES.ask)
            second.terminal.send(CTRL_Q)
            second.wait("Leave the interview?")
            second.terminal.send(ENTER)
            assert second.terminal.wait_exit() == 0
    first.kept()
    assert not journal_path(first.path).exists()

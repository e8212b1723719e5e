"""Something in the program itself goes wrong: saved, the terminal clean, one line, exit 70, no secret (case 18)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.playing import ANSWER, FILE, JOURNEY, STATES, Room, played
from tests.faults.program import SECRET
from tests.terminal import CTRL_N, CTRL_Q, CTRL_S

pytestmark = pytest.mark.slow

LINE = (
    "handoff-wizard: this is a mistake in the program, not yours ({}). "
    "Every accepted answer is in the file; start again with the same command, and please report it."
)
WIDE = 240

AFTER_CTRL_S = {
    "in_a_key": "ZeroDivisionError",
    "in_a_system_call": "FileNotFoundError",
    "in_a_worker": "ZeroDivisionError",
    "in_a_timer": "ZeroDivisionError",
    "in_drawing": "ZeroDivisionError",
    "in_the_keyboard": "RuntimeError",
}


def said(room: Room) -> list[str]:
    return [row for row in room.terminal.rows if row]


def told_no_secret(room: Room) -> None:
    output = bytes(room.terminal.output)
    for word in (SECRET, "Traceback", "password", "go_wrong", "locals"):
        assert word.encode() not in output, f"{word!r} was shown"


@pytest.mark.parametrize("fault", AFTER_CTRL_S)
def test_in_the_middle_of_an_interview(fault: str, tmp_path: Path) -> None:
    with played(tmp_path, fault, columns=WIDE) as room:
        room.answer()
        room.terminal.send("half of", CTRL_S)
        assert room.terminal.wait_exit() == 70
        assert said(room) == [LINE.format(AFTER_CTRL_S[fault])]
        told_no_secret(room)
        room.has_its_terminal_back()
        room.left_nobody()
        room.kept()


@pytest.mark.parametrize("fault", ["in_the_styles", "at_the_first_screen"])
def test_at_the_start(fault: str, tmp_path: Path) -> None:
    with played(tmp_path, fault, columns=WIDE) as room:
        before = room.path.read_bytes()
        assert room.terminal.wait_exit() == 70
        assert said(room) == [LINE.format("ZeroDivisionError")]
        told_no_secret(room)
        room.has_its_terminal_back()
        assert room.path.read_bytes() == before


def test_in_the_last_words(tmp_path: Path) -> None:
    with played(tmp_path, "in_the_last_words", columns=WIDE) as room:
        room.answer()
        room.terminal.send(CTRL_Q)
        assert room.terminal.wait_exit() == 70
        assert said(room) == [LINE.format("ZeroDivisionError")]
        told_no_secret(room)
        room.has_its_terminal_back()
        room.kept()


def test_who_asks_for_it_sees_where_but_no_variable(tmp_path: Path) -> None:
    with played(tmp_path, "in_a_key", env={"HANDOFF_WIZARD_DEBUG": "1"}, columns=WIDE, lines=90) as room:
        room.answer()
        room.terminal.send(CTRL_S)
        assert room.terminal.wait_exit() == 70
        text = room.terminal.screen_text
        assert LINE.format("ZeroDivisionError") in text
        assert "Traceback (most recent call last)" in text
        assert "in go_wrong" in text
        assert text.count(SECRET) == 1, "in the message of the error, and not as a variable"
        room.has_its_terminal_back()
        room.kept()


def test_what_is_not_saved_either_is_said(tmp_path: Path) -> None:
    with played(tmp_path, "in_a_key", columns=WIDE) as room:
        room.wait(JOURNEY.ask)
        room.path.chmod(0o444)
        before = room.path.read_bytes()
        room.terminal.send(ANSWER, CTRL_N)
        room.wait(STATES.ask)
        room.wait("NOT SAVED")
        room.terminal.send(CTRL_S)
        assert room.terminal.wait_exit() == 70
        not_saved, line = said(room)
        assert not_saved == f"NOT SAVED: {FILE}: Not saved: the file is read-only. Make it writable, then save again."
        assert line.startswith("handoff-wizard: this is a mistake in the program, not yours (ZeroDivisionError). ")
        assert "is in the file" not in line
        told_no_secret(room)
        room.has_its_terminal_back()
        assert room.path.read_bytes() == before

"""What is pasted in a real terminal: a megabyte, lines where one belongs, more than the limit (case 21)."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.store.file import HandoffFile
from handoff_tui.store.journal import journal_path
from tests.faults.typed import LINE, LINE_AT, ROW, TEXT, TEXT_AT, begun, left_in, resumed
from tests.terminal import BACKSPACE, CTRL_N, CTRL_Q, ENTER, Terminal, paste

pytestmark = pytest.mark.slow

MEGABYTE = "".join(f"line {number:06} of what somebody had in the clipboard\n" for number in range(20_000))
LONG = 60.0
"""Seconds in which a megabyte has gone through a terminal, however busy the machine is."""


def leave(terminal: Terminal) -> None:
    terminal.send(CTRL_Q)
    terminal.wait_for("Leave the interview?")
    terminal.send(ENTER)
    assert terminal.wait_exit() == 0


def test_a_megabyte_is_refused_as_an_answer_and_every_character_of_it_is_kept(tmp_path: Path) -> None:
    assert len(MEGABYTE) >= 1_000_000
    path = begun(tmp_path)
    with resumed(path) as terminal:
        TEXT.begin_at(terminal)
        for start in range(0, len(MEGABYTE), 1 << 16):
            # In parts, as a terminal reads a clipboard; to the program it is one paste.
            part = MEGABYTE[start : start + (1 << 16)]
            begin = "\x1b[200~" if not start else ""
            terminal.send(begin + part)
        terminal.send("\x1b[201~")
        terminal.wait_for(f"{len(MEGABYTE) - 20_000:,} characters too many", LONG)
        terminal.send(CTRL_N)
        terminal.wait_for(f"This text has {len(MEGABYTE) - 1:,} characters", LONG)
        assert left_of(path, terminal) == MEGABYTE
    with resumed(path) as terminal:
        terminal.wait_for("characters too many", LONG)
        leave(terminal)
    assert left_in(path).drafts[TEXT_AT] == MEGABYTE
    assert HandoffFile.read(path)[1].value(TEXT_AT) is None


def left_of(path: Path, terminal: Terminal) -> str:
    """Kill the program, and return what is kept of the text."""
    terminal.kill()
    terminal.wait_exit()
    return str(left_in(path).drafts[TEXT_AT])


@pytest.mark.parametrize("lines", ["one\ntwo\nthree", "one\r\ntwo\r\nthree", "one\rtwo\rthree\r"])
def test_three_lines_in_a_field_of_one_line_lose_no_word(lines: str, tmp_path: Path) -> None:
    path = begun(tmp_path, LINE.before)
    with resumed(path) as terminal:
        LINE.begin_at(terminal)
        terminal.send(paste(lines))
        for word in ("one", "two", "three"):
            terminal.wait_for(word)
        terminal.kill()
        terminal.wait_exit()
    assert str(left_in(path).drafts[LINE_AT]).split() == ["one", "two", "three"]


def test_three_lines_in_a_cell_lose_no_word(tmp_path: Path) -> None:
    path = begun(tmp_path, ROW.before)
    with resumed(path) as terminal:
        ROW.begin_at(terminal)
        terminal.send(paste("one\n\n  two\nthree\n"))
        terminal.wait_for("one two three")
        terminal.kill()
        terminal.wait_exit()
    assert ROW.typed(left_in(path)) == "one two three"


def test_over_the_limit_is_said_until_it_is_short_enough_and_then_accepted_whole(tmp_path: Path) -> None:
    path = begun(tmp_path, LINE.before)
    text = "y" * 20_002
    with resumed(path) as terminal:
        LINE.begin_at(terminal)
        terminal.send(paste(text))
        terminal.wait_for("2 characters too many")
        terminal.send(BACKSPACE, BACKSPACE)
        terminal.wait_for("Room for 0 more")
        terminal.send(CTRL_N)
        terminal.wait_for("Which rows?")
        leave(terminal)
    assert HandoffFile.read(path)[1].value(LINE_AT) == text[:-2]
    assert not journal_path(path).exists()

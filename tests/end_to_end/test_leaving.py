"""However the program ends, the answers are in the file, the terminal is itself again, and the way back is said."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.store.file import HandoffFile
from tests.end_to_end.by_keys import Keys, terminal
from tests.terminal import CTRL_C, CTRL_N, CTRL_Q, ENTER, ESC, F2, F3, Terminal

NAME = "Billing; rm -rf [x]"
FILE = "billing-rm-rf-x.handoff.toml"
TEMPLATE = Catalog().load("payments")
JOURNEY, STATES, WORST = TEMPLATE.section_by_id["business_state"].questions[:3]

_ON_AND_OFF = {
    "the second screen": (b"\x1b[?1049h", b"\x1b[?1049l"),
    "no cursor": (b"\x1b[?25l", b"\x1b[?25h"),
    "mouse": (b"\x1b[?1000h", b"\x1b[?1000l"),
    "marked paste": (b"\x1b[?2004h", b"\x1b[?2004l"),
}


def _in_an_interview(wall: Terminal) -> Keys:
    """One answer, one open point, and a half-typed row of nothing."""
    room = Keys(wall, TEMPLATE)
    room.wait("what do we call it")
    wall.send(NAME, ENTER, "2", ENTER, "\t", "Māra", CTRL_N)
    room.wait(JOURNEY.ask)
    wall.send("A customer can read.", CTRL_N)
    room.wait(STATES.ask)
    wall.send(F3)
    room.wait("We don't know yet")
    wall.send("Māra", ENTER, "in 2 weeks", CTRL_N)
    room.wait(WORST.ask)
    return room


def _is_itself_again(wall: Terminal) -> None:
    for what, (on, off) in _ON_AND_OFF.items():
        assert wall.output.rfind(off) > wall.output.rfind(on), f"{what} is left on"


def _says_how_to_go_on(wall: Terminal) -> None:
    text = wall.screen_text
    assert re.search(r"1 answered · 1 open", text), text
    assert re.search(rf"Māra:\s+{STATES.label}, by \d+ \w+ \d{{4}}", text), text
    assert f"Saved in {FILE}." in text
    assert f"handoff-wizard resume {FILE}" in text


def test_ctrl_q_asks_once_then_says_what_is_open_and_how_to_resume(tmp_path: Path) -> None:
    with terminal(tmp_path, "new", "--template", "payments") as wall:
        _in_an_interview(wall)
        wall.send(CTRL_Q)
        wall.wait_for("Leave the interview?")
        wall.send(ENTER)
        code = wall.wait_exit()
        _is_itself_again(wall)
        _says_how_to_go_on(wall)
        assert code == 0


def test_ctrl_c_and_one_escape_too_many_do_not_end_the_interview(tmp_path: Path) -> None:
    with terminal(tmp_path, "new", "--template", "payments") as wall:
        room = _in_an_interview(wall)
        wall.send(CTRL_C)
        room.wait("Ctrl+Q leaves")
        for question in (STATES, JOURNEY):
            wall.send(ESC)
            room.wait(question.ask)
        wall.send(ESC)
        room.wait("This is the first question")
        wall.send(CTRL_Q)
        room.wait("Leave the interview?")
        wall.send(ESC)
        room.wait_gone("Leave the interview?")
        room.wait("A customer can read.")
        assert wall.exit_code is None


@pytest.mark.parametrize(
    ("signum", "code"),
    [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131), (signal.SIGTERM, 143)],
    ids=lambda value: signal.Signals(value).name if isinstance(value, signal.Signals) else str(value),
)
def test_a_signal_saves_restores_the_terminal_and_says_how_to_go_on(
    tmp_path: Path, signum: signal.Signals, code: int
) -> None:
    with terminal(tmp_path, "new", "--template", "payments") as wall:
        _in_an_interview(wall)
        wall.kill(signum)
        assert wall.wait_exit() == code
        _is_itself_again(wall)
        _says_how_to_go_on(wall)
    handoff = HandoffFile.read(tmp_path / FILE)[1]
    assert handoff.answer("business_state.journey").value == "A customer can read."
    assert handoff.answer("business_state.business_states").mark is not None


def _close_the_window(wall: Terminal) -> int:
    """Close the terminal under the program; return how the program ended."""
    os.close(wall._master)
    wall._master, wall._open = -1, False
    return wall._process.wait(20)


def test_when_the_window_is_closed_the_program_ends_with_every_accepted_answer_saved(tmp_path: Path) -> None:
    with terminal(tmp_path, "new", "--template", "payments") as wall:
        _in_an_interview(wall)
        wall.send("3")
        assert _close_the_window(wall) == 129
    handoff = HandoffFile.read(tmp_path / FILE)[1]
    assert handoff.answer("business_state.journey").value == "A customer can read."
    assert handoff.answer("business_state.business_states").mark is not None
    assert handoff.answer("business_state.criticality").empty, "what was only chosen is no answer"


def test_with_no_color_no_colour_is_written(tmp_path: Path) -> None:
    with terminal(tmp_path, "new", "--template", "payments", env={"NO_COLOR": "1"}) as wall:
        room = _in_an_interview(wall)
        wall.send("3", F2)
        room.wait("Type part of")
        codes = [code for found in re.findall(rb"\x1b\[([\d;:]*)m", bytes(wall.output)) for code in found.split(b";")]
        colours = {
            code
            for code in codes
            if code and (30 <= int(code) <= 49 or 90 <= int(code) <= 107) and code not in (b"39", b"49")
        }
        assert colours == set()

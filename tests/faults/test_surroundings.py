"""Odd terminals, odd locales, odd machines: usable, and the same bytes in the file (cases 17, 19, 20, 30)."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.end_to_end.by_keys import COMMAND
from tests.faults.playing import ANSWER, FILE, JOURNEY, ROOT, STATES, TEMPLATE, Room, played, read_back, written
from tests.terminal import CTRL_N, CTRL_S, ENTER, ESC, F1, F2, F3, Terminal

NASTY = "Zürich — Māra Bērziņa ✓ 日本語 \N{WAVING HAND SIGN} “past due”"


# -- 17: no terminal -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- 2>&-"])
@pytest.mark.parametrize("words", [(), ("new", "x")], ids=["home", "new"])
def test_a_stream_that_is_closed_is_no_terminal_either(words: tuple[str, ...], closed: str, tmp_path: Path) -> None:
    with Terminal(["/bin/sh", "-c", f'"$@" {closed}', "sh", *COMMAND, *words], cwd=tmp_path, columns=200) as wall:
        assert wall.wait_exit() == 2
        said = [row for row in wall.rows if row]
    assert b"\x1b" not in wall.output
    assert len(said) == ("2>&-" not in closed), said
    assert list(tmp_path.iterdir()) == []


# -- 19: sizes -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_storm_of_sizes_while_typing_loses_no_letter(tmp_path: Path) -> None:
    sizes = [(1, 1), (2, 2), (100, 1), (1, 30), (3, 100), (300, 90), (20, 5), (0, 0), (79, 21), (99, 29), (1, 1)]
    text = "All that is typed in a storm is kept, every letter of it. " * 4
    with played(tmp_path) as room:
        room.wait(JOURNEY.ask)
        for at, letter in enumerate(text):
            columns, lines = sizes[at % len(sizes)]
            if columns:
                room.terminal.resize(columns, lines)
            room.terminal.send(letter)
        room.terminal.resize(100, 30)
        room.wait(JOURNEY.ask)
        room.terminal.send(CTRL_N)
        room.wait(STATES.ask)
        assert room.leave() == 0
        room.has_its_terminal_back()
        room.kept(text.rstrip())


@pytest.mark.slow
def test_a_storm_of_sizes_with_a_dialog_and_a_table_open_ends_as_it_began(tmp_path: Path) -> None:
    with played(tmp_path) as room:
        room.answer()
        for keys, seen, back in (
            (F1, "In payments", ESC),
            (F3, "We don't know yet", ESC),
            (F2, "Type part of", ESC),
        ):
            room.terminal.send(keys)
            room.wait(seen)
            for columns, lines in ((1, 1), (2, 2), (40, 3), (200, 60), (1, 60), (100, 30)):
                room.terminal.resize(columns, lines)
            room.wait(seen)
            room.terminal.send(back)
            room.wait(STATES.ask)
        assert room.leave() == 0
        room.has_its_terminal_back()
        room.kept()


# -- 20: colours and locales -----------------------------------------------------------------------------------------

LATIN_1: Mapping[str, str | None] = {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C", "PYTHONUTF8": "0"}
SURROUNDINGS: dict[str, Mapping[str, str | None]] = {
    "NO_COLOR": {"NO_COLOR": "1"},
    "NO_COLOR, empty": {"NO_COLOR": ""},
    "16 colours": {"TERM": "xterm", "COLORTERM": None},
    "the console of Linux": {"TERM": "linux"},
    "TERM unknown": {"TERM": "no-such-terminal"},
    "TERM unset": {"TERM": None},
    "LANG=C": {"LANG": "C", "LC_ALL": None},
    "LC_ALL=C, nothing coerced": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "LC_ALL=POSIX": {"LC_ALL": "POSIX"},
    "a Latin-1 stderr": {**LATIN_1, "PYTHONCOERCECLOCALE": "0"},
    "an ASCII stderr": {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"},
    "light": {"HANDOFF_WIZARD_THEME": "light"},
    "no surroundings": {"PATH": None, "LANG": None, "LC_ALL": None, "HOME": None, "USER": None, "SHELL": None},
}


def bytes_written(folder: Path, env: Mapping[str, str | None]) -> tuple[bytes, str]:
    """Play the same keys; return what stands in the file, and what was on the screen at the end."""
    folder.mkdir()
    with played(folder, env=env) as room:
        room.wait(JOURNEY.ask)
        room.terminal.send(NASTY)
        room.wait(NASTY)
        room.terminal.send(CTRL_N)
        room.wait(STATES.ask)
        assert "\\u" not in room.terminal.screen_text
        assert "─" in room.terminal.screen_text, "lines are drawn as lines"
        assert room.leave() == 0
        room.has_its_terminal_back()
        return room.path.read_bytes(), room.terminal.screen_text


@pytest.mark.slow
@pytest.mark.parametrize("name", SURROUNDINGS)
def test_wherever_it_is_played_the_same_keys_write_the_same_bytes(name: str, tmp_path: Path) -> None:
    content, text = bytes_written(tmp_path / "here", SURROUNDINGS[name])
    answer = f'\n[business_state]\njourney = "{NASTY}"\n'.encode()
    assert content.count(answer) == 1
    assert content.replace(answer, b"") == written(tmp_path).read_bytes()
    assert f"Saved in {FILE}." in text


@pytest.mark.slow
def test_a_file_with_a_name_in_no_encoding_is_resumed_under_any_locale(tmp_path: Path) -> None:
    path = written(tmp_path)
    odd = tmp_path / "caf\udce9 Zürich.handoff.toml"
    path.rename(odd)
    with played(tmp_path, path=odd, env={**LATIN_1, "PYTHONCOERCECLOCALE": "0"}) as room:
        room.answer()
        assert room.leave() == 0
        room.has_its_terminal_back()
        room.kept()


@pytest.mark.slow
def test_bytes_that_are_no_utf_8_do_not_end_it(tmp_path: Path) -> None:
    with played(tmp_path) as room:
        room.wait(JOURNEY.ask)
        room.terminal.send("caf")
        room.wait("caf")
        room.type_bytes(b"\xe9 \xff\xfe")  # a Latin-1 keyboard, and noise on the line
        room.terminal.send(" au lait", CTRL_N)
        room.wait(STATES.ask)
        assert room.leave() == 0
        room.has_its_terminal_back()
        answer = read_back(room.path).answer(JOURNEY.id).value
        assert re.fullmatch("caf\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}{2} au lait", str(answer)), answer


# -- 30: clock, home ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("fault", [None, "known_to_nobody"], ids=["a user of the system", "a user with no entry"])
def test_without_home_it_works(fault: str | None, tmp_path: Path) -> None:
    nothing = dict.fromkeys(("HOME", "USER", "LOGNAME", "LNAME", "USERNAME", "XDG_CONFIG_HOME", "TMPDIR"))
    with played(tmp_path, fault, env=nothing, columns=160) as room:
        room.wait(JOURNEY.ask)
        room.path.chmod(0o444)
        room.terminal.send(ANSWER, CTRL_N)
        room.wait(STATES.ask)
        room.wait("NOT SAVED")
        room.terminal.send(CTRL_S)  # offers a place in the home folder, where there is one
        room.wait("It cannot be saved here")
        room.terminal.send(ESC)
        room.wait_gone("It cannot be saved here")
        room.path.chmod(0o644)
        room.terminal.wait_for(lambda _: ANSWER in room.path.read_text(), 90)
        assert room.leave() == 0
        room.has_its_terminal_back()
        room.kept()


@pytest.mark.slow
def test_with_the_clock_set_back_it_works_and_reads_dates_from_that_day(tmp_path: Path) -> None:
    path = written(tmp_path)
    with played(tmp_path, "stuck_in_the_past", path=path) as room:
        room.answer()
        room.terminal.send(F3)
        room.wait("We don't know yet")
        room.terminal.send("Māra", ENTER, "in 2 weeks", CTRL_N)
        room.wait_gone("We don't know yet")
        assert room.leave() == 0
        room.has_its_terminal_back()
        room.kept()
        mark = read_back(path).answer(STATES.id).mark
        assert getattr(mark, "due", None) == date(2000, 1, 14)


@pytest.mark.slow
def test_a_new_handoff_begun_with_the_clock_set_back_is_of_that_day(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.program", "stuck_in_the_past", "new", "--template", "payments"]
    with Terminal(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}) as wall:
        room = Room(wall, tmp_path / FILE)
        room.wait("what do we call it")
        wall.send("billing", ENTER, "2", ENTER, "\t", "Māra", CTRL_N)
        room.answer()
        assert room.leave() == 0
        room.has_its_terminal_back()
    assert read_back(tmp_path / FILE).head.created == date(1999, 12, 31)
    assert TEMPLATE.id == read_back(tmp_path / FILE).head.template

"""Signals: saved, the terminal as it was, the right exit code, and no process left (cases 13 to 16)."""

from __future__ import annotations

import fcntl
import os
import resource
import select
import signal
import struct
import sys
import termios
from pathlib import Path

import pytest

from tests.faults.playing import ANSWER, BOUND, JOURNEY, STATES, Room, played, written
from tests.terminal import CTRL_N, ESC, F3, F4, Terminal

pytestmark = pytest.mark.slow

ENDINGS = pytest.mark.parametrize(
    ("signum", "code"),
    [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131), (signal.SIGTERM, 143)],
    ids=lambda value: value.name if isinstance(value, signal.Signals) else str(value),
)


def close_the_window(terminal: Terminal) -> None:
    os.close(terminal._master)
    terminal._master, terminal._open = -1, False


def state_of(pid: int) -> str:
    """Return the state of a process as `ps` shows it: R, S, T, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def seconds_used(pid: int) -> float:
    """Return the seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")


# -- 13: TERM, HUP, INT, QUIT ----------------------------------------------------------------------------------------


@ENDINGS
def test_a_signal_gives_the_terminal_back_with_all_its_settings(
    signum: signal.Signals, code: int, tmp_path: Path
) -> None:
    with played(tmp_path) as room:
        room.answer()
        room.terminal.send("half of")
        room.terminal.kill(signum)
        assert room.terminal.wait_exit() == code
        room.has_its_terminal_back()
        room.left_nobody()
        room.kept()


@ENDINGS
def test_a_signal_while_the_program_is_only_starting_leaves_no_trace_on_the_terminal(
    signum: signal.Signals, code: int, tmp_path: Path
) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    with played(tmp_path, path=path) as room:
        room.terminal.wait_for_bytes(b"\x1b[?1049h")
        room.terminal.kill(signum)
        assert room.terminal.wait_exit() == code
        room.has_its_terminal_back()
        assert path.read_bytes() == before


def test_of_several_signals_the_first_says_how_it_ends(tmp_path: Path) -> None:
    with played(tmp_path) as room:
        room.answer()
        for signum in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
            room.terminal.kill(signum)
        code = room.terminal.wait_exit()
        assert code in (129, 130, 131, 143)  # of signals that wait together the system chooses the order
        room.has_its_terminal_back()
        room.kept()


def test_a_signal_while_a_dialog_is_open_is_no_different(tmp_path: Path) -> None:
    with played(tmp_path) as room:
        room.answer()
        room.terminal.send(F3)
        room.wait("We don't know yet")
        room.terminal.send("Māra")
        room.wait("Māra")
        room.terminal.kill(signal.SIGTERM)
        assert room.terminal.wait_exit() == 143
        room.has_its_terminal_back()
        room.kept()


def test_a_signal_while_the_editor_is_open_ends_the_program_and_restores_the_terminal(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ntouch "$(dirname "$0")/open"\nexec sleep 60\n')
    editor.chmod(0o755)
    with played(tmp_path, env={"EDITOR": str(editor), "VISUAL": None}) as room:
        room.answer()
        room.terminal.send(ESC)
        room.wait(JOURNEY.ask)
        room.terminal.send(F4)
        room.terminal.wait_for(lambda _: (tmp_path / "open").exists())
        os.kill(room.terminal.pid, signal.SIGTERM)
        assert room.terminal.wait_exit() == 143
        room.has_its_terminal_back()
        room.kept()
        room.terminal.kill()  # the editor, which was told nothing


# -- 14: the window is closed ----------------------------------------------------------------------------------------


@needs_proc
@pytest.mark.parametrize(
    ("shell", "fault"),
    [("true", None), ("trap '' HUP", None), ("true", "deaf_to_hang_ups")],
    ids=["SIGHUP arrives", "SIGHUP was ignored", "SIGHUP never arrives"],
)
def test_when_the_window_is_closed_it_ends_saved_and_does_not_spin(
    shell: str, fault: str | None, tmp_path: Path
) -> None:
    with played(tmp_path, fault, shell=shell) as room:
        room.answer()
        room.terminal.send("half of")
        used = seconds_used(room.terminal.pid)
        others = resource.getrusage(resource.RUSAGE_CHILDREN)
        close_the_window(room.terminal)
        assert room.terminal._process.wait(BOUND) == 129
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = now.ru_utime + now.ru_stime - others.ru_utime - others.ru_stime - used
        assert spent < 3, "it spun until it ended"
        room.left_nobody()
        room.kept()


# -- 15: the terminal stops reading ----------------------------------------------------------------------------------


def block(room: Room, told: Path) -> int:
    """Let the program draw, and read nothing of it, until whatever it draws next would block it; return its pid."""
    reading = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
    try:
        for lines in range(24, 424):
            size = struct.pack("HHHH", 24 + lines % 8, 100, 0, 0)
            fcntl.ioctl(room.terminal._master, termios.TIOCSWINSZ, size)
            if select.select([reading], [], [], 0.1)[0]:
                return int(os.read(reading, 100))
    finally:
        os.close(reading)
    raise AssertionError("it is never blocked")


@ENDINGS
def test_when_the_terminal_stops_reading_a_signal_ends_it_saved(
    signum: signal.Signals, code: int, tmp_path: Path
) -> None:
    told = tmp_path / "blocked"
    os.mkfifo(told)
    with played(tmp_path, "telling_when_blocked", env={"FAULT_FILE": str(told)}) as room:
        room.answer()
        block(room, told)
        os.kill(room.terminal.pid, signum)
        assert room.terminal._process.wait(BOUND) == code
        assert termios.tcgetattr(room.terminal._master) == room.before
        room.left_nobody()
        room.kept()


def test_a_signal_that_does_not_interrupt_the_blocked_thread_ends_it_saved(tmp_path: Path) -> None:
    told = tmp_path / "blocked"
    os.mkfifo(told)
    fault = "telling_when_blocked+signals_to_other_threads"
    with played(tmp_path, fault, env={"FAULT_FILE": str(told)}) as room:
        room.answer()
        os.kill(block(room, told), signal.SIGTERM)
        assert room.terminal._process.wait(BOUND) == 143
        room.kept()


def test_the_shell_that_called_it_can_still_write_to_a_terminal_that_had_stopped_reading(tmp_path: Path) -> None:
    told = tmp_path / "blocked"
    os.mkfifo(told)
    look = f'echo $? >code; {sys.executable} -c "import os; print(os.get_blocking(2))" >blocking'
    with played(tmp_path, "telling_when_blocked", env={"FAULT_FILE": str(told)}, then=look) as room:
        room.answer()
        os.kill(block(room, told), signal.SIGTERM)
        assert room.terminal._process.wait(BOUND) == 0
        assert (tmp_path / "code").read_text() == "143\n"
        assert (tmp_path / "blocking").read_text() == "True\n"
        room.kept()


# -- 16: stopped and continued ---------------------------------------------------------------------------------------


def stop_and_go_on(room: Room, signum: signal.Signals) -> None:
    os.kill(room.terminal.pid, signum)
    room.terminal.wait_for(lambda terminal: state_of(terminal.pid) == "T")
    seen = len(room.terminal.output)
    os.kill(room.terminal.pid, signal.SIGCONT)
    room.terminal.wait_for_bytes(b"\x1b[?1049h", since=seen)


@needs_proc
@pytest.mark.parametrize("signum", [signal.SIGSTOP, signal.SIGTSTP], ids=lambda value: value.name)
def test_stopped_and_continued_it_goes_on_reads_every_key_and_ends_clean(
    signum: signal.Signals, tmp_path: Path
) -> None:
    text = "the quick brown fox jumps over the lazy dog " * 5
    with played(tmp_path) as room:
        room.answer()
        room.terminal.send(ESC)
        room.wait(JOURNEY.ask)
        for _ in range(3):
            stop_and_go_on(room, signum)
            room.wait(JOURNEY.ask)
        for letter in text:
            room.terminal.send(letter)
        room.terminal.send(CTRL_N)
        room.wait(STATES.ask)
        assert room.leave() == 0
        room.has_its_terminal_back()
        room.left_nobody()
        room.kept(ANSWER + text.rstrip())

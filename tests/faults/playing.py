"""An interview in a terminal to which something happens, and what must be true of both afterwards."""

from __future__ import annotations

import contextlib
import os
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from handoff_tui.catalog import Catalog
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.store.file import HandoffFile
from tests.end_to_end.by_keys import COMMAND, Keys
from tests.terminal import CTRL_N, CTRL_Q, ENTER, Terminal

__all__ = [
    "FILE",
    "JOURNEY",
    "STATES",
    "TEMPLATE",
    "Room",
    "attributes",
    "is_itself_again",
    "played",
    "read_back",
    "written",
]

ROOT = Path(__file__).resolve().parents[2]
FILE = "billing.handoff.toml"
TEMPLATE = Catalog().load("payments")
JOURNEY, STATES, WORST = TEMPLATE.section_by_id["business_state"].questions[:3]
ANSWER = "A customer can read."
BOUND = 20.0
"""Seconds in which anything that ends has ended, however busy the machine is."""

_ON_AND_OFF = {
    "the second screen": (b"\x1b[?1049h", b"\x1b[?1049l"),
    "no cursor": (b"\x1b[?25l", b"\x1b[?25h"),
    "mouse": (b"\x1b[?1000h", b"\x1b[?1000l"),
    "any motion of the mouse": (b"\x1b[?1003h", b"\x1b[?1003l"),
    "focus": (b"\x1b[?1004h", b"\x1b[?1004l"),
    "marked paste": (b"\x1b[?2004h", b"\x1b[?2004l"),
    "kitty keys": (b"\x1b[>", b"\x1b[<u"),
    "no line wrap": (b"\x1b[?7l", b"\x1b[?7h"),
}


def written(folder: Path, name: str = FILE) -> Path:
    """Write a handoff in which nothing is answered yet."""
    path = folder / name
    HandoffFile.create(path, TEMPLATE, Handoff(head=Head(name="Billing", template="payments")))
    return path


def attributes(terminal: Terminal) -> list[Any]:
    """Return the settings of a terminal, as `stty -a` shows them."""
    return termios.tcgetattr(terminal._master)


def is_itself_again(terminal: Terminal) -> None:
    """Hold that everything that was turned on in a terminal is off again."""
    for what, (on, off) in _ON_AND_OFF.items():
        assert terminal.output.rfind(off) >= terminal.output.rfind(on), f"{what} is left on"


def read_back(path: Path) -> Handoff:
    """Read a handoff, which must be whole."""
    return HandoffFile.read(path)[1]


class Room(Keys):
    """A person in front of an interview that has just been resumed."""

    def __init__(self, on: Terminal, path: Path) -> None:
        super().__init__(on, TEMPLATE)
        self.path = path
        self.before = attributes(on)
        """The terminal's settings before the program changed them."""

    def type_bytes(self, content: bytes) -> None:
        """Type what is no text."""
        while content:
            content = content[os.write(self.terminal._master, content) :]

    def answer(self, text: str = ANSWER) -> None:
        """Answer the first question, and wait until it is on the disk and the second one is asked."""
        self.wait(JOURNEY.ask)
        self.terminal.send(text, CTRL_N)
        self.wait(STATES.ask)
        self.wait_in_file(self.path, text)

    def leave(self) -> int:
        """Leave as a person does; return the exit code."""
        self.terminal.send(CTRL_Q)
        self.wait("Leave the interview?")
        self.terminal.send(ENTER)
        return self.terminal.wait_exit()

    def has_its_terminal_back(self) -> None:
        """Hold that the terminal is as it was: what it shows and reports, and its settings."""
        is_itself_again(self.terminal)
        assert attributes(self.terminal) == self.before

    def kept(self, answer: str = ANSWER) -> None:
        """Hold that the answer is in the file."""
        assert read_back(self.path).answer(JOURNEY.id).value == answer

    def left_nobody(self) -> None:
        """Hold that no process of the program is left."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.terminal.pid, 0)
            raise AssertionError("something still runs")


@contextmanager
def played(
    folder: Path,
    fault: str | None = None,
    *,
    path: Path | None = None,
    env: Mapping[str, str | None] | None = None,
    shell: str = "",
    then: str = "",
    columns: int = 100,
    lines: int = 30,
) -> Iterator[Room]:
    """Resume a handoff in a terminal, with a fault of `program.py` built in.

    `shell` is done before in a shell, and `then` after it, in the shell that called it.
    """
    path = path or written(folder)
    program = [sys.executable, "-m", "tests.faults.program", fault] if fault else [*COMMAND]
    command = [*program, "resume", str(path.name)]
    if shell or then:
        call = f'"$@"; {then}' if then else 'exec "$@"'
        command = ["/bin/sh", "-c", f"{shell or ':'}; {call}", "sh", *command]
    surroundings = {"PYTHONPATH": str(ROOT), **(env or {})}
    with Terminal(command, cwd=path.parent, env=surroundings, columns=columns, lines=lines) as terminal:
        yield Room(terminal, path)

"""What is measured, and how: a program in a pseudo-terminal, watched by the bytes it draws; a command to its end.

Both sides of a ratio run in turns, A B A B, so that a machine that slows down slows both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.benchmarks.handoffs import CHECKOUT
from tests.terminal import DOWN, ENTER, SPACE, Terminal

__all__ = ["Command", "Program", "cores", "in_turns", "key_times", "machine", "memory", "start_time"]

_LETTERS = [letter for letter in map(chr, range(0x100, 0x250)) if unicodedata.category(letter) in ("Lu", "Ll")]
"""Letters that no text of ours has, nor any escape sequence: one that is drawn was typed just now."""
_WORD, _LINE = 6, 48
_QUIET = 0.02
"""Seconds without drawing after which the next key is typed; a person types slower."""


@dataclass(frozen=True)
class Program:
    """One side of a ratio: a module that is run with its arguments, and what it draws when it is ready."""

    module: str
    arguments: Sequence[str]
    folder: Path
    ready: Sequence[str]
    size: tuple[int, int] = (100, 30)
    steps_down: int = 0
    """How often Down is pressed before typing, to stand on an empty line."""

    def start(self) -> Terminal:
        """Start it in a terminal of its own."""
        columns, lines = self.size
        command = [sys.executable, "-m", self.module, *self.arguments]
        path = {"PYTHONPATH": str(CHECKOUT)}
        return Terminal(command, columns=columns, lines=lines, cwd=self.folder, env=path)

    def wait_until_ready(self, terminal: Terminal) -> float:
        """Wait until it has drawn what it is to draw; return the moment."""
        return terminal.wait_for_bytes(*(text.encode() for text in self.ready))


@dataclass(frozen=True)
class Command:
    """One side of a ratio: Python with arguments, that ends by itself; on these processors only, if any are named."""

    arguments: Sequence[str]
    cores: Sequence[int] | None = None

    def run_time(self) -> float:
        """Return the milliseconds from its start to its end."""
        keep = partial(os.sched_setaffinity, 0, self.cores) if self.cores else None
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *self.arguments],
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=keep,
            check=False,
        )
        took = (time.perf_counter() - begin) * 1000
        if done.returncode not in (0, 1) or done.stderr:  # 1 means that something was found
            raise RuntimeError(done.stderr.decode(errors="replace"))
        return took


def cores(count: int | None) -> list[int] | None:
    """Return so many processors to keep a command to; none where there are fewer, or nobody can tell."""
    there = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return there[:count] if count and len(there) >= count else None


def start_time(program: Program) -> float:
    """Return the milliseconds from the start of the process until its first screen is drawn."""
    begin = time.perf_counter()
    with program.start() as terminal:
        return (program.wait_until_ready(terminal) - begin) * 1000


def memory(program: Program) -> float | None:
    """Return the megabytes in memory when the first screen is drawn and all is quiet; none where nobody can tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    with program.start() as terminal:
        program.wait_until_ready(terminal)
        terminal.wait_quiet(0.4)
        lines = Path(f"/proc/{terminal.pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def key_times(program: Program, keys: int) -> list[float]:
    """Type so many letters; return for each the milliseconds until it is drawn."""
    times: list[float] = []
    with program.start() as terminal:
        program.wait_until_ready(terminal)
        terminal.wait_quiet(0.4)
        terminal.send(*[DOWN] * program.steps_down)
        for number, letter in enumerate(_LETTERS[:keys], start=1):
            terminal.wait_quiet(_QUIET)
            since = len(terminal.output)
            begin = time.perf_counter()
            terminal.send(letter)
            times.append((terminal.wait_for_bytes(letter.encode(), since=since) - begin) * 1000)
            if number % _WORD == 0:
                terminal.send(ENTER if number % _LINE == 0 else SPACE)
    return times[1:]  # the first one also pays for what the toolkit loads late


def in_turns(sides: int, rounds: int) -> Iterator[int]:
    """Yield which side is next: all of them once, so many times over, the other way round each time."""
    for number in range(rounds):
        yield from range(sides) if number % 2 == 0 else reversed(range(sides))


def machine() -> str:
    """Return what the numbers depend on, in one line."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {load:.1f} at the start"

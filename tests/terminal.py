"""A program in a real pseudo-terminal, and what a person would see there.

    with Terminal([sys.executable, "-m", "handoff_tui"], cwd=folder) as terminal:
        terminal.wait_for("Which handoff?")
        terminal.send(DOWN, ENTER)
        terminal.wait_for("Continue")
        terminal.send(CTRL_Q, CTRL_Q)
        assert terminal.wait_exit() == 0

Every wait is for a condition, with a limit; nothing sleeps. After `ESC` wait for what it does before the next key: a
program cannot tell a lone ESC from the beginning of a longer key but by the silence that follows.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import math
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte

__all__ = ["Terminal", "TerminalError", "alt", "ctrl", "paste"]

# -- keys, as xterm sends them -----------------------------------------------------------------------------------------

ENTER, ESC, TAB, SHIFT_TAB, SPACE, BACKSPACE = "\r", "\x1b", "\t", "\x1b[Z", " ", "\x7f"
UP, DOWN, RIGHT, LEFT = (f"\x1b[{final}" for final in "ABCD")
SHIFT_UP, SHIFT_DOWN, SHIFT_RIGHT, SHIFT_LEFT = (f"\x1b[1;2{final}" for final in "ABCD")
ALT_UP, ALT_DOWN, ALT_RIGHT, ALT_LEFT = (f"\x1b[1;3{final}" for final in "ABCD")
CTRL_UP, CTRL_DOWN, CTRL_RIGHT, CTRL_LEFT = (f"\x1b[1;5{final}" for final in "ABCD")
HOME, END, INSERT, DELETE, PAGE_UP, PAGE_DOWN = "\x1b[H", "\x1b[F", "\x1b[2~", "\x1b[3~", "\x1b[5~", "\x1b[6~"
F1, F2, F3, F4 = (f"\x1bO{final}" for final in "PQRS")
F5, F6, F7, F8, F9, F10, F11, F12 = (f"\x1b[{code}~" for code in (15, 17, 18, 19, 20, 21, 23, 24))


def ctrl(letter: str) -> str:
    """Return Ctrl and a letter, as one key."""
    return chr(ord(letter.upper()) & 0x1F)


def alt(key: str) -> str:
    """Return Alt and a plain character, as one key."""
    return ESC + key


def paste(text: str) -> str:
    """Return a text as a terminal pastes it: bracketed, so that its line ends are no keys."""
    return f"\x1b[200~{text}\x1b[201~"


CTRL_A, CTRL_C, CTRL_D, CTRL_E, CTRL_K, CTRL_N = (ctrl(letter) for letter in "ACDEKN")
CTRL_P, CTRL_Q, CTRL_S, CTRL_U, CTRL_W, CTRL_Y, CTRL_Z = (ctrl(letter) for letter in "PQSUWYZ")

# -- the terminal ------------------------------------------------------------------------------------------------------

_LIMIT = 20.0
"""Seconds that a wait takes at most: a loaded machine is slow, and a condition that comes true ends it at once."""

_HOSTS_OWN = re.compile(r"NO_COLOR|FORCE_COLOR|COLORTERM|TERM_.*|LINES|COLUMNS|TEXTUAL.*|HANDOFF_WIZARD_.*")
"""Variables of the terminal or the person that the tests run under; what runs inside must not depend on them."""

_UNKNOWN_TO_PYTE = re.compile(
    r"\x1b\[(?:[<=>][0-?]*|\?[0-?]*(?=[ -/]|[^hl0-?]))[ -/]*[@-~]"  # kitty keys, other private sequences; modes stay
    r"|\x1b[P_X^].*?(?:\x1b\\|\x07)",  # device control, graphics, and other strings
    re.DOTALL,
)
_CUT_SHORT = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[P_X^\]][^\x07\x1b]*\x1b?)?\Z")
_ALTERNATE = 1049


class TerminalError(AssertionError):
    """What was waited for did not happen; says what is on the screen instead."""


class _Screen(pyte.Screen):
    """pyte's screen with the second buffer that full-screen programs draw on, so that the first one comes back."""

    _main: tuple[dict[int, dict[int, Any]], int, int] | None = None

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        """Enter the second buffer where it is asked for."""
        super().set_mode(*modes, **kwargs)
        if kwargs.get("private") and _ALTERNATE in modes and self._main is None:
            cells = {row: dict(line) for row, line in self.buffer.items()}
            self._main = cells, self.cursor.x, self.cursor.y
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        """Return to the first buffer where it is asked for."""
        super().reset_mode(*modes, **kwargs)
        if kwargs.get("private") and _ALTERNATE in modes and self._main is not None:
            (cells, self.cursor.x, self.cursor.y), self._main = self._main, None
            self.buffer.clear()
            for row, line in cells.items():
                self.buffer[row].update(line)


class Terminal:
    """A command in a pseudo-terminal of its own, and the screen it draws.

    Use it as a context manager: at the end the command is killed with all it has started.

    Args:
        command: The program and its arguments.
        columns: Width of the terminal.
        lines: Height of the terminal.
        cwd: The folder it starts in.
        env: Variables to set, or with `None` to take away, over those of this process.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        columns: int = 100,
        lines: int = 30,
        cwd: Path | None = None,
        env: Mapping[str, str | None] | None = None,
    ) -> None:
        self._screen = _Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._held = b""
        self._fed = 0
        self.output = bytearray()
        """Every byte received so far. The screen is drawn from it only when somebody looks, so that timing is true."""
        self._open = True
        self._master, slave = os.openpty()
        try:
            _set_size(slave, columns, lines)
            os.set_blocking(self._master, False)
            # A session leader that opens a terminal owns it. The shell does that, and then becomes the command: a hook
            # between fork and exec would do too, but forks from a process with threads, which Python warns about.
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", 'exec "$@" <"$0" >"$0" 2>&1', os.ttyname(slave), *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=cwd,
                env=_environment(env or {}),
                start_new_session=True,
            )
            # Held open until the command has it open too: a terminal that nobody holds reads as closed.
            self._slave: int | None = slave
        except BaseException:
            os.close(slave)
            os.close(self._master)
            raise

    def __enter__(self) -> Terminal:
        """Use the terminal; it is closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the terminal."""
        self.close()

    # -- what a person sees --------------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[str]:
        """The lines of the screen, without trailing blanks."""
        self._draw()
        return [line.rstrip() for line in self._screen.display]

    @property
    def screen_text(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.rows)

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, from 0."""
        self._draw()
        return self._screen.cursor.y, self._screen.cursor.x

    # -- what a person does --------------------------------------------------------------------------------------------

    def send(self, *keys: str) -> None:
        """Type keys or text, in this order."""
        waiting = memoryview("".join(keys).encode())
        deadline = time.monotonic() + _LIMIT
        while waiting and self._open:
            readable, writable, _ = select.select([self._master], [self._master], [], deadline - time.monotonic())
            if readable:
                self._read()
            if writable:
                with contextlib.suppress(BlockingIOError):
                    waiting = waiting[os.write(self._master, waiting) :]
            if not (readable or writable):
                raise TerminalError(self._said("The program does not read what is typed."))

    def type(self, text: str, *, seconds: float = math.inf, per_second: float = 30.0) -> str:
        """Type at the pace of a quick hand, and read meanwhile; return what was typed when the time was up."""
        begun = time.monotonic()
        end, typed = begun + seconds, 0
        while (now := time.monotonic()) < end and typed < len(text):
            due = begun + typed / per_second
            if now >= due:
                os.write(self._master, text[typed].encode())
                typed += 1
            elif select.select([self._master], [], [], min(due, end) - now)[0]:
                self._read()
        return text[:typed]

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal, as dragging its corner does."""
        self._draw()
        self._screen.resize(lines, columns)
        _set_size(self._master, columns, lines)

    # -- waiting -------------------------------------------------------------------------------------------------------

    def wait_for(self, wanted: str | Callable[[Terminal], object], timeout: float = _LIMIT) -> None:
        """Read until a text is on the screen, or until a function of this terminal returns something true.

        Raises:
            TerminalError: It did not happen in time, or the program ended without it.
        """
        met = wanted if callable(wanted) else lambda terminal: wanted in terminal.screen_text
        for _ in self._readings(timeout):
            if met(self):
                return
        what = "a condition" if callable(wanted) else repr(wanted)
        raise TerminalError(self._said(f"Waited in vain for {what}."))

    def wait_gone(self, text: str, timeout: float = _LIMIT) -> None:
        """Read until a text is no longer on the screen.

        Raises:
            TerminalError: It is still there.
        """
        self.wait_for(lambda terminal: text not in terminal.screen_text, timeout)

    def wait_for_bytes(self, *wanted: bytes, since: int = 0, timeout: float = _LIMIT) -> float:
        """Read until all of these stand in the output after `since`; return the moment, by `time.perf_counter`.

        No screen is drawn meanwhile: this is for measuring.

        Raises:
            TerminalError: They did not come in time, or the program ended without them.
        """
        missing = list(wanted)
        for _ in self._readings(timeout):
            now = time.perf_counter()
            missing = [item for item in missing if self.output.find(item, since) < 0]
            if not missing:
                return now
        raise TerminalError(self._said(f"Waited in vain for the bytes {missing}."))

    def wait_quiet(self, seconds: float, timeout: float = _LIMIT) -> None:
        """Read until nothing was drawn for so long. For measuring; a test waits for what it wants to see.

        Raises:
            TerminalError: It never was quiet.
        """
        deadline = time.monotonic() + timeout
        while self._open and select.select([self._master], [], [], seconds)[0]:
            self._read()
            if time.monotonic() > deadline:
                raise TerminalError(self._said("The program never stops drawing."))

    def wait_exit(self, timeout: float = _LIMIT) -> int:
        """Read until the program has ended; return its exit code, or minus the signal that ended it.

        Raises:
            TerminalError: It goes on.
        """
        for _ in self._readings(timeout, after_end=True):
            code = self._process.poll()
            if code is not None:
                self._read_rest()
                return code
        raise TerminalError(self._said("The program does not end."))

    # -- the process ---------------------------------------------------------------------------------------------------

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """The exit code, or minus the signal that ended it; none while it runs."""
        return self._process.poll()

    def kill(self, signum: int = signal.SIGKILL) -> None:
        """Send a signal to the program and all that it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signum)

    def close(self) -> None:
        """Kill what still runs, and close the terminal."""
        if self._process.poll() is None:
            self.kill()
        self._process.wait()
        self._let_go()
        if self._master >= 0:
            os.close(self._master)  # hangs up on anything that has outlived the program
            self._master, self._open = -1, False

    # -- reading -------------------------------------------------------------------------------------------------------

    def _readings(self, timeout: float, *, after_end: bool = False) -> Iterator[None]:
        """Yield before the first reading and after each one, until the time is up or the program has ended."""
        deadline = time.monotonic() + timeout
        yield
        while (left := deadline - time.monotonic()) > 0:
            if not self._open:
                if not after_end:
                    return
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(left)
            elif select.select([self._master], [], [], min(left, 0.1))[0]:
                self._read()
            elif self._process.poll() is not None:
                self._read_rest()
            yield

    def _read(self) -> bool:
        """Take what there is; say whether there was any."""
        try:
            data = os.read(self._master, 1 << 16)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno != errno.EIO:  # what Linux says of a terminal that nobody has open any more
                raise
            data = b""
        self._open = bool(data)
        if data:
            self._let_go()
        self.output += data
        return bool(data)

    def _read_rest(self) -> None:
        self._let_go()
        while self._open and self._read():
            pass
        self._open = False

    def _let_go(self) -> None:
        if self._slave is not None:
            os.close(self._slave)
            self._slave = None

    def _draw(self) -> None:
        """Bring the screen up to date; a sequence that is cut short waits for its end."""
        fresh = self._held + bytes(self.output[self._fed :])
        self._fed = len(self.output)
        # Latin-1 maps byte to character and back: the patterns are ASCII, and characters of several bytes stay whole.
        text = fresh.decode("latin-1")
        cut = _CUT_SHORT.search(text)
        end = cut.start() if cut else len(text)
        self._held = fresh[end:]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub("", text[:end]).encode("latin-1"))

    def _said(self, message: str) -> str:
        code = self._process.poll()
        state = "It still runs" if code is None else f"It ended with {code}"
        return f"{message} {state}. On the screen:\n{self.screen_text}"


def _set_size(terminal: int, columns: int, lines: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not _HOSTS_OWN.fullmatch(name)}
    wanted: dict[str, str | None] = {**own, "TERM": "xterm-256color", "HANDOFF_WIZARD_SETTINGS": "", **changes}
    return {name: value for name, value in wanted.items() if value is not None}

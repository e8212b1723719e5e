"""What is written: lines, wrapped, with nothing in them that a terminal would obey or nobody should read."""

from __future__ import annotations

import contextlib
import os
import sys
import textwrap
from collections.abc import Callable, Iterable

from handoff_tui.core.text import visible
from handoff_tui.plain.stdin import InputOver, Signalled, Stdin
from handoff_tui.session.secrecy import hushed

__all__ = ["Console"]

_WIDTH = 78
_HANG_UP = 129


class Console:
    """A conversation in lines.

    Args:
        line: Gives the next line that was typed.
        write: Takes text.
    """

    def __init__(self, line: Callable[[], str], write: Callable[[str], None]) -> None:
        self._line = line
        self._write = write
        self.waits: Callable[[], None] = lambda: None
        """Called before each wait for a line: what was said so far is kept then."""
        self.echoes = False
        """Whether what is typed is shown where it is typed, its line end too; a pipe shows nothing."""
        self.hides: Callable[[str], str] = hushed
        """Takes secrets out of what is said."""

    @classmethod
    def on(cls, stdin: Stdin) -> Console:
        """Return the conversation on standard input and output, in UTF-8 whatever the locale says."""

        def write(text: str) -> None:
            try:
                sys.stdout.buffer.write(text.encode("utf-8", "replace"))
                sys.stdout.buffer.flush()
            except (OSError, AttributeError, ValueError):  # nobody reads any more: as if the window were closed
                with contextlib.suppress(OSError, AttributeError, ValueError):
                    # The interpreter would complain once more when it closes stdout.
                    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise Signalled(_HANG_UP) from None

        console = cls(stdin.line, write)
        console.echoes = stdin.is_terminal
        stdin.warn = console.say
        return console

    def say(self, text: str = "", *, indent: int = 0, hang: int | None = None) -> None:
        """Say something, wrapped; `indent` sets it off, `hang` the lines after the first of each."""
        first = " " * indent
        later = " " * (indent if hang is None else hang)
        for line in visible(self.hides(text)).split("\n"):
            wrapped = textwrap.wrap(
                line,
                _WIDTH,
                initial_indent=first,
                subsequent_indent=later,
                break_long_words=False,
                break_on_hyphens=False,
            )
            self._write("\n".join(wrapped) + "\n")
            first = later

    def say_as_is(self, text: str) -> None:
        """Say a line that somebody will copy: it is not wrapped."""
        self._write(visible(self.hides(text)) + "\n")

    def numbered(self, lines: Iterable[str], *, begin: int = 1) -> None:
        """Say lines with their numbers."""
        for number, line in enumerate(lines, begin):
            mark = f"{number} "
            self.say(mark + line, indent=2, hang=2 + len(mark))

    def ask(self, prompt: str) -> str:
        """Ask, and return the line that is typed."""
        self.waits()
        asked = "\n".join(textwrap.wrap(visible(self.hides(prompt)), _WIDTH, break_long_words=False))
        self._write(f"{asked} " if asked else "")
        try:
            line = self._line()
        except (InputOver, Signalled):
            self._write("\n")  # the last words begin a line of their own
            raise
        if asked and not self.echoes:
            self._write("\n")
        return line

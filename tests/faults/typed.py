"""An interview that is typed into until it is killed, and what is left of it."""

from __future__ import annotations

import string
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from handoff_tui.catalog import Catalog
from handoff_tui.core.answers import Answer
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.session.recovery import Recovered, recover
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.journal import Journal
from tests.end_to_end.by_keys import COMMAND
from tests.terminal import ENTER, F2, F9, Terminal

__all__ = [
    "FIND",
    "LINE",
    "NOTE",
    "ROW",
    "STEPS",
    "TEXT",
    "WORDS",
    "Page",
    "begun",
    "left_in",
    "resumed",
    "saturated_disk",
    "shown",
    "word",
]

_QUESTION = 'label = "L"\nwhy = "W."\nexample = "E"\nneed = "essential"\n'
_STEPS = [f"s{number:02}" for number in range(40)]
_TEMPLATE = f"""
format = 1
version = 1
title = "Typing"
about = "Somewhere to type."

[typing]
title = "Typing"
theme = "Ownership"
minutes = 5

[typing.text]
kind = "text"
ask = "Which text?"
{_QUESTION}
[typing.line]
kind = "line"
ask = "Which line?"
{_QUESTION}
[typing.rows]
kind = "table"
ask = "Which rows?"
row_name = "thing"
columns.what = {{ label = "What", ask = "What?", example = "E" }}
columns.who = {{ label = "Who", ask = "Who?", example = "E" }}
{_QUESTION}
[steps]
title = "Steps"
theme = "Ownership"
minutes = 5

""" + "\n".join(f'[steps.{step}]\nkind = "line"\nask = "What comes at {step}?"\n{_QUESTION}' for step in _STEPS)

FILE = "typing.handoff.toml"
TEXT_AT, LINE_AT, ROWS_AT = "typing.text", "typing.line", "typing.rows"
STEPS = [f"steps.{step}" for step in _STEPS]
WORDS = [chr(0x10D0 + number) for number in range(33)] + [chr(0x0561 + number) for number in range(38)]
"""Letters that stand nowhere else on the screen: each word that is typed begins with another one."""


@dataclass(frozen=True)
class Page:
    """A place to type, how to come there, and where what was typed is kept.

    Args:
        at: The question.
        title: What is on the screen when the place is reached.
        before: The questions that are answered already.
        begin: The keys that lead there from the question.
        under: What is typed at the question before them.
        draft: The key of the draft, where it is another than the question's.
        cell: Which part of the draft it is, where that has several.
        reopens: Whether what `begin` opened is open again after a kill.
    """

    at: str
    title: str
    before: Sequence[str] = ()
    begin: str = ""
    under: str = ""
    draft: str = ""
    cell: str = ""
    reopens: bool = True

    def typed(self, left: Recovered) -> str:
        """Return what is kept of what was typed here."""
        raw: Any = left.drafts.get(self.draft or self.at, {} if self.cell else "")
        return str(raw.get(self.cell, "") if self.cell else raw)

    def begin_at(self, terminal: Terminal) -> None:
        """Come to the place from the question."""
        terminal.wait_for("Which")
        terminal.send(self.under)
        terminal.wait_for(self.under)
        terminal.send(self.begin)
        terminal.wait_for(self.title)

    def reach(self, terminal: Terminal, typed: str) -> None:
        """Come to the place where somebody was killed; `typed` is what was typed there before."""
        if not self.reopens:
            terminal.wait_for(self.under)
            terminal.send(self.begin)
        terminal.wait_for(self.title)
        terminal.wait_for("".join(typed.split()[-1:]))


TEXT = Page(TEXT_AT, "Which text?")
LINE = Page(LINE_AT, "Which line?", [TEXT_AT])
ROW = Page(ROWS_AT, "New thing", [TEXT_AT, LINE_AT], ENTER, draft=f"{ROWS_AT}#", cell="what")
NOTE = Page(TEXT_AT, "It stands beside", (), F9, under="half", draft=f"note:{TEXT_AT}", cell="text")
FIND = Page(TEXT_AT, "Sections", (), F2, under="half", reopens=False)


def begun(folder: Path, before: Sequence[str] = (), name: str = FILE) -> Path:
    """Make a folder with a handoff in which these questions are answered; return its file."""
    templates = folder / "handoff-templates"
    templates.mkdir(parents=True, exist_ok=True)
    (templates / "typing.toml").write_text(_TEMPLATE, encoding="utf-8")
    template = Catalog([templates]).load("typing")
    answers = {key: Answer(value="As before.") for key in before}
    if ROWS_AT in answers:
        answers[ROWS_AT] = Answer(value=[{"what": "This", "who": "That"}])
    HandoffFile.create(folder / name, template, Handoff(Head(name="Typing", template="typing"), answers))
    return folder / name


def resumed(path: Path, *, lines: int = 30) -> Terminal:
    """Start the program on a handoff."""
    return Terminal([*COMMAND, "resume", path.name], cwd=path.parent, lines=lines)


def left_in(path: Path) -> Recovered:
    """Return what the file, which must be whole, and the journal hold; both stay as they are."""
    _, handoff = HandoffFile.read(path)
    template = Catalog([path.parent / "handoff-templates"]).load("typing")
    journal = Journal.open(path)
    assert journal is not None
    try:
        assert journal.torn == b""
        return recover(handoff, template, journal.left)
    finally:
        journal.close(keep=True)


def word(number: int, rng: Random, length: int) -> str:
    """Return a word that can be told from all others by its first letter."""
    return WORDS[number] + "".join(rng.choices(string.ascii_lowercase, k=length - 1))


def shown(terminal: Terminal, text: str) -> int:
    """Return how much of a word is on the screen."""
    on_screen = terminal.screen_text
    return next(length for length in range(len(text), -1, -1) if text[:length] in on_screen)


@contextmanager
def saturated_disk(folder: Path) -> Iterator[None]:
    """Keep the disk busy: a process writes and syncs, and begins again."""
    code = """
import os, sys
block = os.urandom(1 << 20)
handle = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)
print("busy", flush=True)
while True:
    os.lseek(handle, 0, os.SEEK_SET)
    for _ in range(16):
        os.write(handle, block)
        os.fsync(handle)
"""
    with subprocess.Popen([sys.executable, "-c", code, str(folder / "busy")], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"busy\n"
        try:
            yield
        finally:
            process.kill()

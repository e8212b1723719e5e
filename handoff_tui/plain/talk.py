"""Asking at a place: text is an answer, a question mark asks for help, a colon begins a command.

A command that belongs to the place is handed to it; one that leads away is raised as `Leave`, and whoever is passed by
keeps what was typed; the others are done here, and it is asked again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from handoff_tui.core.interview import Place
from handoff_tui.core.text import key_from
from handoff_tui.errors import SaveError
from handoff_tui.plain.commands import COMMANDS, Command, Unknown, parse
from handoff_tui.plain.console import Console
from handoff_tui.session.opened import Opened

__all__ = ["FINDS", "Here", "Leave", "Talk"]


class Leave(Exception):  # noqa: N818 - a way out, and no error
    """A command that leads away from where it was given; to `place`, where it names one."""

    def __init__(self, command: Command, place: Place | None = None) -> None:
        super().__init__(command)
        self.command = command
        self.place = place


FINDS = frozenset({"go", "sections"})
"""The commands that look for a place; whoever finds none stays where they are."""


def _nothing() -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Here:
    """Where it is asked: what `?` and `:again` say, the commands that are handed back, and those that lead away."""

    help: Callable[[], None] = _nothing
    again: Callable[[], None] = _nothing
    takes: AbstractSet[str] = frozenset()
    leads: AbstractSet[str] = frozenset({"quit"})
    note: Callable[[], None] | None = None
    instead: str = ""
    """What to do first, where a command of another place is given here."""


class Talk:
    """A conversation, and the interview it is about once one is open."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.opened: Opened | None = None
        self.finds: Callable[[Command], Place | None] = lambda _: None
        """Finds the place that a command of `FINDS` looks for."""
        self._typed = ""
        self._told: SaveError | None = None

    def ask(self, prompt: str, here: Here, *, in_text: bool = False) -> str | Command:
        """Ask, until there is text or a command for this place; `in_text`, a question mark is a line like another."""
        while True:
            self._tell_unsaved()
            line = self.console.ask(prompt)
            if line.strip() == "?" and not in_text:
                here.help()
                continue
            said = parse(line)
            if isinstance(said, str):
                self._typed = said
                return said
            if isinstance(said, Unknown):
                self.console.say(said.why)
            elif said.name in here.takes:
                return said
            elif said.name in here.leads:
                self._lead(said)
            else:
                self._do(said, here)

    def _lead(self, command: Command) -> None:
        """Lead away, unless somebody who looked for a place finds none and stays."""
        place = None
        if command.name in FINDS:
            place = self.finds(command)
            if place is None:
                return
        raise Leave(command, place)

    def say_taken(self, said: str, *, indent: int = 0) -> None:
        """Say what was understood, where it is more than the form in which it was typed."""
        if key_from(said) != key_from(self._typed):
            self.console.say(f"Taken: {said}.", indent=indent)

    def number(self, said: str, count: int) -> int | None:
        """Return the number that was typed, or say which there are."""
        if said.strip().isdecimal() and 1 <= int(said) <= count:
            return int(said)
        self.console.say(
            f"There is no “{said}” here. Type a number from 1 to {count}." if count else "Nothing has a number here."
        )
        return None

    def _do(self, command: Command, here: Here) -> None:
        if command.name == "help":
            self.say_commands()
        elif command.name == "again":
            here.again()
        elif command.name == "note" and here.note is not None:
            here.note()
        elif command.name == "saved" and self.opened is not None:
            self._saved(self.opened, command.words)
        else:
            self.console.say(f"“:{command.name}” has no meaning here. {here.instead}".strip())

    def say_commands(self) -> None:
        """List the commands."""
        self.console.say("At any prompt; the beginning of a name is enough:")
        for name, what in COMMANDS.items():
            self.console.say(f":{name} {what}", indent=2, hang=4)
        self.console.say("A text that begins with a colon begins with two: “::smile”.")
        self.console.say("A line of dots that is part of a text has one dot more.")

    # -- saved or not --------------------------------------------------------------------------------------------

    def _tell_unsaved(self) -> None:
        """Say once that saving fails, and why; it is tried again by itself."""
        error = self.opened.saver.error if self.opened is not None else None
        if error is not None and (self._told is None or str(error) != str(self._told)):
            self.console.say(f"NOT SAVED: {error} It is tried again; “:saved PATH” saves it in another place.")
        elif error is None and self._told is not None:
            self.console.say("It is saved again.")
        self._told = error

    def _saved(self, opened: Opened, words: str) -> None:
        if words or opened.file.gone:  # without words, again where it was
            path = Path(os.path.expanduser(words or opened.path))  # noqa: PTH111 - Path's own fails where there is no such home
            is_folder = os.path.isdir(path)  # noqa: PTH112 - Path.is_dir fails for a name that is too long
            try:
                opened.save_as(path / opened.path.name if is_folder else path)
            except SaveError as error:
                self.console.say(str(error))
                return
            self.console.say(f"Saved in {opened.path}. From now on it is saved there.")
            return
        if opened.saver.error is not None:
            opened.saver.submit(opened.session.handoff)
        if opened.saver.flush(2.0):
            self.console.say(f"Saved in {opened.path.name}. It always is.")
        else:
            self.console.say(f"NOT SAVED: {opened.saver.error or 'the disk does not answer.'}")
            self.console.say("“:saved PATH” saves it in another place.")

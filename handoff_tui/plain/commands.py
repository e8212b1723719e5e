"""What begins with a colon: the commands, at any prompt. Two colons begin a text that begins with one."""

from __future__ import annotations

from dataclasses import dataclass

from handoff_tui.core.text import brief

__all__ = ["COMMANDS", "Command", "Unknown", "parse"]

COMMANDS = {
    "help": "these commands; a question mark alone says more about where you are",
    "again": "say it again",
    "back": "one question back; in a row or a form, one field back; nothing is lost",
    "go": ":go WORDS goes to the question with these words, or parts of words",
    "sections": "the sections and how far each is; a number goes there",
    "open": "we don't know yet: who finds out, by when; in a row, for that field",
    "assumed": "we go by this answer until somebody confirms it",
    "na": "the question does not arise here, and why",
    "note": "a note on the answer, and who agreed",
    "still": "a stale answer still holds",
    "ours": "where two people answered differently: ours holds (:theirs: theirs)",
    "theirs": "theirs holds",
    "add": "go on with the text that stands there: more lines to it",
    "line": ":line 2 WORDS puts other words into line 2; without words, takes it out",
    "clear": "make it empty: the answer, or the field of a row",
    "drop": "forget what was typed and not accepted",
    "keep": "keep the row or the form as it is now, without the fields that follow",
    "close": "leave the row or the form; it is kept as far as it goes",
    "undo": "take back the last step",
    "review": "every finding and every answer, and finish",
    "saved": "where it is saved; :saved PATH saves it in another place from now on",
    "quit": "leave; everything accepted is saved",
}
"""Every command with what it does, as `:help` lists them."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and the words behind it."""

    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A line that looks like a command and is none; `why` says so."""

    why: str


def parse(line: str) -> str | Command | Unknown:
    """Return the text that a line is, or the command; the beginning of a command's name is enough."""
    if not line.startswith(":"):
        return line
    if line.startswith("::"):
        return line[1:]
    name, _, words = line[1:].strip().partition(" ")
    starts = [command for command in COMMANDS if command.startswith(name.casefold())] if name else []
    if name.casefold() in COMMANDS:
        return Command(name.casefold(), words.strip())
    if len(starts) == 1:
        return Command(starts[0], words.strip())
    tell = f"It could be {', '.join(f':{item}' for item in starts)}." if starts else "The commands: :help."
    again = f" To begin a text with a colon, write two: “:{brief(line, 60)}”."
    return Unknown(f"“{brief(line, 60)}” is not a command. {tell}{again}")

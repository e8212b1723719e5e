"""From a kind of answer to its prompt: what is offered, and how lines become raw input."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from handoff_tui.core.kinds import ChoiceKind, ManyKind, ScalarKind, TextKind
from handoff_tui.core.reading import Context, Rejection
from handoff_tui.plain.commands import Command
from handoff_tui.plain.talk import Here, Talk

__all__ = ["Raw", "ask_field", "how", "offered", "say_offer", "say_raw"]

Raw = str | list[str]
_SHORT = 70


def offered(kind: ScalarKind, context: Context) -> dict[str, str]:
    """Return what can be chosen by number: each value with its words."""
    listed = dict(getattr(kind, "choices", {})) if isinstance(kind, ChoiceKind | ManyKind) else {}
    names = context.names.get(kind.table_of_names or "", ())
    also = {name: name for name in getattr(kind, "also", ())}
    return listed | {item.key: item.says for item in names} | also


def say_offer(talk: Talk, kind: ScalarKind, context: Context) -> None:
    """Say what can be chosen: short words in one line, long ones in a line each."""
    choices = list(offered(kind, context).values())
    if not choices:
        return
    joined = ", ".join(f"{number} {words}" for number, words in enumerate(choices, 1))
    if len(joined) <= _SHORT or kind.table_of_names:
        talk.console.say(joined + ("; or a new name." if kind.table_of_names else "."), indent=2)
    else:
        talk.console.numbered(choices)


def how(kind: ScalarKind, context: Context) -> str:
    """Return how to answer, for the prompt; nothing where a line is simply typed."""
    count = len(offered(kind, context))
    if isinstance(kind, TextKind):
        return "several lines, a dot alone ends it"
    if isinstance(kind, ManyKind):
        return f"some of 1 to {count}, with commas" if count else "names, with commas"
    return f"1 to {count}" if count else ""


def say_raw(kind: ScalarKind, context: Context, raw: Raw) -> str:
    """Return raw input in words: what was chosen by its number, what a date is understood as."""
    if not raw:
        return ""
    known = offered(kind, context)
    if isinstance(raw, list):
        return ", ".join(known.get(item, item) for item in raw)
    value = kind.read(raw, context, cell=True)
    if isinstance(value, Rejection):
        return raw
    return known.get(value, kind.say(value)) if isinstance(value, str) else kind.say(value)


def ask_field(
    talk: Talk,
    kind: ScalarKind,
    context: Context,
    prompt: str,
    here: Here,
    *,
    stands: str = "",
    keep: Callable[[str], None] = lambda _: None,
) -> Raw | Command | None:
    """Ask for one value; return the raw input, a command for this place, or `None` for an empty Enter.

    Args:
        talk: The conversation.
        kind: The kind of the value.
        context: The names so far.
        prompt: What to ask with.
        here: Where we are.
        stands: The text that stands there, for `:add` and `:line`.
        keep: Called with a text of several lines as it grows: what is typed and not accepted survives.
    """
    if isinstance(kind, TextKind):
        return _Text(talk, here, stands, keep).ask(prompt)
    choices = offered(kind, context)
    while True:
        said = talk.ask(prompt, here)
        if isinstance(said, Command):
            return said
        if not said.strip():
            return None
        parts = re.split(r"[,;]", said) if isinstance(kind, ManyKind) else [said]
        meant = [_meant(choices, part.strip()) for part in parts if part.strip()]
        if None not in meant:
            found = [item for item in meant if item is not None]
            return found if isinstance(kind, ManyKind) else found[0] if _is_number(said) else said
        talk.console.say(f"There is no such number here. Type a number from 1 to {len(choices)}, or words.")


def _is_number(text: str) -> bool:
    return text.strip().isdecimal()


def _meant(choices: Mapping[str, str], text: str) -> str | None:
    """Return the value that a number stands for, or the text itself; `None` for a number that nothing has."""
    if not choices or not _is_number(text) or text in choices:
        return text
    values = list(choices)
    return values[int(text) - 1] if 1 <= int(text) <= len(values) else None


class _Text:
    """A text of several lines, as it is typed."""

    def __init__(self, talk: Talk, here: Here, stands: str, keep: Callable[[str], None]) -> None:
        self._talk = talk
        self._here = replace(here, takes=here.takes | {"add", "line"})
        self._stands = stands
        self._keep = keep
        self._lines: list[str] = []

    def ask(self, prompt: str) -> str | Command | None:
        """Ask until a dot stands alone in a line."""
        while True:
            said = self._talk.ask(prompt, self._here, in_text=bool(self._lines))
            if isinstance(said, Command):
                if said.name not in ("add", "line"):
                    return said
                prompt = self._edit(said) or prompt
            elif said.strip() == ".":
                return "\n".join(self._lines) if self._lines else None
            elif not self._lines and not said.strip():
                return None
            else:
                self._lines.append(said[1:] if re.fullmatch(r"\.{2,}", said.strip()) else said)
                self._keep("\n".join(self._lines))
                prompt = ""  # nothing more to read aloud while somebody dictates

    def _edit(self, command: Command) -> str:
        """Change a line, or go on with the text that stands; return what to ask with then."""
        lines = self._lines or (self._stands.split("\n") if self._stands else [])
        if command.name == "line":
            number, _, words = command.words.partition(" ")
            if not (_is_number(number) and 1 <= int(number) <= len(lines)):
                self._talk.console.say(f"Say which line, from 1 to {len(lines)}: “:line 1 other words”.")
                return ""
            lines[int(number) - 1 : int(number)] = [words] if words else []
        self._lines = lines
        self._keep("\n".join(lines))
        self._talk.console.numbered(lines)
        return "More lines; a dot alone takes the text:"

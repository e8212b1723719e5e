"""Every action that has a key: its default, the key a person chose instead, and both as they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from handoff_tui.errors import InputError

if TYPE_CHECKING:
    from textual.app import App

    from handoff_tui.store.settings import Settings

__all__ = ["ACTIONS", "KEYS", "Keys", "keys_from", "keys_of"]


@dataclass(frozen=True, slots=True)
class Action:
    """The keys of an action, and whether they work while somebody is typing."""

    keys: tuple[str, ...]
    in_text: bool = True


ACTIONS: Mapping[str, Action] = {
    "continue": Action(("ctrl+n",)),
    "back": Action(("escape",)),
    "help": Action(("f1",)),
    "sections": Action(("f2",)),
    "dont-know": Action(("f3",)),
    "editor": Action(("f4",)),
    "open-points": Action(("f5",)),
    "drill": Action(("f6",)),
    "review": Action(("f8",)),
    "note": Action(("f9",)),
    "saved": Action(("ctrl+s",)),
    "reload": Action(("ctrl+r",)),
    "palette": Action(("ctrl+p",)),
    "leave": Action(("ctrl+q",)),
    "find": Action(("/",), in_text=False),
    "undo": Action(("ctrl+z",), in_text=False),
    "redo": Action(("ctrl+y",), in_text=False),
    "reconfirm": Action(("r",), in_text=False),
    "take-ours": Action(("o",), in_text=False),
    "take-theirs": Action(("t",), in_text=False),
    "accept": Action(("a",), in_text=False),
    "agree": Action(("enter",), in_text=False),
    "final": Action(("f",), in_text=False),
    "draft": Action(("d",), in_text=False),
    "new": Action(("n",), in_text=False),
    "decide-gap": Action(("g",), in_text=False),
    "write-drill": Action(("w",), in_text=False),
    "add-row": Action(("insert", "+"), in_text=False),
    "duplicate-row": Action(("ctrl+d",), in_text=False),
    "remove-row": Action(("delete",), in_text=False),
    "move-row-up": Action(("alt+up",), in_text=False),
    "move-row-down": Action(("alt+down",), in_text=False),
}

_HELP = (
    ("Enter, {continue}", "continue to the next question"),
    ("{back}", "close what is open, else one question back; nothing is discarded"),
    ("Tab, Shift+Tab", "next, previous control; Space toggles, arrows choose"),
    ("{help}", "this help"),
    ("{sections}, {find}", "sections: their status, find a question, jump anywhere"),
    ("{dont-know}", "we don't know yet: open, assumed or not applicable; in a row, for that cell"),
    ("{editor}", "edit this text in your $EDITOR"),
    ("{open-points}", "open points: who finds out what by when, and what is overdue"),
    ("{drill}", "a drill: the room plays a failure through, step by step"),
    ("{review}", "review every answer, and finish"),
    ("{note}", "a note, and who agreed"),
    (
        "{add-row}, {remove-row}",
        "in a table: add, remove a row; Enter edits, {duplicate-row} duplicates, {move-row-up} and {move-row-down} "
        "move; rows of a sheet can be pasted",
    ),
    ("{undo}, {redo}", "outside text: undo the last step, redo it"),
    ("{reconfirm}", "outside text: a stale answer still holds"),
    ("{take-ours}, {take-theirs}", "where two people answered differently: ours, theirs holds"),
    ("{accept}", "on a warning at review: accept it with a reason, or take that back"),
    ("{saved}", "where it is saved (it always is); where it cannot be, another place"),
    ("{reload}", "where somebody else has it open: read the file again"),
    ("{palette}", "every action by name"),
    ("{leave}", "leave: says what is open and how to resume"),
)

_HOME_HELP = (
    ("Enter", "resume the handoff"),
    ("{new}", "start a new one"),
    ("↑, ↓", "choose one"),
    ("{palette}", "every action by name"),
    ("{leave}", "leave"),
)
_START_HELP = (
    ("Enter, {continue}", "continue"),
    ("{back}", "back; what is typed stays"),
    ("Tab, Shift+Tab", "next, previous field; arrows choose"),
    ("{palette}", "every action by name"),
    ("{leave}", "leave"),
)
_DRILL_HELP = (
    ("Enter, {continue}", "the next link of the chain; at the end, write it down"),
    ("{back}", "one link back, then to the failures, then out; nothing is lost"),
    ("↑, ↓", "read on in a long link"),
    ("{decide-gap}", "go to the question where the gap is decided"),
    ("{write-drill}", "write down the day, who took part and what you learned"),
    ("{undo}, {redo}", "undo the last step, take it again"),
    ("{sections}, {review}", "sections; review every answer"),
    ("{palette}", "every action by name"),
    ("{leave}", "leave: says what is open and how to resume"),
)

_WORDS = {"escape": "Esc", "insert": "Ins", "delete": "Del", "up": "↑", "down": "↓", "left": "←", "right": "→"}
_NAMES = {"escape", "insert", "delete", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "backspace"}
_MOVES = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "backspace", "enter", "tab", "space"}
_SAME = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+[": "Esc", "ctrl+j": "Enter", "ctrl+h": "Backspace"}
_EDITING = {f"ctrl+{letter}" for letter in "acdekuvwxyzf"} | {"delete", "insert"}
"""What text fields do with these is worth more there. F6 and F7 they give away: see `TextBox`."""


@dataclass(frozen=True)
class Keys:
    """The keys of one person: those of `ACTIONS`, but for the ones in `chosen`."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, action: str) -> tuple[str, ...]:
        """Return the keys of an action."""
        return self.chosen.get(action) or ACTIONS[action].keys

    def shown(self, action: str) -> str:
        """Return the keys of an action as they are read."""
        return " or ".join(map(_say, self.of(action)))

    def hint(self, default: str) -> str:
        """Return the key to show where the hints of a screen name the default one."""
        return self._hints.get(default, default)

    @cached_property
    def _hints(self) -> dict[str, str]:
        # Enter is the key of many things; only one of them can have another.
        named = {action: keys for action, keys in self.chosen.items() if ACTIONS[action].keys[0] != "enter"}
        return {_say(ACTIONS[action].keys[0]): _say(keys[0]) for action, keys in named.items()}

    @property
    def help(self) -> tuple[tuple[str, str], ...]:
        """The lines of the help: keys, and what they do."""
        return self._said(_HELP)

    @property
    def home_help(self) -> tuple[tuple[str, str], ...]:
        """The lines of the help at home."""
        return self._said(_HOME_HELP)

    @property
    def start_help(self) -> tuple[tuple[str, str], ...]:
        """The lines of the help where a handoff is begun."""
        return self._said(_START_HELP)

    @property
    def drill_help(self) -> tuple[tuple[str, str], ...]:
        """The lines of the help in a drill."""
        return self._said(_DRILL_HELP)

    def _said(self, lines: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        shown = {action: self.shown(action) for action in ACTIONS}
        return tuple((keys.format_map(shown), what.format_map(shown)) for keys, what in lines)

    @property
    def keymap(self) -> dict[str, str]:
        """The chosen keys, as the toolkit takes them."""
        return {action: ",".join(keys) for action, keys in self.chosen.items()}

    @property
    def taken_from_text(self) -> frozenset[str]:
        """The keys that work while somebody is typing, whatever a text field would do with them."""
        return frozenset(key for name, action in ACTIONS.items() if action.in_text for key in self.of(name))


def keys_of(app: App[Any]) -> Keys:
    """Return the keys that an app was started with."""
    keys = getattr(app, "keys", None)
    return keys if isinstance(keys, Keys) else _DEFAULT


# -- settings ----------------------------------------------------------------------------------------------------


def keys_from(settings: Settings | None) -> Keys:
    """Return the keys that a settings file chooses.

    Raises:
        InputError: It names no action, no key that can be used, or one key for two actions.
    """
    if settings is None:
        return _DEFAULT
    chosen: dict[str, tuple[str, ...]] = {}
    for action, said in settings.keys.items():
        where = settings.where("keys", action)
        if action not in ACTIONS:
            import difflib

            near = difflib.get_close_matches(action, ACTIONS, 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"The actions are {', '.join(ACTIONS)}."
            raise InputError(f"“{action}” is not an action.", hint=hint, where=where)
        texts = said if isinstance(said, list) else [said]
        if not texts or not all(isinstance(text, str) for text in texts):
            hint = f'Write it in quotes: {action} = "f10", or several: ["f10", "f12"].'
            raise InputError(f"The key of “{action}” is no text.", hint=hint, where=where)
        keys = tuple(map(_normal, texts))
        for key, text in zip(keys, texts, strict=True):
            if wrong := _unusable(key, text, in_text=ACTIONS[action].in_text):
                raise InputError(wrong, hint="Choose another, like f10, f12, alt+r or ctrl+g.", where=where)
        chosen[action] = keys
    _say_doubles(Keys(chosen), settings)
    return Keys(chosen)


def _say_doubles(keys: Keys, settings: Settings) -> None:
    seen: dict[str, str] = {}
    # What was chosen last: the line to name is always one of the file's.
    for action in sorted(ACTIONS, key=lambda name: name in keys.chosen):
        for key in keys.of(action):
            if key in seen:
                raise InputError(
                    f"{_say(key)} is the key of “{seen[key]}” and of “{action}”.",
                    hint="Give one of them another key.",
                    where=settings.where("keys", action),
                )
            seen[key] = action


def _normal(text: str) -> str:
    """Return a key as the toolkit names it, however it is written: `Ctrl + R`, `Esc`, `PgUp`."""
    bare = text.strip()
    if len(bare) == 1:
        return bare
    names = {"esc": "escape", "ins": "insert", "del": "delete", "pgup": "pageup", "pgdn": "pagedown", "control": "ctrl"}
    parts = [names.get(part, part) for part in re.split(r"\s*\+\s*", bare.lower())]
    *modifiers, key = parts
    return "+".join([*sorted(modifiers), key])


def _unusable(key: str, text: str, *, in_text: bool) -> str | None:
    """Say why a key cannot be used for an action, where it cannot."""
    *modifiers, bare = key.split("+") if len(key) > 1 else [key]
    known = bare in _NAMES | _MOVES or re.fullmatch(r"f([1-9]|1[0-9]|2[0-4])", bare) or len(bare) == 1
    if not known or not set(modifiers) <= {"alt", "ctrl", "shift"} or (len(key) == 1 and not key.isprintable()):
        return f"“{text}” is not a key."
    if key in _SAME:
        return f"“{text}” is the same as {_SAME[key]} to a terminal."
    if bare in {"enter", "tab", "space"} or (key in _MOVES and not modifiers):
        return f"“{text}” moves or chooses on every screen."
    if in_text and len(bare) == 1 and "ctrl" not in modifiers and "alt" not in modifiers:
        return f"“{text}” is typed into a text."
    if in_text and key in _EDITING:
        return f"“{text}” edits inside a text."
    if len(bare) == 1 and "shift" in modifiers:
        return f"“{text}” is not sent by every terminal."
    return None


def _say(key: str) -> str:
    """Return a key as it is read: `ctrl+n` is Ctrl+N."""
    if len(key) == 1:
        return key
    *modifiers, bare = key.split("+")
    name = _WORDS.get(bare) or (bare.upper() if len(bare) == 1 or re.fullmatch(r"f\d+", bare) else bare.capitalize())
    return "+".join([*(part.capitalize() for part in modifiers), name])


_DEFAULT = Keys()

KEYS = _DEFAULT.help
"""The help with nothing changed."""

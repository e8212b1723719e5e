"""What all kinds of answer share: reading from text, checking what a file holds, and what is said of a wrong one."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from handoff_tui.core.reading import Cell, Context, Rejection
from handoff_tui.core.text import MAX_TEXT, clean_line, is_placeholder, key_from

__all__ = ["Kind", "Strict", "new_key", "no_answer", "several_lines", "shown", "too_long"]


class Strict(BaseModel):
    """A template's model: what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(Strict):
    """What all kinds share: reading from text, checking what a file holds, and giving text back for editing."""

    empty_fix: ClassVar[str] = "Write one, or choose “Don't know yet”."

    @property
    def table_of_names(self) -> str | None:
        """The id of the table that this kind's values are names from."""
        return None

    def read(self, raw: object, context: Context, *, cell: bool = False) -> Cell | Rejection:
        """Return the value that raw input stands for, or why it is none."""
        if not isinstance(raw, str):
            return Rejection("This is not text.", "Write the answer in quotes.")
        text = clean_line(raw)
        if not text:
            return Rejection("There is no answer yet.", self.empty_fix)
        if wrong := too_long(text):
            return wrong
        if is_placeholder(text, cell=cell) and not self._offers(text):
            return no_answer(text)
        return self._read(text, context)

    def _offers(self, text: str) -> bool:
        """Say whether text that looks like a placeholder is a choice here: “none” of a card number is an answer."""
        return False

    def _read(self, text: str, context: Context) -> Cell | Rejection:
        raise NotImplementedError

    def check(self, value: object) -> Rejection | None:
        """Say what is wrong with a value that a file holds, by its kind alone."""
        if isinstance(value, str):
            return too_long(value) if value.strip() else Rejection("It is empty.", "Write text in quotes.")
        return Rejection(f"It is {_sort_of(value)} and not text.", "Write text in quotes.")

    def edit_text(self, value: Any) -> str:
        """Return the text a person edits to change a value."""
        return str(value)

    def say(self, value: Any) -> str:
        """Return a value in words."""
        return str(value)


def too_long(text: str) -> Rejection | None:
    """Say that a text has more characters than an answer may have."""
    if len(text) <= MAX_TEXT:
        return None
    return Rejection(
        f"This text has {len(text):,} characters; {MAX_TEXT:,} is the limit.",
        "Keep the decision here and link the rest.",
    )


_SORTS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    ((int, float), "a number"),
    (datetime, "a date and time"),
    (date, "a date"),
    (time, "a time"),
    (list, "a list"),
    (dict, "a table"),
)


def _sort_of(value: object) -> str:
    """Return in words what TOML has where something else should be."""
    return next((name for sort, name in _SORTS if isinstance(value, sort)), "something else")


def shown(value: object) -> str:
    """Return a value as it stands, or what it is where that would be a page of brackets."""
    return _sort_of(value) if isinstance(value, (list, dict)) else str(value)


def no_answer(text: str) -> Rejection:
    """Return the rejection of text that only stands where an answer should be."""
    return Rejection(
        f"“{text}” is not an answer.", "Decide it, or choose “Don't know yet” and name who finds out by when."
    )


def new_key(text: str, *, joint: str = "-") -> str | Rejection:
    """Return the key of a new name; “TBD!” and “???” are none."""
    key = key_from(text, joint=joint)
    return no_answer(text) if is_placeholder(key) or not any(map(str.isalnum, text)) else key


def several_lines(text: str) -> Rejection | None:
    """Return the rejection of several lines where one is asked for; none for one line."""
    if "\n" in text:
        return Rejection("This answer is one line, but several were given.", "Join them into one sentence.")
    return None

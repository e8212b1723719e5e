"""The kinds of answer that fit one field: what a value is, and how raw input becomes one or is rejected.

A kind knows nothing of screens: `tui.widgets` has a widget for each, `plain` a prompt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import Field

from handoff_tui.core.dates import Leaning, read_date, say_date
from handoff_tui.core.duration import is_duration, read_duration, say_duration
from handoff_tui.core.kind import Kind, new_key, no_answer, several_lines, shown, too_long
from handoff_tui.core.reading import PEOPLE, SYSTEMS, Cell, Context, Rejection
from handoff_tui.core.text import clean, clean_line, fold, is_placeholder

__all__ = [
    "ChoiceKind",
    "ContactKind",
    "DateKind",
    "DurationKind",
    "LineKind",
    "ManyKind",
    "NumberKind",
    "ScalarKind",
    "SystemKind",
    "TextKind",
]


class LineKind(Kind):
    """One line of text; with `refers_to`, a name from a table's first column."""

    kind: Literal["line"] = "line"
    refers_to: str | None = None
    also: tuple[str, ...] = ()

    @property
    def table_of_names(self) -> str | None:
        return self.refers_to

    def _read(self, text: str, context: Context) -> Cell | Rejection:
        if wrong := several_lines(text):
            return wrong
        if self.refers_to is None:
            return text
        listed = next((name for name in self.also if fold(name) == fold(text)), None)
        return listed or context.find(self.refers_to, text) or text


class TextKind(Kind):
    """Text of one or more lines."""

    kind: Literal["text"]

    def _read(self, text: str, context: Context) -> Cell | Rejection:
        return clean(text)


class ChoiceKind(Kind):
    """One of a few; `choices` gives each id its words."""

    kind: Literal["choice"]
    choices: dict[str, str] = Field(min_length=2)
    empty_fix: ClassVar[str] = "Choose one, or “Don't know yet”."

    def _offers(self, text: str) -> bool:
        return _choice(self.choices, text) is not None

    def _read(self, text: str, context: Context) -> Cell | Rejection:
        found = _choice(self.choices, text)
        return found or Rejection(f"“{text}” is not one of the choices.", f"Choose {_in_words(self.choices)}.")

    def check(self, value: object) -> Rejection | None:
        if isinstance(value, str) and value in self.choices:
            return None
        return Rejection(f"“{shown(value)}” is not one of the choices.", f"Choose one of {_list(self.choices)}.")

    def say(self, value: Any) -> str:
        return self.choices.get(str(value), str(value))


_EXCLUSIVE_FIX = "Take it away, or the others."


class ManyKind(Kind):
    """Some of a few; `others` lets people add ids of their own, `exclusive` names a choice that stands alone."""

    kind: Literal["many"]
    choices: dict[str, str] = Field(default_factory=dict)
    others: bool = False
    exclusive: str | None = None
    refers_to: str | None = None
    empty_fix: ClassVar[str] = "Choose at least one, or “Don't know yet”."

    @property
    def table_of_names(self) -> str | None:
        return self.refers_to

    def read(self, raw: object, context: Context, *, cell: bool = False) -> Cell | Rejection:
        parts = re.split(r"[,;\n]", clean(raw)) if isinstance(raw, str) else raw
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            return Rejection("This is not a list.", "Write a list of choices.")
        if wrong := too_long(", ".join(parts)):
            return wrong
        ids: list[str] = []
        for text in (clean_line(part) for part in parts):
            if text:
                found = self._one(text, context, cell=cell)
                if isinstance(found, Rejection):
                    return found
                ids.append(found)
        if not ids:
            return Rejection("Nothing is chosen yet.", self.empty_fix)
        if self.exclusive in ids and len(set(ids)) > 1:
            return Rejection(f"“{self.say([self.exclusive])}” cannot stand beside the others.", _EXCLUSIVE_FIX)
        offered = [choice for choice in self.choices if choice in ids]
        return offered + [choice for choice in dict.fromkeys(ids) if choice not in self.choices]

    def _one(self, text: str, context: Context, *, cell: bool) -> str | Rejection:
        # Beside ids of one's own only a whole word means a choice: “pass” is not “password or access key”.
        if found := _choice(self.choices, text, whole=self.others):
            return found
        if is_placeholder(text, cell=cell):
            return no_answer(text)
        if self.refers_to:
            return context.find(self.refers_to, text) or new_key(text)
        if self.others:
            key = new_key(text, joint="_")
            return _choice(self.choices, key, whole=True) or key if isinstance(key, str) else key
        return Rejection(f"“{text}” is not one of the choices.", f"Choose {_in_words(self.choices)}.")

    def check(self, value: object) -> Rejection | None:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return Rejection("It is not a list of choices.", 'Write it as ["one", "two"].')
        if not value:
            return Rejection("It is empty.", self.empty_fix)
        if wrong := too_long(", ".join(value)):
            return wrong
        free = self.others or self.refers_to
        if strange := next((item for item in value if item not in self.choices and not free), None):
            return Rejection(f"“{strange}” is not one of the choices.", f"Choose from {_list(self.choices)}.")
        if self.exclusive in value and len(value) > 1:
            return Rejection(f"“{self.exclusive}” cannot stand beside the others.", _EXCLUSIVE_FIX)
        return None

    def edit_text(self, value: Any) -> str:
        return ", ".join(value)

    def say(self, value: Any) -> str:
        return ", ".join(self.choices.get(item, item.replace("_", " ") if self.others else item) for item in value)


class NumberKind(Kind):
    """A whole number."""

    kind: Literal["number"]
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""

    def read(self, raw: object, context: Context, *, cell: bool = False) -> Cell | Rejection:
        if isinstance(raw, int) and not isinstance(raw, bool):
            return self.check(raw) or raw
        return super().read(raw, context, cell=cell)

    def _read(self, text: str, context: Context) -> Cell | Rejection:
        bare = text.casefold().removesuffix(self.unit.casefold()).strip() if self.unit else text
        if found := re.fullmatch(r"(\d{1,6})\s?k", bare.casefold()):
            bare = found[1] + "000"
        elif re.fullmatch(r"-?\d{1,3}(?:([ ,'_\u00a0\u202f])\d{3})(?:\1\d{3})*", bare):
            bare = re.sub(r"[^\d-]", "", bare)
        if not re.fullmatch(r"-?\d{1,15}", bare):
            return Rejection(f"“{text}” is not a whole number.", "Write digits only, for example 1800.")
        return self.check(int(bare)) or int(bare)

    def check(self, value: object) -> Rejection | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return Rejection(f"“{shown(value)}” is not a whole number.", "Write digits only, for example 1800.")
        if self.minimum is not None and value < self.minimum:
            return Rejection(f"{value} is too small.", f"Write {self.minimum} or more.")
        if self.maximum is not None and value > self.maximum:
            return Rejection(f"{value} is too large.", f"Write {self.maximum} or less.")
        return None

    def say(self, value: Any) -> str:
        number = f"{value:,}" if isinstance(value, int) else str(value)
        return f"{number} {self.unit}".strip()


_DURATION_FIX = "Write a number and a unit: 30s, 15m, 4h, 3d or 2w."


class DurationKind(Kind):
    """A length of time, stored as `15m`, `4h`, `3d`."""

    kind: Literal["duration"]

    def _read(self, text: str, context: Context) -> Cell | Rejection:
        found = read_duration(text)
        if found:
            return found
        if text.strip().isdecimal():
            return Rejection(f"{text} of what?", f"Add the unit: {text}m for minutes, {text}h for hours.")
        if "month" in text.casefold():
            return Rejection("Months differ in length.", "Say it in days or weeks: 30d, 4w.")
        return Rejection(f"“{text}” is not a length of time.", _DURATION_FIX)

    def check(self, value: object) -> Rejection | None:
        if isinstance(value, str) and is_duration(value):
            return None
        return Rejection(f"“{shown(value)}” is not a length of time.", _DURATION_FIX)

    def say(self, value: Any) -> str:
        return say_duration(value) if isinstance(value, str) and is_duration(value) else str(value)


class DateKind(Kind):
    """A day; `usually` says which year `24 Dec` means."""

    kind: Literal["date"]
    usually: Leaning = "future"

    def read(self, raw: object, context: Context, *, cell: bool = False) -> Cell | Rejection:
        if isinstance(raw, date):
            return self.check(raw) or raw
        return super().read(raw, context, cell=cell)

    def _read(self, text: str, context: Context) -> Cell | Rejection:
        found = read_date(text, context.today, self.usually)
        if found:
            return found
        numbers = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](?:\d\d){1,2}", text)
        if numbers and 1 <= int(numbers[1]) <= 12 and 1 <= int(numbers[2]) <= 12:
            return Rejection(f"“{text}” could be two different days.", "Write the month as a word: 4 Dec 2026.")
        return Rejection(f"“{text}” is not a date.", "Write it like 2026-12-24 or 24 Dec.")

    def check(self, value: object) -> Rejection | None:
        # A datetime is a date to Python; in the file it is a moment, which the format does not have.
        if type(value) is date:
            return None
        return Rejection(f"“{shown(value)}” is not a date.", "Write it like 2026-12-24, without quotes.")

    def edit_text(self, value: Any) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    def say(self, value: Any) -> str:
        return say_date(value) if isinstance(value, date) else str(value)


class ContactKind(Kind):
    """A person, team or rota: a key of `parties.people`. A new name joins them."""

    kind: Literal["contact"]

    @property
    def table_of_names(self) -> str:
        return PEOPLE

    def _read(self, text: str, context: Context) -> Cell | Rejection:
        return several_lines(text) or context.find(PEOPLE, text) or new_key(text)


class SystemKind(Kind):
    """A system: a name of `parties.systems`. A new name joins them."""

    kind: Literal["system"]

    @property
    def table_of_names(self) -> str:
        return SYSTEMS

    def _read(self, text: str, context: Context) -> Cell | Rejection:
        return several_lines(text) or context.find(SYSTEMS, text) or text


ScalarKind: TypeAlias = Annotated[
    LineKind | TextKind | ChoiceKind | ManyKind | NumberKind | DurationKind | DateKind | ContactKind | SystemKind,
    Field(discriminator="kind"),
]


def _choice(choices: Mapping[str, str], text: str, *, whole: bool = False) -> str | None:
    """Return the id meant: by id, by its words, or, unless `whole`, by a beginning that only one has."""
    if text in choices:  # the words of one may be the id of another
        return text
    wanted = fold(text)
    exact = [key for key, words in choices.items() if wanted in (fold(key), fold(words))]
    if exact or whole:
        return exact[0] if exact else None
    starts = [key for key, words in choices.items() if fold(key).startswith(wanted) or fold(words).startswith(wanted)]
    return starts[0] if len(starts) == 1 else None


def _list(choices: Mapping[str, str]) -> str:
    """Return the ids, for whoever mends a file."""
    return ", ".join(choices)


def _in_words(choices: Mapping[str, str]) -> str:
    """Return the words that people see, for whoever types or pastes an answer."""
    quoted = [f"“{words}”" for words in choices.values()]
    return " or ".join(part for part in (", ".join(quoted[:-1]), *quoted[-1:]) if part)

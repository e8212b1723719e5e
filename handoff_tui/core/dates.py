"""Dates as people say them.

The well-kept parsers guess (`10` is the tenth of this month, `03/04/2026` is silently March or April); a
contract needs the opposite, so this reads only what has one meaning.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

__all__ = ["Leaning", "read_date", "say_date"]

Leaning = Literal["future", "past"]
"""Which year a date without one means: the next such day, or the last."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LENGTHS = {"day": 1, "days": 1, "week": 7, "weeks": 7}


def say_date(day: date) -> str:
    """Return a date as it is read aloud: `4 Dec 2026`."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def read_date(text: str, today: date, leaning: Leaning = "future") -> date | None:
    """Return the date that a person wrote, or `None` where it has no one meaning."""
    words = re.sub(r"[\s,]+", " ", text.strip().casefold()).rstrip(".")
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", words):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    return _relative(words, today, leaning) or _named_month(words, today, leaning) or _numbers(words)


def _relative(words: str, today: date, leaning: Leaning) -> date | None:
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if words in near:
        return today + timedelta(near[words])
    if found := re.fullmatch(r"in (\d{1,3}) (days?|weeks?)", words):
        return today + timedelta(int(found[1]) * _LENGTHS[found[2]])
    if found := re.fullmatch(r"(\d{1,3}) (days?|weeks?) ago", words):
        return today - timedelta(int(found[1]) * _LENGTHS[found[2]])
    if (found := re.fullmatch(r"(?:on )?([a-z]{3,9})", words)) and found[1][:3] in _DAYS:
        full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        index = _DAYS.index(found[1][:3])
        if not full[index].startswith(found[1]):
            return None
        ahead = (index - today.weekday()) % 7
        return today + timedelta(ahead or 7) if leaning == "future" else today - timedelta((-ahead) % 7 or 7)
    return None


_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?([a-z]{3,9})\.?(?: (\d{4}))?")
_FULL = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def _named_month(words: str, today: date, leaning: Leaning) -> date | None:
    if found := _DAY_FIRST.fullmatch(words):
        day, name, year = int(found[1]), found[2], found[3]
    elif found := _MONTH_FIRST.fullmatch(words):
        day, name, year = int(found[2]), found[1], found[3]
    else:
        return None
    month = next((i for i, full in enumerate(_FULL, 1) if full.startswith(name) or (name == "sept" and i == 9)), None)
    if month is None:
        return None
    if year:
        return _date(int(year), month, day)
    step = 1 if leaning == "future" else -1
    # Eight years on, for 29 February across a century.
    for candidate in (_date(today.year + step * ahead, month, day) for ahead in range(9)):
        if candidate and (candidate >= today if leaning == "future" else candidate <= today):
            return candidate
    return None


def _numbers(words: str) -> date | None:
    """Read `24.12.2026` and `24/12/2026`; `03/04/2026` is two dates and therefore none."""
    found = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", words)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == ".":  # day.month.year wherever dots are used
        return _date(year, second, first)
    if first > 12 >= second or first == second:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 >= first else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

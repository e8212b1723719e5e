"""Durations as the file has them, `15m`, `4h`, `3d`, and as people say them."""

from __future__ import annotations

import re

__all__ = ["STORED", "is_duration", "longest_in", "read_duration", "say_duration", "say_seconds", "seconds"]

_MAX_DIGITS = 9
STORED = rf"0s|[1-9][0-9]{{0,{_MAX_DIGITS - 1}}}[smhdw]"
"""A duration as the file has it, as a pattern for the whole text."""
_STORED = re.compile(STORED)

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_WORDS = {
    "s": ("s", "sec", "secs", "second", "seconds"),
    "m": ("m", "min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "d": ("d", "day", "days"),
    "w": ("w", "wk", "wks", "week", "weeks"),
}
_UNIT_OF = {word: unit for unit, words in _WORDS.items() for word in words}
_NUMBERS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_IN_WORDS = tuple(
    (re.compile(rf"\b(?:{said})\b", re.IGNORECASE), plain)
    for said, plain in (
        (r"(?:one|an|1) hour and a half|one and a half hours", "90 minutes"),
        (r"(?:half an?|½) hour", "30 minutes"),
        (r"(?:a )?quarter of an hour", "15 minutes"),
        (r"half a day", "12 hours"),
    )
)
_PART = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]*)\s*(?:,|and|&)?\s*")


def is_duration(text: str) -> bool:
    """Say whether text is a duration as the file has it: `0s`, `15m`, `4h`, `3d`, `2w`."""
    return _STORED.fullmatch(text) is not None


def seconds(duration: str) -> int:
    """Return the length of a stored duration in seconds.

    Raises:
        ValueError: It is not in the stored form.
    """
    if not is_duration(duration):
        raise ValueError(duration)
    return int(duration[:-1]) * _UNITS[duration[-1]]


def say_duration(duration: str) -> str:
    """Return a stored duration in words: `15m` is `15 minutes`.

    Raises:
        ValueError: It is not in the stored form.
    """
    if not is_duration(duration):
        raise ValueError(duration)
    number, unit = int(duration[:-1]), _WORDS[duration[-1]][-1]
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"


def say_seconds(total: int) -> str:
    """Return a number of seconds in words, its two largest units: `4200` is `1 hour 10 minutes`."""
    parts: list[str] = []
    for unit in "dhms":
        number, total = divmod(total, _UNITS[unit])
        if number:
            parts.append(say_duration(f"{number}{unit}"))
        elif parts:
            break  # 1 day and 5 seconds is 1 day
    return " ".join(parts[:2]) or say_duration("0s")


_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MENTION = re.compile(
    rf"(?<![\w.,])(?P<number>[0-9]{{1,5}}|an?|{'|'.join(_COUNTS)})[ -]?"
    r"(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|[smhdw])(?!\w)",
    re.IGNORECASE,
)


def longest_in(text: str) -> int | None:
    """Return the longest time that a sentence names, in seconds: `no event for 15 minutes, at night one hour` is 3600.

    `None` where it names none. `a m` and the like are words, and no time.
    """
    text = _in_numbers(text)
    found = [
        (1 if number in ("a", "an") else _COUNTS.index(number) + 1 if number in _COUNTS else int(number))
        * _UNITS[_UNIT_OF[unit]]
        for number, unit in (
            (match["number"].casefold(), match["unit"].casefold()) for match in _MENTION.finditer(text)
        )
        if number.isdigit() or len(unit) > 1
    ]
    return max(found, default=None)


def _in_numbers(text: str) -> str:
    """Say the parts of an hour or a day that people have words for in numbers: `half an hour` is `30 minutes`."""
    for said, plain in _IN_WORDS:
        text = said.sub(plain, text)
    return text


def read_duration(text: str) -> str | None:
    """Return what a person wrote in the stored form, or `None` where its meaning is not plain.

    `4 hours` is `4h`, `1h30` is `90m`, `half an hour` is `30m`; `60m` stays `60m`. A month or a working day has no
    fixed length, and a bare number has no unit: both are `None`.
    """
    words = re.sub(r"\s+", " ", text.strip().casefold()).rstrip(".")
    if is_duration(words):
        return words
    words = _in_numbers(words)
    words = re.sub(r"^([a-z]+) ", lambda found: _NUMBERS.get(found[1], found[1]) + " ", words)
    words = re.sub(r"(\d),(\d{1,2})(?!\d)", r"\1.\2", words)
    return _sum(words)


def _sum(words: str) -> str | None:
    total, position, last = 0, 0, ""  # in thousandths of a second: 1.1 hours is 3960 s exactly
    while position < len(words):
        part = _PART.match(words, position)
        if part is None:
            return None
        unit = _UNIT_OF.get(part[2]) if part[2] else {"h": "m", "m": "s"}.get(last)
        if unit is None:
            return None
        total += round(float(part[1]) * 1000) * _UNITS[unit]
        position, last = part.end(), unit
    whole, rest = divmod(total, 1000)
    if not words or rest:
        return None
    if whole == 0:
        return "0s"
    single = _single_unit(words)
    if single and whole % _UNITS[single] == 0:
        return _stored(whole // _UNITS[single], single)
    unit = next(unit for unit in "wdhms" if whole % _UNITS[unit] == 0)
    return _stored(whole // _UNITS[unit], unit)


def _single_unit(words: str) -> str | None:
    """Return the unit of a duration said with one number, which is kept: `24 hours` is `24h`, not `1d`."""
    found = _PART.fullmatch(words)
    return _UNIT_OF.get(found[2]) if found else None


def _stored(number: int, unit: str) -> str | None:
    return f"{number}{unit}" if len(str(number)) <= _MAX_DIGITS else None

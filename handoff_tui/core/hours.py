"""The hours in which somebody answers: `24x7`, or `Mon-Fri 08:00-17:00 Europe/Oslo`, and when nobody does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["always_there", "nobody_there", "zone_of"]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = 24 * 60
_WEEK = 7 * _DAY

_NAMES = "|".join(_DAYS)
_TIME = r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9]"
_PART = re.compile(
    rf"(?P<first>{_NAMES})(?:\s?[-–]\s?(?P<last>{_NAMES}))?\s+(?P<start>{_TIME})\s?[-–]\s?(?P<end>{_TIME})",
    re.IGNORECASE,
)
_HOURS = re.compile(rf"(?P<parts>{_PART.pattern}(?:\s?[,;]\s?.+)?)\s+(?P<zone>[A-Za-z_]+(?:/[A-Za-z_+-]+)+|UTC)", re.I)

# One clock all year round since 1996: the EU's summer time, and those who keep it too.
_CITIES = """
    Amsterdam Andorra Belgrade Berlin Bratislava Brussels Budapest Copenhagen Ljubljana Luxembourg Madrid Malta
    Monaco Oslo Paris Podgorica Prague Rome San_Marino Sarajevo Skopje Stockholm Tirane Vaduz Vatican Vienna Warsaw
    Zagreb Zurich
"""
_CENTRAL_EUROPE = frozenset(f"Europe/{city}" for city in _CITIES.split())


def always_there(hours: object) -> bool:
    """Say whether somebody answers at any hour; a file may hold other spellings of `24x7`."""
    return re.fullmatch(r"24\s*[x×/*]\s*7", str(hours).strip().casefold()) is not None


def nobody_there(hours: Iterable[object], callers: Iterable[object] = ()) -> str | None:
    """Return when none of these people answers, as `Mon-Thu 16:30 until 08:30; Fri 16:30 until Mon 08:30`.

    Where the hours of the `callers` are known, only what touches them. Empty where there is always somebody; `None`
    where it cannot be told: hours in words, or clocks that differ.
    """
    hours = list(hours)
    if any(map(always_there, hours)):
        return ""
    read = [_read(str(item)) for item in hours]
    known = [item for item in read if item is not None]
    if len(known) < len(read) or len({item.clock for item in known}) != 1:
        return None
    gaps = _gaps(_covered(known))
    calling = [_read(str(item)) for item in callers]
    of_callers = [item for item in calling if item is not None and item.clock == known[0].clock]
    if of_callers and len(of_callers) == len(calling):
        at_work = _covered(of_callers)
        gaps = [(start, end) for start, end in gaps if any(at_work[minute % _WEEK] for minute in range(start, end))]
    return "; ".join(_said(gaps))


def zone_of(hours: object) -> str:
    """Return the time zone in which hours are written; nothing where they name none."""
    found = _HOURS.fullmatch(str(hours).strip())
    return found["zone"] if found else ""


# -- reading -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Hours:
    """Spans in minutes since Monday 00:00, each beginning in the week, and whose clock they follow."""

    spans: tuple[tuple[int, int], ...]
    clock: str


def _read(text: str) -> _Hours | None:
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return None
    spans: list[tuple[int, int]] = []
    for part in re.split(r"\s?[,;]\s?", found["parts"]):
        item = _PART.fullmatch(part)
        if item is None:
            return None
        spans += _spans(item)
    zone = found["zone"]
    return _Hours(tuple(spans), "central Europe" if zone in _CENTRAL_EUROPE else zone)


def _spans(part: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield a span for each day; one that ends before it begins ends on the next day."""
    first = _DAYS.index(part["first"].capitalize())
    last = _DAYS.index((part["last"] or part["first"]).capitalize())
    start, end = _minutes(part["start"]), _minutes(part["end"])
    for day in range(first, first + (last - first) % 7 + 1):
        yield day % 7 * _DAY + start, day % 7 * _DAY + (end if end > start else end + _DAY)


def _minutes(time: str) -> int:
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute)


# -- what is left of the week ------------------------------------------------------------------------------------


def _covered(hours: Iterable[_Hours]) -> list[bool]:
    """Return for each minute of the week whether somebody is there."""
    covered = [False] * _WEEK
    for start, end in (span for item in hours for span in item.spans):
        for minute in range(start, end):
            covered[minute % _WEEK] = True
    return covered


def _gaps(covered: list[bool]) -> list[tuple[int, int]]:
    """Return what is not covered, each beginning in the week; what runs past Sunday is one with what follows."""
    gaps = []
    for start in (minute for minute in range(_WEEK) if not covered[minute] and covered[minute - 1]):
        end = start
        while not covered[end % _WEEK]:
            end += 1
        gaps.append((start, end))
    return gaps


def _said(gaps: list[tuple[int, int]]) -> Iterator[str]:
    """Yield the gaps in words, those of the same times together."""
    days: dict[tuple[int, int], list[int]] = {}
    for start, end in gaps:
        days.setdefault((start % _DAY, end - start), []).append(start // _DAY)
    for (start, length), of_days in days.items():
        if length < _DAY:
            yield f"{_days(of_days)} {_clock(start)} until {_clock(start + length)}"
            continue
        for day in of_days:
            end = day * _DAY + start + length
            yield f"{_DAYS[day]} {_clock(start)} until {_DAYS[end // _DAY % 7]} {_clock(end)}"


def _days(days: list[int]) -> str:
    """Return days of the week in words: `every day`, `Mon-Thu`, `Sun-Thu`, `Mon, Wed`."""
    if len(days) == len(_DAYS):
        return "every day"
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == len(_DAYS) - 1:
        runs = [runs[-1] + runs[0], *runs[1:-1]]
    return ", ".join(_DAYS[run[0]] + (f"-{_DAYS[run[-1]]}" if len(run) > 1 else "") for run in runs)


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"

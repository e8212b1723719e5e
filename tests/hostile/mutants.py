"""Files that went wrong: the examples with bytes, lines or values changed as an accident, or somebody, would."""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import tomli_w

from handoff_tui.core.text import clean
from handoff_tui.tomlfile import parse_toml

__all__ = ["EXAMPLES", "SWAPS", "Place", "bent", "example", "lost", "swapped", "torn", "walk"]

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "docs" / "examples").glob("*.handoff.toml"))
Place = tuple[str | int, ...]


@cache
def example(index: int = 0) -> bytes:
    return EXAMPLES[index].read_bytes()


@cache
def _parsed(index: int) -> dict[str, Any]:
    return parse_toml(example(index), EXAMPLES[index]).data


# -- bytes and lines ---------------------------------------------------------------------------------------------


def _flip(chance: random.Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]


def _insert(chance: random.Random, raw: bytes) -> bytes:
    pieces = (
        b'"',
        b"'''",
        b'"""',
        b"[",
        b"[[",
        b"]",
        b"{",
        b"=",
        b"\n",
        b"\0",
        b"\xff",
        b"\r",
        b"#",
        b"\\",
        b"\x1b[2J",
    )
    at = chance.randrange(len(raw))
    return raw[:at] + chance.choice(pieces) + raw[at:]


def _delete(chance: random.Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + raw[at + chance.choice((1, 2, 10, 500)) :]


def _splice(chance: random.Random, raw: bytes) -> bytes:
    other = example(chance.randrange(len(EXAMPLES)))
    start = chance.randrange(len(other))
    at = chance.randrange(len(raw))
    return raw[:at] + other[start : start + chance.choice((5, 50, 2000))] + raw[at:]


def _lines(change: Callable[[random.Random, list[bytes], int], None]) -> Callable[[random.Random, bytes], bytes]:
    def changed(chance: random.Random, raw: bytes) -> bytes:
        lines = raw.split(b"\n")
        change(chance, lines, chance.randrange(len(lines)))
        return b"\n".join(lines)

    return changed


def _again(chance: random.Random, lines: list[bytes], at: int) -> None:
    lines.insert(chance.randrange(len(lines)), lines[at])


def _away(_: random.Random, lines: list[bytes], at: int) -> None:
    del lines[at]


def _elsewhere(chance: random.Random, lines: list[bytes], at: int) -> None:
    lines.insert(chance.randrange(len(lines)), lines.pop(at))


def _conflict(_: random.Random, lines: list[bytes], at: int) -> None:
    lines[at : at + 1] = [b"<<<<<<< ours", lines[at], b"=======", lines[at], b">>>>>>> theirs"]


_DAMAGE = (_flip, _insert, _delete, _splice, *map(_lines, (_again, _away, _elsewhere, _conflict)))


def torn(seed: int) -> bytes:
    """Return an example with a few of its bytes or lines changed."""
    chance = random.Random(seed)
    raw = example(seed % len(EXAMPLES))
    for _ in range(chance.choice((1, 1, 2, 5))):
        raw = chance.choice(_DAMAGE)(chance, raw) or b"\n"
    return raw


# -- values ------------------------------------------------------------------------------------------------------

SWAPS: tuple[Any, ...] = (
    True,
    0,
    -(2**70),
    math.nan,
    -math.inf,
    "",
    "x",
    "a.b\x1b[2J\u202e\nsecond",
    "y" * 20_001,
    [],
    ["x"],
    [1, "x", {"a": 1}],
    [[["x"]]],
    [{}],
    [{"a": {"b": [{"c": 1}]}}, {"a": "x"}],
    {},
    {"x": "y"},
    {"a": {"b": {"c": [1, 2]}}},
    {"owner": 1, "due": "soon", "text": ["x"], "x.y": {"z": 1}},
    date(2026, 12, 4),
    time(10, 30),
    datetime(2026, 12, 4, 10, 30),
    datetime(2026, 12, 4, 10, 30, tzinfo=UTC),
)
"""A value of each sort that TOML has, to stand where another should be."""


def walk(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield every place in a document, tables and lists too."""
    if place:
        yield place
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from walk(item, (*place, key))


def _put(document: Any, place: Place, value: Any) -> None:
    for key in place[:-1]:
        document = document[key]
    document[place[-1]] = value


def swapped(place: Place, value: Any, index: int = 0) -> dict[str, Any]:
    """Return an example with another value at one place."""
    document = copy.deepcopy(_parsed(index))
    _put(document, place, value)
    return document


def bent(seed: int) -> bytes:
    """Return an example with values of other sorts at a few places, also under keys that it does not have."""
    chance = random.Random(seed)
    document = copy.deepcopy(_parsed(seed % len(EXAMPLES)))
    for _ in range(chance.choice((1, 1, 2, 6))):
        place = chance.choice(list(walk(document)))
        if isinstance(place[-1], str) and chance.random() < 0.3:
            words = ("new", "a.b", "é", "open", "assumed", "stale", "notes", "accepted", "conflict", "open_cells")
            place = (*place[:-1], chance.choice(words))
        _put(document, place, copy.deepcopy(chance.choice(SWAPS)))
    return tomli_w.dumps(document).encode()


# -- what must not get lost --------------------------------------------------------------------------------------


def lost(before: Any, after: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every value of a document that another does not have at the same place; an empty one is none."""
    if isinstance(before, Mapping):
        for key, item in before.items():
            yield from lost(item, after.get(key) if isinstance(after, Mapping) else None, (*place, key))
    elif isinstance(before, list) and any(isinstance(item, (dict, list)) for item in before):
        for index, item in enumerate(before):
            inside = after[index] if isinstance(after, list) and index < len(after) else None
            yield from lost(item, inside, (*place, index))
    elif before not in ("", []) and repr(_clean(before)) != repr(after):  # repr: nan equals nothing
        yield place, before


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return clean(value) if isinstance(value, str) else value

"""Three versions of one thing made into one: what both began with, and what each side made of it.

Nothing here knows a handoff. Everything is the same whichever side is called ours, as far as the sides do not clash:
two people who each merge the other's work get the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any, Final, TypeVar

from handoff_tui.core.text import clean

__all__ = ["ABSENT", "Absent", "canonical", "join_items", "join_lines", "numbered", "ordered", "pick", "same"]

K = TypeVar("K", bound=Hashable)


class Absent(Enum):
    """What stands where a side has nothing; `None` could be a value."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


# -- the same ----------------------------------------------------------------------------------------------------


def canonical(value: Any) -> str:
    """Return a text that two values share exactly if a file would hold the same for them.

    To Python `1`, `1.0` and `true` are equal, and so is one moment told in two time zones; NaN is not even itself.
    """
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{key!r}:{canonical(item)}" for key, item in value.items())) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical, value)) + "]"
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is not None:
        return f"{type(value).__name__}({','.join(canonical(getattr(value, name)) for name in fields)})"
    return f"{type(value).__name__}:{value!r}"


def same(one: Any, other: Any) -> bool:
    """Say whether a file would hold the same for two values."""
    return one is other or canonical(one) == canonical(other)


def pick(base: Any, ours: Any, theirs: Any) -> tuple[Any, bool]:
    """Return the value that stands after both sides, and whether they clash; ours stands then."""
    if same(ours, theirs) or same(base, theirs):
        return ours, False
    if same(base, ours):
        return theirs, False
    return ours, True


# -- order -------------------------------------------------------------------------------------------------------


def numbered(items: Iterable[K]) -> list[tuple[K, int]]:
    """Return each item with how many equal ones stand before it: so that two equal items are two."""
    seen: Counter[K] = Counter()
    found = []
    for item in items:
        found.append((item, seen[item]))
        seen[item] += 1
    return found


def ordered(versions: Sequence[Sequence[K]], kept: AbstractSet[K]) -> list[K]:
    """Return the keys that are kept, in an order that both sides would expect; `versions` are base, ours and theirs.

    What both have stands as the side has it that moved something. What one side alone has follows what it followed
    there; where both put something in one place, the lesser comes first, for neither side is the first.
    """
    base, ours, theirs = versions
    in_theirs = set(theirs)
    shared = {key for key in ours if key in kept and key in in_theirs}
    lead = _lead(base, [key for key in ours if key in shared], [key for key in theirs if key in shared])
    ours_alone, theirs_alone = (_alone(side, shared, kept) for side in (ours, theirs))
    result: list[K] = []
    for place in (None, *lead):
        result += [] if place is None else [place]
        runs = [run for run in (ours_alone.get(place), theirs_alone.get(place)) if run]
        for run in sorted(runs, key=repr):
            result += run
    return result


def _lead(base: Sequence[K], ours: list[K], theirs: list[K]) -> list[K]:
    if ours == theirs:
        return ours
    known = set(base)
    before = [key for key in base if key in set(ours)]
    moved = [[key for key in side if key in known] != before for side in (ours, theirs)]
    if moved[0] != moved[1]:
        return ours if moved[0] else theirs
    return min(ours, theirs, key=repr)


def _alone(side: Sequence[K], shared: AbstractSet[K], kept: AbstractSet[K]) -> dict[K | None, list[K]]:
    """Return what a side alone has, by the shared key that it follows."""
    runs: dict[K | None, list[K]] = {}
    place: K | None = None
    for key in side:
        if key in shared:
            place = key
        elif key in kept:
            runs.setdefault(place, []).append(key)
    return runs


# -- sets and texts ----------------------------------------------------------------------------------------------


def join_items(versions: Sequence[Sequence[K]]) -> list[K]:
    """Return a list with what either side added and without what either took away: names, or lines of a text."""
    keys = [numbered(side) for side in versions]
    before, left, right = map(set, keys)
    kept = {key for key in left | right if (key in left and key in right) or key not in before}
    return [item for item, _ in ordered(keys, kept)]


def join_lines(versions: Sequence[str]) -> str:
    """Return a text with the lines that either side added and without those that either took away."""
    return clean("\n".join(join_items([side.split("\n") if side else [] for side in versions])))

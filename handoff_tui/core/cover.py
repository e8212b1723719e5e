"""Who answers at night and at weekends when somebody does not: the chain of stand-ins, followed to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handoff_tui.core.hours import always_there

__all__ = ["Cover", "cover_of"]

People = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands behind somebody.

    Args:
        chain: Who stands in, one after the other, by key; each once, and never whom they cover.
        awake: Those of the chain who answer at any hour.
        unknown: Those of the chain of whom nobody has written down when they answer, or who are not listed.
        loop: Whether the chain comes back to somebody who has already not answered.
    """

    chain: tuple[str, ...]
    awake: tuple[str, ...]
    unknown: tuple[str, ...]
    loop: bool


def cover_of(people: People, key: str) -> Cover:
    """Return who stands in for somebody, by the stand-in of each stand-in."""
    seen, at = [key], _backup(people, key)
    while at and at not in seen:
        seen.append(at)
        at = _backup(people, at)
    chain = tuple(seen[1:])
    return Cover(
        chain,
        tuple(each for each in chain if always_there(people.get(each, {}).get("hours"))),
        tuple(each for each in chain if not people.get(each, {}).get("hours")),
        bool(at) and len(seen) > 1,
    )


def _backup(people: People, key: str) -> str:
    return str(people.get(key, {}).get("backup") or "")

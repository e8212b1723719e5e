"""What a file held where something else belongs: written again where it stood, or set aside once that place is taken.

A second state of one question, `open = 5`, a section that is a list: none of it is read, and nothing of it is dropped.
As long as nobody gives what belongs there it stays; then it goes to a table of its own, `[unread]`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from handoff_tui.core.answers import Assumed, Mark, NotApplicable, Open
from handoff_tui.core.handoff import Handoff

__all__ = ["STATES", "joined", "settled"]

STATES: tuple[tuple[str, type[Open | Assumed | NotApplicable]], ...] = (
    ("open", Open),
    ("assumed", Assumed),
    ("not_applicable", NotApplicable),
)
"""The states of a question by their tables, in the order they are looked for: of two the first is read."""

Raw = dict[str, Any]


def settled(handoff: Handoff, ours: Mapping[str, Any], sections: Collection[str]) -> Raw:
    """Return the top-level keys that are kept, none of which is in the way of what is written.

    Args:
        handoff: What is written; its `extra` is what is kept.
        ours: The tables of states, open cells and so on that are written.
        sections: The sections that are written.
    """
    stays: Raw = {}
    aside: Raw = {}
    for key, value in handoff.extra.items():
        if key in sections or (ours.get(key) and type(value) is not type(ours[key])):
            aside[key] = value
        elif isinstance(ours.get(key), dict) and isinstance(value, dict):
            stays[key], moved = _apart(handoff, key, value, ours[key])
            aside |= {key: moved} if moved else {}
        else:
            stays[key] = value
    if aside:
        number = 1
        while (name := f"unread_{number}" if number > 1 else "unread") in {*stays, *sections}:
            number += 1
        stays[name] = aside
    return stays


def joined(ours: Any, kept: Any) -> Any:
    """Return a table of states with those that are kept in it, or a list with those that are kept behind it."""
    if isinstance(kept, list) or not ours:
        return [*ours, *kept] if ours else kept
    tables = {key: value for key, value in kept.items() if isinstance(value, dict)}
    return ours | kept | {key: ours.get(key, {}) | value for key, value in tables.items()}


def _apart(handoff: Handoff, key: str, kept: Raw, ours: Mapping[str, Any]) -> tuple[Raw, Raw]:
    """Return what stays under the table of a state, and what is set aside."""
    stays: Raw = {}
    moved: Raw = {}
    for section_id, questions in kept.items():
        if not isinstance(questions, dict):
            (moved if section_id in ours else stays)[section_id] = questions
            continue
        for name, raw in questions.items():
            taken = name in ours.get(section_id, {})
            read = isinstance(raw, dict) and "." not in section_id
            read = read and _would_be_read(key, handoff.answer(f"{section_id}.{name}").mark)
            (moved if taken or read else stays).setdefault(section_id, {})[name] = raw
    return stays, moved


def _would_be_read(key: str, mark: Mark | None) -> bool:
    """Say whether a state that is only kept would be read as the state of its question."""
    names = [name for name, _ in STATES]
    if key not in names:
        return False
    held = next((name for name, kind in STATES if isinstance(mark, kind)), None)
    return held is None or names.index(key) < names.index(held)

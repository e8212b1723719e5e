"""When a question is asked, and what an answer rests on: both name other answers by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["holds", "is_head_id"]

HEAD_KEYS = ("template", "moment", "status", "owner")


def is_head_id(answer_id: str) -> bool:
    """Say whether an id names the head of the handoff, like `handoff.moment`, and not a question."""
    section, _, key = answer_id.partition(".")
    return section == "handoff" and key in HEAD_KEYS


def holds(when: Mapping[str, str], value_of: Callable[[str], Any]) -> bool:
    """Say whether every id has the value that `when` asks for; a list holds a value that it contains."""

    def equal(answer_id: str, wanted: str) -> bool:
        value = value_of(answer_id)
        return wanted in value if isinstance(value, list) else value == wanted

    return not when or all(equal(answer_id, wanted) for answer_id, wanted in when.items())

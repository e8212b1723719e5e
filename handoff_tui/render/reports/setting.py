"""What a format needs to know besides the findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handoff_tui.core.rule import Rule

__all__ = ["Setting"]


@dataclass(frozen=True, slots=True)
class Setting:
    """Who reports, by which rules, and to what kind of reader.

    Args:
        rules: Every rule by id.
        version: That of this program.
        colour: Whether the reader is a terminal that may be coloured.
        width: How many columns a reader has.
    """

    rules: Mapping[str, Rule] = field(default_factory=dict)
    version: str = ""
    colour: bool = False
    width: int = 80

"""The hours in which somebody answers."""

from __future__ import annotations

import re

__all__ = ["always_there"]


def always_there(hours: object) -> bool:
    """Say whether somebody answers at any hour; a file may hold other spellings of `24x7`."""
    return re.fullmatch(r"24\s*[x×/*]\s*7", str(hours).strip().casefold()) is not None

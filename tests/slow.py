"""What the fast tests leave to the slow ones: more of the same kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

__all__ = ["rest_slow"]


def rest_slow(values: Iterable[Any], keep: int = 1) -> list[Any]:
    """Return parameters: the first few are always tried, the others with what is marked `slow`."""
    return [pytest.param(value, marks=[pytest.mark.slow] * (at >= keep)) for at, value in enumerate(values)]

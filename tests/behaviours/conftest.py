"""The apps of these tests start as those of `tests/tui` do."""

from __future__ import annotations

from tests.tui.conftest import _started_once

__all__ = ["_started_once"]

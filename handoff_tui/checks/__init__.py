"""What the answers say of one another: pure functions from a handoff to findings, each registered once."""

from handoff_tui.checks.registry import check

__all__ = ["check"]

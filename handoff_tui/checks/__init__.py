"""What the answers say of one another: pure functions from a handoff to findings, each registered once."""

from handoff_tui.checks.registry import ALWAYS_FAIL, RULES, check, unfit_changes

__all__ = ["ALWAYS_FAIL", "RULES", "check", "unfit_changes"]

"""Findings as the workflow commands from which GitHub makes annotations on the lines of a change."""

from __future__ import annotations

from collections.abc import Sequence

from handoff_tui.core.report import FileReport, Placed
from handoff_tui.core.text import visible
from handoff_tui.render.reports.setting import Setting

__all__ = ["github"]

_LEVELS = {"error": "error", "warning": "warning", "advice": "notice"}


def github(reports: Sequence[FileReport], setting: Setting) -> str:
    """Return one command for each finding that stands, each on a line of its own."""
    return "".join(_command(report.path, placed, setting) for report in reports for placed in report.findings)


def _command(path: str, placed: Placed, setting: Setting) -> str:
    finding = placed.finding
    rule = setting.rules.get(finding.rule)
    title = f"{rule.title} ({finding.rule})" if rule else finding.rule
    properties = {"file": path} | ({"line": str(placed.line)} if placed.line else {}) | {"title": title}
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {told}::{_data(f'{finding.message} {finding.fix}')}\n"


def _data(text: str) -> str:
    """Return a message in which nothing ends the line; the runner decodes these three and no others."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a property's value, in which nothing ends the value or the properties either."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")

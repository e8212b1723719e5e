"""What the checks find in a handoff that is written as TOML."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

from handoff_tui.checks import check
from handoff_tui.core.finding import Finding
from handoff_tui.core.interview import Interview
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import parse_toml
from tests.checks.corpus import DAY
from tests.core.making import bundled

__all__ = ["found"]

HEAD = '[handoff]\nname = "Test"\n\n'


def found(text: str, template: str = "general", rule: str | None = None, day: date = DAY) -> list[Finding]:
    """Return what stands, of one rule or of all; a text without `[handoff]` gets one, of engineering to support."""
    text = dedent(text)
    file = parse_toml(("" if "[handoff]" in text else HEAD).encode() + text.encode(), Path("test.handoff.toml"))
    findings = check(Interview(bundled(template), loads(file)), day).findings
    return [item for item in findings if rule in (None, item.rule)]

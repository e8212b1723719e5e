"""Write the page of all rules from the program itself: `python docs/make_rules.py`."""

from __future__ import annotations

from pathlib import Path

from handoff_tui.checks import RULES
from handoff_tui.render.rules import rules_page

PAGE = Path(__file__).resolve().parent / "rules.md"


def main(page: Path = PAGE) -> None:
    """Write the page."""
    page.write_text(rules_page(RULES), encoding="utf-8")


if __name__ == "__main__":
    main()

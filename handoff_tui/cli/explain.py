"""`handoff-wizard explain`."""

from __future__ import annotations

import difflib
import shutil

import click
from click.shell_completion import CompletionItem

from handoff_tui.cli.streams import data
from handoff_tui.core.text import visible
from handoff_tui.errors import InputError

__all__ = ["command"]


class RuleId(click.ParamType[str]):
    """The id of a rule, completed from all of them."""

    name = "rule"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the rules whose ids begin so."""
        from handoff_tui.checks import RULES

        return [CompletionItem(rule.id, help=rule.title) for rule in RULES.values() if rule.id.startswith(incomplete)]


@click.command("explain")
@click.argument("rule", type=RuleId(), required=False)
def command(rule: str | None) -> None:
    """Say what a check looks for, why it matters, an example, and what to do. Without RULE, list all of them.

    RULE is the name that `check` shows in brackets.

    \b
    Examples:
      handoff-wizard explain
      handoff-wizard explain sole-owner
    """
    from handoff_tui.checks import RULES
    from handoff_tui.render.rules import explain, overview

    width = min(shutil.get_terminal_size().columns, 100)
    if rule is None:
        data(overview(RULES, width))
        return
    rule_id = rule.strip("[]").lower().replace("_", "-")
    if rule_id not in RULES:
        near = difflib.get_close_matches(rule_id, RULES, n=1)
        hint = f"Did you mean {near[0]}?" if near else "See all of them: handoff-wizard explain."
        raise InputError(f"There is no rule called “{visible(rule)}”.", hint=hint)
    data(explain(RULES[rule_id], width))

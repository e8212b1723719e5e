"""`handoff-wizard completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from handoff_tui.cli.streams import data

__all__ = ["command"]


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands, templates and handoffs.

    \b
    Example, for the end of ~/.bashrc:
      eval "$(handoff-wizard completion bash)"
    """
    kind = get_completion_class(shell)
    if kind is not None:
        root = ctx.find_root()
        data(kind(root.command, {}, "handoff-wizard", "_HANDOFF_WIZARD_COMPLETE").source() + "\n")

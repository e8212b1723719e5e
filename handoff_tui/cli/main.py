"""The command `handoff-wizard`: commands are imported when they are called, so that `--help` is quick."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import click

from handoff_tui import __version__
from handoff_tui.cli.home import home
from handoff_tui.cli.streams import Exit, say

__all__ = ["cli", "run"]

_COMMANDS = {
    "new": "Start a handoff.",
    "example": "Put a finished example into this folder.",
    "resume": "Go on with a handoff where it stopped.",
    "check": "Say what is wrong with handoffs, and how to mend it.",
    "explain": "Say what a check looks for, why, and how to mend it.",
    "drill": "Play a failure through, and show where the chain breaks.",
    "render": "Write the summary of a handoff, or another document.",
    "diff": "Say what changed in the contract, in words.",
    "merge": "Join two edits of one handoff, answer by answer.",
    "git-setup": "Let git merge handoffs answer by answer, in this one clone.",
    "schema": "Write the JSON Schema of the file, for editors.",
    "templates": "List, show, check and begin question templates.",
    "completion": "Print the shell completion.",
}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a handoff's life, not of the alphabet."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"handoff_tui.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their one line, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", message="handoff-wizard %(version)s")
@click.option("--templates", "templates", type=click.Path(path_type=Path), help="A folder of your team's templates.")
@click.option(
    "--plain", is_flag=True, help="Ask in plain lines: for screen readers, dumb terminals, slow links, pipes."
)
@click.pass_context
def cli(ctx: click.Context, templates: Path | None, plain: bool) -> int:
    """Decide who owns a Zendesk integration before the first incident does.

    Without a command, opens the home screen: the handoffs below this folder, to start one or resume one. With
    --plain, or on a dumb terminal, everything is asked in plain lines, for screen readers and pipes.

    \b
    Example:
      handoff-wizard new stripe-billing --template payments
    """
    ctx.obj = templates
    if ctx.invoked_subcommand is None:
        return home(templates, plain=plain)
    return Exit.FINE


def run() -> int:
    """Run the command that the arguments name, and return its exit code.

    Raises:
        HandoffError: It was given something that cannot be used.
    """
    try:
        result = cli.main(prog_name="handoff-wizard", standalone_mode=False)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        for line in error.format_message().splitlines():
            say(line)
        return Exit.UNUSABLE
    except click.ClickException as error:
        context: Any = getattr(error, "ctx", None)
        say(f"handoff-wizard: {error.format_message()}")
        say(f"See {context.command_path if context else 'handoff-wizard'} --help.")
        return Exit.UNUSABLE
    except click.Abort:
        raise KeyboardInterrupt from None
    return result if isinstance(result, int) else Exit.FINE

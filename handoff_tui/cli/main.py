"""The command `handoff-wizard`: commands are imported when they are called, so that `--help` is quick."""

from __future__ import annotations

import gc
import importlib
import sys
from pathlib import Path
from typing import Any

import click

from handoff_tui import __version__
from handoff_tui.cli.streams import Exit, end, internal_error, refuse, require_terminal, say
from handoff_tui.errors import HandoffError

__all__ = ["cli", "main"]

_COMMANDS = {
    "new": "Start a handoff.",
    "resume": "Go on with a handoff where it stopped.",
    "render": "Write the summary of a handoff, or another document.",
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
        module = importlib.import_module(f"handoff_tui.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their one line, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", message="handoff-wizard %(version)s")
@click.option("--templates", "templates", type=click.Path(path_type=Path), help="A folder of your team's templates.")
@click.pass_context
def cli(ctx: click.Context, templates: Path | None) -> None:
    """Decide who owns a Zendesk integration before the first incident does.

    Without a command, opens the home screen: the handoffs below this folder, to start one or resume one.

    \b
    Example:
      handoff-wizard new stripe-billing --template payments
    """
    ctx.obj = templates
    if ctx.invoked_subcommand is None:
        require_terminal()
        from handoff_tui.tui import run

        ending = run.home(Path.cwd(), templates)
        end(ctx, ending.code, ending.words)


def main() -> None:
    """Run the command line; end with an exit code of `product.md`, never with a traceback."""
    # What start-up builds is not garbage, and looking for some takes a tenth of it. A screen turns the collector on
    # again when it is painted; a command that only reads and writes is over before it would have mattered.
    gc.disable()
    try:
        code = cli.main(prog_name="handoff-wizard", standalone_mode=False)
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as error:
        code = _usage(error)
    except (click.Abort, KeyboardInterrupt):
        say("handoff-wizard: interrupted; every accepted answer is in the file.")
        code = Exit.INTERRUPTED
    except HandoffError as error:
        code = refuse(error)
    except Exception as error:  # noqa: BLE001 - the border of the program: a bug ends with one line and 70
        code = internal_error(error)
    sys.exit(code if isinstance(code, int) else Exit.FINE)


def _usage(error: click.ClickException) -> int:
    context: Any = getattr(error, "ctx", None)
    help_of = context.command_path if context else "handoff-wizard"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        say(error.format_message())
        return Exit.UNUSABLE
    say(f"handoff-wizard: {error.format_message()}")
    if isinstance(error, click.UsageError) and "terminal" not in error.format_message():
        say(f"See {help_of} --help.")
    return Exit.UNUSABLE

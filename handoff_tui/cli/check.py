"""`handoff-wizard check`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from handoff_tui import __version__
from handoff_tui.catalog import Catalog
from handoff_tui.checks import RULES
from handoff_tui.cli.arguments import DAY, HANDOFF
from handoff_tui.cli.streams import Exit, coloured, data, say, width
from handoff_tui.core.report import FileReport
from handoff_tui.render.reports import FORMATS, Setting
from handoff_tui.session.checking import check_all, failed, files_at
from handoff_tui.store.library import find

__all__ = ["command"]


@click.command("check")
@click.argument("paths", nargs=-1, type=HANDOFF, metavar="[PATH]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option("--strict", is_flag=True, help="Fail on every error and warning, in drafts too.")
@click.option("--on", "today", type=DAY, help="Check as of this day: 2026-11-23. Default: today.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], form: str, strict: bool, today: date | None) -> int:
    """Say what is wrong with handoffs, and how to mend it.

    Checks each PATH: a file, or every *.handoff.toml below a folder. Without one, everything below this folder.
    Ends with 0 if all may be checked in, 1 if not, 2 if a file cannot be read. Only errors in a final handoff count,
    and what no file may hold: a secret, a conflict, two rows with one name.

    \b
    Examples:
      handoff-wizard check
      handoff-wizard check stripe-billing.handoff.toml --strict
      handoff-wizard check --format sarif
    """
    templates: Path | None = ctx.find_root().obj
    Catalog.beside(Path.cwd(), templates)  # a folder of templates that is none is said once, not for each file
    asked = paths or (Path(),)
    reports = list(check_all(files_at(asked), today or date.today(), templates))
    if form != "text":
        _say_notes(reports)
    _say_empty(asked)
    data(FORMATS[form](reports, Setting(RULES, __version__, coloured(), width())))
    if any(report.unreadable for report in reports):
        return Exit.UNUSABLE
    return Exit.FINDINGS if any(failed(report, strict=strict) for report in reports) else Exit.FINE


def _say_notes(reports: list[FileReport]) -> None:
    for note in dict.fromkeys(note for report in reports for note in report.notes):
        say(f"Note: {note}")


def _say_empty(asked: tuple[Path, ...]) -> None:
    """Say which folders hold no handoff: whoever waits for a check must not take silence for a pass."""
    for path in asked:
        if os.path.isdir(path) and next(find(path), None) is None:  # noqa: PTH112 - a name that is too long is none
            where = "this folder" if path == Path() else str(path)
            say(f"There is no handoff below {where}: nothing was checked.")

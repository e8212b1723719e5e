"""`handoff-wizard check`."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import click

from handoff_tui import __version__
from handoff_tui.catalog import Catalog
from handoff_tui.checks import RULES
from handoff_tui.cli.arguments import HANDOFF
from handoff_tui.cli.streams import Exit, data, say
from handoff_tui.core.report import FileReport
from handoff_tui.render.reports import FORMATS, Setting
from handoff_tui.session.checking import check_all, failed, files_at
from handoff_tui.store.library import find

__all__ = ["command"]

_NARROWEST, _WIDEST = 60, 100
"""Columns between which findings read well."""


class Day(click.ParamType[date]):
    """A day as ISO 8601 and a handoff's file have it."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day. Write year, month and day: 2026-11-23.", param, ctx)


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
@click.option("--on", "today", type=Day(), help="Check as of this day: 2026-11-23. Default: today.")
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
    data(FORMATS[form](reports, Setting(RULES, __version__, _coloured(), _width())))
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


def _coloured() -> bool:
    return _on_a_terminal() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _width() -> int:
    """Return the columns of the terminal; a log or a file has the usual ones."""
    columns = shutil.get_terminal_size().columns if _on_a_terminal() else 80
    return max(_NARROWEST, min(columns, _WIDEST))


def _on_a_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()

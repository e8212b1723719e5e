"""`handoff-wizard diff`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from handoff_tui.catalog import Catalog
from handoff_tui.cli.arguments import HANDOFF
from handoff_tui.cli.streams import data
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.template import Template
from handoff_tui.errors import FileError, InputError, Where
from handoff_tui.render.changes import FORMATS
from handoff_tui.session.comparing import compared
from handoff_tui.store.git import show, top_of
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import MAX_BYTES, parse_toml, read_bytes

__all__ = ["command"]

_STDIN = "-"


@click.command("diff")
@click.argument("old", type=HANDOFF)
@click.argument("new", type=HANDOFF)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.pass_context
def command(ctx: click.Context, old: Path, new: Path, form: str) -> None:
    """Say what changed in the contract between two versions of a handoff, in words, what matters most first.

    OLD and NEW are files, versions in git (REV:path), or - for standard input. First come owners, sources of truth,
    windows and what support may say; wording comes last; then the findings that appeared and those that are gone.

    \b
    Examples:
      handoff-wizard diff HEAD~1:stripe-billing.handoff.toml stripe-billing.handoff.toml
      handoff-wizard diff main:stripe-billing.handoff.toml stripe-billing.handoff.toml --format markdown
    """
    if str(old) == str(new) == _STDIN:
        raise InputError("Only one of the two can be standard input.", hint="Name a file for the other.")
    templates: Path | None = ctx.find_root().obj
    versions = [_version(str(name), templates) for name in (old, new)]
    data(FORMATS[form](compared(versions[0], versions[1], versions[1][1].head.name, date.today())))


def _version(name: str, templates: Path | None) -> tuple[str, Handoff, Template]:
    """Return a version with what it is called and with its questions.

    Raises:
        InputError: Git is not there, or has no such version.
        FileError: It cannot be read.
        TemplateError: Its template cannot be used.
    """
    called, content, folder = _read(name)
    try:
        handoff = loads(parse_toml(content, Path(called)))
    except FileError as error:
        line, column = (error.where.line, error.where.column) if error.where else (None, None)
        raise FileError(error.message, hint=error.hint, where=Where(called, line, column)) from error
    return called, handoff, Catalog.beside(folder, templates).load(handoff.head.template)


def _read(name: str) -> tuple[str, bytes, Path]:
    """Return what a version is called, its bytes, and the folder whose templates are its own."""
    if name == _STDIN:
        content = b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            hint = "A handoff is a few kilobytes: is this the file?"
            raise FileError("It is larger than 4 MB.", hint=hint, where=Where("standard input"))
        return "standard input", content, Path()
    path = Path(name)
    revision, colon, inside = name.partition(":")
    # A file of that name comes first; one letter before the colon is a drive.
    if not colon or len(revision) == 1 or path.exists():
        return name, read_bytes(path), path.parent
    content = show(name, Path())
    relative = inside.startswith(("./", "../"))
    return name, content, (Path() if relative else top_of(Path())) / Path(inside).parent

"""`handoff-wizard render`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from handoff_tui.catalog import Catalog
from handoff_tui.checks import check
from handoff_tui.cli.arguments import HANDOFF
from handoff_tui.cli.streams import data, say
from handoff_tui.core.interview import Interview
from handoff_tui.errors import InputError, Where
from handoff_tui.render.documents import DOCUMENTS
from handoff_tui.session.finish import document_of
from handoff_tui.session.start import open_file
from handoff_tui.store.file import document_path, write_document

__all__ = ["command"]


@click.command("render")
@click.argument("file", type=HANDOFF)
@click.option("--document", type=click.Choice(list(DOCUMENTS)), default="summary", show_default=True, help="Which one.")
@click.option(
    "--output", "-o", help="Where to: a path, or - for standard output. Default: NAME.handoff.md beside FILE."
)
@click.pass_context
def command(ctx: click.Context, file: Path, document: str, output: str | None) -> None:
    """Write the Markdown summary of a handoff, or another document.

    \b
    Examples:
      handoff-wizard render stripe-billing.handoff.toml
      handoff-wizard render stripe-billing.handoff.toml --output -
    """
    catalog = Catalog.beside(file.parent, ctx.find_root().obj)
    _, handoff, template = open_file(file, catalog)
    interview = Interview(template, handoff)
    text = document_of(document, interview, check(interview, date.today()))
    if output == "-":
        data(text)
        return
    target = Path(output) if output else document_path(file)
    if target.exists() and target.samefile(file):
        raise InputError("That would overwrite the handoff.", hint="Choose another --output.", where=Where(target))
    written = write_document(target, text)
    say(f"{target.name}: {'written' if written else 'unchanged'}.")

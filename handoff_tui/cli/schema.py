"""`handoff-wizard schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from handoff_tui.catalog import Catalog
from handoff_tui.cli.arguments import TEMPLATE
from handoff_tui.cli.streams import data, say
from handoff_tui.core.text import visible
from handoff_tui.errors import InputError, Where
from handoff_tui.render.schema import schema
from handoff_tui.store.file import write_document

__all__ = ["command"]


@click.command("schema")
@click.argument("template", type=TEMPLATE, default="general")
@click.option("--output", "-o", default="-", show_default=True, help="Where to: a path, or - for standard output.")
@click.pass_context
def command(ctx: click.Context, template: str, output: str) -> None:
    """Write the JSON Schema of a template's handoffs, with which an editor completes and checks them.

    Keep it beside the handoff, and begin the handoff with this line, where Taplo and Even Better TOML look for it:

    \b
      #:schema ./handoff.schema.json

    \b
    Example:
      handoff-wizard schema payments --output handoff.schema.json
    """
    found = Catalog.beside(Path.cwd(), ctx.find_root().obj).load(template)
    # A team's template may hold anything; ids are plain letters, so only what people read is made harmless.
    text = visible(json.dumps(schema(found), ensure_ascii=False, indent=2)) + "\n"
    if output == "-":
        data(text)
        return
    target = Path(output)
    if target.suffix.casefold() == ".toml":
        raise InputError(
            "A schema is no TOML file.", hint="Choose another --output: a .json file.", where=Where(target)
        )
    written = write_document(target, text)
    say(f"{target.name}: {'written' if written else 'unchanged'}.")

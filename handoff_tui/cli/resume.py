"""`handoff-wizard resume`."""

from __future__ import annotations

from pathlib import Path

import click

from handoff_tui.catalog import Catalog
from handoff_tui.cli.arguments import HANDOFF, PLAIN, asked_plain
from handoff_tui.cli.face import face
from handoff_tui.cli.streams import end
from handoff_tui.errors import InputError
from handoff_tui.store.library import find

__all__ = ["command"]


@click.command("resume")
@click.argument("file", type=HANDOFF, required=False)
@PLAIN
@click.pass_context
def command(ctx: click.Context, file: Path | None, plain: bool) -> int:
    """Go on with a handoff where it stopped. FILE may be left out where there is only one.

    \b
    Examples:
      handoff-wizard resume stripe-billing.handoff.toml
      handoff-wizard resume --plain
    """
    run = face(plain=asked_plain(ctx, plain))
    path = file or _only_one(Path.cwd())
    templates = ctx.find_root().obj
    ending = run.resume(path, templates, Catalog.beside(path.parent, templates))
    return end(ending.code, ending.words, ending.failure)


def _only_one(folder: Path) -> Path:
    paths = list(find(folder))
    if len(paths) == 1:
        return paths[0]
    if not paths:
        raise InputError("There is no handoff below this folder.", hint="Start one: handoff-wizard new NAME.")
    names = ", ".join(str(path.relative_to(folder)) for path in paths[:5])
    raise InputError(f"There are {len(paths)} handoffs here: {names}.", hint="Say which: handoff-wizard resume FILE.")

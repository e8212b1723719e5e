"""`handoff-wizard drill`."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from handoff_tui.catalog import Catalog
from handoff_tui.cli.arguments import DAY, HANDOFF
from handoff_tui.cli.streams import coloured, data, say, width
from handoff_tui.core.drill import Rehearsal, near, of_mode
from handoff_tui.core.text import visible
from handoff_tui.errors import HandoffError, InputError, Where
from handoff_tui.render.drill import markdown, text
from handoff_tui.session.drilling import rehearsal
from handoff_tui.session.start import open_file

__all__ = ["command"]


class FailureName(click.ParamType[str]):
    """A failure of a handoff, completed from those of the file that is named before it."""

    name = "mode"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the failures of the handoff whose names begin so; none where it cannot be read."""
        file = ctx.params.get("file")
        if not isinstance(file, Path):
            return []
        try:
            _, handoff, template = open_file(file, Catalog.beside(file.parent))
        except HandoffError:
            return []
        drills = rehearsal(handoff, template, date.today()).drills
        return [
            CompletionItem(drill.mode, help=drill.name)
            for drill in drills
            if drill.mode.startswith(incomplete) and drill.mode.isidentifier()
        ]


@click.command("drill")
@click.argument("file", type=HANDOFF)
@click.argument("mode", type=FailureName(), required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="How to tell it; markdown is the record.",
)
@click.option("--on", "today", type=DAY, help="The day of the drill: 2026-11-23. Default: today.")
@click.pass_context
def command(ctx: click.Context, file: Path, mode: str | None, form: str, today: date | None) -> None:
    """Play a failure through on paper, by what the handoff says, and show where the chain breaks.

    MODE is a failure of the handoff, like source_down or "the source is down"; without it, all of them. What notices
    it, who is called, what support is told, what the agent sees and says, the fallback, its end, who squares the
    books: each with its answer or the gap, and the times added up. A gap is no error: that is for `check` to say.

    \b
    Examples:
      handoff-wizard drill stripe-billing.handoff.toml source_down
      handoff-wizard drill stripe-billing.handoff.toml --format markdown > drill.md
    """
    _, handoff, template = open_file(file, Catalog.beside(file.parent, ctx.find_root().obj))
    whole = rehearsal(handoff, template, today or date.today())
    chosen = _chosen(whole, mode, file)
    data(markdown(chosen) if form == "markdown" else text(chosen, width(), coloured()))
    if any(drill.gaps for drill in chosen.drills):
        say(f"A gap is decided in the handoff itself: handoff-wizard resume {shlex.quote(str(file))}")


def _chosen(whole: Rehearsal, mode: str | None, file: Path) -> Rehearsal:
    """Return the drills that are wanted.

    Raises:
        InputError: There is nothing to rehearse, or no failure of that name.
    """
    if not whole.drills:
        raise InputError(
            "There is no failure to rehearse: nobody has said yet what the customer sees when something fails.",
            hint=f"Answer “Failures” first: handoff-wizard resume {shlex.quote(str(file))}.",
            where=Where(file),
        )
    if mode is None:
        return whole
    drills = of_mode(whole.drills, mode)
    if not drills:
        meant = near(whole.drills, mode)
        listed = ", ".join(drill.mode for drill in whole.drills)
        hint = f"Did you mean {visible(meant)}?" if meant else f"It has: {visible(listed)}."
        raise InputError(f"The handoff has no failure called “{visible(mode)}”.", hint=hint, where=Where(file))
    return replace(whole, drills=tuple(drills))

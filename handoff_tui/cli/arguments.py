"""Arguments that several commands share, with their completion."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from handoff_tui.core.text import one_line

__all__ = ["DAY", "HANDOFF", "PLAIN", "TEMPLATE", "asked_plain"]


class TemplateName(click.ParamType[str]):
    """The name of a template, completed from those on offer here."""

    name = "template"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the templates on offer whose names begin so."""
        from handoff_tui.catalog import Catalog

        cards = Catalog.beside(Path.cwd()).cards()
        return [CompletionItem(card.id, help=card.about) for card in cards if _fits(card.id, incomplete)]


class HandoffPath(click.ParamType[Path]):
    """A handoff's file, completed from those below this folder."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; whether it can be read, the command says."""
        return Path(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the handoffs below this folder whose paths begin so."""
        from handoff_tui.store.library import find

        paths = [str(path.relative_to(Path.cwd())) for path in find(Path.cwd())]
        return [CompletionItem(path) for path in paths if _fits(path, incomplete)]


class Day(click.ParamType[date]):
    """A day as ISO 8601 and a handoff's file have it."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day. Write year, month and day: 2026-11-23.", param, ctx)


def _fits(name: str, incomplete: str) -> bool:
    """Say whether a name completes what is typed; one that a shell could not read back from a line does not."""
    return name.startswith(incomplete) and one_line(name) == name


DAY = Day()
TEMPLATE = TemplateName()
HANDOFF = HandoffPath()
PLAIN = click.option(
    "--plain", is_flag=True, help="Ask in plain lines: for screen readers, dumb terminals, slow links and pipes."
)


def asked_plain(ctx: click.Context, here: bool) -> bool:
    """Say whether plain lines were asked for, behind the command or before it."""
    return here or bool(ctx.find_root().params.get("plain"))

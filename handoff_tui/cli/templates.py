"""`handoff-wizard templates`."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from handoff_tui.catalog import Catalog
from handoff_tui.catalog.starter import starter
from handoff_tui.checks import RULES, unfit_changes
from handoff_tui.cli.arguments import TEMPLATE
from handoff_tui.cli.streams import Exit, data, say
from handoff_tui.core.overlay import RULES as CHANGES
from handoff_tui.core.overlay import Mistake
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template
from handoff_tui.core.text import log_line
from handoff_tui.errors import InputError, TemplateError, Where
from handoff_tui.store.atomic import atomic_write

__all__ = ["command"]


@click.group("templates")
def command() -> None:
    """List, show, check and begin question templates: the bundled ones, and your team's own.

    \b
    Example:
      handoff-wizard templates new our-payments --extends payments
    """


def _catalog(ctx: click.Context) -> Catalog:
    return Catalog.beside(Path.cwd(), ctx.find_root().obj)


@command.command("list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List the templates on offer in this folder.

    \b
    Example:
      handoff-wizard templates list
    """
    for card in _catalog(ctx).cards():
        origin = "" if card.bundled else f"  ({card.path})"
        data(log_line(f"{card.id:<12} {card.title}: {card.about}{origin}") + "\n")


@command.command("show")
@click.argument("name", type=TEMPLATE)
@click.pass_context
def show(ctx: click.Context, name: str) -> None:
    """Show every question of a template, in the order it is asked.

    \b
    Example:
      handoff-wizard templates show payments
    """
    data("".join(f"{log_line(line)}\n" for line in _outline(_catalog(ctx).load(name))))


@command.command("check")
@click.argument("names", nargs=-1, type=TEMPLATE)
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Say what is wrong with templates, by name or path; without a name, with all on offer.

    \b
    Example:
      handoff-wizard templates check handoff-templates/our-payments.toml
    """
    catalog = _catalog(ctx)
    code = Exit.FINE
    for name in names or tuple(catalog.names()):
        result = catalog.examine(name)
        wrong = _unfit(catalog, name, result) if isinstance(result, Template) else result
        if isinstance(result, Template) and not wrong:
            say(f"{name}: fine, {len(result.by_id)} questions in {len(result.sections)} sections.")
        else:
            code = Exit.UNUSABLE
            for error in wrong:
                say(str(error))
    ctx.exit(code)


def _unfit(catalog: Catalog, name: str, template: Template) -> list[TemplateError]:
    """Return what is wrong with the rules that a template changes; which rules there are, the catalog does not know."""
    wrong = []
    for rule_id, what, fix in unfit_changes(template):
        way_out = fix
        if rule_id not in RULES:
            near = difflib.get_close_matches(rule_id, RULES, n=1)
            way_out = f"did you mean {near[0]}?" if near else "see all of them: handoff-wizard explain"
        wrong.append(catalog.blame(name, Mistake((CHANGES, rule_id), what, way_out)))
    return wrong


@command.command("new")
@click.argument("name")
@click.option("--extends", type=TEMPLATE, default="general", show_default=True, help="The template it builds on.")
@click.pass_context
def new(ctx: click.Context, name: str, extends: str) -> None:
    """Begin a template of your own that extends another, in the folder handoff-templates/.

    \b
    Example:
      handoff-wizard templates new our-payments --extends payments
    """
    below = _catalog(ctx).load(extends)
    folder = ctx.find_root().obj or Path.cwd() / "handoff-templates"
    stem = name.removesuffix(".toml")
    if not stem.replace("-", "").replace("_", "").isalnum() or len(stem) > 56:
        raise InputError("That is not a template name.", hint="Use letters, digits and -: our-payments.")
    path = folder / f"{stem}.toml"
    if path.exists():
        raise InputError("There is such a template already.", hint="Choose another name.", where=Where(path))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("The folder cannot be made.", hint="Check its name.", where=Where(folder)) from error
    atomic_write(path, starter(below, path.stem).encode(), fresh=True)
    say(f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}: written.")
    say(f"Edit it, then: handoff-wizard templates check {path.stem}")


def _outline(template: Template) -> list[str]:
    lines = [f"{template.title}: {template.about}", ""]
    for section in template.sections:
        lines.append(f"{section.id} · {section.title} · {section.theme} · {section.minutes} min")
        lines += [f"  {section.asks}"] if section.asks else []
        for question in section.questions:
            lines.append(f"  {question.name} ({question.field.kind}, {question.need}): {question.ask}")
            lines += [f"    {title}: {text}" for title, text in question.adds]
            if isinstance(question.field, TableKind):
                names = [f"{column.id}{'' if not column.more else ' (more)'}" for column in question.field.columns]
                lines.append(f"    columns: {', '.join(names)}")
        lines.append("")
    return lines[:-1]

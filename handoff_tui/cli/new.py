"""`handoff-wizard new`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from handoff_tui.catalog import Catalog
from handoff_tui.cli.arguments import PLAIN, TEMPLATE, asked_plain
from handoff_tui.cli.face import face
from handoff_tui.cli.streams import Exit, end, say
from handoff_tui.core.handoff import Handoff
from handoff_tui.errors import InputError, Where
from handoff_tui.session import batch
from handoff_tui.session.finish import errors_of, finish
from handoff_tui.session.opened import Opened
from handoff_tui.session.start import begin, compose, file_for, file_named
from handoff_tui.store.file import HandoffFile

__all__ = ["command"]


@click.command("new")
@click.argument("name", required=False)
@click.option("--template", "-t", type=TEMPLATE, help="payments, identity, operations, general, or your team's own.")
@click.option("--prework", is_flag=True, help="Ask only systems, people, delivery paths, credentials and alerts.")
@click.option(
    "--answers", type=click.Path(path_type=Path, dir_okay=False), help="Take answers from a (partial) handoff file."
)
@PLAIN
@click.option("--no-input", is_flag=True, help="Ask nothing: write the draft and list what is missing.")
@click.option("--final", is_flag=True, help="With --no-input: sign it off, if no error is left.")
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    template: str | None,
    prework: bool,
    answers: Path | None,
    plain: bool,
    no_input: bool,
    final: bool,
) -> int:
    """Start a handoff in this folder; a file that exists is resumed, never overwritten.

    NAME is the file's name, NAME.handoff.toml. Left out, it is made from what you call the integration.

    \b
    Examples:
      handoff-wizard new stripe-billing --template payments
      handoff-wizard new stripe-billing --prework
      handoff-wizard new stripe-billing --plain
      handoff-wizard new stripe-billing --answers answers.toml --no-input
    """
    if final and not no_input:
        raise click.UsageError("--final goes with --no-input; in the interview, Finish asks.")
    catalog = Catalog.beside(Path.cwd(), ctx.find_root().obj)
    given = HandoffFile.read(answers)[1] if answers else None
    if template:
        catalog.load(template)  # says so now, and not when the start screen is filled in
    path = file_for(name, Path.cwd()) if name else None
    exists = path is not None and os.path.exists(path)  # noqa: PTH110 - Path.exists raises for a name that is too long
    if no_input:
        if path is not None and exists:
            raise InputError(
                "A new handoff never overwrites one.", hint="Choose another NAME, or resume it.", where=Where(path.name)
            )
        return _without_asking(path, catalog, template, given, name, final=final, prework=prework)
    run = face(plain=asked_plain(ctx, plain))
    templates = ctx.find_root().obj
    if path is not None and exists:
        say(f"handoff-wizard: {path.name} exists; resuming it.")
        ending = run.resume(path, templates, catalog, prework=prework)
    else:
        start = batch.start_answers(given, None)
        chosen = template or (given.head.template if given else None)
        ending = run.new(Path.cwd(), templates, path=path, template=chosen, start=start, answers=given, prework=prework)
    return end(ending.code, ending.words, ending.failure)


def _without_asking(
    path: Path | None,
    catalog: Catalog,
    template_name: str | None,
    given: Handoff | None,
    name: str | None,
    *,
    final: bool,
    prework: bool,
) -> int:
    """Write a draft from an answers file; list what is missing by question id."""
    named = given.head.template if given else "general"
    template = catalog.load(template_name) if template_name else catalog.named(named)
    start = batch.start_answers(given, name)
    handoff = compose(template, start, date.today(), allow_gaps=True)
    if isinstance(handoff, list):
        wrong = handoff[0]
        raise InputError(f"handoff.{wrong.column}: {wrong.message}", hint=wrong.fix)
    target = path or file_named(handoff.head.name, Path.cwd())
    opened = begin(target, template, handoff, date.today, prework=prework)
    try:
        return _fill(opened, given, final=final)
    finally:
        opened.close()


def _fill(opened: Opened, given: Handoff | None, *, final: bool) -> int:
    session = opened.session
    refused = batch.fill(session, given) if given else []
    for item in refused:
        say(str(item))
    essential, others = batch.missing(session)
    if not session.handoff.head.owner:
        say("handoff.owner: no answer yet. Who is the integration owner?")
    for question in (*essential, *others):
        say(f"{question.id}: no answer yet ({question.need}). {question.ask}")
    code = Exit.UNUSABLE if refused or essential else Exit.FINE
    if final:
        errors = errors_of(session)
        for finding in errors:
            say(f"{finding.question}: {finding.message} {finding.fix}")
        if not errors and not refused:
            finish(session, opened.path, final=True)
        else:
            say("It stays a draft.")
            code = Exit.UNUSABLE
    if not opened.close() and opened.saver.error:
        raise opened.saver.error
    say(f"{session.handoff.head.status.capitalize()} written: {opened.path.name} ({session.summary_line()}).")
    return code

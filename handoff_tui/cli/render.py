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
from handoff_tui.render.documents import DOCUMENTS, Account, request_for
from handoff_tui.session.publishing import publish
from handoff_tui.session.start import open_file
from handoff_tui.store.file import document_path, write_document

__all__ = ["command"]

FORMATS = sorted({ending.removeprefix(".") for item in DOCUMENTS.values() for ending in item.writers})


@click.command("render")
@click.argument("file", type=HANDOFF)
@click.option("--document", type=click.Choice(list(DOCUMENTS)), default="summary", show_default=True, help="Which one.")
@click.option(
    "--output", "-o", help="Where to: a path, or - for standard output. Default: NAME.DOCUMENT.md beside FILE."
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="As what. Default: what the ending of --output says."
)
@click.option("--locale", metavar="en-us", help="guide-article: its language; with the two below, a request body.")
@click.option("--permission-group", type=int, metavar="ID", help="guide-article: who may edit it.")
@click.option("--user-segment", type=int, metavar="ID", help="guide-article: who alone may read it.")
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    document: str,
    output: str | None,
    form: str | None,
    locale: str | None,
    permission_group: int | None,
    user_segment: int | None,
) -> None:
    """Write the Markdown summary of a handoff, or another document.

    \b
    Examples:
      handoff-wizard render stripe-billing.handoff.toml
      handoff-wizard render stripe-billing.handoff.toml --document support-card
      handoff-wizard render stripe-billing.handoff.toml --document on-call --output on-call.html
      handoff-wizard render stripe-billing.handoff.toml --document backstage --output catalog-info.yaml
      handoff-wizard render stripe-billing.handoff.toml --output -
    """
    account = _account(document, locale, permission_group, user_segment)
    ending = ".json" if account else _ending(document, output, form)
    catalog = Catalog.beside(file.parent, ctx.find_root().obj)
    _, handoff, template = open_file(file, catalog)
    interview = Interview(template, handoff)
    writer = request_for(account) if account else None
    text = publish(interview, check(interview, date.today()), document, ending, writer, file=file.name)
    if output == "-":
        data(text)
        return
    beside = document_path(file, "handoff" if document == "summary" else document, ending)
    target = Path(output) if output else beside
    if target.exists() and target.samefile(file):
        raise InputError("That would overwrite the handoff.", hint="Choose another --output.", where=Where(target))
    written = write_document(target, text)
    say(f"{target.name}: {'written' if written else 'unchanged'}.")


def _account(document: str, locale: str | None, group: int | None, segment: int | None) -> Account | None:
    """Return the account that an article is for; nothing where none of its ids is given.

    Raises:
        InputError: Some are given and some are not: a segment that is left out would show the article to everyone.
    """
    if locale is None and group is None and segment is None:
        return None
    if document != "guide-article":
        raise InputError("Only a guide-article is for one account.", hint="Add --document guide-article.")
    if not locale or group is None or segment is None:
        raise InputError(
            "A request body needs --locale, --permission-group and --user-segment.",
            hint="Leave all three out for the article in HTML. Without a segment everyone could read it.",
        )
    return Account(locale, group, segment)


def _ending(document: str, output: str | None, form: str | None) -> str:
    """Return as what to write it: as asked for, as the file is called, else as it is written unasked.

    Raises:
        InputError: The document is never written so.
    """
    writers = DOCUMENTS[document].writers
    wanted = f".{form}" if form else Path(output or "").suffix.lower()
    if wanted in writers:
        return wanted
    if form or wanted.removeprefix(".") in FORMATS:
        raise InputError(
            f"There is no {document} as {wanted.removeprefix('.')}.",
            hint=f"It is written as {' or '.join(ending.removeprefix('.') for ending in writers)}.",
        )
    return DOCUMENTS[document].ending

"""`handoff-wizard merge`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from handoff_tui.catalog import Catalog
from handoff_tui.cli.arguments import HANDOFF
from handoff_tui.cli.streams import Exit, say
from handoff_tui.core.conflicts import conflicts_in
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.merge import Merged, merge
from handoff_tui.core.telling import Teller
from handoff_tui.core.template import Template
from handoff_tui.core.text import plural
from handoff_tui.core.three_way import same
from handoff_tui.errors import FileError, SaveError, TemplateError, Where
from handoff_tui.session.secrecy import hushed
from handoff_tui.store.atomic import atomic_write, digest
from handoff_tui.store.file import SUFFIX
from handoff_tui.store.text import HEADER, dumps, loads
from handoff_tui.tomlfile import TomlFile, parse_toml, read_bytes

__all__ = ["command"]


@click.command("merge")
@click.argument("base", type=HANDOFF)
@click.argument("ours", type=HANDOFF)
@click.argument("theirs", type=HANDOFF)
@click.option("--path", "place", type=HANDOFF, help="The file in the checkout that is merged, which git calls %P.")
@click.pass_context
def command(ctx: click.Context, base: Path, ours: Path, theirs: Path, place: Path | None) -> int:
    """Join two edits of one handoff into OURS, answer by answer.

    BASE is the version both began with; /dev/null or an empty file where there is none. What both changed differently
    is kept in both versions, and ours stands until somebody decides in the interview. Ends with 0, with 1 where there
    is something to decide, with 2 where a file cannot be used: OURS is left as it is then. Git calls this command
    after handoff-wizard git-setup.

    \b
    Example:
      handoff-wizard merge base.handoff.toml ours.handoff.toml theirs.handoff.toml
    """
    name = str(place or ours)
    mine = _read(ours, f"{name} (ours)")
    yours = loads(_read(theirs, f"{name} (theirs)"))
    before = None if _is_nothing(base) else loads(_read(base, f"{name} (base)"))
    ours_now = loads(mine)
    # The file that git hands over is a copy at the top of the checkout; templates lie beside the real one.
    catalog = Catalog.beside((place or ours).parent, ctx.find_root().obj)
    template = _template(catalog, yours if before and same(before.head, ours_now.head) else ours_now, name)
    merged = merge(before, ours_now, yours, template)
    if not same(merged.handoff, ours_now):
        _write(ours, mine, merged.handoff, template, _file_name(place or ours, mine))
    _tell(merged, (ours_now, yours), template, name)
    return Exit.FINDINGS if merged.conflicts else Exit.FINE


def _is_nothing(path: Path) -> bool:
    """Say whether there is no version that both began with."""
    return str(path) == os.devnull or (path.is_file() and path.stat().st_size == 0)


def _read(path: Path, called: str) -> TomlFile:
    """Read one side; what is wrong with it is said of the side, not of the copy that git made.

    Raises:
        FileError: It cannot be read.
    """
    try:
        file = parse_toml(read_bytes(path), path)
        loads(file)
    except FileError as error:
        line, column = (error.where.line, error.where.column) if error.where else (None, None)
        hint = f"{error.hint} Nothing was merged: ours stands there as it was."
        raise FileError(error.message, hint=hint, where=Where(called, line, column)) from error
    return file


def _template(catalog: Catalog, handoff: Handoff, name: str) -> Template | None:
    """Return the questions; a team's template may be out of reach for git, and the answers can be joined without."""
    try:
        return catalog.load(handoff.head.template)
    except TemplateError as error:
        say(f"{name}: merged without its template, so look at what rests on other answers yourself. {error}")
        return None


def _file_name(path: Path, file: TomlFile) -> str:
    """Return the name that stands at the top of the file: a copy that git made has none of its own."""
    found = re.search(rf"^# {re.escape(HEADER)}(.+)$", file.text, re.MULTILINE)
    return found[1] if found and not path.name.endswith(SUFFIX) else path.name


def _write(ours: Path, before: TomlFile, handoff: Handoff, template: Template | None, name: str) -> None:
    """Write the result, proven to read back as it is.

    Raises:
        SaveError: It could not be written, or somebody else wrote meanwhile.
    """
    content = dumps(handoff, template, name).encode()
    try:
        whole = dumps(loads(parse_toml(content, ours)), template, name).encode() == content
    except FileError:
        whole = False
    if not whole:
        raise SaveError(
            "Not merged: the result would not read back as it was.",
            hint="Ours stands there as it was; please report this with the two files.",
            where=Where(name),
        )
    atomic_write(ours, content, expected=digest(before.raw))


def _tell(merged: Merged, sides: tuple[Handoff, Handoff], template: Template | None, name: str) -> None:
    """Say what there is to decide and to look at."""
    teller = Teller(merged.handoff, template, hushed)
    earlier = len(conflicts_in(merged.handoff)) - len(merged.conflicts)
    if merged.conflicts:
        said = plural(len(merged.conflicts), "answer was", "answers were")
        say(
            f"{name}: {said} changed differently on both sides. Ours stands until you decide, theirs is kept beside it."
        )
        for conflict in merged.conflicts:
            say(f"  {teller.conflict(conflict)}".replace("\n", " "))
        say(f"Decide in the interview: handoff-wizard resume {name}")
    else:
        say(f"{name}: joined; nothing to decide.")
    if merged.stale:
        labels = ", ".join(teller.label(question_id) for question_id in merged.stale)
        say(f"To be looked at again, because the other side changed what it rests on: {labels}.")
    if earlier > 0:
        say(f"{plural(earlier, 'conflict')} of an earlier merge still to be decided.")
    if merged.handoff.head.status == "draft" and any(side.head.status == "final" for side in sides):
        say("It was final on one side, and is a draft now: sign it off again.")

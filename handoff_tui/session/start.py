"""Starting and resuming: from a name or a file to a session whose changes are saved."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from handoff_tui.catalog import Catalog
from handoff_tui.core import changes
from handoff_tui.core.answers import Answer
from handoff_tui.core.handoff import MOMENTS, Handoff, Head
from handoff_tui.core.interview import PREWORK, Interview
from handoff_tui.core.reading import PEOPLE, Context, Known, Rejection
from handoff_tui.core.template import Template
from handoff_tui.core.text import clean_line, key_from
from handoff_tui.errors import FileError, SaveError, Where
from handoff_tui.session.forms import START
from handoff_tui.session.joining import join, people_from
from handoff_tui.session.opened import Opened, open_journal
from handoff_tui.session.recovery import Recovered, recover
from handoff_tui.session.session import Session
from handoff_tui.store.atomic import sweep
from handoff_tui.store.file import SUFFIX, HandoffFile
from handoff_tui.store.journal import Held, Journal
from handoff_tui.store.salvage import Salvaged, salvage

__all__ = ["begin", "compose", "file_for", "file_named", "names_in", "open_file", "resume"]

Clock = Callable[[], date]


def file_for(name: str, folder: Path) -> Path:
    """Return the file for a handoff of this name or path: `stripe` gives `stripe.handoff.toml`."""
    if name.endswith(SUFFIX):
        return folder / name
    stem = Path(name).name
    slug = stem if re.fullmatch(r"[\w.-]+", stem) and not stem.startswith(".") else key_from(stem)
    return folder / Path(name).parent / f"{slug}{SUFFIX}"


def file_named(name: str, folder: Path) -> Path:
    """Return the file for what people call a handoff: a slash in it is no folder, and its end may be cut."""
    return file_for(re.sub(r"[/\\]", " ", name)[:56].lstrip("-"), folder)


def names_in(text: str) -> list[str]:
    """Return the names in a text, one a line or separated by commas or semicolons."""
    names = [clean_line(part) for part in re.split(r"[\n,;]", text)]
    return list(dict.fromkeys(name for name in names if name))


def compose(
    template: Template, raw: Mapping[str, object], today: date, *, allow_gaps: bool = False
) -> Handoff | list[Rejection]:
    """Return a new handoff from the start screen's answers, or everything that is wrong with them.

    With `allow_gaps` only the name is needed.
    """
    said = raw.get("participants") or ""
    # A list is names as they stand, commas and all; only typed text is taken apart.
    participants = [str(name) for name in said] if isinstance(said, list) else names_in(str(said))
    rows = people_from(participants)
    known = [Known(str(row["key"]), str(row["name"])) for row in rows]
    read = START.read_row(
        {**raw, "participants": "\n".join(participants)}, Context(today, {PEOPLE: known}), allow_gaps=allow_gaps
    )
    if isinstance(read, list):
        return read
    head = Head(
        name=str(read["name"]),
        template=template.id,
        template_version=template.version,
        moment=str(read.get("moment", MOMENTS[1])),
        owner=str(read.get("owner", "")),
        participants=tuple(participants),
        created=today,
    )
    handoff = Handoff(head=head, answers={PEOPLE: Answer(value=rows)} if rows and PEOPLE in template.by_id else {})
    return join(handoff, template, START.column("owner").field, head.owner, raw.get("owner"))


def begin(path: Path, template: Template, handoff: Handoff, clock: Clock, *, prework: bool = False) -> Opened:
    """Write a new handoff's file, and return its session at the first question.

    Raises:
        SaveError: The file exists, or cannot be written; or somebody has one of this name open whose file is gone.
    """
    try:
        journal = open_journal(path, fresh=True) if not path.exists() else None
    except Held as held:
        why = f"{held.holder} has a handoff of this name open."
        raise SaveError(why, hint="Choose another name.", where=Where(path)) from None
    try:
        file = HandoffFile.create(path, template, handoff)
    except BaseException:
        _let_go(journal)
        raise
    return Opened.of(file, _session(template, handoff, clock, prework), journal)


def resume(path: Path, catalog: Catalog, clock: Clock, *, prework: bool = False) -> Opened:
    """Return the session of a handoff that exists, where it stopped; what a crash left behind is taken up.

    Where somebody else has it open, the session changes nothing and says who.

    Raises:
        FileError: The file cannot be read.
        SaveError: It was cut off, and all of it cannot be kept beside what is whole.
        TemplateError: Its template cannot be used.
    """
    try:
        journal = open_journal(path) if path.exists() else None
    except Held as held:
        file, handoff, template = open_file(path, catalog)
        session = _session(template, changes.renew(handoff, template), clock, prework)
        session.read_only = held.holder
        return Opened.of(file, session, None)
    try:
        sweep(path)
        file, handoff, template, salvaged = _open_or_salvage(path, catalog)
        left = journal.left if journal else ()
        recovered = recover(changes.renew(handoff, template), template, left, cut=salvaged is not None)
        session = _session(template, recovered.handoff, clock, prework)
        said = [salvaged.keep()] if salvaged else []
    except BaseException:
        _let_go(journal)
        raise
    recovered.place_in(session)
    said += [recovered.in_words(), _set_aside(journal, recovered) if journal else ""]
    opened = Opened.of(file, session, journal, " ".join(filter(None, said)))
    if recovered.steps or salvaged:
        opened.saver.submit(session.handoff)
    return opened


def _let_go(journal: Journal | None) -> None:
    """Close a journal that nothing was begun with; what is in it stays."""
    if journal is not None:
        journal.close(keep=bool(journal.left))


def _set_aside(journal: Journal, recovered: Recovered) -> str:
    """Keep beside the journal what is of no use here, and say so: it is begun anew, and nothing is ever deleted."""
    if recovered.foreign:
        kept = journal.keep_beside(journal.content(), "foreign")
        return f"The journal beside it was of another handoff; it is kept{f' as {kept.name}' if kept else ''}."
    if recovered.unused:
        journal.keep_beside("".join(f"{json.dumps(record)}\n" for record in recovered.unused).encode(), "unused")
    if recovered.unused or journal.torn:
        return "What could not be read, or belongs nowhere, is kept beside the journal."
    return ""


def open_file(path: Path, catalog: Catalog) -> tuple[HandoffFile, Handoff, Template]:
    """Read a handoff and the template it was made with.

    Raises:
        FileError: The file cannot be read.
        TemplateError: Its template cannot be used.
    """
    file, handoff = HandoffFile.read(path)
    file.template = catalog.named(handoff.head.template)
    return file, handoff, file.template


def _open_or_salvage(path: Path, catalog: Catalog) -> tuple[HandoffFile, Handoff, Template, Salvaged | None]:
    """Read a handoff; of one that was cut off, what is whole."""
    try:
        return (*open_file(path, catalog), None)
    except FileError:
        if (salvaged := salvage(path)) is None:
            raise
    salvaged.file.template = catalog.named(salvaged.handoff.head.template)
    return salvaged.file, salvaged.handoff, salvaged.file.template, salvaged


def _session(template: Template, handoff: Handoff, clock: Clock, prework: bool) -> Session:
    only = PREWORK if prework else None
    return Session(template, handoff, clock, only=only, place=Interview(template, handoff, only).first_unsettled())

"""From the command line into the conversation and out again, with an exit code and the last words."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from handoff_tui.catalog import Catalog
from handoff_tui.core.handoff import Handoff
from handoff_tui.errors import HandoffError, InputError, Where
from handoff_tui.plain.console import Console
from handoff_tui.plain.interview import Interview
from handoff_tui.plain.start import choose_handoff, choose_template, fill_head
from handoff_tui.plain.stdin import InputOver, Signalled, Stdin
from handoff_tui.plain.talk import Leave, Talk
from handoff_tui.session.batch import fill
from handoff_tui.session.ending import Ending, ended
from handoff_tui.session.opened import Opened
from handoff_tui.session.start import resume as resume_session

__all__ = ["home", "new", "resume"]


def home(folder: Path, templates: Path | None) -> Ending:
    """List the handoffs below a folder; resume one, or start one."""

    def begin(talk: Talk) -> Opened:
        catalog = Catalog.beside(folder, templates)
        while True:
            path = choose_handoff(talk, folder)
            try:
                return _resumed(path, catalog) if path else _begun(talk, catalog, folder)
            except HandoffError as error:
                talk.console.say(f"! {error}")

    return _run(begin, templates)


def new(
    folder: Path,
    templates: Path | None,
    *,
    path: Path | None,
    template: str | None,
    start: Mapping[str, object],
    answers: Handoff | None,
    prework: bool,
) -> Ending:
    """Start a handoff; `answers` are given to it before the first question."""

    def begin(talk: Talk) -> Opened:
        catalog = Catalog.beside(folder, templates)
        opened = _begun(talk, catalog, folder, path=path, template=template, first=start, prework=prework)
        if answers is not None:
            refused = fill(opened.session, answers)
            opened.session.place = opened.session.interview.first_unsettled()
            if refused:
                talk.console.say("Not taken over:")
                talk.console.numbered(map(str, refused))
        return opened

    return _run(begin, templates)


def resume(path: Path, _: Path | None, catalog: Catalog, *, prework: bool = False) -> Ending:
    """Go on with a handoff where it stopped.

    Raises:
        HandoffError: It, or its template, cannot be used, or somebody else has it open.
    """
    opened = _resumed(path, catalog, prework=prework)
    return _run(lambda _: opened)


def _resumed(path: Path, catalog: Catalog, *, prework: bool = False) -> Opened:
    opened = resume_session(path, catalog, date.today, prework=prework)
    if who := opened.session.read_only:
        opened.close()
        hint = f"Read it with: handoff-wizard render {path.name} --output -"
        raise InputError(f"{who} has this handoff open.", hint=hint, where=Where(path.name))
    return opened


def _begun(
    talk: Talk,
    catalog: Catalog,
    folder: Path,
    *,
    path: Path | None = None,
    template: str | None = None,
    first: Mapping[str, object] | None = None,
    prework: bool = False,
) -> Opened:
    """Ask for the scenario and the head of a new handoff until it is begun; closing the head asks for the scenario."""
    typed = dict(first or {})
    while True:
        chosen = template if template in catalog.names() else choose_template(talk, catalog)
        opened = fill_head(talk, catalog, folder, chosen or "general", path=path, typed=typed, prework=prework)
        if opened is not None:
            return opened
        template = None


def _run(begin: Callable[[Talk], Opened], templates: Path | None = None) -> Ending:
    """Talk until somebody leaves, or something ends it; what was accepted is on the disk then."""
    gc.enable()  # `cli.entry` turned it off, for commands that are over soon
    stdin = Stdin()
    stdin.listen()
    talk = Talk(Console.on(stdin))
    code, signalled, failure = 0, False, None
    try:
        opened = begin(talk)
        talk.opened = opened
        stdin.flush = opened.saver.flush
        Interview(talk, opened).run()
    except (Leave, InputOver):
        pass  # nobody types any more: as if they had left
    except Signalled as signal:
        code, signalled = signal.code, True
    except HandoffError:  # what cannot be used is said by the command line
        if talk.opened is not None:
            talk.opened.close()
        raise
    except Exception as error:  # noqa: BLE001 - even so the answers are saved, and it ends with one line
        failure = error
    return ended(talk.opened, Path.cwd(), code=code, signalled=signalled, failure=failure, templates=templates)

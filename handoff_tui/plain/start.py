"""The beginning: which handoff, which scenario, and the head of a new one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handoff_tui.catalog import Catalog
from handoff_tui.core.reading import PEOPLE, Context, Known, Rejection
from handoff_tui.core.text import plural
from handoff_tui.errors import HandoffError
from handoff_tui.plain.forms import Form
from handoff_tui.plain.talk import Here, Talk
from handoff_tui.session.forms import START
from handoff_tui.session.joining import people_from
from handoff_tui.session.opened import Opened
from handoff_tui.session.start import begin, compose, file_named, names_in
from handoff_tui.store.library import HandoffEntry, entry, find

__all__ = ["choose_handoff", "choose_template", "fill_head"]


def choose_handoff(talk: Talk, folder: Path) -> Path | None:
    """Ask which handoff below a folder to resume; `None` for a new one."""
    entries = [entry(path) for path in find(folder)]

    def say() -> None:
        talk.console.say(f"handoff-wizard · {folder}")
        if entries:
            talk.console.say(f"{plural(len(entries), 'handoff')} below this folder:")
            talk.console.numbered(_line(item, folder) for item in entries)
        else:
            talk.console.say("No handoff below this folder yet.")

    def tell() -> None:
        talk.console.say("A number resumes that handoff, “new” starts one, “:quit” leaves.")

    say()
    prompt = "A number resumes one, “new” starts one:" if entries else "Enter starts a handoff, “:quit” leaves:"
    while True:
        said = talk.ask(prompt, Here(tell, say))
        word = said.strip().casefold() if isinstance(said, str) else ""
        if word == "new" or (not word and not entries):
            return None
        if word and (number := talk.number(word, len(entries))) is not None:
            return entries[number - 1].path


def _line(item: HandoffEntry, folder: Path) -> str:
    where = item.path.relative_to(folder)
    if item.problem:
        return f"{item.name}, {where}: {item.problem}"
    state = [item.template, item.status]
    state += [f"{item.open_points} open"] if item.open_points else []
    state += [f"{item.stale} stale"] if item.stale else []
    return f"{item.name}: {', '.join(state)}; {where}"


def choose_template(talk: Talk, catalog: Catalog) -> str:
    """Ask what the integration carries; return the template for it."""
    cards = catalog.cards()

    def say() -> None:
        talk.console.say("What is the integration about? It sets the wording and adds a section of questions.")
        talk.console.numbered(f"{card.title}: {card.about}" for card in cards)

    say()
    while True:
        said = talk.ask(f"1 to {len(cards)}:", Here(say, say))
        words = said.strip().casefold() if isinstance(said, str) else ""
        named = [card.id for card in cards if words in (card.id.casefold(), card.title.casefold())]
        if named:
            return named[0]
        if (number := talk.number(words, len(cards))) is not None:
            return cards[number - 1].id


def fill_head(
    talk: Talk,
    catalog: Catalog,
    folder: Path,
    template_name: str,
    *,
    path: Path | None,
    typed: dict[str, object],
    prework: bool,
) -> Opened | None:
    """Ask for the head of a new handoff and begin it; `None` where the form was closed. `typed` keeps what is typed."""
    template = catalog.load(template_name)
    opened: list[Opened] = []

    def context() -> Context:
        said = typed.get("participants") or ""
        names = [str(name) for name in said] if isinstance(said, list) else names_in(str(said))
        rows = people_from(names)
        return Context(date.today(), {PEOPLE: [Known(str(row["key"]), str(row["name"])) for row in rows]})

    def submit(raw: dict[str, object]) -> list[Rejection]:
        handoff = compose(template, raw, date.today())
        if isinstance(handoff, list):
            return handoff
        target = path or file_named(handoff.head.name, folder)
        if target.exists():
            fix = "Give this one another name, or resume that one."
            return [Rejection(f"{target.name} exists already.", fix, column="name")]
        try:
            opened.append(begin(target, template, handoff, date.today, prework=prework))
        except HandoffError as error:
            return [Rejection(error.message, error.hint, column="name")]
        return []

    talk.console.say(f"{template.title}: what do we call it, and who is here?")
    columns = tuple(column.id for column in START.columns)
    form = Form(talk, START, typed, context, submit, only=columns, keeps=typed.update, leads=frozenset({"quit"}))
    return opened[0] if form.run() else None

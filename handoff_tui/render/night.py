"""What the answers leave open at night: who is woken and not there, what nobody decides, what wakes nobody.

Each line is one that the answers show; where they do not say, it is no gap here but `not stated` at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from handoff_tui.core.text import mentions
from handoff_tui.render.answering import Answering
from handoff_tui.render.markdown import Block, Markup, bullets, join, led, paragraph, strong
from handoff_tui.render.paged import Paged
from handoff_tui.render.pieces import Row, named_rows
from handoff_tui.render.view import View

__all__ = ["gaps_at_night", "named_for_fallback"]

ALERTS = "alerts.alerts"
FAILURES = "failure_handling.failure_modes"
SYSTEMS = "parties.systems"
STEPS = "fallback.fallback_steps"
MAX = "fallback.fallback_max"
DECIDED = {"fallback.fallback_start": "its start", "fallback.fallback_exit": "its end"}

_ROLES = {"source_down": "source", "zendesk_down": "zendesk"}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def gaps_at_night(paged: Paged) -> list[Block]:
    """Return the gaps that an engineer who is woken should know of before they count on somebody."""
    if not paged.rows:
        return []
    said = (*_owners(paged), *_fallback(paged.view, paged.answering), *_systems(paged))
    found = [gap for gap in said if gap]
    none = Markup("The answers show none.")
    return [bullets(found), paragraph(none) if not found else Block("")]


def _owners(paged: Paged) -> Iterator[Markup]:
    for key in paged.owners:
        names = join(*(name for name, _ in paged.groups[key]), by=", ")
        yield from paged.answering.gaps_of_owner(key, names)
    yield from paged.answering.each_other(paged.owners)


# -- the fallback ------------------------------------------------------------------------------------------------


def _fallback(view: View, answering: Answering) -> Iterator[Markup]:
    """Yield whom the fallback needs and who is not always there, with who is there instead, if anybody is."""
    for key, what in _needed(view, answering).items():
        who = join(strong(view.name(key)), led("(", answering.hours(key), ")"), by=" ")
        need = join(Markup("The fallback needs"), who, led("for ", _and(what)), by=" ")
        if answering.off(key):
            yield join(need, Markup("nobody behind them is there at every hour."), by="; ")
        elif (other := _instead(answering, key)) != key:
            yield join(need, led("at other hours ", strong(view.name(other)), " stands in."), by="; ")
    for number, (_, row) in enumerate(named_rows(view, STEPS), 1):
        does, approves = (answering.key(STEPS, row, column) for column in ("who", "approver"))
        other = _instead(answering, does) if does and approves else ""
        if other and does != approves and other == _instead(answering, approves):
            name = strong(view.name(other))
            both = f"may have to do step {number} and to approve it: there is nobody else at every hour."
            yield join(name, Markup(both), by=" ")


def _instead(answering: Answering, key: str) -> str:
    """Return who is there when somebody is not: themselves, who stands in at every hour, or nobody."""
    if answering.always(key) or not answering.people[key].get("hours"):
        return key
    return next(iter(answering.cover(key).awake), key)


def _and(parts: Sequence[Markup]) -> Markup:
    return join(join(*parts[:-1], by=", "), *parts[-1:], by=" and ")


def _needed(view: View, answering: Answering) -> Mapping[str, list[Markup]]:
    """Return whom the answers name for the fallback, by key, and for what."""
    needed: dict[str, list[Markup]] = {}
    for column, words in (("who", "step"), ("approver", "approval of step")):
        for number, (_, row) in enumerate(named_rows(view, STEPS), 1):
            if key := answering.key(STEPS, row, column):
                needed.setdefault(key, []).append(Markup(f"{words} {number}"))
    for key, words in named_for_fallback(view, answering):
        needed.setdefault(key, []).append(words)
    return needed


def named_for_fallback(view: View, answering: Answering) -> Iterator[tuple[str, Markup]]:
    """Yield who is named, by key, where the answers say how the fallback starts, goes on and ends."""
    for question_id, words in DECIDED.items():
        for key in answering.named_in(_text(view, question_id)):
            yield key, Markup(words)
    for key in answering.named_in(_note(view, MAX)):
        yield key, Markup("how it goes on after its longest time")


def _text(view: View, question_id: str) -> str:
    question = view.questions.get(question_id)
    value = view.answer(question).effective if question else None
    return value if isinstance(value, str) else ""


def _note(view: View, question_id: str) -> str:
    question = view.questions.get(question_id)
    note = view.answer(question).note if question else None
    return note.text if note else ""


# -- systems -----------------------------------------------------------------------------------------------------


def _systems(paged: Paged) -> Iterator[Markup]:
    """Yield the systems that no alert names that wakes somebody."""
    view = paged.view
    texts = [_said(paged, row) for _, row in paged.rows]
    noticed = {str(mode.get("mode")) for _, row in paged.rows for _, mode in paged.noticed_by(row)}
    silent = [
        strong(name)
        for name, row in named_rows(view, SYSTEMS)
        if not any(mentions(text, [str(row.get("name", ""))]) for text in texts) and not _by_role(view, row, noticed)
    ]
    names = join(join(*silent[:-1], by=", "), *silent[-1:], by=" or ")
    yield led("No alert that wakes somebody names ", names, ": an outage there may wake nobody.")


def _said(paged: Paged, row: Row) -> str:
    """Return the name of an alert, word by word, and when it goes off."""
    fires = "" if paged.view.open_cell(ALERTS, row, "fires_when") else str(row.get("fires_when", ""))
    return f"{_CAMEL.sub(' ', str(row.get('alert', '')))}\n{fires}"


def _by_role(view: View, system: Row, noticed: set[str]) -> bool:
    """Say whether a failure that is noticed is this system's: it is the only one of its role."""
    role = system.get("role")
    alike = [row for row in view.rows(SYSTEMS) if row.get("role") == role]
    return len(alike) == 1 and any(mode in noticed for mode, its in _ROLES.items() if its == role)

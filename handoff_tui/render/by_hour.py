"""Whom to call at this hour: everybody a page leads to or names, with who stands in, and when nobody is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handoff_tui.core.cover import cover_of
from handoff_tui.core.hours import always_there, nobody_there, zone_of
from handoff_tui.core.reading import PEOPLE
from handoff_tui.render.calls import Reason, Source, cover, hours_rank, reached, reasons, undecided
from handoff_tui.render.markdown import Block, Markup, join, led, paragraph, strong, table
from handoff_tui.render.pieces import standing
from handoff_tui.render.view import View

__all__ = ["by_hour", "covered_by", "is_support_team"]

ALWAYS = Markup("never")
AT_WORK = Markup("never while support works")
NOT_KNOWN = Markup("not known: not all hours are written down")
OUTSIDE = Markup("outside these hours")


def by_hour(view: View, sources: Sequence[Source], mentioned: Sequence[str]) -> list[Block]:
    """Return the contacts, those who always answer first, and how to reach those who are only `mentioned`."""
    called = {key: _for(why) for key, why in reasons(view, sources).items()}
    rows = [_contact(view, key, called) for key in sorted(called, key=lambda key: hours_rank(view, key))]
    gaps = [key for key in called if _nobody(view, key) not in (ALWAYS, AT_WORK)]
    header = ["Who", "When and how", "For", "No answer, or not there", "When nobody is there"]
    also = join(*(join(reached(view, key), led("(", _function(view, key), ")"), by=" ") for key in mentioned), by="; ")
    return [
        *standing(view, PEOPLE, "People"),
        table(header, rows) if rows else Block(""),
        undecided(view, sources),
        paragraph(led("**Also named here:** ", also, ".")),
        _until_then(view) if gaps else Block(""),
    ]


def covered_by(view: View, keys: Sequence[str]) -> set[str]:
    """Return these contacts and who stands in for them: all whom the table names."""
    return {*keys, *(each for key in keys for each in _stand_ins(view, key))}


def _stand_ins(view: View, key: str) -> tuple[str, ...]:
    """Return who stands in, one after the other, down to the first who answers at any hour."""
    found = cover_of(view.people, key)
    return found.chain[: found.chain.index(found.awake[0]) + 1] if found.awake else found.chain


def _for(why: Sequence[Reason]) -> Markup:
    """Return what somebody is called for; of approvals only the kind, for each stands in a table of its own."""
    kinds = dict.fromkeys(reason.words for reason in why if reason.words)
    signals = (reason.name for reason in why if not reason.words)
    return join(*signals, *(Markup(words) for words in kinds), by="; ")


def _contact(view: View, key: str, called: Mapping[str, Markup]) -> list[Markup]:
    row = view.people.get(key, {})
    hours = view.cell(PEOPLE, row, "hours") or Markup("hours not written down")
    how = view.cell(PEOPLE, row, "reach") or Markup("how to reach them is not written down")
    who = join(strong(view.name(key)), led("(", _function(view, key), ")"), by=" ")
    when = strong(hours) if always_there(row.get("hours")) else hours
    other = str(row.get("backup", ""))
    further = (reached(view, each) for each in _stand_ins(view, key)[1:])
    own_row = other in called and other != key
    stand_in = strong(view.name(other)) if own_row else join(cover(view, row), *further, by="; then ")
    return [who, join(when, how, by=" · "), called[key], stand_in, _nobody(view, key)]


def _function(view: View, key: str) -> Markup:
    return view.cell(PEOPLE, view.people.get(key, {}), "function")


def _nobody(view: View, key: str) -> Markup:
    """Return when neither a contact nor any of those who stand in is there, as far as it touches support's hours."""
    hours = [view.people.get(each, {}).get("hours") for each in (key, *cover_of(view.people, key).chain)]
    if any(map(always_there, hours)):
        return ALWAYS
    if not all(hours):
        return NOT_KNOWN
    gaps = nobody_there(hours, _supports_hours(view))
    if gaps is None:
        return OUTSIDE
    return join(gaps, zone_of(hours[0]), by=" ") if gaps else AT_WORK


def _supports_hours(view: View) -> list[object]:
    """Return the hours of support's teams: of those who read this."""
    return [row.get("hours") for row in view.people.values() if is_support_team(row)]


def is_support_team(row: Mapping[str, object]) -> bool:
    """Say whether a contact is a team of support: those who read the card, and call nobody to find themselves."""
    return row.get("function") == "support" and row.get("kind") == "team"


def _until_then(view: View) -> Block:
    """Return what is decided for those hours, and whom to ask: whose hours, where they have any, end too."""
    key = view.interview.handoff.head.owner
    hours = view.people.get(key, {}).get("hours")
    after = "; away too outside those hours." if hours and not always_there(hours) else "."
    lead = Markup("**While nobody is there:** only what stands on this page is decided.")
    return paragraph(join(lead, led("Ask ", reached(view, key) if key else "", after), by=" "))

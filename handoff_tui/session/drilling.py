"""Rehearsing a failure against a handoff, and writing down that it was rehearsed."""

from __future__ import annotations

from datetime import date

from handoff_tui.checks.facts import Facts
from handoff_tui.checks.rehearsal import rehearse
from handoff_tui.checks.texts import Texts
from handoff_tui.core.drill import Rehearsal
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.core.template import Template
from handoff_tui.session.secrecy import Hush

__all__ = ["rehearsal"]


def rehearsal(handoff: Handoff, template: Template, today: date) -> Rehearsal:
    """Return every failure of a handoff, played through; secrets are hidden: the room reads it, and a record stays."""
    hush = Hush.of(Texts(handoff, template).all)
    drills = rehearse(Facts(Interview(template, handoff), today))
    return Rehearsal(
        hush(handoff.head.name),
        today,
        tuple(map(hush, handoff.head.participants)),
        tuple(drill.told(hush) for drill in drills),
    )

"""A failure played through on paper: what would really happen, by what the handoff says today.

No rule: nothing here is right or wrong by itself. It reads the answers as the rules do, so that what a rule calls
missing is a gap here too.
"""

from __future__ import annotations

from handoff_tui.checks.facts import Facts, Row
from handoff_tui.checks.ids import MODES
from handoff_tui.checks.rehearsal.clock import clock
from handoff_tui.checks.rehearsal.links import LINKS
from handoff_tui.checks.rehearsal.scene import Scene
from handoff_tui.core.drill import Drill

__all__ = ["rehearse"]


def rehearse(facts: Facts) -> list[Drill]:
    """Return each failure of the handoff, played through, in the order of its rows."""
    return [_drill(facts, row) for row in facts.rows(MODES)]


def _drill(facts: Facts, row: Row) -> Drill:
    scene = Scene(facts, row)
    last = row["tested_on"]
    return Drill(
        mode=row.label,
        name=row.say("mode") or row.says,
        index=row.index,
        sees=row.text("customer_sees"),
        alert=scene.alert.label if scene.alert else "",
        last=last,
        links=tuple(link(scene) for link in LINKS),
        clock=clock(scene),
    )

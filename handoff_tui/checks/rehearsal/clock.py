"""The times of a drill, added up, each with what it is the sum of; what no answer says is named, not guessed."""

from __future__ import annotations

from collections.abc import Iterator

from handoff_tui.checks.ids import CATCH_UP, FALLBACK_MAX, FRESHNESS_SHOWN, RECONCILIATION, SIGNALS, STALE_AFTER
from handoff_tui.checks.rehearsal.scene import Scene
from handoff_tui.core.drill import Span
from handoff_tui.core.duration import longest_in, say_seconds

__all__ = ["clock"]


def clock(scene: Scene) -> tuple[Span, ...]:
    """Return when support hears of it, when the screen shows it, and when all is squared."""
    if scene.noticed == "itself":
        return ()
    return tuple(_spans(scene))


def _spans(scene: Scene) -> Iterator[Span]:
    hears = _noticed(scene)
    if hears is not None:
        yield from _hears(scene, *hears)
    yield from _shown(scene)
    yield from _handed_over(scene)
    yield from _squared(scene)


def _noticed(scene: Scene) -> tuple[int | None, str] | None:
    """Return how long until it is noticed and why; seconds that no answer says are `None`."""
    if scene.alert is not None:
        alert = f"“{scene.alert.label}”"
        found = longest_in(scene.alert.text("fires_when"))
        if found is None:
            return None, f"how long until {alert} goes off"
        return found, f"until {alert} goes off: the longest time that its “goes off when” names"
    if scene.noticed == "reconciliation":
        times = [row.seconds("every") for row in scene.facts.rows(RECONCILIATION)]
        known = [item for item in times if item is not None]
        return (max(known), "until the slowest comparison runs") if known else (None, "how often it is compared")
    return None


_WAITS = {"work_hours": "how long it waits outside working hours", "ticket": "how long the ticket waits to be read"}
"""What an alert that wakes nobody adds, and no answer says."""


def _hears(scene: Scene, first: int | None, why: str) -> Iterator[Span]:
    row = scene.slowest_telling
    if scene.support_is_called:
        then, telling = 0, ""
    elif row is not None and (within := row.seconds("within")) is not None:
        who = scene.facts.called(row.text("who")) if row.text("who") else "somebody"
        several = ", the slowest that fits" if len(scene.telling[0]) > 1 else ""
        then, telling = within, f"{say_seconds(within)} until {who} tells support{several}"
    else:
        yield Span("Nobody can say when support hears of it")
        return
    parts = [f"{say_seconds(first)} {why}"] if first is not None else []
    parts += [telling] if telling else []
    waits = _WAITS.get(scene.alert.text("urgency"), "") if scene.alert is not None else ""
    if first is not None:
        yield Span(f"Support hears {say_seconds(first + then)} after the customer could notice", tuple(parts), waits)
        return
    lacks = " and ".join(part for part in (why, waits) if part)
    after = f"{say_seconds(then)} after it is noticed" if then else "as soon as it is noticed"
    yield Span(f"Support hears {after}", tuple(parts), lacks)


def _shown(scene: Scene) -> Iterator[Span]:
    """Say when the value counts as old on the screen: agents may see it before anybody tells them."""
    stale = scene.facts.seconds(STALE_AFTER)
    shown = scene.facts.value(FRESHNESS_SHOWN)
    if stale is not None and shown not in (None, "nothing") and scene.signal in ("delayed", "failed"):
        yield Span(f"The value counts as stale on the agent's screen after {say_seconds(stale)}")


def _handed_over(scene: Scene) -> Iterator[Span]:
    for row in scene.facts.rows(SIGNALS):
        after = row.seconds("escalate_after") if scene.signal and row["signal"] == scene.signal else None
        if after is not None:
            who = scene.facts.called(row.text("escalate_to")) or "somebody"
            yield Span(f"An agent who sees it first hands over to {who} after {say_seconds(after)}")
            return


def _squared(scene: Scene) -> Iterator[Span]:
    longest = scene.facts.seconds(FALLBACK_MAX)
    tasks = [(row.seconds("within"), row.label) for row in scene.facts.rows(CATCH_UP)]
    known = [(seconds, task) for seconds, task in tasks if seconds is not None]
    if longest is None or not known:
        return
    last, task = max(known, key=lambda item: item[0])
    missing = len(tasks) - len(known)
    yield Span(
        f"All is squared at most {say_seconds(longest + last)} after the fallback began",
        (f"{say_seconds(longest)} by hand at most", f"{say_seconds(last)} for “{task}”, which takes longest"),
        f"how soon {missing} of {len(tasks)} tasks are done" if missing else "",
    )

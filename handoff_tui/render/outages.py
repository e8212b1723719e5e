"""The way of the updates hop by hop, and what an outage does to what is on its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handoff_tui.core.duration import is_duration, seconds
from handoff_tui.core.outage import Comparison, Fate, Hop, fate_of
from handoff_tui.core.text import mentions
from handoff_tui.render.diagram import flowchart
from handoff_tui.render.markdown import Block, Markup, bullets, join, led, paragraph, strong, table
from handoff_tui.render.pieces import Row, lines, named_rows, standing, stated
from handoff_tui.render.view import View

__all__ = ["PEAK", "SQUARED", "hops", "outages"]

PATHS = "failure_handling.delivery_paths"
RECONCILIATION = "failure_handling.reconciliation"
SQUARED = {
    "source_of_truth.conflict_rule": "When two systems disagree",
    "ownership.unknown_value": "A value nobody has seen",
    "operations.subscription_check": "Whether we are still subscribed",
}
PEAK = {"business_state.events_per_hour_peak": "Updates in the worst hour"}

HOUR = 3600
OUTAGES = (5 * HOUR, 30 * HOUR, 5 * 24 * HOUR)
"""A night, a day and what follows, a long weekend."""
_SAID = {5 * HOUR: "5 hours", 30 * HOUR: "30 hours", 120 * HOUR: "5 days"}
_ENDS = {"retried": "tried again until it is through", "hand": "by hand", "lost": "lost", "unstated": "not stated"}


def hops(view: View) -> list[Block]:
    """Return the chart, each hop with what is needed to follow an update on it, and how much comes."""
    rows = [
        [
            strong(name),
            join(stated(view, PATHS, row, "from"), stated(view, PATHS, row, "to"), by=" to "),
            *(stated(view, PATHS, row, column) for column in ("trigger", "timeout", "auth", "dedupe_key")),
        ]
        for name, row in named_rows(view, PATHS)
    ]
    header = ["Path", "Way", "Travels by", "Timeout", "Sender check", "Recognised by"]
    question = view.questions.get(PATHS)
    note = view.note(view.answer(question).note) if question else Markup()
    return [
        *flowchart(view),
        *standing(view, PATHS, "Paths"),
        table(header, rows) if rows else Block(""),
        paragraph(note),
        bullets(lines(view, PEAK)),
    ]


def outages(view: View) -> list[Block]:
    """Return what an outage does path by path, then the comparisons that this rests on, by number."""
    rows = [[strong(name), *_path(view, row)] for name, row in named_rows(view, PATHS)]
    ends = (f"Cut for {_SAID[outage]}" for outage in OUTAGES)
    names = ("Tried again for", "Ids kept for; if late", "After the last try", "Comparisons that name both systems")
    header = ["Path", *names, *ends]
    polled = any(_choice(view, PATHS, row, "trigger") == "poll" for row in view.rows(PATHS))
    about = Markup(
        "The last columns tell what becomes of the update that waits longest: one that was due when the outage began. "
        "A comparison stands there because it names both systems and looks back over the whole outage. It may "
        "still hold other data, allow some difference, or only call somebody: read below what it does. “Not stated”: "
        "the answers do not say, so look, and count on nothing."
    )
    timer = Markup(
        "What is fetched on a timer is fetched again after an outage; whether that brings what was missed, the answers "
        "do not say."
    )
    about = join(about, timer if polled else "", by=" ")
    return [
        *([paragraph(about), table(header, rows)] if rows else []),
        *standing(view, RECONCILIATION, "Comparisons"),
        *_comparisons(view),
        bullets(lines(view, SQUARED)),
    ]


# -- a path ------------------------------------------------------------------------------------------------------


def _path(view: View, row: Row) -> Iterator[Markup]:
    named = list(_naming_both(view, row))
    runs = {
        number: view.cell(RECONCILIATION, each, "every") for number, each in enumerate(view.rows(RECONCILIATION), 1)
    }
    hop = Hop(
        _choice(view, PATHS, row, "retried_by"),
        _seconds(view, PATHS, row, "retry_window"),
        _choice(view, PATHS, row, "then"),
        _seconds(view, PATHS, row, "dedupe_window"),
        _choice(view, PATHS, row, "order_rule"),
        named,
    )
    yield _tried(view, row, hop)
    late = view.cell(PATHS, row, "order_rule")
    yield join(stated(view, PATHS, row, "dedupe_window"), late, by="; ")
    yield stated(view, PATHS, row, "then")
    yield join(*(str(each.number) for each in named), by=", ") or Markup("none")
    for outage in OUTAGES:
        yield _ending(hop, outage, fate_of(hop, outage), runs)


def _tried(view: View, row: Row, hop: Hop) -> Markup:
    if hop.tried_for == 0:
        polled = _choice(view, PATHS, row, "trigger") == "poll"
        return Markup("not tried again" + (", but fetched on a timer" if polled else ""))
    by = led("by ", stated(view, PATHS, row, "retried_by"))
    return join(stated(view, PATHS, row, "retry_window"), by, by=", ")


def _ending(hop: Hop, outage: int, fate: Fate, runs: Mapping[int, Markup]) -> Markup:
    """Return how it ends in words; what is forgotten by then may be handled twice.

    Of a comparison only that it looks back far enough, never that it repairs: that is for its own words to say.
    """
    if fate.ends == "unstated":
        return Markup(_ENDS[fate.ends])
    said = _look(fate.comparisons, runs) if fate.ends == "compared" else Markup(_ENDS[fate.ends])
    twice = "repeats may count as new" if fate.ends != "lost" and hop.forgotten(outage) else ""
    return join(strong(said) if fate.ends == "lost" else said, twice, by="; ")


def _look(numbers: Sequence[int], runs: Mapping[int, Markup]) -> Markup:
    every = (
        led(f"comparison {number} (runs every ", Markup(runs[number].removeprefix("1 ")), ")") for number in numbers
    )
    many = "look back far enough: read what they do" if len(numbers) > 1 else "looks back far enough: read what it does"
    return join(join(*every, by=" and "), Markup(many), by=" ")


# -- the comparisons ---------------------------------------------------------------------------------------------


def _naming_both(view: View, path: Row) -> Iterator[Comparison]:
    """Yield the comparisons that name both ends of a path: of another one nobody has said that it covers it."""
    ends = [_choice(view, PATHS, path, end) for end in ("from", "to")]
    for number, (_, row) in enumerate(named_rows(view, RECONCILIATION), 1):
        compares = str(row.get("compares", ""))
        if all(end and mentions(compares, [end]) for end in ends):
            every, back = (_seconds(view, RECONCILIATION, row, column) for column in ("every", "looks_back"))
            yield Comparison(number, every, back)


def _comparisons(view: View) -> list[Block]:
    columns = ("every", "looks_back", "drift_limit", "on_drift", "owner")
    rows = [
        [strong(Markup(f"{number}. {name}"))] + [stated(view, RECONCILIATION, row, column) for column in columns]
        for number, (name, row) in enumerate(named_rows(view, RECONCILIATION), 1)
    ]
    header = ["Comparison", "Every", "Looks back", "Tolerance", "If it differs", "Owner"]
    return [table(header, rows)] if rows else []


def _seconds(view: View, question_id: str, row: Row, column: str) -> int | None:
    """Return a length of time; `None` where it is open, missing or cannot be read."""
    text = _choice(view, question_id, row, column)
    return seconds(text) if is_duration(text) else None


def _choice(view: View, question_id: str, row: Row, column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) and not view.open_cell(question_id, row, column) else ""

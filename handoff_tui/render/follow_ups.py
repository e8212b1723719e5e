"""The follow-ups: everything that somebody still has to do after the workshop, by date and owner.

In Markdown to be read together, in CSV for whatever tool keeps the team's tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from handoff_tui.core.dates import say_date
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.text import fold
from handoff_tui.render.banner import banner, kept_by
from handoff_tui.render.markdown import Markup, document, heading, join, led, paragraph, plain, strong, table
from handoff_tui.render.pieces import Row, named_rows
from handoff_tui.render.points import Point, gaps_of, named, open_points
from handoff_tui.render.view import NO_ANSWER, View

__all__ = ["follow_ups", "follow_ups_csv"]

GAPS = "close.known_gaps"
SIGNOFF = "close.signoff"
NOTHING = "Nothing is left to do: nothing is open, assumed or conditional, and no gap is known."


def follow_ups(view: View) -> str:
    """Return the follow-ups in Markdown."""
    rows = [
        [_when(point), strong(point.who) or "nobody named", _how(view, point), point.kind, point.what, point.stands]
        for point in _sorted(view)
    ]
    title = join(view.interview.handoff.head.name or "Handoff without a name", "follow-ups", by=": ")
    header = ["By", "Who", "Reached by", "Kind", "What", "How it stands"]
    return document(
        [heading(1, title), banner(view), table(header, rows) if rows else paragraph(NOTHING), kept_by(view)]
    )


def follow_ups_csv(view: View) -> str:
    """Return the follow-ups as a table for a spreadsheet or a task tool: RFC 4180, a date as `2026-12-04`."""
    header = ("due", "owner", "reached_by", "kind", "what", "how_it_stands", "question")
    rows = (
        (
            point.due.isoformat() if point.due else "",
            point.who,
            plain(join(_how(view, point))),
            point.kind,
            plain(point.what),
            plain(point.stands),
            point.question,
        )
        for point in _sorted(view)
    )
    return "".join(",".join(map(_quoted, row)) + "\r\n" for row in (header, *rows))


def _quoted(text: str) -> str:
    """Return a cell on one line; a spreadsheet would compute one that begins like a formula."""
    line = " ".join(text.split())
    safe = f"'{line}" if line.startswith(("=", "+", "-", "@")) else line
    return '"' + safe.replace('"', '""') + '"'


def _when(point: Point) -> str:
    return say_date(point.due) if point.due else "no date"


def _how(view: View, point: Point) -> Markup:
    """Return how the one who has to do it is reached."""
    contact = view.people.get(point.key)
    return view.cell(PEOPLE, contact, "reach") if contact else Markup()


# -- what there is to do -----------------------------------------------------------------------------------------


def _sorted(view: View) -> list[Point]:
    """Return everything by date, none last, then by owner, nobody last."""

    def order(point: Point) -> tuple[date, bool, str]:
        return point.due or date.max, not point.who, fold(point.who)

    return sorted([*open_points(view), *_conditions(view), *_known_gaps(view), *_unanswered(view)], key=order)


def _conditions(view: View) -> Iterator[Point]:
    """Yield under which condition somebody accepts, who does not accept, and whose word is still awaited."""
    for name, row in named_rows(view, SIGNOFF):
        what = join("Sign-off", view.cell(SIGNOFF, row, "function"), by=": ")
        decision, condition = view.cell(SIGNOFF, row, "decision"), view.cell(SIGNOFF, row, "condition")
        if view.open_cell(SIGNOFF, row, "decision") or (row.get("decision") == "accept" and not condition):
            continue
        stands = join(decision or Markup("has not decided yet"), condition, by=": ")
        yield Point(str(row.get("who", "")), plain(name), None, what, stands, SIGNOFF, "condition")


def _known_gaps(view: View) -> Iterator[Point]:
    for name, row in named_rows(view, GAPS):
        key = "" if view.open_cell(GAPS, row, "owner") else str(row.get("owner", ""))
        stands = view.cell(GAPS, row, "effect") or Markup("effect not written down")
        yield Point(key, view.name(key) if key else "", _due(row), name, stands, GAPS, "known gap")


def _due(row: Row) -> date | None:
    due = row.get("due")
    return due if type(due) is date else None  # a date-time is one too, and cannot be compared


def _unanswered(view: View) -> Iterable[Point]:
    for question in view.missing():
        yield Point("", "", None, named(view, question), NO_ANSWER, question.id, "no answer")
    for question in view.unfinished():
        yield Point("", "", None, named(view, question), led("", gaps_of(view, question)), question.id, "not finished")

"""Who is told what when it fails: each failure, who is called, what support hears and sees, what the customer hears.

The chain is that of the drill (`core/chain.py`); here it is drawn, and beside the drawing stands a table of it, for
whoever prints the page or reads it where nothing draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handoff_tui.core.chain import Chain
from handoff_tui.render.diagram import Chart
from handoff_tui.render.markdown import Block, Markup, escape, join, led, paragraph, plain, strong, table
from handoff_tui.render.view import View

__all__ = ["told", "who_is_told"]

ALERTS = "alerts.alerts"
FAILURES = "failure_handling.failure_modes"
SIGNALS = "support_view.support_signals"
TOLD = "alerts.support_told"

MOST = 12
"""Failures in the drawing: what a screen shows at a size that can be read."""
_LINES = 4
"""Lines of failures or of contacts in one node; more are counted."""
_WAYS = 2
"""Ways in which support hears of one failure; more are counted."""
NOBODY = Markup("nobody")
NOTHING = Markup("nobody has said")
CALLED = Markup("Support is called itself")


@dataclass(frozen=True)
class _Row:
    """A row as the chain reads it: a cell that is open, or means nothing, has no value."""

    view: View
    question: str
    label: str
    cells: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return None if self.waits(column) else self.cells.get(column)

    def text(self, column: str) -> str:
        value = self[column]
        return value if isinstance(value, str) else ""

    def lacks(self, column: str) -> bool:
        return column not in self.cells and not self.waits(column)

    def waits(self, column: str) -> bool:
        """Say whether a cell is open, or holds what it cannot mean."""
        if self.view.open_cell(self.question, self.cells, column) is not None:
            return True
        found = self.view.table(self.question)
        field = next((item.field for item in found.columns if item.id == column), None) if found else None
        return column in self.cells and field is not None and field.check(self.cells[column]) is not None

    def say(self, column: str) -> Markup:
        """Return a cell in words."""
        return self.view.cell(self.question, self.cells, column)

    @property
    def name(self) -> Markup:
        """The row's name in words."""
        return self.view.row_name(self.view.questions[self.question], self.cells)


@dataclass(frozen=True)
class _Book:
    """A handoff as the chain reads it."""

    view: View

    def rows(self, question_id: str) -> Sequence[_Row]:
        found = self.view.table(question_id)
        rows = self.view.rows(question_id) if found else []
        return [_Row(self.view, question_id, found.row_label(row), row) for row in rows] if found else []

    def contacts(self) -> Iterator[str]:
        yield from self.view.people

    def called(self, key: str) -> str:
        return self.view.name(key)

    def function_of(self, key: str) -> str:
        return self.view.works_in(key)


@dataclass(frozen=True)
class _Telling:
    """One failure in words, a line each; `nobody` is called and `unheard` by support are gaps."""

    failure: Markup
    noticed: Sequence[Markup]
    called: Sequence[Markup]
    hears: Sequence[Sequence[Markup]]
    signal: _Row | None
    nobody: bool
    unheard: bool
    by_itself: bool
    wakes: bool


def who_is_told(view: View, *, in_words: bool = True) -> list[Block]:
    """Return the drawing, and the table of it; nothing where no failure is known, or nothing is asked of what follows.

    Not `in_words` where a page says the same beside each alert.
    """
    if not {ALERTS, TOLD, SIGNALS} & set(view.questions):
        return []
    book = _Book(view)
    tellings = [_telling(Chain(book, row)) for row in book.rows(FAILURES)]
    header = ["When", "Noticed by", "Who is called", "Support hears it", "Agents see that"]
    words = [table(header, map(_cells, tellings))] if tellings and in_words else []
    return [*_drawing(tellings, in_words=in_words), *words]


def told(view: View, row: Mapping[str, Any]) -> Markup:
    """Return who tells support, where and how soon: a row of how support hears of it."""
    return join(*_told(view, row), by=" · ")


def _told(view: View, row: Mapping[str, Any]) -> list[Markup]:
    who, channel, within = (view.cell(TOLD, row, column) for column in ("who", "channel", "within"))
    return [led("told by ", who), channel, led("within ", within)]


# -- what is said ------------------------------------------------------------------------------------------------


def _telling(chain: Chain[_Row]) -> _Telling:
    hears = _hears(chain)
    signals = chain.facts.rows(SIGNALS)
    return _Telling(
        failure=chain.row.name,
        noticed=_noticed(chain),
        called=[escape(chain.facts.called(key)) for key in chain.called] or [_nobody(chain)],
        hears=hears or [[NOTHING]],
        signal=next((row for row in signals if chain.signal and row["signal"] == chain.signal), None),
        nobody=not chain.called,
        unheard=not hears,
        by_itself=chain.noticed == "itself",
        wakes=chain.page_now,
    )


def _noticed(chain: Chain[_Row]) -> list[Markup]:
    match chain.noticed:
        case "alert" if chain.alert is not None:
            return [chain.alert.name, chain.alert.say("urgency")]
        case "reconciliation":
            return [Markup("the next comparison")]
        case "agents":
            return [Markup("agents, when customers say so")]
        case "itself":
            return [Markup("nobody: what happens by itself deals with it")]
    said = chain.row.say("detected_by")
    named = chain.row.text("detected_by") not in ("", "not_needed") and chain.facts.rows(ALERTS)
    return [said or NOBODY, Markup("no alert is called so") if named else Markup()]


def _nobody(chain: Chain[_Row]) -> Markup:
    """Return why nobody is called, where that is said."""
    return (chain.alert.say("goes_to") if chain.alert is not None else Markup()) or NOBODY


def _hears(chain: Chain[_Row]) -> list[list[Markup]]:
    """Return how support hears of it, in each way; nothing where that is a gap.

    Who tells is said where it is not who is called.
    """
    if chain.noticed == "agents":
        return [[Markup("from the customer")]]
    if chain.support_is_called:
        return [[CALLED]]
    return [_told(row.view, row.cells)[row["who"] in chain.called :] for row in chain.telling[0]]


def _cells(said: _Telling) -> list[Markup]:
    first = [strong(said.failure), join(*said.noticed, by=": ")]
    if said.by_itself:
        return [*first, Markup(), Markup(), Markup()]
    hears = join(*(join(*way, by=" · ") for way in said.hears), by="; ")
    return [*first, join(*said.called, by=", "), hears, said.signal.name if said.signal else NOTHING]


# -- the drawing -------------------------------------------------------------------------------------------------


def _drawing(tellings: Sequence[_Telling], *, in_words: bool) -> list[Block]:
    """Return the drawing; a failure that is handled by itself concerns nobody, and has no place in it."""
    concern = [said for said in tellings if not said.by_itself]
    drawn = sorted(concern, key=lambda said: not said.wakes)[:MOST]
    if not drawn:
        return []
    chart = Chart()
    groups: dict[tuple[object, ...], list[_Telling]] = {}
    for said in drawn:
        groups.setdefault((tuple(said.noticed), _way(said)), []).append(said)
    for key, group in groups.items():
        chart.node(key, *_few([said.failure for said in group]))
    for way, said in {_way(said): said for said in drawn}.items():
        _draw_way(chart, way, said)
    for key, (said, *_) in groups.items():
        chart.edge(key, ("called", _way(said)), map(plain, said.noticed), gap=said.nobody)
    left = len(concern) - len(drawn)
    table_has_all = "; the table has all" if in_words else ""
    more = f"Drawn are {MOST} of {len(concern)} failures, first those that wake somebody{table_has_all}."
    return [chart.block(), paragraph(Markup(more if left else ""))]


def _way(said: _Telling) -> tuple[object, ...]:
    """Return all that follows once a failure is noticed. Only what goes on alike shares a node: lines never cross."""
    signal = said.signal.label if said.signal else ""
    return (tuple(said.called), tuple(map(tuple, said.hears)), signal)


def _draw_way(chart: Chart, way: tuple[object, ...], said: _Telling) -> None:
    """Draw all that follows once it is noticed; what agents see and say is shared by all who get that far."""
    signal = said.signal
    agents, customer = (("agents", signal.label), ("customer", signal.label)) if signal else ("no words", "")
    chart.node(("called", way), "Called:", *_few(said.called))
    ways = [plain(line) for told in said.hears[:_WAYS] for line in told]
    more = f"and in {len(said.hears) - _WAYS} more ways" if len(said.hears) > _WAYS else ""
    heard = [] if [CALLED] in said.hears else ["Support hears:"]
    new = not chart.has(agents)
    chart.node(agents, "Agents see:", *map(plain, [signal.name, signal.say("agent_sees")] if signal else [NOTHING]))
    chart.edge(("called", way), agents, [*heard, *ways, more], gap=said.unheard)
    if new:
        says = signal.say("agent_may_say") if signal else Markup()
        chart.node(customer, "The customer hears:", plain(says or NOTHING))
        chart.edge(agents, customer, gap=not says)


def _few(lines: Sequence[Markup]) -> list[str]:
    """Return lines as they are read, the last of many as their number."""
    if len(lines) <= _LINES:
        return list(map(plain, lines))
    return [*map(plain, lines[: _LINES - 1]), f"and {len(lines) - _LINES + 1} more"]

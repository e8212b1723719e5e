"""The alerts that wake somebody: first which it is and whose, then each with all that hangs on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from handoff_tui.core.text import mentions, sentences
from handoff_tui.core.told import SIGNALS as SIGNAL_OF
from handoff_tui.core.told import alert_name, telling
from handoff_tui.render.answering import Answering
from handoff_tui.render.markdown import (
    Block,
    Markup,
    bullets,
    escape,
    heading,
    join,
    led,
    link,
    paragraph,
    slug,
    strong,
    table,
)
from handoff_tui.render.pieces import NOT_STATED, Row, lines, named_rows, standing, stated
from handoff_tui.render.view import View

__all__ = ["MEANWHILE", "Paged", "told"]

ALERTS = "alerts.alerts"
FAILURES = "failure_handling.failure_modes"
SIGNALS = "support_view.support_signals"
START = "fallback.fallback_start"
TOLD = "alerts.support_told"
SILENCE = {"alerts.silence_check": "If nothing arrives at all"}
MEANWHILE = "What agents see and say"
"""The heading under which the words of support stand."""

_FALLBACK = re.compile(r"\bfallback\b", re.IGNORECASE)

Named = tuple[Markup, Row]


@dataclass(frozen=True)
class Paged:
    """The alerts that wake somebody, by whom they wake."""

    view: View

    @cached_property
    def answering(self) -> Answering:
        """The contacts."""
        return Answering(self.view)

    @cached_property
    def rows(self) -> list[Named]:
        """The alerts that wake somebody, also those of which nobody has decided how urgent they are."""
        return [(name, row) for name, row in named_rows(self.view, ALERTS) if self.wakes(row)]

    def wakes(self, row: Row) -> bool:
        """Say whether an alert wakes somebody, or may."""
        return row.get("urgency") == "page_now" or self.view.open_cell(ALERTS, row, "urgency") is not None

    @cached_property
    def groups(self) -> dict[str, list[Named]]:
        """The alerts by the key of whom they wake; by the empty one where that is nobody who is listed."""
        found: dict[str, list[Named]] = {}
        for name, row in self.rows:
            found.setdefault(self.answering.key(ALERTS, row, "goes_to"), []).append((name, row))
        return found

    @property
    def owners(self) -> list[str]:
        """Who is woken, by key."""
        return [key for key in self.groups if key]

    def noticed_by(self, alert: Row) -> list[Named]:
        """Return the failures that an alert notices, by its name in any case."""
        name = alert_name(self._name(alert))
        modes = named_rows(self.view, FAILURES)
        return [(words, mode) for words, mode in modes if name and alert_name(str(mode.get("detected_by", ""))) == name]

    # -- the index -----------------------------------------------------------------------------------------------

    def index(self) -> list[Block]:
        """Return which alerts there are, what each means, and whose it is."""
        rows = [
            [
                strong(link(name, slug(str(row.get("alert", ""))))),
                stated(self.view, ALERTS, row, "fires_when"),
                self.view.cell(ALERTS, row, "goes_to"),
                self.view.cell(ALERTS, row, "tested_on") or Markup("never"),
            ]
            for group in self.groups.values()
            for name, row in group
        ]
        nobody = Markup("No alert wakes anybody.") if self.view.rows(ALERTS) and not rows else Markup()
        return [
            *standing(self.view, ALERTS, "Alerts"),
            paragraph(nobody),
            table(["Alert", "It goes off when", "Whose job", "Rehearsed"], rows) if rows else Block(""),
            bullets(lines(self.view, SILENCE)),
        ]

    # -- each alert ----------------------------------------------------------------------------------------------

    def alerts(self) -> list[Block]:
        """Return each alert under whom it wakes: who that is, and who else, is said once."""
        # No question asks for it, so no answer can tell.
        wait = Markup("How long to wait for an answer before you call the next one: not stated.")
        return [
            paragraph(wait) if self.owners else Block(""),
            *self._alerts(),
        ]

    def _alerts(self) -> list[Block]:
        return [
            block
            for key, group in self.groups.items()
            for block in (
                *self._owner(key, group),
                *(part for name, row in group for part in self._alert(name, row, group)),
            )
        ]

    def _owner(self, key: str, group: list[Named]) -> list[Block]:
        if not key:
            return [heading(3, "Nobody who is listed")]
        return [
            heading(3, self.view.name(key)),
            bullets(
                [
                    led("**Owner:** ", self.answering.reached(key)),
                    led("**If they do not answer:** ", self.answering.behind(key)),
                    led("**Tell support, for each alert here:** ", self._told_alike(group)),
                ]
            ),
        ]

    def _told_alike(self, group: list[Named]) -> Markup:
        """Return whom to tell where that is the same for several alerts of one owner."""
        ways = {self._told(row) for _, row in group}
        return ways.pop() if len(ways) == 1 and len(group) > 1 and self._owned(group) else Markup()

    def _owned(self, group: list[Named]) -> bool:
        return all(self.answering.key(ALERTS, row, "goes_to") for _, row in group)

    def _alert(self, name: Markup, row: Row, group: list[Named]) -> list[Block]:
        """Return an alert: first what to do, then what customers have of it, whom to tell, how to go on."""
        modes = self.noticed_by(row)
        unlisted = not self.answering.key(ALERTS, row, "goes_to")
        return [
            heading(4, name),
            bullets(
                [
                    led("**First action:** ", stated(self.view, ALERTS, row, "first_action")),
                    led("**Runbook:** ", stated(self.view, ALERTS, row, "runbook")),
                    led("**Owner:** ", self.view.cell(ALERTS, row, "goes_to")) if unlisted else "",
                    *(self._effect(words, mode, row) for words, mode in modes),
                    led("**Customers notice:** ", NOT_STATED) if not modes else "",
                    led("**Tell support:** ", "" if self._told_alike(group) else self._told(row)),
                    led("**Agents see and say:** ", self._signals(modes)),
                    led("**Starts the fallback?** ", self._starts(row, modes)),
                ]
            ),
        ]

    def _effect(self, name: Markup, mode: Row, alert: Row) -> Markup:
        """Return what fails when this alert goes off: for customers, by itself, by hand."""
        words = {"customer_sees": "Customers notice: ", "automatic": "By itself: ", "human_step": "By hand: "}
        said = [led(lead, stated(self.view, FAILURES, mode, column)) for column, lead in words.items()]
        if mode.get("owner") != alert.get("goes_to"):
            said.append(led("Put right by: ", stated(self.view, FAILURES, mode, "owner")))
        if mode.get("tested_on") != alert.get("tested_on"):
            said.append(led("Rehearsed: ", self.view.cell(FAILURES, mode, "tested_on") or "never"))
        return join(strong(led("It may be: ", name), after="."), join(*said, by=" · "), by=" ")

    def _told(self, alert: Row) -> Markup:
        """Return whom to tell where and by when; nothing where a template does not ask for it."""
        if TOLD not in self.view.questions:
            return Markup()
        key = self.answering.key(ALERTS, alert, "goes_to")
        if key and self.view.works_in(key) == "support":
            return Markup("support is called itself")
        rows, by_name = self.told_by(alert)
        said = [told(self.view, row, key) for row in rows]
        if not by_name or len(rows) > 1:
            said = [led(f"{self._event(row)}: ", words) for row, words in zip(rows, said, strict=True)]
        return join(*said, by="; ") or NOT_STATED

    def _event(self, row: Row) -> Markup:
        return self.view.row_name(self.view.questions[TOLD], row)

    def told_by(self, alert: Row) -> tuple[list[Row], bool]:
        """Return the rows by which support hears of an alert, those that the drill takes; and whether these name it.

        What names neither the alert nor whom it wakes may hold only in some cases: its event is to be read.
        """
        key = self.answering.key(ALERTS, alert, "goes_to")
        rows = self.view.rows(TOLD)
        texts = [(self._text(row, "event"), self.answering.key(TOLD, row, "who")) for row in rows]
        names = [self._name(alert), *([self.view.name(key)] if key else [])]
        found, _ = telling(
            texts,
            alert=self._name(alert),
            called={key: self.view.name(key)} if key else {},
            alerts=[self._name(row) for row in self.view.rows(ALERTS)],
            people=list(self.view.names.values()),
            wakes=alert.get("urgency") == "page_now",
        )
        return [rows[at] for at in found], all(mentions(texts[at][0], names) for at in found)

    def _text(self, row: Row, column: str) -> str:
        return "" if self.view.open_cell(TOLD, row, column) else str(row.get(column, ""))

    @staticmethod
    def _name(alert: Row) -> str:
        return str(alert.get("alert", ""))

    def _signals(self, modes: list[Named]) -> Markup:
        """Return under which words of support's to look; nothing where a template does not ask for them."""
        if SIGNALS not in self.view.questions:
            return Markup()
        wanted = dict.fromkeys(SIGNAL_OF.get(str(mode.get("mode")), "") for _, mode in modes)
        names = {str(row.get("signal")): name for name, row in named_rows(self.view, SIGNALS)}
        found = [names[signal] for signal in wanted if signal in names]
        return join(*(link(name, slug(MEANWHILE)) for name in found), by=", ") or NOT_STATED

    def _starts(self, alert: Row, modes: list[Named]) -> Markup:
        """Return what the answers say of this alert and the fallback, in their own sentences: read, never judged.

        "Start no fallback" and "five times within an hour" are lost on whoever is told only yes. Nothing where a
        template has no fallback.
        """
        question = self.view.questions.get(START)
        if question is None:
            return Markup()
        start = self.view.answer(question).effective
        name = self._name(alert)
        said = [
            led("its start says: ", _quoted(start, lambda line: mentions(line, [name])))
            if isinstance(start, str)
            else "",
            led("the first action says: ", self._of_fallback(ALERTS, alert, "first_action")),
            *(led("by hand: ", self._of_fallback(FAILURES, mode, "human_step")) for _, mode in modes),
        ]
        return join(*said, by="; ") or NOT_STATED

    def _of_fallback(self, question_id: str, row: Row, column: str) -> Markup:
        text = "" if self.view.open_cell(question_id, row, column) else str(row.get(column, ""))
        return _quoted(text, lambda line: _FALLBACK.search(line) is not None)

    # -- support, in other cases ---------------------------------------------------------------------------------

    def told_otherwise(self) -> Iterator[Markup]:
        """Yield when else support is told: by the rows that belong to no alert above."""
        above = [row for _, alert in self.rows for row in self.told_by(alert)[0]]
        for name, row in named_rows(self.view, TOLD):
            if row not in above:
                yield join(strong(name, after=":"), told(self.view, row), by=" ")


def _quoted(text: str, wanted: Callable[[str], bool]) -> Markup:
    """Return the sentences that are wanted word for word; what is left out before them shows as dots.

    A question before one stays, for it holds the condition.
    """
    lines = sentences(text)
    hits = {at for at, line in enumerate(lines) if wanted(line)}
    hits |= {at - 1 for at in hits if at and lines[at - 1].endswith("?")}
    said = (join("" if at - 1 in hits or not at else Markup("…"), escape(lines[at]), by=" ") for at in sorted(hits))
    return led("“", join(*said, by=" "), "”")


def told(view: View, row: Row, teller: str = "") -> Markup:
    """Return where support is told, by when, and by whom, unless that is said already."""
    channel, within, who = (view.cell(TOLD, row, column) for column in ("channel", "within", "who"))
    by = "" if teller and row.get("who") == teller else led("told by ", who)
    return join(channel or NOT_STATED, led("within ", within) or Markup("by when: not stated"), by, by=", ")

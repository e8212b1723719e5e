"""Who answers, and who answers when they do not: worked out to the end, and where at night nobody does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from handoff_tui.core.cover import Cover, cover_of
from handoff_tui.core.hours import always_there
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.text import fold, mentions
from handoff_tui.render.calls import cover
from handoff_tui.render.markdown import Markup, join, led, strong
from handoff_tui.render.pieces import NOT_STATED, Row
from handoff_tui.render.view import View

__all__ = ["Answering"]


@dataclass(frozen=True)
class Answering:
    """The contacts of a handoff, with what stands behind each."""

    view: View

    @cached_property
    def people(self) -> Mapping[str, Mapping[str, Any]]:
        """The contacts by key, each without the cells that are open."""
        return {
            key: {column: cell for column, cell in row.items() if not self.view.open_cell(PEOPLE, row, column)}
            for key, row in self.view.people.items()
        }

    def key(self, question_id: str, row: Row, column: str) -> str:
        """Return who is named in a cell, by key; empty where it is open, or nobody who is listed."""
        key = str(row.get(column, ""))
        return key if key in self.people and not self.view.open_cell(question_id, row, column) else ""

    def cover(self, key: str) -> Cover:
        """Return what stands behind somebody."""
        return cover_of(self.people, key)

    def hours(self, key: str) -> Markup:
        """Return when somebody answers; that nobody has said it where nobody has."""
        return self.view.cell(PEOPLE, self.view.people.get(key, {}), "hours") or NOT_STATED

    def always(self, key: str) -> bool:
        """Say whether somebody answers at any hour."""
        return always_there(self.people.get(key, {}).get("hours"))

    def off(self, key: str) -> bool:
        """Say whether at some hour neither they nor anybody behind them answers; not while that is not known."""
        row, behind = self.people.get(key), self.cover(key)
        if row is None or not row.get("hours") or always_there(row["hours"]):
            return False
        return not behind.awake and not behind.unknown and not self._open_behind(key)

    def _open_behind(self, key: str) -> bool:
        """Say whether somebody in the chain has a stand-in who is not decided yet."""
        return any(
            self.view.open_cell(PEOPLE, self.view.people[each], "backup") is not None
            for each in (key, *self.cover(key).chain)
            if each in self.view.people
        )

    # -- in words ------------------------------------------------------------------------------------------------

    def reached(self, key: str) -> Markup:
        """Return a contact with hours and reach, on one line."""
        contact = self.view.people.get(key, {})
        how = self.view.cell(PEOPLE, contact, "reach") or Markup("how to reach them: not stated")
        when = self.hours(key)
        return join(strong(self.view.name(key)), when if when != NOT_STATED else "hours not stated", how, by=", ")

    def behind(self, key: str) -> Markup:
        """Return who answers when they do not, one after the other, down to somebody who is always there or nobody."""
        found = self.cover(key)
        if not found.chain:
            return cover(self.view, self.view.people.get(key, {}))
        last = next((at for at, each in enumerate(found.chain) if each in found.awake), len(found.chain) - 1)
        names = join(*(self.reached(each) for each in found.chain[: last + 1]), by="; then ")
        return join(names, self._in_the_end(key, found), by="; ")

    def behind_in_short(self, key: str) -> Markup:
        """Return who stands in: how to reach whoever is always there, of others only the names."""
        found = self.cover(key)
        if found.awake:
            return self.reached(found.awake[0])
        if not found.chain:
            return cover(self.view, self.view.people.get(key, {}))
        if found.unknown:
            return self.reached(found.chain[0])
        names = join(*(strong(self.view.name(each)) for each in found.chain), by=", then ")
        return join(names, self._in_the_end(key, found), by="; ")

    def _in_the_end(self, key: str, found: Cover) -> Markup:
        if self._each_other(found):
            return Markup("after that **nobody**: they cover only each other")
        if found.awake or found.unknown or self._open_behind(key):
            return Markup()
        return Markup("outside their hours **nobody**")

    @staticmethod
    def _each_other(found: Cover) -> bool:
        return found.loop and len(found.chain) == 1 and bool(found.awake)

    # -- gaps ----------------------------------------------------------------------------------------------------

    def gaps_of_owner(self, key: str, alerts: Markup) -> Iterator[Markup]:
        """Yield why one who is woken may not answer, and that then nobody does."""
        name, row, found = strong(self.view.name(key)), self.people[key], self.cover(key)
        if row.get("kind") == "person":
            yield join(name, "is one person, who may be asleep:", alerts, by=" ")
        if not row.get("hours"):
            yield join("When", name, "answers is not stated:", alerts, by=" ")
        elif not self.always(key):
            yield join(name, led("answers ", self.hours(key), " only:"), alerts, by=" ")
        if found.awake or found.unknown or self._open_behind(key):
            return
        if not found.chain:
            yield join("Nobody is named for when", name, "does not answer:", alerts, by=" ")
        else:
            names = join(*(self.view.name(each) for each in found.chain), by=" and ")
            yield join("If", name, led("does not answer: **nobody** outside the hours of ", names), by=" ")

    def each_other(self, keys: Iterable[str]) -> Iterator[Markup]:
        """Yield the pairs who cover only each other, each once."""
        seen: set[frozenset[str]] = set()
        for key in keys:
            found = self.cover(key)
            pair = frozenset((key, *found.chain))
            if self._each_other(found) and pair not in seen:
                seen.add(pair)
                names = join(*(strong(self.view.name(each)) for each in (key, *found.chain)), by=" and ")
                yield join(names, "cover only each other: if neither answers, nobody does", by=" ")

    def named_in(self, text: str) -> list[str]:
        """Return whom a sentence names, by key; a name inside a longer one is not named."""
        found: list[str] = []
        for key in sorted(self.people, key=lambda key: -len(self.view.name(key))):
            name = self.view.name(key)
            if mentions(text, [name]):
                found.append(key)
                word = rf"(?<!\w){re.escape(fold(name))}(?!\w)"
                text = re.sub(word, "|", fold(text)) if fold(name) else text.replace(name, "|")
        return sorted(found, key=list(self.people).index)

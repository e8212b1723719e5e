"""Talks with the plain face: lines are fed, what is said is kept; or a script is played, prompt by prompt."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from handoff_tui.core.kinds import ScalarKind, TextKind
from handoff_tui.core.question import Question
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.template import Template
from handoff_tui.plain.console import Console
from handoff_tui.plain.interview import Interview
from handoff_tui.plain.stdin import InputOver
from handoff_tui.plain.talk import Talk
from handoff_tui.session.asking import in_form_order
from handoff_tui.session.forms import MARK_FORMS, OPEN_CELL, START
from handoff_tui.session.opened import Opened
from tests.end_to_end.script import Answer, Cells, Mark, Note, Row, Script, Step, Table

__all__ = ["Heard", "Player", "interview", "talk_of"]


@dataclass
class Heard:
    """Everything that was said; `feed` gives the next line, given what was said since the last."""

    feed: Callable[[str], str]
    said: str = ""
    _since: int = 0
    prompts: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.said += text

    def line(self) -> str:
        new, self._since = self.said[self._since :], len(self.said)
        self.prompts.append(new.rsplit("\n", 1)[-1])
        return self.feed(new)

    @property
    def words(self) -> str:
        """What was said, wherever its lines were broken."""
        return " ".join(self.said.split())


def talk_of(lines: Iterable[str]) -> tuple[Talk, Heard]:
    """Return a conversation into which these lines are typed; after the last, nothing more is."""
    waiting = iter(lines)

    def feed(_: str) -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise InputOver from None

    heard = Heard(feed)
    return Talk(Console(heard.line, heard.write)), heard


def interview(opened: Opened, *lines: str) -> Heard:
    """Type lines into an interview, and return what was said until they were over."""
    talk, heard = talk_of(lines)
    with contextlib.suppress(InputOver):
        Interview(talk, opened).run()
    return heard


Lines: TypeAlias = Generator[str, str, None]
"""Lines to type; each gets what was said after it."""


class Player:
    """Somebody at a terminal who plays a script and listens."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.said = ""

    def feed(self, lines: Lines) -> Callable[[str], str]:
        """Return what gives the lines one by one."""
        started = False

        def give(said: str) -> str:
            nonlocal started
            self.said = said
            try:
                if started:
                    return lines.send(said)
                started = True
                return next(lines)
            except StopIteration:
                raise InputOver from None

        return give

    def hears(self, text: str) -> bool:
        return " ".join(text.split()) in " ".join(self.said.split())

    def type(self, line: str) -> Lines:
        self.said = yield line

    # -- a script ----------------------------------------------------------------------------------------------------

    def start(self, script: Script, number: int) -> Lines:
        """Choose the scenario, and fill in the head."""
        said = script.start
        yield from self.type(str(number))
        cells = {"name": said.name, "moment": said.moment, "participants": said.participants, "owner": said.owner}
        yield from self.form(START.columns, cells)

    def play(self, steps: Sequence[Step]) -> Lines:
        for step in steps:
            question = self.template.by_id[step.question]
            while not self.hears(question.ask) and self.hears("Agreed?"):
                yield from self.type("")
            assert self.hears(question.ask), self.said
            match step:
                case Answer():
                    yield from self.value(_scalar(question), step.raw)
                case Note():
                    yield from self.type(":note")
                    yield from self.value(TextKind(kind="text"), step.text)
                    yield from self.type("")
                    self.said += f" {question.ask}"  # the question stands, and is not said again
                case Mark():
                    yield from self.mark(question, step)
                case Table():
                    yield from self.table(step)

    def mark(self, question: Question, step: Mark) -> Lines:
        yield from self.type({"open": ":open", "assumed": ":assumed", "not_applicable": ":na"}[step.kind])
        if step.raw:
            yield from self.value(_scalar(question), step.raw)
        yield from self.form(MARK_FORMS[step.kind].columns, step.cells)

    def table(self, step: Table) -> Lines:
        table = self.template.by_id[step.question].field
        assert isinstance(table, TableKind)
        for row in step.rows:
            if row.of:
                label = table.key.field.say(row.of)
                yield from self.type("list")
                found = re.search(rf"\n {{2}}(\d+) {re.escape(label)}[.]", self.said)
                assert found is not None, self.said
                yield from self.type(f"edit {found[1]}")
            else:
                yield from self.type("add")
            yield from self.row(table, row)
        yield from self.type("done")

    def row(self, table: TableKind, row: Row) -> Lines:
        seeded = row.of in table.seeds
        columns = [column for column in table.columns if not (seeded and column is table.key)]
        yield from self.form(columns, row.cells, open_cells=row.open)
        for newcomer in row.newcomers:
            columns = [c for c in self._table(newcomer.table).columns if c.id in newcomer.cells]
            yield from self.form(columns, newcomer.cells)

    def _table(self, question_id: str) -> TableKind:
        table = self.template.by_id[question_id].field
        assert isinstance(table, TableKind)
        return table

    def form(self, columns: Sequence[Column], cells: Cells, *, open_cells: Mapping[str, Cells] | None = None) -> Lines:
        """Answer what is asked, by its label, until no field of the form is asked for any more."""
        left = [column for column in in_form_order(columns) if column.id in {**cells, **(open_cells or {})}]
        while left:
            column = next((column for column in left if self._asks_for(column)), None)
            if column is None:
                assert not self._is_outside(), f"waited for {[item.label for item in left]}: {self.said}"
                yield from self.type("more" if self._prompt.startswith("Enter keeps the") else "")
                continue
            left.remove(column)
            if open_cells and column.id in open_cells:
                yield from self.type(":open")
                yield from self.form(OPEN_CELL.columns, open_cells[column.id])
            else:
                yield from self.value(column.field, cells[column.id])
        if self._prompt.startswith("Enter keeps the"):
            yield from self.type("")
        elif not self.hears("This is asked once") and any(map(self._asks_for, columns)):
            yield from self.type(":keep")

    def _is_outside(self) -> bool:
        return self._prompt.startswith(("Rows,", "Answer", "Agreed", "Review"))

    @property
    def _prompt(self) -> str:
        return self.said.rsplit("\n", 2 if self.said.endswith("\n") else 1)[-1]

    def _asks_for(self, column: Column) -> bool:
        return re.match(re.escape(column.label) + r"(?:[,: ]|$)", self._prompt) is not None

    def value(self, kind: ScalarKind, raw: str | list[str]) -> Lines:
        if isinstance(raw, list):
            yield from self.type(", ".join(raw))
        elif isinstance(kind, TextKind):
            for line in raw.split("\n"):
                yield from self.type(f".{line}" if set(line) == {"."} else line.replace(":", "::", line[:1] == ":"))
            yield from self.type(".")
        else:
            yield from self.type(raw)


def _scalar(question: Question) -> ScalarKind:
    assert not isinstance(question.field, TableKind)
    return question.field

"""Plays a script in a real pseudo-terminal, with keys only: what a person does in front of the wall."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from handoff_tui.core.kinds import ChoiceKind, ManyKind, ScalarKind, TextKind
from handoff_tui.core.question import Question
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.template import Template
from handoff_tui.session.forms import MARK_FORMS, OPEN_CELL, START
from tests.end_to_end.script import Answer, Cells, Mark, Newcomer, Note, Row, Start, Step, Table
from tests.terminal import CTRL_N, CTRL_Q, DOWN, ENTER, F3, F9, HOME, SHIFT_TAB, TAB, Terminal

__all__ = ["COMMAND", "Keys", "terminal"]

COMMAND = (sys.executable, "-m", "handoff_tui")


def terminal(folder: Path, *arguments: str, env: Mapping[str, str | None] | None = None) -> Terminal:
    """Call `handoff-wizard` in a folder."""
    return Terminal([*COMMAND, *arguments], cwd=folder, env=env)


def _words(text: str) -> str:
    return " ".join(text.split())


class Keys:
    """A person with a keyboard; waits for what the screen says before going on."""

    def __init__(self, on: Terminal, template: Template) -> None:
        self.terminal = on
        self.template = template

    # -- looking -----------------------------------------------------------------------------------------------------

    def sees(self, text: str) -> bool:
        """Say whether a text is on the screen, wherever its lines are broken."""
        return _words(text) in _words(self.terminal.screen_text)

    def wait(self, *texts: str) -> None:
        """Wait until one of these is on the screen."""
        self.terminal.wait_for(lambda _: any(self.sees(text) for text in texts))

    def wait_gone(self, text: str) -> None:
        self.terminal.wait_for(lambda _: not self.sees(text))

    def wait_in_file(self, path: Path, text: str) -> None:
        """Wait until a text is on the disk."""
        self.terminal.wait_for(lambda _: text in path.read_text(encoding="utf-8"))

    # -- beginning and end -------------------------------------------------------------------------------------------

    def start(self, said: Start) -> None:
        """Choose the scenario, and fill the start screen."""
        self.wait("What is the integration about?")
        self.terminal.send(DOWN * ("payments", "identity", "operations", "general").index(said.template), ENTER)
        self.wait("what do we call it")
        cells = {"name": said.name, "moment": said.moment, "participants": said.participants, "owner": said.owner}
        self._fill(START.columns, cells, folds=False)

    def finish(self) -> None:
        """From the last read-back to the signed-off handoff, and out."""
        self.wait("Agreed?")
        self.terminal.send(ENTER)
        self.wait("Review ·")
        self.terminal.send(CTRL_N)
        self.wait("Draft or final?")
        self.terminal.send(ENTER)
        self.wait("Signed off.")
        self.terminal.send(CTRL_Q)

    # -- steps -------------------------------------------------------------------------------------------------------

    def play(self, steps: Iterable[Step]) -> None:
        """Answer question after question, and agree at each section's end."""
        for step in steps:
            self.come_to(step)
            match step:
                case Answer():
                    self._answer(self.question(step), step.raw)
                    self.terminal.send(CTRL_N)
                case Note():
                    self._note(step)
                case Mark():
                    self._mark(step)
                case Table():
                    self.rows(step.question, step.rows)
                    self.terminal.send(CTRL_N)

    def question(self, step: Step) -> Question:
        return self.template.by_id[step.question]

    def come_to(self, step: Step) -> None:
        """Wait for a question; agree to the read-back that stands before it."""
        ask = self.question(step).ask
        self.wait(ask, "Agreed?")
        if not self.sees(ask):
            self.terminal.send(ENTER)
            self.wait(ask)

    def _answer(self, question: Question, raw: str | list[str]) -> None:
        if isinstance(question.field, TableKind):
            raise TypeError(f"{question.id} is a table")
        self.terminal.send(_keys_for(question.field, raw, question.suggest))

    def _note(self, step: Note) -> None:
        title = f"Note on “{self.question(step).label}”"
        self.terminal.send(F9)
        self.wait(title)
        self.terminal.send(_typed(step.text), CTRL_N)
        self.wait_gone(title)

    def _mark(self, step: Mark) -> None:
        question = self.question(step)
        kinds = ["open", "assumed", "not_applicable"] if step.raw else ["open", "not_applicable"]
        if step.raw:
            self._answer(question, step.raw)
        self.terminal.send(F3)
        self.wait("We don't know yet")
        if step.kind != "open":
            self.terminal.send(SHIFT_TAB, str(kinds.index(step.kind) + 1), ENTER)
        form = MARK_FORMS[step.kind]
        self.wait(form.columns[0].ask)
        self._fill(form.columns, step.cells, folds=False)
        self.wait_gone("We don't know yet")

    # -- rows --------------------------------------------------------------------------------------------------------

    def rows(self, question_id: str, rows: Sequence[Row], *, past: int = 0) -> None:
        """Fill rows; the list leads from one unfinished row to the next, and then to the button that adds.

        `past` are the rows to go past first, on coming back to a table.
        """
        table = self._table(question_id)
        name = table.row_name.capitalize()
        self.terminal.send((HOME + DOWN * past) if past else "")
        for row in rows:
            title = f"{name} {table.key.field.say(row.of)}" if row.of else f"New {table.row_name}"
            self.terminal.send(ENTER)
            self.wait(title)
            self._fill(table.columns, row.cells, marked=self._open_cells(table, name, row))
            self.wait_gone(title)
            if row.open:
                self.wait_gone(f"{name} {table.key.field.say(row.cells[table.key.id])}")
            for newcomer in row.newcomers:
                self._newcomer(newcomer)
            self.wait(f" {table.row_name} ")

    def _newcomer(self, newcomer: Newcomer) -> None:
        table = self._table(newcomer.table)
        self.wait("This is asked once")
        lacking = [column for column in table.columns if column.id in newcomer.cells]
        self._fill(lacking, newcomer.cells, folds=False)
        self.wait_gone("This is asked once")

    def _open_cells(self, table: TableKind, name: str, row: Row) -> Mapping[str, tuple[str, Cells]]:
        label = table.key.field.say(row.of or row.cells[table.key.id])
        return {column: (f"{name} {label}", cells) for column, cells in row.open.items()}

    def _open_cell(self, title: str, cells: Cells) -> None:
        self.terminal.send(F3)
        self.wait("we don't know yet")
        self._fill(OPEN_CELL.columns, cells, folds=False)
        self.wait_gone("we don't know yet")
        self.wait(title)

    def _table(self, question_id: str) -> TableKind:
        table = self.template.by_id[question_id].field
        if not isinstance(table, TableKind):
            raise TypeError(f"{question_id} is no table")
        return table

    # -- forms -------------------------------------------------------------------------------------------------------

    def _fill(
        self,
        columns: Sequence[Column],
        cells: Cells,
        *,
        marked: Mapping[str, tuple[str, Cells]] | None = None,
        folds: bool = True,
    ) -> None:
        """Fill a form from its first empty field on, and keep it; with `folds`, some fields are behind "more"."""
        whole = {column.id: cells[column.id] for column in columns if column.id in cells}
        in_order = _in_form_order(columns)
        asked = [column for column in in_order if not (column.more and folds)]
        asked = [column for column in asked if column.needed_when is None or column.needed(whole)]
        first = next(index for index, column in enumerate(asked) if column.id in cells)
        for index, column in enumerate(asked[first:], first):
            if marked and column.id in marked:
                self._open_cell(*marked[column.id])
            elif column.id in cells and cells[column.id] != column.suggestion(whole):
                self.terminal.send(_keys_for(column.field, cells[column.id], column.suggest))
            if index + 1 < len(asked):
                self.terminal.send(_next(column.field))
        folded = [column for column in in_order if column not in asked and column.more]
        wanted = [column for column in folded if column.id in cells]
        if wanted:
            self._unfold(asked[-1].field, folded[: folded.index(wanted[-1]) + 1], cells)
        self.terminal.send(CTRL_N)

    def _unfold(self, last: ScalarKind, columns: Sequence[Column], cells: Cells) -> None:
        self.terminal.send(_past(last), ENTER)
        self.wait("▾ less")
        for index, column in enumerate(columns):
            if column.id in cells:
                self.terminal.send(_keys_for(column.field, cells[column.id], column.suggest))
            if index + 1 < len(columns):
                self.terminal.send(_next(column.field))


def _in_form_order(columns: Sequence[Column]) -> list[Column]:
    """What is suggested from another cell stands behind it, as in the form."""
    later = [column for column in columns if column.suggest_from and not column.more]
    rest = [column for column in columns if column not in later]
    for column in later:
        rest.insert([other.id for other in rest].index(str(column.suggest_from)) + 1, column)
    return rest


def _typed(text: str) -> str:
    return text.replace("\n", ENTER)


def _keys_for(field: ScalarKind, raw: str | list[str], suggested: object) -> str:
    if isinstance(field, ChoiceKind):
        return _number(field, str(raw))
    if isinstance(field, ManyKind):
        before = set(suggested) if isinstance(suggested, list) else set()
        toggled = [item for item in field.choices if (item in raw) != (item in before)]
        others = [item for item in raw if item not in field.choices]
        return "".join(_number(field, item) for item in toggled) + "".join(TAB + item + ENTER for item in others[:1])
    return _typed(str(raw))


def _number(field: ChoiceKind | ManyKind, choice: str) -> str:
    number = list(field.choices).index(choice) + 1
    if number > 9:
        raise ValueError(f"{choice} has no key of its own")
    return str(number)


def _next(field: ScalarKind) -> str:
    """Return what goes to the next field of a form."""
    return _past(field) if isinstance(field, TextKind | ManyKind) else ENTER


def _past(field: ScalarKind) -> str:
    return TAB * 2 if isinstance(field, ManyKind) and (field.others or field.refers_to) else TAB

"""Many handoffs to check: made from the examples, the same ones each time, and no two alike.

An example is three times as long as most handoffs are, so rows and answers are left out of it as long as nothing is
wrong with what stays. Then names and words are changed, and in one of five somebody makes a mistake or three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from handoff_tui.catalog import Catalog
from handoff_tui.checks import check
from handoff_tui.core.finding import Finding
from handoff_tui.core.handoff import Handoff, rename
from handoff_tui.core.interview import Interview
from handoff_tui.core.kinds import LineKind, TextKind
from handoff_tui.core.reading import PEOPLE, SYSTEMS
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.template import Template
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import read_toml
from tests.benchmarks.handoffs import CHECKOUT

__all__ = ["DAY", "heads", "many"]

DAY = date(2026, 11, 23)
"""The day on which nothing in the examples is overdue."""
_SMALLEST, _TERSE, _LARGEST = 8_500, 13_000, 15_500
"""Letters. Below the middle one, every text is but its first clause: left out rows alone make none so short."""
_OF_EACH = 5
_WITH_MISTAKES = 0.2


def many(folder: Path, count: int) -> list[Path]:
    """Put so many handoffs into a folder, of all scenarios: most clean, one in five with one to three mistakes."""
    stock = _stock()
    paths = []
    for number in range(count):
        chance = Random(number)
        handoff, template = stock[number % len(stock)]
        handoff = _with_other_words(_with_other_names(handoff, template, chance), template, chance)
        if chance.random() < _WITH_MISTAKES:
            for mistake in chance.sample(_MISTAKES, chance.randint(1, 3)):
                handoff = mistake(handoff, template, chance)
        handoff = replace(handoff, head=replace(handoff.head, name=f"{handoff.head.name}, site {number}"))
        path = folder / f"site-{number:04}.handoff.toml"
        path.write_text(dumps(handoff, template, path.name), encoding="utf-8")
        paths.append(path)
    return paths


def heads(folder: Path) -> list[Path]:
    """Put a handoff without an answer into a folder for each scenario: to check them costs little but the start."""
    paths = []
    for name in sorted({template.id for _, template in _stock()}):
        paths.append(folder / f"{name}.handoff.toml")
        paths[-1].write_text(f'[handoff]\nname = "Empty"\ntemplate = "{name}"\n', encoding="utf-8")
    return paths


# -- shorter ones ------------------------------------------------------------------------------------------------


@cache
def _stock() -> list[tuple[Handoff, Template]]:
    stock = []
    catalog = Catalog()
    for number in range(_OF_EACH):
        size = _SMALLEST + (_LARGEST - _SMALLEST) * number // (_OF_EACH - 1)
        for path in sorted((CHECKOUT / "docs" / "examples").glob("*.handoff.toml")):
            handoff = loads(read_toml(path))
            template = catalog.load(handoff.head.template)
            stock.append((_shorter(handoff, template, size, Random(number)), template))
    return stock


def _shorter(handoff: Handoff, template: Template, size: int, chance: Random) -> Handoff:
    """Return a handoff of about this size in which nothing is found, by leaving out what chance points at."""
    for finding in _findings(handoff, template):
        handoff = _without(handoff, finding.question, finding.row)
    if size < _TERSE:
        handoff = _reworded(handoff, template, lambda text: re.sub(r"(?s)[,;:.?!]\s.*", ".", text))
    things: list[tuple[str, str | None]] = [(key, None) for key, answer in handoff.answers.items() if not answer.mark]
    for question, table in template.tables():
        things += [(question.id, table.row_label(row)) for row in handoff.rows(question.id)]
    chance.shuffle(things)
    left = len(dumps(handoff, template, "")) - size
    # Twice: what somebody else named may go when whoever named it is gone.
    for question_id, label in things * 2:
        less = _without(handoff, question_id, label)
        if left > 0 and less != handoff and not _findings(less, template):
            handoff, left = less, len(dumps(less, template, "")) - size
    return handoff


def _findings(handoff: Handoff, template: Template) -> tuple[Finding, ...]:
    return check(Interview(template, handoff), DAY).findings


def _without(handoff: Handoff, question_id: str, label: str | None) -> Handoff:
    """Return a handoff without an answer, or without one row of it."""
    answer = handoff.answer(question_id)
    cells = tuple(cell for cell in handoff.open_cells if cell.question != question_id or label not in (None, cell.row))
    handoff = replace(handoff, open_cells=cells)
    if label is None:
        answers = {key: value for key, value in handoff.answers.items() if key != question_id}
        return replace(handoff, answers=answers)
    rows = [row for row in answer.value if label not in row.values()] if isinstance(answer.value, list) else []
    return handoff.with_answer(question_id, answer.with_(value=rows or None))


# -- other names and words ---------------------------------------------------------------------------------------

_PEOPLE = "Ada Bela Cem Dilnoza Efua Femi Gül Hana Ines Joaquim Khadija Li Mirek Noor Olu Paula Quynh Rasa Sefa Tuva"
_SYSTEMS = "Ledger Relay Harbour Beacon Atlas Courier Mosaic Pilot Quarry Ridge Signal Tally"
_WORDS = {
    "customer": ("customer", "member", "subscriber"),
    "driver": ("driver", "rider", "member"),
    "invoice": ("invoice", "bill", "statement"),
    "delivery": ("delivery", "shipment", "consignment"),
    "agent": ("agent", "colleague"),
    "app": ("app", "portal", "account page"),
    "bank": ("bank", "card issuer"),
}


def _with_other_names(handoff: Handoff, template: Template, chance: Random) -> Handoff:
    for table_id, names in ((PEOPLE, _PEOPLE.lower()), (SYSTEMS, _SYSTEMS)):
        table = template.by_id[table_id].field
        if isinstance(table, TableKind):
            old = [table.row_label(row) for row in handoff.rows(table_id) if table.row_label(row) != "Zendesk"]
            chosen = chance.sample(names.split(), min(3, len(old)))
            new = dict(zip(old, (f"{name}-{chance.randint(1, 9)}" for name in chosen), strict=False))
            handoff = rename(handoff, template, table_id, new)
            rows = [row | {table.key.id: new.get(name := table.row_label(row), name)} for row in handoff.rows(table_id)]
            handoff = handoff.with_answer(table_id, handoff.answer(table_id).with_(value=rows))
    return handoff


def _with_other_words(handoff: Handoff, template: Template, chance: Random) -> Handoff:
    words = {word: chance.choice(others) for word, others in _WORDS.items()}
    pattern = re.compile(rf"\b({'|'.join(words)})(?=s?\b)")

    def said(text: str) -> str:
        text = pattern.sub(lambda found: words[found[1]], text)
        first, _, _ = text.rpartition(". ")
        return f"{first}." if first.count(" ") > 5 and chance.random() < 0.1 else text

    return _reworded(handoff, template, said)


def _reworded(handoff: Handoff, template: Template, said: Callable[[str], str]) -> Handoff:
    """Return a handoff in which what people wrote freely is said otherwise."""
    for question in template.by_id.values():
        answer = handoff.answer(question.id)
        if isinstance(question.field, TableKind) and answer.value:
            columns = {column.id for column in _in_words(question.field)}
            rows = [{key: said(cell) if key in columns else cell for key, cell in row.items()} for row in answer.value]
            handoff = handoff.with_answer(question.id, answer.with_(value=rows))
        elif isinstance(question.field, TextKind) and isinstance(answer.value, str):
            handoff = handoff.with_answer(question.id, answer.with_(value=said(answer.value)))
    return handoff


def _in_words(table: TableKind) -> list[Column]:
    """Return the columns that hold what people write freely."""
    free = [column for column in table.columns[1:] if isinstance(column.field, LineKind | TextKind)]
    return [column for column in free if not column.field.table_of_names]


# -- mistakes ----------------------------------------------------------------------------------------------------

_Mistake = Callable[[Handoff, Template, Random], Handoff]


def _cell(kind: Callable[[Column], bool], value: str | None) -> _Mistake:
    """Return a mistake: in some row, a cell of this kind of column gets a value, or loses the one it has."""

    def make(handoff: Handoff, template: Template, chance: Random) -> Handoff:
        place = chance.choice(list(_cells(handoff, template, kind)))
        return _changed(handoff, *place, value)

    return make


def _cells(handoff: Handoff, template: Template, kind: Callable[[Column], bool]) -> Iterator[tuple[str, int, str]]:
    for question, table in template.tables():
        columns = [column.id for column in table.columns[1:] if kind(column)]
        for index, row in enumerate(handoff.rows(question.id)):
            yield from ((question.id, index, column) for column in columns if column in row)


def _changed(handoff: Handoff, question_id: str, index: int, column: str, value: Any) -> Handoff:
    rows = handoff.rows(question_id)
    rows[index] = {key: cell for key, cell in rows[index].items() if key != column}
    rows[index] |= {} if value is None else {column: value}
    return handoff.with_answer(question_id, handoff.answer(question_id).with_(value=rows))


def _misspelt(handoff: Handoff, template: Template, chance: Random) -> Handoff:
    question_id, index, column = chance.choice(list(_cells(handoff, template, lambda column: column.more)))
    row = handoff.rows(question_id)[index]
    return _changed(_changed(handoff, question_id, index, column, None), question_id, index, column[:-1], row[column])


_MISTAKES: tuple[_Mistake, ...] = (
    _cell(lambda column: column.field.kind == "line" and not column.more, "TBD"),
    _cell(lambda column: column.field.kind == "contact", "whoever-is-there"),
    _cell(lambda column: column.field.kind == "duration", "10 days or so"),
    _cell(lambda column: column.field.kind == "choice" and not column.more, None),
    _misspelt,
)

"""Rows that a person pastes into a table: from a sheet, a CSV file or a Markdown table, matched by their headers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handoff_tui.core.kinds import ManyKind, TextKind
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.text import clean, clean_line, fold

__all__ = ["MAX_PASTE", "Beside", "Pasted", "looks_like_rows", "read_pasted"]

MAX_PASTE = 1_000_000
"""Characters of one paste: a file larger than some megabytes could not be read back."""

_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

Lines = list[list[str]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Text that no column of the table takes: in which row of the paste, counted from 0, and under which header."""

    row: int
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted: the raw cells of each row by column id, and what has no column."""

    rows: tuple[dict[str, str], ...]
    beside: tuple[Beside, ...] = ()


def looks_like_rows(text: str, table: TableKind) -> bool:
    """Say whether text that was pasted into one cell is meant as rows: nobody types a sheet into a cell."""
    lines = _lines(clean(text), table)
    if len(lines) < 2:
        return False
    wide = sum(len(line) > 1 for line in lines) > 1
    return wide and ("\t" in text or _is_markdown(_filled(clean(text))) or len(_matched(lines[0], table)) > 1)


def read_pasted(text: str, table: TableKind) -> Pasted:
    """Return the rows of a text, their cells as they stand there.

    The first line is a heading where it names columns, by label or by id; else the cells are in the table's order.
    """
    lines = [line for line in _lines(clean(text), table) if any(map(clean_line, line))]
    if not lines:
        return Pasted(())
    heading = _heading(lines[0], table)
    if heading is None:
        columns, titles = _in_order(lines, table), []
    else:
        columns, titles, lines = heading, lines[0], lines[1:]
    rows: list[dict[str, str]] = []
    beside: list[Beside] = []
    for number, line in enumerate(lines):
        row: dict[str, str] = {}
        for at, cell in enumerate(line):
            column = columns[at] if at < len(columns) else None
            said = _in_one_line(cell, column)
            if said and column is not None:
                row[column.id] = said
            elif said:
                title = clean_line(titles[at]) if at < len(titles) else ""
                beside.append(Beside(number, title or f"column {at + 1}", said))
        rows.append(row)
    return Pasted(tuple(rows), tuple(beside))


# -- cells -------------------------------------------------------------------------------------------------------


def _lines(text: str, table: TableKind) -> Lines:
    """Return the cells of a text, line by line, by whatever sets them apart."""
    filled = _filled(text)
    if _is_markdown(filled):
        return [_markdown_cells(line) for line in filled if not _RULE.fullmatch(line.strip())]
    if "\t" in text:
        return _separated(text, "\t")
    read = [(_separated(text, mark), mark) for mark in (";", ",") if mark in text]
    for lines, _ in sorted(read, key=lambda item: len(_matched(item[0][0], table)), reverse=True):
        widths = Counter(map(len, lines))
        if len(_matched(lines[0], table)) > 1 or (len(widths) == 1 and max(widths) > 1):
            return lines
    return _separated(text, "\t")  # a name a line


def _filled(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _separated(text: str, mark: str) -> Lines:
    """Return the cells of a sheet or a CSV file; a quote that nobody meant as one is only a quote."""
    ended = (f"{line}\n" for line in text.split("\n"))  # so that a line end inside quotes is kept
    try:
        lines = [line for line in csv.reader(ended, delimiter=mark, strict=True, skipinitialspace=mark != "\t") if line]
    except csv.Error:
        return _split(text, mark)
    # No cell of a sheet holds a tab: two stray quotes took what stands between them for one cell.
    torn = mark == "\t" and any("\t" in cell for line in lines for cell in line)
    return _split(text, mark) if torn else lines


def _split(text: str, mark: str) -> Lines:
    return [line.split(mark) for line in _filled(text)]


def _is_markdown(filled: Sequence[str]) -> bool:
    """Say whether lines are a Markdown table: each has a bar, and each begins with one or the second is the rule."""
    ruled = len(filled) > 1 and "|" in filled[1] and _RULE.fullmatch(filled[1].strip()) is not None
    barred = all(line.lstrip().startswith("|") and line.rstrip().endswith("|") for line in filled)
    return bool(filled) and all("|" in line for line in filled) and (ruled or barred)


def _markdown_cells(line: str) -> list[str]:
    bare = line.strip().removeprefix("|")
    parts = _BAR.sub(lambda bar: f"{bar[1]}\n", bare).split("\n")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return [_BREAK.sub("\n", _ESCAPED.sub(r"\1", part.strip())) for part in parts]


def _in_one_line(cell: str, column: Column | None) -> str:
    """Return a cell as a field of one line takes it: a sheet breaks long cells into lines."""
    text = clean_line(cell)
    several = column is None or isinstance(column.field, TextKind | ManyKind)
    return text if several else " ".join(part.strip() for part in text.split("\n"))


# -- columns -----------------------------------------------------------------------------------------------------


def _heading(cells: Sequence[str], table: TableKind) -> list[Column | None] | None:
    """Return the column of each cell of the first line, where at least half of what it says are names of columns."""
    matched, said = _matched(cells, table), [cell for cell in cells if clean_line(cell)]
    if not matched or 2 * len(matched) < len(said):
        return None
    return [matched.get(at) for at in range(len(cells))]


def _matched(cells: Iterable[str], table: TableKind) -> dict[int, Column]:
    """Return the columns that cells name, by id, by label or as they are asked for, each once, by their place."""
    backwards = table.columns[::-1]
    named = {_name(column.ask): column for column in backwards if column.ask}
    named |= {_name(name): column for column in backwards for name in (column.id, column.label)}
    found: dict[int, Column] = {}
    for at, cell in enumerate(cells):
        column = named.get(_name(cell))
        if column is not None and column not in found.values():
            found[at] = column
    return found


def _name(text: str) -> str:
    return fold(clean_line(text).strip("*`:?"))


def _in_order(lines: Lines, table: TableKind) -> list[Column | None]:
    """Return the columns in their order; of names alone, the one that the key is suggested from."""
    source = table.key.suggest_from
    if source and all(len(line) == 1 for line in lines):
        return [table.column(source)]
    return list(table.columns)

"""Where a finding stands in a file: the line of a cell, of its row, of its answer, of its section.

Walking over a whole file costs as much as parsing it, and most files have few findings. So the tables are found by
their headers, and only those that hold a finding are walked over. Where a line of some text looks like a header, what
was parsed does not agree with the headers, and the whole file is walked over after all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any

from handoff_tui.core.finding import Finding
from handoff_tui.core.text import clean
from handoff_tui.tomlfile import Entry, TomlFile, outline

__all__ = ["Lines"]

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\n[ \t]*(\[{1,2})([A-Za-z0-9_. \t-]+)\]{1,2}[ \t]*(?:#.*)?$", re.MULTILINE)
"""A header of plain keys; one of quoted keys counts as a key of the table above it.

It begins with the end of the line before, for a letter is found in half the time that the beginning of a line is.
"""


class Lines:
    """The lines of one file; walks over its text when the first line is asked for."""

    def __init__(self, file: TomlFile) -> None:
        self._file = file
        self._keys: dict[Path, dict[Path, int]] = {}
        self._places: dict[tuple[Path, Path], dict[Path, int]] = {}

    def of(self, finding: Finding) -> int:
        """Return the line on which a finding stands, counted from 1; what is absent stands where it would belong."""
        found = (self.line(path) for path in self._candidates(finding))
        return next((line for line in found if line), 1)

    def line(self, path: Path) -> int | None:
        """Return the first line that is about a path: its header, its key, or what begins with it."""
        lines = [self._starts[path]] if path in self._starts else []
        for end in range(len(path)):
            lines += [line] if (line := self._in_table(path[:end]).get(path[end:])) else []
        return min(lines, default=None)

    @cached_property
    def _tables(self) -> dict[Path, tuple[int, int, int]]:
        """The line of each table's header, where it begins and the next one does; `()` is what stands before them."""
        text = self._file.text
        headers = list(_HEADER.finditer(f"\n{text}"))
        paths = _paths(headers)
        if not _agree(paths, self._file.data):
            return {(): (1, 0, len(text))}
        places = [0, *(found.start() for found in headers), len(text)]
        tables: dict[Path, tuple[int, int, int]] = {}
        line = 1
        for path, (start, end) in zip([(), *paths], pairwise(places), strict=True):
            tables[path] = (line, start, end)
            line += text.count("\n", start, end)
        return tables

    @cached_property
    def _starts(self) -> dict[Path, int]:
        return _prefixes((path, line) for path, (line, *_) in self._tables.items() if path)

    def _in_table(self, table: Path) -> dict[Path, int]:
        """Return the lines of the keys of a table, by their path below it."""
        if table not in self._tables:
            return {}
        if table not in self._keys:
            line, start, end = self._tables[table]
            found = (item for item in outline(self._file.text[start:end]) if isinstance(item, Entry))
            entries = [(item.path, line + item.line - 1) for item in found]
            own = entries[0][0] if table else ()  # its own header comes first
            inside = entries[1:] if table else entries
            self._keys[table] = _prefixes((path[len(own) :], at) for path, at in inside if path[: len(own)] == own)
        return self._keys[table]

    def _candidates(self, finding: Finding) -> Iterator[Path]:
        """Yield the places of a finding, the nearest first."""
        section, _, name = finding.question.partition(".")
        yield from self._beside(finding, section, name)
        indexes = [finding.index] if finding.index is not None else self._rows(finding, section, name)
        if finding.column:
            yield from ((section, name, index, finding.column) for index in indexes)
        yield from ((section, name, index) for index in indexes)
        yield section, name
        yield (section,)
        yield ("handoff",)

    def _beside(self, finding: Finding, section: str, name: str) -> Iterator[Path]:
        """Yield the places of a finding that is not about an answer itself but about what stands beside it."""
        part = finding.part
        if part in ("open_cells", "accepted"):
            for keys in (("question", "row", "column"), ("question", "row"), ("question",)):
                wanted = {key: getattr(finding, key) for key in keys if getattr(finding, key) is not None}
                yield from self._items((part,), wanted)
        elif part == "conflict":
            yield from self._items((part, section, name), {"row": finding.row})
        if part:
            yield part, section, name
            yield part, section
            yield (part,)

    def _items(self, path: Path, wanted: Mapping[str, Any]) -> Iterator[Path]:
        """Yield the first table of an array in which these keys have these values; of many findings each asks."""
        keys = tuple(wanted)
        if (path, keys) not in self._places:
            places = self._places[path, keys] = {}
            for index, item in _rows_in(_below(self._file.data, *path)):
                places.setdefault(tuple(_text(item.get(key, "")) for key in keys), index)
        found = self._places[path, keys].get(tuple(value or "" for value in wanted.values()))
        if found is not None:
            yield *path, found

    def _rows(self, finding: Finding, section: str, name: str) -> list[int]:
        """Return which rows have this name, the likeliest first: the cell that names a row is the first we write."""
        if not finding.row:
            return []
        rows = list(_rows_in(_below(self._file.data, section, name)))
        named = [index for index, row in rows if _text(next(iter(row.values()), "")) == finding.row]
        # A person may have written the cells of a row in another order.
        return named or [index for index, row in rows if finding.row in map(_text, row.values())]


def _paths(headers: Iterable[re.Match[str]]) -> list[Path]:
    """Return the paths of headers, with the number of the row after the name of an array, as `outline` has them."""
    lengths: dict[Path, int] = {}
    paths: list[Path] = []
    for header in headers:
        names = [name.strip() for name in header[2].split(".")]
        path: Path = ()
        for place, name in enumerate(names, 1):
            path += (name,)
            if place == len(names) and header[1] == "[[":
                lengths[path] = lengths.get(path, 0) + 1
            if path in lengths:
                path += (lengths[path] - 1,)
        paths.append(path)
    return paths


def _agree(paths: list[Path], data: Any) -> bool:
    """Say whether headers are those of what was parsed: each once, and as many of an array as it has rows."""
    counts = Counter(path[:-1] for path in paths if path and isinstance(path[-1], int))
    rows = all(isinstance(value := _below(data, *path), list) and len(value) == count for path, count in counts.items())
    return rows and len(set(paths)) == len(paths) and all(isinstance(_below(data, *path), dict) for path in paths)


def _prefixes(lines: Iterable[tuple[Path, int]]) -> dict[Path, int]:
    """Return the first line of each path and of all that it begins with: `[[a.b]]` begins `a` too."""
    found: dict[Path, int] = {}
    for path, line in lines:
        for end in range(1, len(path) + 1):
            found.setdefault(path[:end], line)
    return found


def _below(data: Any, *names: str | int) -> Any:
    for name in names:
        if isinstance(name, int):
            data = data[name] if isinstance(data, list) and name < len(data) else None
        else:
            data = data.get(name) if isinstance(data, dict) else None
    return data


def _rows_in(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the tables of an array with their places, counted as the model counts rows."""
    tables = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    yield from enumerate(tables)


def _text(value: Any) -> str:
    """Return a cell as the name of a row: the model has texts in normal form, the file as they were written."""
    return clean(str(value))

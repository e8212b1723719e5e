"""What a merge could not join, as it stands in the file until somebody decides.

An entry says where (`row`, `column`, where it has one) and what the two sides say; a side that has nothing there has
deleted it. `part` is set where it is not about the answer itself: its state, its note, an open cell, ….
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from handoff_tui.core.answers import Answer, Assumed, Mark, NotApplicable, Open
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.three_way import ABSENT, same

__all__ = [
    "PARTS",
    "Conflict",
    "Part",
    "as_record",
    "as_table",
    "conflicts_in",
    "mark_of",
    "state_of",
    "with_conflicts",
    "without_conflicts",
]

Part: TypeAlias = Literal["", "state", "note", "open_cell", "accepted", "extra", "schema"]
PARTS: tuple[Part, ...] = ("", "state", "note", "open_cell", "accepted", "extra", "schema")
"""What a conflict can be about: the answer itself, or what stands beside it. The last two are about the file."""

_MARKS: dict[str, type[Open | Assumed | NotApplicable]] = {
    "open": Open,
    "assumed": Assumed,
    "not_applicable": NotApplicable,
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two versions of one thing.

    Args:
        question: The full id of the question, or `handoff.KEY` for the head and for the file as a whole.
        row: The row of a table, by its first cell.
        column: The column, where the two differ in one cell.
        part: What it is about, if not the answer itself.
        ours: What stands in the handoff; `ABSENT` where we deleted it.
        theirs: What they say; `ABSENT` where they deleted it.
        index: Which of the conflicts at its question it is, counted from 0, in the handoff it was read from.
    """

    question: str
    row: str | None = None
    column: str | None = None
    part: str = ""
    ours: Any = ABSENT
    theirs: Any = ABSENT
    index: int = 0

    def entry(self) -> dict[str, Any]:
        """Return it as a table of the file."""
        place = {"row": self.row, "column": self.column, "part": self.part or None}
        sides = {name: side for name, side in (("ours", self.ours), ("theirs", self.theirs)) if side is not ABSENT}
        return {key: value for key, value in place.items() if value is not None} | sides


def conflicts_in(handoff: Handoff, question_id: str | None = None) -> tuple[Conflict, ...]:
    """Return the conflicts of a handoff, or those at one question, each with its index."""
    return tuple(
        _read(found, index, entry)
        for found, entries in _places(handoff.conflict)
        if question_id in (None, found)
        for index, entry in enumerate(entries)
    )


def _places(conflict: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    for section_id, questions in conflict.items():
        for name, entries in questions.items() if isinstance(questions, Mapping) else ():
            yield f"{section_id}.{name}", entries if isinstance(entries, list) else [entries]


def _read(question_id: str, index: int, entry: Any) -> Conflict:
    """Read an entry; what a person wrote there in another form has neither place nor sides."""
    table = entry if isinstance(entry, Mapping) else {}
    row, column, part = (value if isinstance(value := table.get(key), str) else None for key in _PLACE)
    sides = {side: table.get(side, ABSENT) for side in ("ours", "theirs")}
    return Conflict(question_id, row, column, part or "", **sides, index=index)


_PLACE = ("row", "column", "part")


def with_conflicts(handoff: Handoff, found: Sequence[Conflict]) -> tuple[Handoff, tuple[Conflict, ...]]:
    """Return the handoff with these conflicts added, and the conflicts with their index; none stands there twice."""
    conflict: dict[str, Any] = dict(handoff.conflict)
    placed: list[Conflict] = []
    for item in found:
        section_id, _, name = item.question.partition(".")
        section = conflict.get(section_id, {})
        questions = dict(section) if isinstance(section, Mapping) else {"": section}
        entries = questions.get(name, [])
        entries = list(entries) if isinstance(entries, list) else [entries]
        entry = item.entry()
        index = next((at for at, known in enumerate(entries) if same(known, entry)), len(entries))
        questions[name] = entries if index < len(entries) else [*entries, entry]
        conflict[section_id] = questions
        placed.append(replace(item, index=index))
    return (replace(handoff, conflict=conflict) if found else handoff), tuple(placed)


def without_conflicts(handoff: Handoff, found: Sequence[Conflict]) -> Handoff:
    """Return the handoff without these conflicts, each known by its question and index."""
    gone = {(item.question, item.index) for item in found}
    conflict: dict[str, Any] = {}
    for section_id, questions in handoff.conflict.items():
        if not isinstance(questions, Mapping):
            conflict[section_id] = questions
            continue
        left = {}
        for name, entries in questions.items():
            listed = entries if isinstance(entries, list) else [entries]
            kept = [entry for at, entry in enumerate(listed) if (f"{section_id}.{name}", at) not in gone]
            if kept:
                left[name] = kept if len(kept) < len(listed) else entries
        if left:
            conflict[section_id] = left
    return replace(handoff, conflict=conflict)


# -- records as values of the file -------------------------------------------------------------------------------


def as_table(record: Any) -> dict[str, Any]:
    """Return a mark, a note or an open cell as a table of the file."""
    fields = {name: getattr(record, name) for name in record.__dataclass_fields__ if name != "extra"}
    known = {name: list(v) if isinstance(v, tuple) else v for name, v in fields.items() if v not in ("", None, ())}
    return {key: value for key, value in record.extra.items() if key not in known} | known


def as_record(kind: type[Any], table: Mapping[str, Any]) -> Any:
    """Return what `as_table` was made from; what does not fit goes to `extra`, as it does when a file is read."""
    types: dict[str, Any] = {"due": date, "agreed_by": list | tuple}
    known: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in table.items():
        fits = key in kind.__dataclass_fields__ and key != "extra" and isinstance(value, types.get(key, str))
        fits = fits and not isinstance(value, datetime)
        (known if fits else extra)[key] = value
    if "agreed_by" in known:
        known["agreed_by"] = tuple(map(str, known["agreed_by"]))
    return kind(**known, extra=extra)


def state_of(answer: Answer) -> Any:
    """Return the state of an answer as a side of a conflict: a table by its name, or a word where it has no mark."""
    name = next((name for name, kind in _MARKS.items() if isinstance(answer.mark, kind)), None)
    return {name: as_table(answer.mark)} if name else answer.state.value


def mark_of(side: Any) -> Mark | None:
    """Return the mark that a side of a conflict about a state stands for."""
    if isinstance(side, Mapping):
        for name, kind in _MARKS.items():
            if isinstance(side.get(name), Mapping):
                mark: Mark = as_record(kind, side[name])
                return mark
    return None

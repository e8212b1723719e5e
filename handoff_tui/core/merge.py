"""Two edits of one handoff made into one, answer by answer; what cannot be joined is kept in both versions.

Nothing that either side wrote is ever lost: it stands in the result, or in a conflict beside it. In a conflict the
answer keeps ours. Texts are not joined line by line, for half of each of two sentences is what nobody said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handoff_tui.core.answers import Answer, Note, OpenCell, Stale
from handoff_tui.core.conflicts import Conflict, as_table, state_of, with_conflicts
from handoff_tui.core.handoff import STATUSES, Handoff, Head
from handoff_tui.core.merge_rows import Table, is_rows, key_column, merge_cells, name_of
from handoff_tui.core.restale import restale
from handoff_tui.core.template import Template
from handoff_tui.core.text import fold
from handoff_tui.core.three_way import ABSENT, canonical, join_items, join_lines, numbered, ordered, pick, same

__all__ = ["Merged", "merge"]

_NOTHING = Handoff(Head(template="", template_version=0, moment="", status=""))
"""What two files have in common that were begun by themselves."""
_DERIVED = ("participants", "comment", "extra", "status", "template_version")
"""What of the head has a rule of its own."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge: the handoff, the conflicts that came of it (they stand in the handoff too), and the ids of the
    answers that are stale only because the two sides came together.
    """

    handoff: Handoff
    conflicts: tuple[Conflict, ...] = ()
    stale: tuple[str, ...] = ()


def merge(base: Handoff | None, ours: Handoff, theirs: Handoff, template: Template | None) -> Merged:
    """Return two edits of a handoff as one.

    Args:
        base: What both began with. Without one, everything that differs is a conflict, and what only one has is kept.
        ours: The side that stands where they clash.
        theirs: The other side.
        template: The questions; without them tables are known by their look, and nothing becomes stale by the merge.
    """
    return _Merge(base or _NOTHING, ours, theirs, template).merged()


class _Merge:
    """One merge under way: its three versions, and the conflicts so far."""

    def __init__(self, base: Handoff, ours: Handoff, theirs: Handoff, template: Template | None) -> None:
        self._sides = (base, ours, theirs)
        self._template = template
        self._found: list[Conflict] = []

    def merged(self) -> Merged:
        base, ours, theirs = self._sides
        handoff = Handoff(self._head(), self._answers(), conflict=_joined(*(side.conflict for side in self._sides)))
        handoff = replace(handoff, open_cells=self._open_cells(handoff), accepted=self._accepted())
        extra, clashes = merge_cells([side.extra for side in self._sides])
        for key in clashes:
            self._clash(f"handoff.{key}", "extra", ours.extra.get(key, ABSENT), theirs.extra.get(key, ABSENT))
        schema, clash = pick(base.schema, ours.schema, theirs.schema)
        if clash:
            self._clash("handoff.schema", "schema", *map(_or_absent, (ours.schema, theirs.schema)))
        handoff = replace(handoff, extra=extra, schema=schema)
        stale: tuple[str, ...] = ()
        if self._template is not None:
            handoff, stale = restale(handoff, base, (ours, theirs), self._template)
        handoff, found = with_conflicts(handoff, self._found)
        return Merged(_reopened(handoff, (ours, theirs)), found, stale)

    def _clash(
        self, question_id: str, part: str, ours: Any, theirs: Any, row: str | None = None, column: str | None = None
    ) -> None:
        self._found.append(Conflict(question_id, row, column, part, ours, theirs))

    # -- the head ------------------------------------------------------------------------------------------------

    def _head(self) -> Head:
        heads = [side.head for side in self._sides]
        values: dict[str, Any] = {}
        for name in Head.__dataclass_fields__:
            versions = [getattr(head, name) for head in heads]
            values[name], clash = pick(*versions)
            if clash and name not in _DERIVED:
                self._clash(f"handoff.{name}", "", *(_or_absent(version) for version in versions[1:]))
            elif clash and name == "comment":
                values[name] = join_lines(versions)
            elif clash and name == "template_version":
                values[name] = max(versions[1:])
        values["participants"] = tuple(join_items([head.participants for head in heads]))
        values["status"] = self._status()
        values["extra"], clashes = merge_cells([head.extra for head in heads])
        for key in clashes:
            self._clash(f"handoff.{key}", "", *(head.extra.get(key, ABSENT) for head in heads[1:]))
        return Head(**values)

    def _status(self) -> str:
        status, clash = pick(*(side.head.status for side in self._sides))
        said = [side.head.status for side in self._sides[1:]]
        if clash and set(said) <= set(STATUSES):
            return STATUSES[0]  # one of them calls it final: not what the other wrote
        if clash:
            self._clash("handoff.status", "", *map(_or_absent, said))
        return str(status)

    # -- answers -------------------------------------------------------------------------------------------------

    def _answers(self) -> dict[str, Answer]:
        ids = [list(side.answers) for side in self._sides]
        answers = {key: self._answer(key) for key in ordered(ids, {*ids[1], *ids[2]})}
        return {key: answer for key, answer in answers.items() if not answer.empty}

    def _answer(self, question_id: str) -> Answer:
        versions = [side.answer(question_id) for side in self._sides]
        answer, clash = pick(*versions)
        opened = self._opened(question_id)
        if not (clash or opened):
            return answer if isinstance(answer, Answer) else Answer()
        base, ours, theirs = versions
        (value, mark), clash = pick(*((version.value, version.mark) for version in versions))
        if clash or opened:
            value = self._value(question_id, [version.value for version in versions])
        if clash and not same(ours.mark, theirs.mark):
            # A state is said of the value beside it: it does not go with the value of the other side.
            self._clash(question_id, "state", state_of(ours), state_of(theirs))
        joined = Answer(value, mark, _stale(base.stale, ours.stale, theirs.stale), self._note(question_id, versions))
        origin = [side for side in (ours, theirs) if same((side.value, side.mark), (value, mark))]
        # An open point rests on nothing: why the other side's answer was stale no longer matters.
        return joined if joined.given or any(side.stale for side in origin) else joined.with_(stale=None)

    def _value(self, question_id: str, values: Sequence[Any]) -> Any:
        value, clash = pick(*values)
        if not clash and not self._opened(question_id):
            return value
        key = key_column(self._template, question_id, values)
        if key is None:
            if clash:
                self._clash(question_id, "", *map(_or_absent, values[1:]))
            return value
        table = Table(question_id, key, *self._sides)
        rows = table.rows()
        self._found += table.conflicts
        return rows or (None if None in values[1:] else [])

    def _opened(self, question_id: str) -> bool:
        """Say whether one side marked cells of a table open, or closed some, that the other side changed."""
        values = [side.answer(question_id).value for side in self._sides]
        cells = [[cell for cell in side.open_cells if cell.question == question_id] for side in self._sides]
        return any(not same(values[0], values[one]) and not same(cells[0], cells[3 - one]) for one in (1, 2))

    def _note(self, question_id: str, answers: Sequence[Answer]) -> Note | None:
        note, clash = pick(*(answer.note for answer in answers))
        if not clash:
            return note if isinstance(note, Note) else None
        notes = [answer.note or Note() for answer in answers]
        extra, clashes = merge_cells([note.extra for note in notes])
        if clashes:
            ours, theirs = (as_table(answer.note) if answer.note else ABSENT for answer in answers[1:])
            self._clash(question_id, "note", ours, theirs)
        text = join_lines([note.text for note in notes])
        agreed = tuple(join_items([note.agreed_by for note in notes]))
        return Note(text=text, agreed_by=agreed, extra=extra) if text or agreed or extra else None

    # -- what belongs to no single question ----------------------------------------------------------------------

    def _open_cells(self, merged: Handoff) -> tuple[OpenCell, ...]:
        keyed = [_keyed(side.open_cells, _cell_place) for side in self._sides]
        kept: dict[Any, OpenCell] = {}
        for key in {**keyed[1], **keyed[2]}:
            place, _ = key
            base, ours, theirs = (cells.get(key, ABSENT) for cells in keyed)
            cell, clash = pick(base, ours, theirs)
            if not clash and not same(ours, theirs):
                # A cell that one side marked and the other filled: a mark is said of the value beside it.
                other = 2 if same(base, theirs) else 1
                values = [self._cell(side, place) for side in self._sides]
                clash = not same(values[0], values[other]) and not same(values[1], values[2])
            gone = ours is ABSENT and cell is not ABSENT and self._row_went(merged, place)
            if clash or gone:
                mine, yours = (_without_place(side) for side in (ours, theirs))
                marked = theirs if ours is ABSENT else ours
                self._clash(place[0], "open_cell", mine, yours, marked.row, marked.column)
                cell = ours
            if cell is not ABSENT:
                kept[key] = self._with_name_of_row(cell, merged)
        return tuple(kept[key] for key in ordered([list(items) for items in keyed], kept.keys()))

    def _cell(self, side: Handoff, place: tuple[str, str, str]) -> Any:
        question_id, name, column = place
        row = self._find(side, question_id, name)
        return ABSENT if row is None else row.get(column, ABSENT)

    def _find(self, side: Handoff, question_id: str, name: str) -> Mapping[str, Any] | None:
        values = [version.answer(question_id).value for version in self._sides]
        key = key_column(self._template, question_id, values)
        rows = side.answer(question_id).value
        if key is None or not is_rows(rows):
            return None
        return next((row for row in rows or [] if fold(name_of(row, key)) == fold(name)), None)

    def _with_name_of_row(self, cell: OpenCell, merged: Handoff) -> OpenCell:
        """Return a mark under the name that its row has now: one side may have spelt it anew."""
        values = [version.answer(cell.question).value for version in self._sides]
        key, row = key_column(self._template, cell.question, values), self._find(merged, cell.question, cell.row)
        return cell if key is None or row is None else replace(cell, row=name_of(row, key))

    def _row_went(self, merged: Handoff, place: tuple[str, str, str]) -> bool:
        """Say whether ours deleted the row in which they marked a cell open."""
        theirs, left = (self._find(side, *place[:2]) for side in (self._sides[2], merged))
        return theirs is not None and left is None

    def _accepted(self) -> tuple[Mapping[str, Any], ...]:
        keyed = [_keyed(side.accepted, _acceptance) for side in self._sides]
        kept: dict[Any, Mapping[str, Any]] = {}
        for key in {**keyed[1], **keyed[2]}:
            base, ours, theirs = (items.get(key, ABSENT) for items in keyed)
            item, clash = pick(base, ours, theirs)
            if clash:
                found = next(side for side in (ours, theirs) if side is not ABSENT)
                question_id, row = str(found.get("question", "")), found.get("row")
                known = question_id if "." in question_id else "handoff.accepted"
                self._clash(known, "accepted", ours, theirs, row if isinstance(row, str) else None)
            if item is not ABSENT:
                kept[key] = item
        return tuple(kept[key] for key in ordered([list(items) for items in keyed], kept.keys()))


def _keyed(items: Sequence[Any], key: Any) -> dict[Any, Any]:
    return dict(zip(numbered(map(key, items)), items, strict=True))


def _cell_place(cell: OpenCell) -> tuple[str, str, str]:
    """Return where a mark stands, by the name of its row as rows are matched."""
    return cell.question, fold(cell.row), cell.column


def _acceptance(item: Mapping[str, Any]) -> str:
    return canonical([item.get(key) for key in ("rule", "question", "row", "fingerprint")])


def _or_absent(value: Any) -> Any:
    return ABSENT if value in ("", None) else value


def _without_place(cell: Any) -> Any:
    if cell is ABSENT:
        return cell
    return {key: value for key, value in as_table(cell).items() if key not in ("question", "row", "column")}


def _stale(base: Stale | None, ours: Stale | None, theirs: Stale | None) -> Stale | None:
    """Return why an answer is to be looked at again; of two reasons one is enough."""
    stale, clash = pick(base, ours, theirs)
    if not clash:
        return stale if isinstance(stale, Stale) else None
    reasons = [reason for reason in (ours, theirs) if reason]
    return min(reasons, key=canonical)


def _joined(base: Any, ours: Any, theirs: Any) -> Any:
    """Return the conflicts of earlier merges: one is gone where either side has decided it."""
    found, clash = pick(base, ours, theirs)
    if not clash:
        return {} if found is ABSENT else found
    if all(isinstance(side, Mapping) or side is ABSENT for side in (base, ours, theirs)):
        versions = [{} if side is ABSENT else side for side in (base, ours, theirs)]
        keys = ordered([list(side) for side in versions], {*versions[1], *versions[2]})
        below = {key: _joined(*(side.get(key, ABSENT) for side in versions)) for key in keys}
        return {key: value for key, value in below.items() if value not in ({}, [])}
    listed = [side if isinstance(side, list) else [] if side is ABSENT else [side] for side in (base, ours, theirs)]
    known = {canonical(entry): entry for entries in listed for entry in entries}
    return [known[key] for key in join_items([[canonical(entry) for entry in entries] for entries in listed])]


def _reopened(handoff: Handoff, sides: Sequence[Handoff]) -> Handoff:
    """Return a handoff that is final only where it is word for word what one side signed off."""
    if handoff.head.status != STATUSES[1] or any(same(handoff, side) for side in sides):
        return handoff
    return replace(handoff, head=replace(handoff.head, status=STATUSES[0]))

"""One interview under way: where it stands, what was said, and what each step does to the handoff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from handoff_tui.core import changes
from handoff_tui.core.conflicts import Conflict
from handoff_tui.core.finding import Verdict
from handoff_tui.core.handoff import Handoff, context_of
from handoff_tui.core.interview import Interview
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE, Context, Rejection
from handoff_tui.core.resolve import Side, resolve
from handoff_tui.core.table import Row, TableKind
from handoff_tui.core.template import Template
from handoff_tui.session.forms import MARK_FORMS
from handoff_tui.session.joining import join_answer
from handoff_tui.session.marking import annotated, headed, marked, with_open_cell
from handoff_tui.session.moving import Moving
from handoff_tui.session.undoing import Undoing

if TYPE_CHECKING:
    from handoff_tui.session.secrecy import Hush

__all__ = ["BESIDE", "Session"]

Raw = Mapping[str, object]

BESIDE = ("mark:", "note:", "cell:")
"""How the keys of drafts begin that stand beside a question: in the dialog of its mark, its note, an open cell."""


@dataclass
class Session(Moving, Undoing):
    """The state of an interview; every change is a new `handoff`, handed to `save` at once.

    Args:
        template: The questions.
        handoff: What has been said so far.
        today: The clock.
        save: Called with each new handoff; returns at once in an interview, after the write in a batch.
        only: The questions to ask, where not all.
    """

    template: Template
    handoff: Handoff
    today: Callable[[], date]
    save: Callable[[Handoff], None] = lambda _: None
    only: AbstractSet[str] | None = None
    checked: tuple[Handoff, Verdict, Hush] | None = None
    """What the checks said last, and of which handoff; see `session.findings`."""
    _view: Interview | None = None

    # -- the view ------------------------------------------------------------------------------------------------

    @property
    def interview(self) -> Interview:
        """The interview over the handoff as it stands."""
        if self._view is None or self._view.handoff is not self.handoff or self._view.wanted != self.wanted:
            self._view = Interview(self.template, self.handoff, self.only, frozenset(self.wanted))
        return self._view

    @property
    def context(self) -> Context:
        """What reading an answer needs to know."""
        return context_of(self.handoff, self.template, self.today())

    @property
    def question(self) -> Question | None:
        """The question asked now, if one is."""
        return self.template.by_id.get(self.place.id) if self.place.kind == "question" else None

    def rows(self, question_id: str) -> list[Row]:
        """Return a table's rows as they stand, or the seeded ones before anybody said anything."""
        value = self.handoff.answer(question_id).value
        if value is None:
            return self.table(question_id).seed_rows()
        return [dict(row) for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def people(self) -> dict[str, str]:
        """Return what people are called, by key."""
        return {known.key: known.says for known in self.context.names[PEOPLE]}

    def table(self, question_id: str) -> TableKind:
        """Return the table of a table question.

        Raises:
            TypeError: The question is none.
        """
        table = self.template.by_id[question_id].field
        if not isinstance(table, TableKind):
            raise TypeError(f"{question_id} is not a table")
        return table

    @property
    def form_of(self) -> str | None:
        """The name of the row whose form is open, empty for a new row; `None` where none is."""
        if not self.form_open or self.question is None or not isinstance(self.question.field, TableKind):
            return None
        rows = self.rows(self.question.id)
        there = self.row is not None and self.row < len(rows)
        return self.question.field.row_label(rows[self.row or 0]) if there else ""

    def reopen_form(self, name: str | None) -> None:
        """Have the form of this row open, wherever it stands now: rows come, go and move, as others edit the file.

        What was typed into a row that is gone is offered as a new one.
        """
        if name is None or self.question is None or not isinstance(self.question.field, TableKind):
            return
        labels = [self.question.field.row_label(row) for row in self.rows(self.question.id)]
        self.row, self.form_open = (labels.index(name) if name in labels else None), True
        typed, new = f"{self.question.id}#{name}", f"{self.question.id}#"
        if name and self.row is None and typed not in self.drafts:
            self.form_open = False  # nothing was typed into it
        if self.row is None and typed in self.drafts and new not in self.drafts:
            self.drafts[new] = self.drafts.pop(typed)

    def keep_draft(self, question_id: str, raw: str | list[str]) -> None:
        """Keep what is typed and not accepted. What stands already is none, nor is nothing where nothing stands."""
        if self.drafts.get(question_id) == raw:
            return
        field, value = self.template.by_id[question_id].field, self.handoff.answer(question_id).value
        said = field.read(raw, self.context) if raw and not isinstance(field, TableKind) else None
        if said == value and (raw or value is None):
            self.drafts.pop(question_id, None)
        else:
            self.drafts[question_id] = raw

    # -- answers -------------------------------------------------------------------------------------------------

    def answer(self, question_id: str, raw: object) -> list[Rejection]:
        """Accept raw input as the answer to a question, or say everything that is wrong with it."""
        question = self.template.by_id[question_id]
        if isinstance(question.field, TableKind):
            return self._answer_table(question, question.field, raw)
        value = question.field.read(raw, self.context)
        if isinstance(value, Rejection):
            return [value]
        self._give(question, value, said=raw)
        return []

    def _answer_table(self, question: Question, table: TableKind, raw: object) -> list[Rejection]:
        read = table.read(raw, self.context, open_cells=self.handoff.open_in(question.id))
        wrong = [item for item in read if isinstance(item, Rejection)]
        if wrong:
            return wrong
        self._give(question, read, said=raw)
        return []

    def _give(self, question: Question, value: Any, *, said: object = None) -> None:
        before = self.handoff.answer(question.id)
        if before.value == value and before.mark is None and before.stale is None:
            self.drafts.pop(question.id, None)
            return
        handoff = changes.give(self.handoff, self.template, question.id, value)
        handoff = join_answer(handoff, self.template, question, value, said)
        self.drafts.pop(question.id, None)
        self.commit(handoff, f"the answer to “{question.label}”")

    def accept_table(self, question_id: str) -> list[Rejection]:
        """Say that a table is complete as it stands; the seeded rows count once they are filled."""
        return self.answer(question_id, list(self.rows(question_id)))

    def reconfirm(self, question_id: str) -> None:
        """Say that a stale answer still holds."""
        label = self.template.by_id[question_id].label
        self.commit(changes.reconfirm(self.handoff, question_id), f"“{label}” confirmed again")

    def resolve(self, conflict: Conflict, take: Side) -> None:
        """Decide which of two versions that a merge could not join holds."""
        handoff = resolve(self.handoff, self.template, conflict.question, conflict.index, take)
        question = self.template.by_id.get(conflict.question)
        self.commit(handoff, f"{take} taken of “{question.label if question else conflict.question}”")

    def clear(self, question_id: str) -> None:
        """Take an answer away; `undo` brings it back."""
        label = self.template.by_id[question_id].label
        self.commit(changes.clear(self.handoff, self.template, question_id), f"“{label}” cleared")

    # -- rows ----------------------------------------------------------------------------------------------------

    def put_row(self, question_id: str, index: int | None, raw: Raw, *, allow_gaps: bool = False) -> list[Rejection]:
        """Accept a row at an index, or as a new last one, or say everything that is wrong with it.

        A cell that is open may be empty; so may all but the first one with `allow_gaps`.
        """
        table, rows = self.table(question_id), self.rows(question_id)
        taken = [table.row_label(row) for at, row in enumerate(rows) if at != index]
        kept = {} if index is None else {key: value for key, value in rows[index].items() if key not in raw}
        known = {column.id for column in table.columns}
        whole = {**{key: value for key, value in kept.items() if key not in known}, **raw}
        read = table.read_row(whole, self.context, taken=taken, allow_gaps=True)
        if isinstance(read, list):
            # What is empty is said with what cannot be read: nobody wants to hear of it one by one.
            every = read if allow_gaps else table.read_row(whole, self.context, taken=taken)
            names = [str(whole.get(table.key.id) or ""), table.row_label(rows[index]) if index is not None else ""]
            can_wait = {column for row, column in self.handoff.open_in(question_id) if row in names}
            wrong = [item for item in every if isinstance(item, Rejection)]
            return [item for item in wrong if item in read or item.column not in can_wait]
        gaps = [] if allow_gaps else table.gaps([read], self.handoff.open_in(question_id))
        if index is not None and gaps:
            # The open cells of a row that is being renamed still stand under its old name.
            old = table.row_label(rows[index])
            gaps = [gap for gap in gaps if (old, gap.column) not in self.handoff.open_in(question_id)]
        if gaps:
            return gaps
        if index is not None and read == rows[index] and self.handoff.answer(question_id).value is not None:
            return []
        handoff = changes.put_row(self.handoff, self.template, question_id, rows, index, read)
        handoff = join_answer(handoff, self.template, self.template.by_id[question_id], [read], [raw])
        self.commit(handoff, f"{table.row_name} “{table.row_label(read)}”")
        return []

    def remove_row(self, question_id: str, index: int) -> None:
        """Remove a row; `undo` brings it back."""
        table, rows = self.table(question_id), self.rows(question_id)
        label = table.row_label(rows[index])
        left = [*rows[:index], *rows[index + 1 :]]
        kept = tuple(cell for cell in self.handoff.open_cells if (cell.question, cell.row) != (question_id, label))
        handoff = changes.give(replace(self.handoff, open_cells=kept), self.template, question_id, left or None)
        typed = f"{question_id}#{label}"  # what was typed into it goes with it, and comes back with it
        self.commit(
            handoff, f"{table.row_name} “{label}” removed", {typed: None} if label and typed in self.drafts else None
        )

    def move_row(self, question_id: str, index: int, step: int) -> int:
        """Move a row up (-1) or down (1); return where it stands now."""
        rows = self.rows(question_id)
        target = index + step
        if not (0 <= index < len(rows) and 0 <= target < len(rows)):
            return index
        rows[index], rows[target] = rows[target], rows[index]
        answer = self.handoff.answer(question_id)
        # The order of rows is no premise of anything: nothing becomes stale.
        moved = self.handoff.with_answer(question_id, answer.with_(value=rows))
        self.commit(moved, f"{self.table(question_id).row_name} moved")
        return target

    def copy_of_row(self, question_id: str, index: int) -> Row:
        """Return the cells of a row to begin another with: all but its name."""
        key = self.table(question_id).key.id
        return {column: value for column, value in self.rows(question_id)[index].items() if column != key}

    # -- states --------------------------------------------------------------------------------------------------

    def mark(self, question_id: str, kind: str, raw: Raw) -> list[Rejection]:
        """Mark a question as `open`, `assumed` or `not_applicable`; `raw` are the cells of that mark's form."""
        label = self.template.by_id[question_id].label
        result = marked(self.handoff, self.template, self.context, question_id, kind, raw)
        return self._take(result, f"“{label}” marked {kind.replace('_', ' ')}")

    def assume(self, question_id: str, answer: object, raw: Raw) -> list[Rejection]:
        """Answer a question and mark the answer as assumed, in one step."""
        form = MARK_FORMS["assumed"].read_row(raw, self.context)
        if isinstance(form, list):
            return form
        steps = self.steps_taken
        wrong = self.answer(question_id, answer) or self.mark(question_id, "assumed", raw)
        self.as_one_step(steps)
        return wrong

    def open_cell(self, question_id: str, row: str, column: str, raw: Raw) -> list[Rejection]:
        """Mark one cell of a row as open by itself; what stood there goes, and `undo` brings it back."""
        result = with_open_cell(self.handoff, self.template, self.context, (question_id, row, column), raw)
        if isinstance(result, list):
            return result
        table, rows = self.table(question_id), self.rows(question_id)
        emptied = [
            {key: cell for key, cell in item.items() if key != column} if table.row_label(item) == row else item
            for item in rows
        ]
        if emptied != rows:
            result = changes.give(result, self.template, question_id, emptied)
        draft = f"{question_id}#{row}"
        typed = {key: said for key, said in self.drafts.get(draft, {}).items() if key != column}
        drafts = {draft: typed or None} if draft in self.drafts else None
        self.commit(result, f"“{table.column(column).label}” of {row} marked open", drafts)
        return []

    def note(self, question_id: str, raw: Raw) -> list[Rejection]:
        """Set the note of a question and who agreed; an empty form takes it away."""
        label = self.template.by_id[question_id].label
        result = annotated(self.handoff, self.template, self.context, question_id, raw)
        return self._take(result, f"the note on “{label}”")

    # -- the head and the counts ---------------------------------------------------------------------------------

    def _take(self, result: Handoff | list[Rejection], what: str) -> list[Rejection]:
        if isinstance(result, list):
            return result
        self.commit(result, what)
        return []

    def change_head(self, raw: Raw) -> list[Rejection]:
        """Take over the start form: name, moment, owner; a new owner joins the people."""
        return self._take(headed(self.handoff, self.template, self.context, raw), "the head of the handoff")

    def summary_line(self) -> str:
        """Return the counts in one line: answered, open, assumed, stale."""
        return self.interview.progress.in_words()

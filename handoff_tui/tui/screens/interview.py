"""The interview: one question at a time."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.widgets import Input, TextArea

from handoff_tui.core.answers import Assumed, NotApplicable, Open, State
from handoff_tui.core.kinds import Rejection
from handoff_tui.core.question import Question
from handoff_tui.session.forms import NOTE, OPEN_CELL
from handoff_tui.session.joining import Newcomer, newcomers
from handoff_tui.tui.dialogs.forms import FormDialog, MarkDialog
from handoff_tui.tui.dialogs.help import HelpDialog
from handoff_tui.tui.screens.base import KEYS, InterviewBase
from handoff_tui.tui.screens.page import QuestionPage
from handoff_tui.tui.widgets.chrome import Bar, KeyHints
from handoff_tui.tui.widgets.fields import Field
from handoff_tui.tui.widgets.rows import Rows
from handoff_tui.tui.widgets.table import TableBody

__all__ = ["InterviewScreen"]

_HINTS = (
    ("Enter", "continue", "screen.go_on"),
    ("Esc", "back", "screen.back"),
    ("F2", "sections", "screen.sections"),
    ("F1", "help", "screen.help"),
    ("F3", "don't know", "screen.dont_know"),
    ("F8", "review", "screen.review"),
)
_TEXT_HINTS = (("Ctrl+N", "continue", "screen.go_on"), *_HINTS[1:])
_ROW_HINTS = (
    ("Ctrl+N", "keep row", "screen.go_on"),
    ("Esc", "close", "screen.back"),
    ("F3", "don't know this", "screen.dont_know"),
    ("F1", "help", "screen.help"),
)


class InterviewScreen(InterviewBase):
    """One question at a time, large and first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "dont_know", "We don't know yet", id="dont-know", show=False),
        Binding("f4", "editor", "Edit in $EDITOR", id="editor", show=False),
        Binding("f9", "note", "Note, and who agreed", id="note", show=False),
        Binding("r", "reconfirm", "A stale answer still holds", id="reconfirm", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay out bar, page and keys."""
        yield Bar()
        yield Vertical(id="stage")
        yield KeyHints(_HINTS)

    async def on_mount(self) -> None:
        """Show the question that the session stands at."""
        await self.show_question()

    # -- showing -------------------------------------------------------------------------------------------------

    @property
    def asked(self) -> Question:
        """The question on the screen."""
        return self.page.question

    @property
    def page(self) -> QuestionPage:
        """The page of the question."""
        return self.query_one(QuestionPage)

    async def show_question(self) -> None:
        """Show the question that the session stands at."""
        question = self.session.question
        if question is None:
            return
        stage = self.query_one("#stage", Vertical)
        self.set_class(False, "-editing")
        with self.app.batch_update():
            await stage.remove_children()
            await stage.mount(QuestionPage(self.session, question))
            await self._hint()
            self.refresh_bar()

    async def _hint(self) -> None:
        table = self.page.table
        if table is not None:
            hints = _ROW_HINTS if table.editing else _TEXT_HINTS
        else:
            hints = _TEXT_HINTS if self.page.question.field.kind == "text" else _HINTS
        await self.query_one(KeyHints).show(hints)

    def refresh_bar(self) -> None:
        """Show theme, section, number, and what is left."""
        question = self.session.question
        if question is None:
            return
        section = self.session.template.section_of(question.id)
        number = self.session.interview.number(question)
        count = f"{number[0]} of {number[1]}" if number else "optional"
        self.show_bar(f"{section.theme} · {section.title} · {count}")

    async def _refresh(self, at: int | None = None) -> None:
        """Show anew what an accepted step changed, without losing the place on the page."""
        self.page.show_state()
        self.page.show_rows(at)
        self.refresh_bar()
        await self._hint()

    # -- going on ------------------------------------------------------------------------------------------------

    def leave_page(self) -> None:
        """Keep what is typed: a row as far as it goes, an answer as a draft."""
        try:
            page = self.page
        except NoMatches:
            return
        if page.table is not None and page.table.editing:
            if page.table.form.touched:
                self._keep_unfinished(page.table)
        elif page.field is not None and page.touched:
            self.session.drafts[page.question.id] = page.field.raw

    @on(Field.Submitted)
    async def _submitted(self) -> None:
        await self.action_go_on()

    async def action_go_on(self) -> None:
        """Accept the answer and continue, or say what is wrong with it."""
        page, question = self.page, self.asked
        before = set(newcomers(self.session.handoff, self.session.template))
        if page.table is not None:
            if page.table.editing:
                page.table.form.keep()
                return
            rejections = self._accept_table(question)
            if rejections:
                page.say_wrong(rejections)
                await self._go_to_gap(rejections[0])
                return
        elif page.field is not None and not self._may_pass(question):
            rejections = self.session.answer(question.id, page.field.raw)
            if rejections:
                page.say_wrong(rejections)
                return
        self._greet(before, then_go_on=True)

    def _may_pass(self, question: Question) -> bool:
        """Say whether Continue leaves the question as it is: marked, stale and read, or optional and empty."""
        answer = self.session.handoff.answer(question.id)
        page = self.page
        if page.touched:
            return False
        if answer.mark is not None or answer.stale is not None:
            return True
        return not question.essential and answer.value is None and not (page.field and page.field.raw)

    def _accept_table(self, question: Question) -> Sequence[Rejection]:
        answer = self.session.handoff.answer(question.id)
        if answer.state in (State.OPEN, State.NOT_APPLICABLE) or answer.stale is not None:
            return []
        if not question.essential and answer.value is None and not self.session.rows(question.id):
            return []
        return self.session.accept_table(question.id)

    async def _go_to_gap(self, rejection: Rejection) -> None:
        """Open the row of a gap at its cell."""
        table = self.page.table
        if table is None or not rejection.row:
            self.page.take_focus()
            return
        labels = [table.table.row_label(row) for row in self.session.rows(self.asked.id)]
        if rejection.row in labels:
            await self._edit_row(labels.index(rejection.row))
            table.say_wrong([rejection])

    @work
    async def _greet(self, before: set[Newcomer], *, then_go_on: bool) -> None:
        """Ask for what names that joined on the spot still lack; then go on."""
        for newcomer in newcomers(self.session.handoff, self.session.template):
            if newcomer not in before and newcomer.table != self.asked.id:
                await self.app.push_screen_wait(self._newcomer_dialog(newcomer))
        if then_go_on:
            self.session.go_on()
            await self.wizard.show_place()
        else:
            await self._refresh(self._row_at())

    def _row_at(self) -> int | None:
        return self.page.table.query_one(Rows).index if self.page.table else None

    def _newcomer_dialog(self, newcomer: Newcomer) -> FormDialog:
        session = self.session
        table = session.template.by_id[newcomer.table].field
        rows = session.rows(newcomer.table)
        index = next(i for i, row in enumerate(rows) if table.row_label(row) == newcomer.row)  # type: ignore[union-attr]
        row = rows[index]
        name = str(row.get("name") or newcomer.row)
        return FormDialog(
            f"{name} is new here" if "hours" not in newcomer.lacks else f"{name} will be paged",
            "This is asked once; every later answer can use the name.",
            table,  # type: ignore[arg-type]
            session.context,
            row,
            lambda raw: session.put_row(newcomer.table, index, {**row, **raw}),
            only=("name", *newcomer.lacks),
        )

    # -- rows ----------------------------------------------------------------------------------------------------

    @on(Rows.Asked)
    async def _row_asked(self, event: Rows.Asked) -> None:
        event.stop()
        question_id, index = self.asked.id, event.index
        if event.what == "add":
            await self._open_form(None, self.session.drafts.get(question_id, {}))
        elif event.what == "undo":
            await self.action_undo()
        elif index is not None:
            await self._row_step(question_id, event.what, index)

    async def _row_step(self, question_id: str, what: str, index: int) -> None:
        match what:
            case "edit":
                await self._edit_row(index)
            case "duplicate":
                await self._open_form(None, self.session.copy_of_row(question_id, index))
            case "remove":
                self.session.remove_row(question_id, index)
                self.notify("Row removed. Ctrl+Z brings it back.", markup=False)
                await self._refresh(max(0, index - 1))
                self.page.take_focus()
            case "up" | "down":
                await self._refresh(self.session.move_row(question_id, index, -1 if what == "up" else 1))

    async def _edit_row(self, index: int) -> None:
        await self._open_form(index, self.session.rows(self.asked.id)[index])

    async def _open_form(self, index: int | None, raw: dict[str, object]) -> None:
        table = self.page.table
        if table is None:
            return
        label = table.table.row_label(raw)
        open_columns = [column for row, column in self.session.handoff.open_in(self.asked.id) if row == label]
        self.page.say_wrong([])
        await table.open_form(index, raw, self.session.context, open_columns)
        await self._hint()

    @on(TableBody.RowKept)
    async def _row_kept(self, event: TableBody.RowKept) -> None:
        event.stop()
        table = self.page.table
        if table is None:
            return
        if event.unfinished:
            if table.form.touched:
                self._keep_unfinished(table)
            await self._close_form(event.index)
            return
        before = set(newcomers(self.session.handoff, self.session.template))
        rejections = self.session.put_row(self.asked.id, event.index, event.raw)
        if rejections:
            table.say_wrong(rejections)
            return
        self.session.drafts.pop(self.asked.id, None)
        await self._close_form(event.index)
        self._to_next_row()
        self._greet(before, then_go_on=False)

    def _keep_unfinished(self, table: TableBody) -> None:
        """Store a row as far as it goes; where even that is not possible, keep what was typed for the next time."""
        raw = table.form.raw
        if not any(value for column, value in raw.items() if column != table.table.key.id) and not raw[table.table.key.id]:
            return
        if self.session.put_row(self.asked.id, table.index, raw, allow_gaps=True):
            self.session.drafts[self.asked.id] = raw
            self.notify("The row is kept as it is; + opens it again.", markup=False)

    async def _close_form(self, index: int | None) -> None:
        table = self.page.table
        if table is None:
            return
        await table.close_form()
        rows = self.session.rows(self.asked.id)
        await self._refresh(len(rows) - 1 if index is None else index)
        table.take_focus()

    def _to_next_row(self) -> None:
        """Go to the next row that lacks something; without one, to the button that adds a row."""
        table = self.page.table
        if table is None:
            return
        rows = table.query_one(Rows)
        unfinished = rows.unfinished()
        if unfinished is None:
            rows.focus_add()
        else:
            self.page.show_rows(unfinished)

    async def action_back(self) -> None:
        """Close the form of a row, else go one question back."""
        table = self.page.table
        if table is not None and table.editing:
            table.action_close_form()
            return
        await super().action_back()

    # -- marks, notes, help --------------------------------------------------------------------------------------

    @work
    async def action_dont_know(self) -> None:
        """Mark the question, or the cell that is being filled in."""
        page = self.page
        if page.table is not None and page.table.editing:
            await self._open_cell(page.table)
            return
        answer = self.session.handoff.answer(self.asked.id)
        mark = answer.mark
        kinds = {Open: "open", Assumed: "assumed", NotApplicable: "not_applicable"}
        raw = {name: getattr(mark, name) for name in getattr(mark, "__dataclass_fields__", ()) if name != "extra"}
        typed = page.field.raw if page.field is not None else None
        dialog = MarkDialog(
            self.session.context,
            lambda kind, form: self._mark(kind, form, typed),
            kind=kinds.get(type(mark), "open"),  # type: ignore[arg-type]
            raw=raw,
            may_assume=bool(typed) or answer.value is not None,
        )
        if await self.app.push_screen_wait(dialog):
            self.leave_page()
            self.session.go_on()
            await self.wizard.show_place()

    def _mark(self, kind: str, form: dict[str, object], typed: object) -> Sequence[Rejection]:
        if kind == "assumed" and typed and self.page.touched:
            return self.session.assume(self.asked.id, typed, form)
        return self.session.mark(self.asked.id, kind, form)

    async def _open_cell(self, table: TableBody) -> None:
        column = table.form.current
        if column is None or column is table.table.key:
            self.notify(f"The {table.table.key.label.lower()} names the row and cannot be open.", markup=False)
            return
        raw = {**table.form.raw, column.id: ""}
        label = str(raw[table.table.key.id]).strip()
        if rejections := self.session.put_row(self.asked.id, table.index, raw, allow_gaps=True):
            table.say_wrong(rejections)
            return
        labels = [table.table.row_label(row) for row in self.session.rows(self.asked.id)]
        index = labels.index(label) if label in labels else len(labels) - 1
        dialog = FormDialog(
            f"{column.label} of {labels[index]}: we don't know yet",
            "The rest of the row stands.",
            OPEN_CELL,
            self.session.context,
            {},
            lambda form: self.session.open_cell(self.asked.id, labels[index], column.id, form),
            keep="Mark it open",
        )
        await self.app.push_screen_wait(dialog)
        await self._edit_row(index)
        self.page.show_rows(index)

    @work
    async def action_note(self) -> None:
        """Write a note, and who agreed."""
        note = self.session.handoff.answer(self.asked.id).note
        raw: dict[str, object] = {"text": note.text, "agreed_by": list(note.agreed_by)} if note else {}
        dialog = FormDialog(
            f"Note on “{self.asked.label}”",
            "It stands beside the answer in the summary.",
            NOTE,
            self.session.context,
            raw,
            lambda form: self.session.note(self.asked.id, form),
            only=("text", "agreed_by"),
        )
        if await self.app.push_screen_wait(dialog):
            await self._refresh(self._row_at())

    async def action_reconfirm(self) -> None:
        """Say that a stale answer still holds, and continue."""
        if self.session.handoff.answer(self.asked.id).stale is None:
            return
        self.session.reconfirm(self.asked.id)
        await self.action_go_on()

    def action_help(self) -> None:
        """Open the help for this question, or this cell."""
        table = self.page.table
        column = table.form.current if table is not None and table.editing else None
        self.app.push_screen(HelpDialog(KEYS, self.asked, column))

    async def action_undo(self) -> None:
        """Take back the last step, unless that would be in the middle of typing."""
        typing = isinstance(self.focused, Input | TextArea)
        if typing and self.page.touched:
            self.notify("Leave the text first (Tab), then Ctrl+Z takes back the last step.", markup=False)
            return
        await super().action_undo()

    def action_editor(self) -> None:
        """Edit the text in the editor that $VISUAL or $EDITOR names."""
        table = self.page.table
        field = table.form.current_field if table is not None and table.editing else self.page.field
        control = field.text_control if field is not None else None
        if field is None or control is None:
            self.notify("There is no text here to edit.", markup=False)
            return
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not command:
            self.notify("Set $EDITOR first, for example: export EDITOR=nano.", severity="warning", markup=False)
            return
        text = control.text if isinstance(control, TextArea) else control.value
        field.put_text(self._edited(shlex.split(command), text))
        control.focus()

    def _edited(self, command: list[str], text: str) -> str:
        """Return text as an editor outside left it; as it was, where that fails."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answer.md"
            path.write_text(text + "\n", encoding="utf-8")
            try:
                # Blocking on purpose: an async child under `suspend` deadlocks (robustness.md, section 3).
                with self.app.suspend():
                    subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the user's own editor
                return path.read_text(encoding="utf-8").rstrip("\n")
            except (OSError, UnicodeDecodeError) as error:
                self.notify(f"The editor did not work: {error}.", severity="warning", markup=False)
                return text

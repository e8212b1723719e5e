"""The answer to a table question: its rows, and below them the form for one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from handoff_tui.core.reading import Context, Rejection
from handoff_tui.core.table import Row, TableKind
from handoff_tui.core.wording import say_cell
from handoff_tui.tui.widgets.form import Form
from handoff_tui.tui.widgets.inputs import LineInput
from handoff_tui.tui.widgets.rows import Rows

__all__ = ["TableBody"]


class TableBody(Vertical):
    """Rows and, while one is worked on, its form. Everything it wants, it asks the screen for."""

    @dataclass
    class RowKept(Message):
        """Posted when the row in the form should be accepted; `index` is `None` for a new one."""

        index: int | None
        raw: dict[str, object]
        unfinished: bool = False

    @dataclass
    class Pasted(Message):
        """Posted when a text was pasted that may be rows; `into` is the cell that has its lines, joined, already."""

        text: str
        into: LineInput | None = None
        before: str = ""

        def put_back(self) -> None:
            """Take the text out of the cell again."""
            if self.into is not None:
                self.into.value = self.before

    def __init__(self, table: TableKind) -> None:
        super().__init__(classes="table-body")
        self.table = table
        self._index: int | None = None

    def compose(self) -> ComposeResult:
        """Lay out the rows, and room for the form."""
        yield Rows(self.table)
        yield VerticalScroll(id="row-form", can_focus=False)

    # -- the rows ------------------------------------------------------------------------------------------------

    def show(
        self,
        rows: Sequence[Row],
        open_cells: AbstractSet[tuple[str, str]],
        people: Mapping[str, str],
        at: int | None = None,
        *,
        unread: Mapping[tuple[str, str], str],
    ) -> None:
        """Show the rows as they stand, with what is kept in their cells and cannot be read."""
        self.query_one(Rows).show(rows, open_cells, people, at, unread=unread)

    def take_focus(self) -> None:
        """Focus the form where one is open, else the rows."""
        if self.editing:
            self.form.take_focus()
        else:
            self.query_one(Rows).take_focus()

    # -- the form ------------------------------------------------------------------------------------------------

    @property
    def editing(self) -> bool:
        """Whether a row is being worked on."""
        return bool(self.query(Form))

    @property
    def form(self) -> Form:
        """The form that is open."""
        return self.query_one(Form)

    @property
    def index(self) -> int | None:
        """The row that is being worked on; `None` for a new one."""
        return self._index

    def stored_as(self, index: int) -> None:
        """Know that the row in the form is one of the rows now."""
        self._index = index

    async def open_form(
        self, index: int | None, raw: Mapping[str, object], context: Context, open_columns: Sequence[str]
    ) -> None:
        """Open the form for a row."""
        self._index = index
        room = self.query_one("#row-form", VerticalScroll)
        await room.remove_children()
        form = Form(self.table, context, raw, open_columns=open_columns)
        name = say_cell(self.table.key, raw)
        title = (
            f"{self.table.row_name.capitalize()} {name}".strip() if index is not None else f"New {self.table.row_name}"
        )
        await room.mount(
            Static(Content(title), markup=False, classes="form-title"),
            form,
        )
        self.add_class("editing")
        self.screen.set_class(True, "-editing")
        form.take_focus()

    async def close_form(self) -> None:
        """Take the form away."""
        self.remove_class("editing")
        self.screen.set_class(False, "-editing")
        await self.query_one("#row-form", VerticalScroll).remove_children()

    def say_wrong(self, rejections: Sequence[Rejection]) -> None:
        """Show what is wrong with the row in the form."""
        self.form.say_wrong(rejections)

    def ask_to_close(self) -> None:
        """Close the form; what is in it is kept as an unfinished row."""
        self.post_message(self.RowKept(self._index, self.form.raw, unfinished=True))

    @on(LineInput.Lines)
    def _lines(self, event: LineInput.Lines) -> None:
        event.stop()
        self.post_message(self.Pasted(event.text, event.box, event.before))

    @on(Form.Kept)
    def _kept(self, event: Form.Kept) -> None:
        event.stop()
        self.post_message(self.RowKept(self._index, event.raw))

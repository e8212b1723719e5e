"""The rows of a table: all in sight as they are entered, each worked on by key or by mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from handoff_tui.core.table import Column, Row, TableKind
from handoff_tui.core.text import visible, with_article
from handoff_tui.core.wording import say_cell
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.listing import Listing

__all__ = ["Rows", "widths_for"]

_GAP = 2
_NARROWEST = 9
_NAME = 18
_WIDEST = 34


def widths_for(cells: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the width of each column so that all fit into `room` cells; those at the right that cannot, are left out.

    Args:
        cells: The lines, the heading first, each with a text per column.
        room: Cells to fill, gaps included.
    """
    count = len(cells[0]) if cells else 0
    wanted = [
        min(max((Content(visible(line[index])).cell_length for line in cells), default=1), _WIDEST)
        for index in range(count)
    ]
    least = [min(width, _NARROWEST if index else _NAME) for index, width in enumerate(wanted)]
    while len(wanted) > 1 and sum(least) + _GAP * (len(wanted) - 1) > room:
        wanted.pop()
        least.pop()
    while sum(wanted) + _GAP * (len(wanted) - 1) > room and max(wanted, default=0) > 1:
        # The widest gives way; below what each should have at least, whichever is widest.
        wide = [index for index, width in enumerate(wanted) if width > least[index]] or list(range(len(wanted)))
        wanted[max(wide, key=wanted.__getitem__)] -= 1
    return wanted


class RowList(Listing):
    """The list itself; its keys are those of a table."""

    BINDINGS = [
        Binding("insert,plus", "add", "Add a row", id="add-row", show=False),
        Binding("ctrl+d", "duplicate", "Duplicate the row", id="duplicate-row", show=False),
        Binding("delete", "remove", "Remove the row", id="remove-row", show=False),
        Binding("alt+up", "move_row(-1)", "Move the row up", id="move-row-up", show=False),
        Binding("alt+down", "move_row(1)", "Move the row down", id="move-row-down", show=False),
    ]

    def action_add(self) -> None:
        """Ask for a new row."""
        self.post_message(Rows.Asked("add", None))

    def action_duplicate(self) -> None:
        """Ask for a row like this one."""
        self.post_message(Rows.Asked("duplicate", self.highlighted))

    def action_remove(self) -> None:
        """Ask to remove this row."""
        self.post_message(Rows.Asked("remove", self.highlighted))

    def action_move_row(self, step: int) -> None:
        """Ask to move this row."""
        self.post_message(Rows.Asked("up" if step < 0 else "down", self.highlighted))


class Rows(Vertical):
    """A table's rows and what can be done with them. It asks; the screen and its session answer by `show`."""

    @dataclass
    class Asked(Message):
        """Posted when a person wants something done: `add`, `edit`, `duplicate`, `remove`, `up`, `down`, `undo`."""

        what: str
        index: int | None

    def __init__(self, table: TableKind) -> None:
        super().__init__(classes="rows")
        self.table = table
        self._rows: list[Row] = []
        self._open: AbstractSet[tuple[str, str]] = frozenset()
        self._people: Mapping[str, str] = {}
        self._unread: Mapping[tuple[str, str], str] = {}
        self._drawn_for = 0

    def compose(self) -> ComposeResult:
        """Lay out heading, list and buttons."""
        yield Static(markup=False, classes="rows-head")
        yield RowList(classes="rows-list")
        with Horizontal(classes="rows-actions"):
            add = Action(f"Add {with_article(self.table.row_name)}", id="row-add", action="ask('add')")
            add.add_class("add")
            yield add
            yield Action("Edit", id="row-edit", action="ask('edit')")
            yield Action("Duplicate", id="row-duplicate", action="ask('duplicate')")
            yield Action("Remove", id="row-remove", action="ask('remove')")
            yield Action("↑", id="row-up", action="ask('up')")
            yield Action("↓", id="row-down", action="ask('down')")
            yield Action("Undo", id="row-undo", action="ask('undo')")

    def show(
        self,
        rows: Sequence[Row],
        open_cells: AbstractSet[tuple[str, str]],
        people: Mapping[str, str],
        at: int | None = None,
        *,
        unread: Mapping[tuple[str, str], str],
    ) -> None:
        """Show rows, with the one at `at` highlighted; `unread` is what some cells hold that cannot be read."""
        self._rows, self._open, self._people, self._unread = list(rows), open_cells, people, unread
        self._draw(at)
        self.set_class(not rows, "empty")
        for action in self.query(Action):
            action.display = bool(rows) or action.id in ("row-add", "row-undo")

    @property
    def index(self) -> int | None:
        """The highlighted row."""
        return self.query_one(RowList).highlighted

    def take_focus(self) -> None:
        """Focus the list; without rows, the button that adds one."""
        if self._rows:
            focus_now(self.query_one(RowList))
        else:
            focus_now(self.query_one("#row-add", Action))

    def focus_add(self) -> None:
        """Focus the button that adds a row."""
        focus_now(self.query_one("#row-add", Action))

    def unfinished(self) -> int | None:
        """Return the first row with an empty needed cell, or one that cannot be read."""
        gaps = self._with_gaps()
        return next((i for i, row in enumerate(self._rows) if self.table.row_label(row) in gaps), None)

    def _with_gaps(self) -> set[str | None]:
        return {gap.row for gap in self.table.gaps(self._rows, self._open)} | {row for row, _ in self._unread}

    # -- drawing -------------------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns to the new width."""
        if self._drawn_for != event.size.width:
            self._draw(self.index)

    def _draw(self, at: int | None) -> None:
        self._drawn_for = self.size.width
        columns = [column for column in self.table.columns if not column.more]
        texts = [[self._cell(row, column) for column in columns] for row in self._rows]
        widths = widths_for([[column.label for column in columns], *texts], max(self.size.width - 6, 20))
        head = _line([column.label for column in columns], widths)
        self.query_one(".rows-head", Static).update(Content("  ") + head.stylize("$quiet"))
        gaps = self._with_gaps()
        open_rows = {row for row, _ in self._open}
        options = []
        for row, cells in zip(self._rows, texts, strict=True):
            label = self.table.row_label(row)
            sign = ("○", "$warning") if label in gaps else ("?", "$warning") if label in open_rows else ("●", "")
            options.append(Option(Content.assemble(sign, " ") + _line(cells, widths)))
        listing = self.query_one(RowList)
        listing.show(options)
        if self._rows and at is not None:
            listing.highlighted = min(at, len(self._rows) - 1)

    def _cell(self, row: Mapping[str, Any], column: Column) -> str:
        if unread := self._unread.get((self.table.row_label(row), column.id)):
            return "! " + " ".join(visible(unread).split())
        if (self.table.row_label(row), column.id) in self._open and column.id not in row:
            return "? open"
        return " ".join(visible(say_cell(column, row, self._people)).split())

    # -- asking --------------------------------------------------------------------------------------------------

    def action_ask(self, what: str) -> None:
        """Pass on what a button asks for."""
        self.post_message(self.Asked(what, None if what in ("add", "undo") else self.index))

    @on(OptionList.OptionSelected)
    def _edit(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Asked("edit", event.option_index))


def _line(cells: Sequence[str], widths: Sequence[int]) -> Content:
    parts = [
        Content(visible(cell)).truncate(width, ellipsis=True, pad=True)
        for cell, width in zip(cells, widths, strict=False)
    ]
    line = Content(" " * _GAP).join(parts)
    return line + Content(" …") if len(widths) < len(cells) else line

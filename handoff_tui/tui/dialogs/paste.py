"""What was pasted into a table, before it is taken over: the rows, what stands already, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from handoff_tui.core.pasted import MAX_PASTE
from handoff_tui.core.table import MAX_ROWS
from handoff_tui.core.text import brief, plural
from handoff_tui.core.wording import say_cell, say_scalar
from handoff_tui.session.pasting import Paste, PastedRow
from handoff_tui.session.session import Session
from handoff_tui.tui.dialogs.base import TextDialog
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.words import placed, safe

__all__ = ["PasteDialog"]

_MOST = 40
"""Lines of one sort that are shown; nobody reads more of them aloud."""
_LONGEST = 200
"""Characters of a cell that are shown."""


class PasteDialog(TextDialog[str]):
    """Returns `take` or `replace`; nothing where the rows are not wanted."""

    def __init__(self, session: Session, paste: Paste, *, in_a_cell: bool) -> None:
        super().__init__()
        self._session = session
        self._paste = paste
        self._table = session.table(paste.question)
        self._in_a_cell = in_a_cell
        self.title_text = f"{plural(len(paste.rows), self._table.row_name)} pasted"

    def body(self) -> Iterable[Widget]:
        """Return what the paste would do, part by part."""
        yield Static(safe(self._lead(), "$quiet"), markup=False, classes="dialog-lead")
        for title, lines in self._parts():
            if lines:
                more = [f"… and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
                shown = "\n".join(f"  {line}" for line in [*lines[:_MOST], *more])
                style = "bold" if title == _ROWS else "bold $warning"
                yield Static(Content.styled(title, style) + safe(f"\n{shown}\n"), markup=False)

    def buttons(self) -> Iterable[Widget]:
        """Return the buttons."""
        if self._paste.rows:
            differs = len(self._paste.differs)
            yield Action("Take them", id="paste-take", action="screen.take", main=True)
            if differs:
                label = f"Take, replace {plural(differs, 'cell')}"
                yield Action(label, id="paste-replace", action="screen.replace")
        yield Action("Leave in the field" if self._in_a_cell else "Close", id="dialog-close", action="screen.close")

    def on_mount(self) -> None:
        """Begin at what is meant most of the time."""
        focus_now(self.query_one("#paste-take" if self._paste.rows else "#dialog-close"))

    def action_take(self) -> None:
        """Take the rows over; what stands stays."""
        self.dismiss("take")

    def action_replace(self) -> None:
        """Take the rows over, in place of what stands."""
        self.dismiss("replace")

    # -- in words ------------------------------------------------------------------------------------------------

    def _lead(self) -> str:
        paste = self._paste
        if paste.too_long:
            return (
                f"The paste has {paste.too_long:,} characters; {MAX_PASTE:,} is the limit. Nothing is taken over. "
                "Paste fewer rows at a time."
            )
        if not paste.rows:
            return "No row can be made of it. Copy the rows of a sheet, of a CSV file or of a Markdown table."
        new, stand = len(paste.new), len(paste.rows) - len(paste.new)
        parts = [f"{new} new."] if new else []
        if stand:
            parts.append(f"{stand} {'stands' if stand == 1 else 'stand'} here already:")
            fills = plural(paste.fills, "empty cell")
            parts.append(f"{fills} of {'it' if stand == 1 else 'them'} {'is' if paste.fills == 1 else 'are'} filled.")
        return " ".join([*parts, f"{keys_of(self.app).shown('undo')} takes the whole paste back."])

    def _parts(self) -> Iterator[tuple[str, Sequence[str]]]:
        paste, people = self._paste, self._session.people()
        yield _ROWS, [self._row(row) for row in paste.rows]
        wrong = [str(placed(self._table, item)) for item in paste.wrong]
        yield "Cannot be read; it is kept in its cell as it was pasted, and the row is not finished", wrong
        differs = []
        for item in paste.differs:
            stands, pasted = (say_scalar(item.column.field, value, people) for value in (item.stands, item.pasted))
            differs.append(f"{item.row}, {item.column.label}: {_short(stands)} (pasted: {_short(pasted)})")
        yield "Stands already with another value, and stays", differs
        yield "Had no name, or one that is taken; it is called for now", paste.named
        beside = [f"{row}, {item.header}: {_short(item.text)}" for row, item in paste.beside]
        yield "Not taken over: no column for it, or its cell has a value", beside
        yield f"Left out: a table has at most {MAX_ROWS} rows", paste.left_out

    def _row(self, row: PastedRow) -> str:
        said = [
            f"{column.label} {_short(say_cell(column, row.row, self._session.people()))}"
            for column in self._table.columns[1:]
            if column.id in row.row
        ]
        name = say_cell(self._table.key, row.row)
        return f"{'+' if row.index is None else '·'} {name}{': ' if said else ''}{' · '.join(said)}"


_ROWS = "Rows"


def _short(text: str) -> str:
    return brief(" ".join(text.split()), _LONGEST)

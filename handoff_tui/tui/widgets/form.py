"""A form: one line for each column of a table. It asks for a row, a mark, a note, a newcomer or the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from handoff_tui.core.kinds import ChoiceKind
from handoff_tui.core.reading import Context, Rejection
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.text import room_left
from handoff_tui.session.asking import in_form_order
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.typeahead import focus_now, mark_active
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.field import Field
from handoff_tui.tui.widgets.fields import field_for
from handoff_tui.tui.words import safe

__all__ = ["Form"]

Raw = Mapping[str, object]


class FormLine(Vertical):
    """A column's line: its label, its field, and below them what is asked, while it is being filled in."""

    def __init__(self, column: Column, field: Field, note: str) -> None:
        super().__init__(classes="form-line", id=f"line-{column.id}")
        self.column = column
        self.field = field
        self._note = note

    def compose(self) -> ComposeResult:
        """Lay out label, field, and the two lines below."""
        with Horizontal(classes="form-pair"):
            yield Static(Content(self.column.label), markup=False, classes="form-label")
            yield self.field
        yield Static(Content(self._help()), markup=False, classes="form-help")
        yield Static(markup=False, classes="form-wrong")

    def on_mount(self) -> None:
        """Say that a value is only suggested, or that the cell is open."""
        label = self.query_one(".form-label", Static)
        if self._note:
            label.update(Content.assemble(self.column.label, "\n", (self._note, "$warning")))

    def on_descendant_focus(self) -> None:
        """Show what is asked while the field is being filled in, and bring all of it into sight."""
        mark_active(self, True)
        self.call_after_refresh(self.scroll_visible, animate=False)

    def on_descendant_blur(self) -> None:
        """Hide it again."""
        mark_active(self, False)

    def _help(self) -> str:
        parts = [self.column.ask]
        parts += [f"For example: {self.column.example}"] if self.column.example else []
        parts += [self.column.hint] if self.column.hint else []
        return "  ".join(part for part in parts if part)

    def say_room(self) -> None:
        """Tell of the limit before it is met."""
        said = room_left(self.field.raw) if isinstance(self.field.raw, str) else ""
        line = self.query_one(".form-wrong", Static)
        line.update(Content(said))
        line.display = bool(said)

    def say_wrong(self, rejection: Rejection | None) -> None:
        """Show or take away what is wrong with the field."""
        line = self.query_one(".form-wrong", Static)
        line.update(safe(f"! {rejection}" if rejection else ""))
        line.display = rejection is not None


class Form(Vertical):
    """The fields of a row. The needed ones are in sight, the others behind "more".

    A cell that a suggestion fills is marked as suggested; its value counts once the row is kept.
    """

    @dataclass
    class Kept(Message):
        """Posted when a person is done with the form; `raw` holds every cell."""

        form: Form
        raw: dict[str, object]

        @property
        def control(self) -> Form:
            """The form."""
            return self.form

    def __init__(
        self,
        table: TableKind,
        context: Context,
        raw: Raw,
        *,
        open_columns: Sequence[str] = (),
        only: Sequence[str] | None = None,
        id: str | None = None,  # noqa: A002 - textual's name
    ) -> None:
        super().__init__(id=id, classes="form")
        self.table = table
        self.context = context
        self.first = dict(raw)
        self._open = set(open_columns)
        columns = [column for column in table.columns if only is None or column.id in only]
        self._columns = in_form_order(columns)
        self._unfolded = only is not None
        self._touched = False
        self._initial: dict[str, object] | None = None
        self._suggested: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out the lines, the needed columns first."""
        folded = [column for column in self._columns if column.more and not self._unfolded]
        shown = [column for column in self._columns if column not in folded]
        yield from (self._line(column) for column in shown)
        if folded:
            yield Action("more", id="form-more", action="more")
            with Vertical(id="form-folded"):
                yield from (self._line(column) for column in folded)

    def _line(self, column: Column) -> FormLine:
        raw = self.first.get(column.id)
        note = "open" if column.id in self._open else ""
        if raw is None and not note and (suggestion := column.suggestion(self.first)):
            raw, note = suggestion, "suggested"
        return FormLine(column, field_for(column.field, self.context, raw, compact=True), note)

    def on_mount(self) -> None:
        """Fold the optional columns, and show which fields this row needs."""
        if folded := self.query("#form-folded"):
            folded.first().display = False
        if self.first.get(self.table.key.id) in self.table.seeds:
            # The title names a seeded row; its dozen other names would only push what is asked out of sight.
            self.query(FormLine).first().display = False
        self._show_needed()
        self._name_more()
        self._say_unread()
        self._initial = self.raw

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def raw(self) -> dict[str, object]:
        """Every cell as it is typed or chosen; those of a fold that nobody opened are the suggestions in it."""
        return {line.column.id: line.field.raw for line in self.query(FormLine)}

    @property
    def touched(self) -> bool:
        """Whether a person changed anything."""
        # What is painted already may not have been told of yet.
        return self._touched or (self._initial is not None and self.raw != self._initial)

    @property
    def current(self) -> Column | None:
        """The column whose field has the focus."""
        line = next((line for line in self.query(FormLine) if line.has_focus_within), None)
        return line.column if line else None

    @property
    def current_field(self) -> Field | None:
        """The field that has the focus."""
        line = next((line for line in self.query(FormLine) if line.has_focus_within), None)
        return line.field if line else None

    # -- acting --------------------------------------------------------------------------------------------------

    def take_focus(self, column_id: str | None = None) -> None:
        """Focus a field: the one named, else the first that is empty, else the first."""
        lines = [line for line in self.query(FormLine) if line.display]
        named = [line for line in self.query(FormLine) if line.column.id == column_id]
        if named and (folded := self.query("#form-folded")) and named[0] in folded.first().query(FormLine):
            folded.first().display = True
        empty = [line for line in lines if not line.field.raw and (self._unfolded or not line.column.more)]
        for line in (*named, *empty, *lines):
            line.field.take_focus()
            return

    def say_wrong(self, rejections: Sequence[Rejection]) -> None:
        """Show each rejection at its field, and go to the first."""
        by_column = {rejection.column: rejection for rejection in reversed(rejections)}
        for line in self.query(FormLine):
            line.say_wrong(by_column.get(line.column.id))
        if rejections:
            self.take_focus(rejections[0].column)

    def keep(self) -> None:
        """Say that the form is done."""
        self.post_message(self.Kept(self, self.raw))

    def action_more(self) -> None:
        """Unfold or fold the optional columns."""
        folded = self.query_one("#form-folded")
        folded.display = not folded.display
        self._name_more()
        if folded.display:
            folded.query(FormLine).first().field.take_focus()
        else:
            focus_now(self.query_one("#form-more"))

    def _say_unread(self) -> None:
        """Say of what was pasted or typed elsewhere and is no choice: a text box would show it, options cannot."""
        for line in self.query(FormLine):
            read = line.field.kind.check(line.field.raw) if isinstance(line.field.kind, ChoiceKind) else None
            if read is not None and line.field.raw:
                line.say_wrong(line.field.kind.read(line.field.raw, self.context))

    def _name_more(self) -> None:
        if not self.query("#form-more"):
            return
        folded = self.query_one("#form-folded")
        said = [
            f"{line.column.label.lower()} {line.column.field.say(line.field.raw)}"
            for line in folded.query(FormLine)
            if line.field.raw
        ]
        names = [line.column.label.lower() for line in folded.query(FormLine) if not line.field.raw]
        sign = "▾" if folded.display else "▸"
        label = f"{sign} more: {' · '.join([*said, *names])}" if not folded.display else f"{sign} less"
        self.query_one("#form-more", Action).label = Content(label)

    @on(Field.Changed)
    def _changed(self, event: Field.Changed) -> None:
        self._touched = True
        line = next((item for item in self.query(FormLine) if item.field is event.field), None)
        if line is not None:
            line.say_room()  # in the place of an old complaint
        self._show_needed()
        self._suggest_from(event.field)

    def _show_needed(self) -> None:
        """A column that only some rows need stands among the needed ones, or behind them, as the row says."""
        row = self.raw
        for line in self.query(FormLine):
            if line.column.needed_when is not None:
                line.display = line.column.needed(row) or bool(line.field.raw)

    def _suggest_from(self, field: Field) -> None:
        """Fill what is suggested from another cell, as long as nobody typed something else there."""
        lines = {line.column.id: line for line in self.query(FormLine)}
        source = next((key for key, line in lines.items() if line.field is field), None)
        for line in lines.values():
            follows = line.column.suggest_from == source and line.column.id not in self._open
            if follows and source is not None and not line.field.has_focus_within:
                control = line.field.text_control
                if control is not None and line.field.raw == self._suggested.get(line.column.id, ""):
                    suggestion = line.column.suggestion(self.raw) or ""
                    self._suggested[line.column.id] = suggestion
                    line.field.put_text(suggestion)

    @on(Field.Submitted)
    def _next(self, event: Field.Submitted) -> None:
        """Enter goes to the next field, and from the last one keeps the row."""
        event.stop()
        lines = [line for line in self.query(FormLine) if line.display and line.parent and line.parent.display]
        fields = [line.field for line in lines]
        index = fields.index(event.field) if event.field in fields else len(fields) - 1
        if index + 1 < len(fields):
            fields[index + 1].take_focus()
        else:
            self.keep()

    def on_key(self, event: events.Key) -> None:
        """Keep the row from anywhere."""
        if event.key in keys_of(self.app).of("continue"):
            event.stop()
            self.keep()

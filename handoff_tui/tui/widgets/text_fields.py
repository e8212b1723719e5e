"""Fields that are typed into: a line, a line that is read as something else, a name, a text."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static, TextArea

from handoff_tui.core.reading import Rejection
from handoff_tui.core.text import fold
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.field import Field, Raw
from handoff_tui.tui.widgets.inputs import LineInput, TextBox, WrappedLine
from handoff_tui.tui.widgets.options import Options

__all__ = ["LineField", "NameField", "ReadField", "TextField", "WrappedField"]


class LineField(Field):
    """One line; below it what it is understood as, where that is not what was typed."""

    understands: ClassVar[bool] = False

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield LineInput(str(self.first))
        if self.understands:
            yield Static(markup=False, classes="understood")

    @property
    def raw(self) -> Raw:
        return self.query_one(LineInput).value

    @property
    def text_control(self) -> Input:
        return self.query_one(LineInput)

    def take_focus(self) -> None:
        focus_now(self.query_one(LineInput))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.understands:
            self._show_understood(event.value)
        if event.value != self.first:
            self.post_message(self.Changed(self))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted(self))

    def _show_understood(self, text: str) -> None:
        value = self.kind.read(text, self.context, cell=True)
        said = "" if isinstance(value, Rejection) else self.kind.say(value)
        below = self.query_one(".understood", Static)
        below.update(Content(f"= {said}" if said and said != text.strip() else ""))
        below.display = bool(said and said != text.strip())


class ReadField(LineField):
    """A line that is read as something else: a duration, a date, a number."""

    understands = True

    def on_mount(self) -> None:
        """Show what a prefilled text is understood as."""
        self._show_understood(str(self.first))


class NameField(LineField):
    """A name from those given so far; a new one joins. Up and Down go through them, Right completes."""

    def compose(self) -> ComposeResult:
        """Lay out the line and the names so far."""
        box = LineInput(str(self.first))
        box.suggester = SuggestFromList(self._names(), case_sensitive=False)
        yield box
        yield Options({name: name for name in self._names()}, inline=True, classes="names")

    def on_mount(self) -> None:
        """The names can be clicked; Tab goes past them."""
        names = self.query_one(Options)
        names.can_focus = False
        if not self._names():
            names.display = False

    def _names(self) -> list[str]:
        table_id = self.kind.table_of_names
        known = [item.key for item in self.context.names.get(table_id, ())] if table_id else []
        return [*known, *(name for name in getattr(self.kind, "also", ()) if name not in known)]

    @on(Options.Changed)
    def _picked(self, event: Options.Changed) -> None:
        event.stop()
        box = self.query_one(LineInput)
        box.value = event.chosen[0]
        box.cursor_position = len(box.value)
        focus_now(box)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        names = self.query_one(Options)
        names.chosen = tuple(name for name in self._names() if name == event.value)

    def on_key(self, event: events.Key) -> None:
        """Go through the names that begin with what is typed."""
        if event.key not in ("up", "down") or not self._names():
            return
        event.stop()
        box = self.query_one(LineInput)
        names = self._names()
        if box.value in names:
            index = (names.index(box.value) + (1 if event.key == "down" else -1)) % len(names)
        else:
            starting = [name for name in names if fold(name).startswith(fold(box.value))]
            index = names.index(starting[0]) if starting else 0
        box.value = names[index]
        box.cursor_position = len(box.value)


class TextField(Field):
    """Text of several lines."""

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        yield TextBox(str(self.first))

    def on_mount(self) -> None:
        """Begin at the end: keys may arrive before anybody gave this the focus."""
        box = self.query_one(TextBox)
        box.move_cursor(box.document.end)

    @property
    def raw(self) -> Raw:
        return self.query_one(TextBox).text

    @property
    def text_control(self) -> TextArea:
        return self.query_one(TextBox)

    def take_focus(self) -> None:
        box = self.query_one(TextBox)
        box.move_cursor(box.document.end)
        focus_now(box)

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if event.text_area.text != self.first:
            self.post_message(self.Changed(self))


class WrappedField(TextField):
    """One line that wraps, for a question that has the whole screen."""

    def compose(self) -> ComposeResult:
        yield WrappedLine(str(self.first))

    @on(WrappedLine.Submitted)
    def _submitted(self, event: WrappedLine.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted(self))

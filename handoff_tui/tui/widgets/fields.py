"""A widget for each kind of question: it holds raw input, and never a value.

`field_for` is the only place that knows which kind has which widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from handoff_tui.core.kinds import (
    ChoiceKind,
    ContactKind,
    Context,
    DateKind,
    DurationKind,
    LineKind,
    ManyKind,
    NumberKind,
    Rejection,
    ScalarKind,
    SystemKind,
    TextKind,
)
from handoff_tui.core.text import fold
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.inputs import LineInput, TextBox, WrappedLine
from handoff_tui.tui.widgets.options import Options

__all__ = ["Field", "field_for"]

Raw = str | list[str]


class Field(Vertical):
    """What all fields share: raw input in and out, and two messages."""

    @dataclass
    class Changed(Message):
        """Posted when a person changed the raw input."""

        field: Field

        @property
        def control(self) -> Field:
            """The field."""
            return self.field

    @dataclass
    class Submitted(Message):
        """Posted on Enter, where Enter is not a new line."""

        field: Field

        @property
        def control(self) -> Field:
            """The field."""
            return self.field

    def __init__(self, kind: ScalarKind, context: Context, raw: Raw, *, compact: bool = False) -> None:
        super().__init__(classes="field compact" if compact else "field")
        self.kind: Any = kind
        self.context = context
        self.first = raw
        self.compact = compact

    def on_descendant_focus(self) -> None:
        """Mark the field that is being filled in."""
        self.add_class("active")

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self.remove_class("active")

    @property
    def raw(self) -> Raw:
        """What is typed or chosen now."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Focus the control that a person acts on."""
        raise NotImplementedError

    @property
    def text_control(self) -> Input | TextArea | None:
        """The control that holds text, for an editor outside; none for choices."""
        return None

    def put_text(self, text: str) -> None:
        """Replace the text, as an editor outside does."""
        control = self.text_control
        if isinstance(control, TextArea):
            control.load_text(text)
        elif control is not None:
            control.value = " ".join(text.split("\n"))


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


class ChoiceField(Field):
    """One of a few, all in sight."""

    def compose(self) -> ComposeResult:
        """Lay out the options."""
        yield Options(self.kind.choices, chosen=[str(self.first)] if self.first else [], inline=self.compact)

    @property
    def raw(self) -> Raw:
        return next(iter(self.query_one(Options).chosen), "")

    def take_focus(self) -> None:
        focus_now(self.query_one(Options))

    @on(Options.Changed)
    def _changed(self, event: Options.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self))

    @on(Options.Submitted)
    def _submitted(self, event: Options.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted(self))


class ManyField(Field):
    """Some of a few; where others may be added, a line for them that joins the options on Enter."""

    def compose(self) -> ComposeResult:
        """Lay out the options, and the line for others."""
        chosen = [str(item) for item in self.first]
        self._offered = self._known() | {item: item.replace("_", " ") for item in chosen if item not in self._known()}
        yield Options(self._offered, chosen=chosen, many=True, inline=self.compact)
        if self.kind.others or self.kind.refers_to:
            yield Static(Content("Another? Type it and press Enter."), markup=False, classes="another")
            yield LineInput(classes="other")

    def _known(self) -> dict[str, str]:
        if not self.kind.refers_to:
            return dict(self.kind.choices)
        names = self.context.names.get(self.kind.refers_to, ())
        return dict(self.kind.choices) | {item.key: item.says for item in names}

    @property
    def raw(self) -> Raw:
        typed = [box.value for box in self.query(LineInput) if box.value.strip()]
        return [*self.query_one(Options).chosen, *typed]

    def take_focus(self) -> None:
        target: Widget = self.query_one(Options)
        if not self._offered:
            target = self.query_one(LineInput)
        focus_now(target)

    @on(Options.Changed)
    def _changed(self, event: Options.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self))

    @on(Options.Submitted)
    def _submitted(self, event: Options.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted(self))

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if event.value:
            self.post_message(self.Changed(self))

    @on(Input.Submitted)
    def _add(self, event: Input.Submitted) -> None:
        event.stop()
        focus_now(event.input)
        text = event.value.strip()
        if not text:
            self.post_message(self.Submitted(self))
            return
        read = self.kind.read([text], self.context)
        if isinstance(read, Rejection) or not read:
            return  # kept in the line; Continue says what is wrong
        name = str(read[0])
        options = self.query_one(Options)
        self._offered.setdefault(name, name.replace("_", " ") if self.kind.others else name)
        options.offer(self._offered)
        options.chosen = tuple(item for item in self._offered if item in (*options.chosen, name))
        event.input.value = ""
        self.post_message(self.Changed(self))


_FIELDS: dict[type[Any], type[Field]] = {
    LineKind: LineField,
    TextKind: TextField,
    ChoiceKind: ChoiceField,
    ManyKind: ManyField,
    NumberKind: ReadField,
    DurationKind: ReadField,
    DateKind: ReadField,
    ContactKind: NameField,
    SystemKind: NameField,
}


def field_for(kind: ScalarKind, context: Context, raw: object, *, compact: bool = False) -> Field:
    """Return the widget for a kind, with raw input in it: what was typed before, or a value as text."""
    make: Callable[..., Field] = _FIELDS[type(kind)]
    if isinstance(kind, LineKind):
        make = NameField if kind.table_of_names else LineField if compact else WrappedField
    return make(kind, context, _as_raw(kind, raw), compact=compact)


def _as_raw(kind: ScalarKind, raw: object) -> Raw:
    if isinstance(kind, ManyKind):
        return [str(item) for item in raw] if isinstance(raw, Sequence) and not isinstance(raw, str) else []
    return "" if raw is None else raw if isinstance(raw, str) else kind.edit_text(raw)

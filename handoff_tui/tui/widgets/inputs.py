"""The boxes that text is typed into, with the traps of the toolkit taken out (`interview.md`, Traps 1, 2, 10)."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input, TextArea

from handoff_tui.core.text import clean_line, without_controls
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.typeahead import TypesAhead

__all__ = ["LineInput", "TextBox", "WrappedLine"]


class LineInput(TypesAhead, Input):
    """One line of text. Pasted lines are joined, not dropped; a word is deleted to the left, as everywhere else."""

    EDITS = True
    BINDINGS = [
        Binding("ctrl+backspace,alt+backspace", "delete_left_word", "Delete word", show=False),
    ]

    @dataclass
    class Lines(Message):
        """Posted when several lines were pasted, and joined; `before` is what stood there."""

        box: LineInput
        text: str
        before: str

        @property
        def control(self) -> LineInput:
            """The box."""
            return self.box

    def __init__(self, value: str = "", *, classes: str | None = None) -> None:
        super().__init__(value, compact=True, select_on_focus=False, validate_on=["submitted"], classes=classes)

    def on_focus(self) -> None:
        """Bring the end of a long line into sight: Input itself scrolls to it only at the next key."""
        self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        self.scroll_to_region(Region(self._cursor_offset, 0, width=1, height=1), force=True, animate=False)

    def _on_paste(self, event: events.Paste) -> None:
        """Take the whole paste: Input itself keeps only its first line."""
        if event.text:
            lines = [line for line in clean_line(event.text).split("\n") if line.strip()]
            selection, before = self.selection, self.value
            self.replace(" ".join(line.strip() for line in lines), *selection)
            if len(lines) > 1:
                self.post_message(self.Lines(self, event.text, before))
        event.stop()
        event.prevent_default()


class TextBox(TypesAhead, TextArea):
    """Text of several lines that grows with what is in it. Enter is a new line; Ctrl+N goes on."""

    EDITS = True
    STEPS = frozenset({"tab", "shift+tab"})

    async def _on_paste(self, event: events.Paste) -> None:
        """Paste without control characters: a terminal would obey them."""
        event.prevent_default()
        await super()._on_paste(events.Paste(without_controls(event.text)))
        event.stop()

    def __init__(self, text: str = "", *, placeholder: str = "", classes: str | None = None) -> None:
        super().__init__(
            text,
            compact=True,
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder=Content(placeholder),
            classes=classes,
        )

    def on_mount(self) -> None:
        """Leave the keys of an action to that action: F6 would select the line."""
        for key in keys_of(self.app).taken_from_text:
            self._bindings.key_to_bindings.pop(key, None)


class WrappedLine(TextBox):
    """One line of text that wraps, so that a room can read all of it; Enter submits.

    Pasted lines stay as they are until somebody joins them: nothing is dropped.
    """

    STEPS = frozenset({"enter", "tab", "shift+tab"})

    @dataclass
    class Submitted(Message):
        """Posted on Enter."""

        box: WrappedLine

        @property
        def control(self) -> WrappedLine:
            """The box."""
            return self.box

    async def _on_key(self, event: events.Key) -> None:
        """Submit on Enter, where a text area would begin a new line."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self))
            return
        await super()._on_key(event)

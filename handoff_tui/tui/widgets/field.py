"""What all fields share: they hold raw input, and never a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, TextArea

from handoff_tui.core.kinds import ScalarKind
from handoff_tui.core.reading import Context
from handoff_tui.tui.typeahead import mark_active

__all__ = ["Field", "Raw"]

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
        mark_active(self, True)

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        mark_active(self, False)

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

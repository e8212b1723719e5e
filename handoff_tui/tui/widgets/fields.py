"""From a kind of question to its widget: the only place that knows which kind has which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handoff_tui.core.kinds import (
    ChoiceKind,
    ContactKind,
    DateKind,
    DurationKind,
    LineKind,
    ManyKind,
    NumberKind,
    ScalarKind,
    SystemKind,
    TextKind,
)
from handoff_tui.core.reading import Context
from handoff_tui.session.asking import raw_of
from handoff_tui.tui.widgets.choice_fields import ChoiceField, ManyField
from handoff_tui.tui.widgets.field import Field
from handoff_tui.tui.widgets.text_fields import LineField, NameField, ReadField, TextField, WrappedField

__all__ = ["field_for"]

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
    return make(kind, context, raw_of(kind, raw), compact=compact)

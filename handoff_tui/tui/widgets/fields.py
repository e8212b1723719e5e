"""From a kind of question to its widget: the only place that knows which kind has which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from handoff_tui.tui.widgets.choice_fields import ChoiceField, ManyField
from handoff_tui.tui.widgets.field import Field, Raw
from handoff_tui.tui.widgets.text_fields import LineField, NameField, ReadField, TextField, WrappedField

__all__ = ["field_for", "raw_of"]

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


def raw_of(kind: ScalarKind, raw: object) -> Raw:
    """Return a value, or what was typed before, as a field of this kind holds it."""
    if isinstance(kind, ManyKind):
        return [str(item) for item in raw] if isinstance(raw, Sequence) and not isinstance(raw, str) else []
    return "" if raw is None else raw if isinstance(raw, str) else kind.edit_text(raw)

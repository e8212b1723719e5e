"""Fields that are chosen from: one of a few, some of a few."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from handoff_tui.core.reading import Rejection
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.field import Field, Raw
from handoff_tui.tui.widgets.inputs import LineInput
from handoff_tui.tui.widgets.options import Options

__all__ = ["ChoiceField", "ManyField"]


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

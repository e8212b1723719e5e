"""Choices that are all in sight: one or several of a few, in a column or in a line that wraps.

A drop-down hides what there is to choose from; in front of a room, everybody should read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from handoff_tui.tui.typeahead import TypesAhead

__all__ = ["Options"]

_GAP = 3


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an option is drawn."""

    index: int
    line: int
    column: int
    width: int


class Options(TypesAhead, Widget, can_focus=True):
    """Choose one, or with `many` some, of a few options.

    Arrows move, and choose where only one can be; Space toggles; a digit picks the option of that number.
    """

    chosen: reactive[tuple[str, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Changed(Message):
        """Posted when a person changed what is chosen."""

        options: Options
        chosen: tuple[str, ...]

        @property
        def control(self) -> Options:
            """The options."""
            return self.options

    @dataclass
    class Submitted(Message):
        """Posted on Enter."""

        options: Options

        @property
        def control(self) -> Options:
            """The options."""
            return self.options

    def __init__(
        self,
        choices: Mapping[str, str],
        *,
        chosen: Sequence[str] = (),
        many: bool = False,
        inline: bool = False,
        classes: str | None = None,
    ) -> None:
        super().__init__(classes=classes)
        self._choices = dict(choices)
        self._many = many
        self._inline = inline
        self._spots: list[_Spot] = []
        self.set_reactive(Options.chosen, tuple(chosen))
        if chosen and chosen[0] in self._choices:
            self.set_reactive(Options.cursor, list(self._choices).index(chosen[0]))

    def offer(self, choices: Mapping[str, str]) -> None:
        """Replace the options; what is chosen stays chosen where it is still offered."""
        self._choices = dict(choices)
        self.chosen = tuple(item for item in self.chosen if item in self._choices)
        self.cursor = min(self.cursor, max(0, len(choices) - 1))
        self.refresh(layout=True)

    # -- drawing -------------------------------------------------------------------------------------------------

    def _parts(self) -> list[tuple[str, str]]:
        signs = ("■", "□") if self._many else ("●", "○")
        return [(signs[0] if key in self.chosen else signs[1], words) for key, words in self._choices.items()]

    def _lay_out(self, width: int) -> list[_Spot]:
        spots: list[_Spot] = []
        line = column = 0
        for index, (_, words) in enumerate(self._parts()):
            size = min(Content(words).cell_length + 2, max(width, 3))
            if self._inline and column and column + size > width:
                line, column = line + 1, 0
            spots.append(_Spot(index, line, column, size))
            if self._inline:
                column += size + _GAP
            else:
                line += 1
        return spots

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that the options take at this width."""
        spots = self._lay_out(width)
        return spots[-1].line + 1 if spots else 1

    def render(self) -> Content:
        """Draw all options."""
        self._spots = self._lay_out(self.size.width)
        parts = self._parts()
        lines: list[Content] = []
        for spot in self._spots:
            while len(lines) <= spot.line:
                lines.append(Content(""))
            sign, words = parts[spot.index]
            key = list(self._choices)[spot.index]
            style = "bold" if key in self.chosen else "$quiet" if self._inline else ""
            if spot.index == self.cursor and self.has_focus:
                style = "bold $accent underline" if key not in self.chosen else "bold $accent"
            text = Content(f"{sign} {words}").truncate(spot.width, ellipsis=True)
            gap = " " * (spot.column - lines[spot.line].cell_length)
            lines[spot.line] = lines[spot.line] + Content(gap) + text.stylize(style)
        return Content("\n").join(lines)

    # -- choosing ------------------------------------------------------------------------------------------------

    def _move(self, step: int) -> None:
        """Move the cursor; where only one can be chosen, choose it. At the ends, stay."""
        begun = self._many or any(item in self._choices for item in self.chosen)
        target = self.cursor + step if begun else self.cursor
        if 0 <= target < len(self._choices):
            self.cursor = target
            if not self._many:
                self._choose(target)

    def _choose(self, index: int) -> None:
        key = list(self._choices)[index]
        if self._many:
            rest = tuple(item for item in self.chosen if item != key)
            chosen = (
                rest if key in self.chosen else tuple(item for item in self._choices if item in (*self.chosen, key))
            )
        else:
            chosen = (key,)
        if chosen != self.chosen:
            self.chosen = chosen
            self.post_message(self.Changed(self, chosen))

    def on_key(self, event: events.Key) -> None:
        """Move, choose, pick by number, submit. Not as bindings: those run behind the keys that follow."""
        if event.key in ("up", "left", "down", "right"):
            event.stop()
            self._move(-1 if event.key in ("up", "left") else 1)
        elif event.key == "space":
            event.stop()
            self._choose(self.cursor)
        elif event.key == "enter":
            event.stop()
            self.post_message(self.Submitted(self))
        elif event.character and event.character.isdecimal() and 1 <= int(event.character) <= len(self._choices):
            event.stop()
            self.cursor = int(event.character) - 1
            self._choose(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Choose the option that was clicked."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for spot in self._spots:
            if spot.line == at.y and spot.column <= at.x < spot.column + spot.width:
                self.cursor = spot.index
                self._choose(spot.index)

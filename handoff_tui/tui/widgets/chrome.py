"""What frames every screen: the line on top, the progress, the keys at the bottom, a button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.typeahead import TypesAhead

__all__ = ["Action", "Bar", "KeyHints", "Progress", "TwoEnds", "scroll_by_key"]

_STEPS = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}


def scroll_by_key(text: Widget, event: events.Key) -> None:
    """Scroll by an arrow or a page what cannot have the focus itself."""
    if event.key in _STEPS:
        event.stop()
        text.scroll_relative(y=_STEPS[event.key], animate=False)


class TwoEnds(Widget):
    """One line with a text at each end; the right one stays whole, the left one gives way. A click runs `action`.

    What is `firm` stands behind the left one and stays whole too.
    """

    def __init__(self, *, id: str | None = None, action: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._left, self._right, self._firm = Content(""), Content(""), Content("")
        self._action = action

    def show(self, left: Content, right: Content, firm: Content = Content("")) -> None:  # noqa: B008 - never changed
        """Set both ends; what is there already is not painted again."""
        if (left, right, firm) != (self._left, self._right, self._firm):
            self._left, self._right, self._firm = left, right, firm
            self.refresh()

    def render(self) -> Content:
        """Lay both ends out over the width."""
        width = self.size.width
        right = self._right
        room = width - right.cell_length - 2
        if room < 12:
            right, room = Content(""), width
        left = self._left.truncate(max(room - self._firm.cell_length, 0), ellipsis=True) + self._firm
        return left.truncate(room, ellipsis=True, pad=True) + Content("  ") + right

    async def on_click(self) -> None:
        """Run the line's action."""
        if self._action:
            await self.run_action(self._action)


class Progress(Widget):
    """A thin line that fills as questions are settled."""

    def __init__(self) -> None:
        super().__init__(id="progress")
        self._share = 0.0

    def show(self, done: int, total: int) -> None:
        """Set how many of how many are done."""
        self._share = done / total if total else 0.0
        self.refresh()

    def render(self) -> Content:
        """Draw the line."""
        width = self.size.width
        filled = round(width * self._share)
        return Content.assemble(("━" * filled, "$accent"), ("─" * (width - filled), "$line"))


class Bar(Widget):
    """The top of a screen: what and where saved; below it theme, question and what is left; the progress."""

    def __init__(self) -> None:
        super().__init__()
        # Made here and not in `compose`: a save may be told of before the screen is laid out.
        self._file = TwoEnds(id="bar-file")
        self._place = TwoEnds(id="bar-place", action="screen.sections")
        self._progress = Progress()

    def compose(self) -> ComposeResult:
        """Lay out the three lines."""
        yield self._file
        yield self._place
        yield self._progress

    def show_file(self, name: str, state: Content) -> None:
        """Show the handoff's name, and its state on the disk."""
        self._file.show(Content(name), state)

    def show_place(self, place: str, count: str, left: Content, done: int, total: int) -> None:
        """Show where the interview is, which question of how many, and what is left: the place gives way to these."""
        self._place.show(Content(place), left, Content(f" · {count}" if count else ""))
        self._progress.show(done, total)


class KeyHint(Static):
    """One key and what it does; a click does it."""

    def __init__(self, key: str, label: str, action: str) -> None:
        super().__init__(Content.assemble((key, "bold"), " ", (label, "$quiet")), markup=False, classes="hint")
        self._action = action

    async def on_click(self) -> None:
        """Do what the key does."""
        await self.run_action(self._action)


class KeyHints(Horizontal):
    """The keys at the bottom: at most four, more only where the screen is wide."""

    def __init__(self, hints: Sequence[tuple[str, str, str]] = ()) -> None:
        super().__init__(id="hints")
        self._hints = tuple(hints)

    def compose(self) -> ComposeResult:
        """Show the first hints."""
        yield from self._widgets(self._hints)

    def _widgets(self, hints: Iterable[tuple[str, str, str]]) -> Iterable[KeyHint]:
        for index, (key, label, action) in enumerate(hints):
            hint = KeyHint(keys_of(self.app).hint(key), label, action)
            hint.set_class(index >= 4, "wide-only")
            hint.set_class(index >= 3, "not-narrow")
            yield hint

    async def show(self, hints: Sequence[tuple[str, str, str]]) -> None:
        """Replace the hints: (key, label, action)."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            await self.remove_children()
            await self.mount_all(self._widgets(hints))


class Action(TypesAhead, Button):
    """A button of one line; its label is plain text."""

    def __init__(self, label: str, *, id: str, action: str, main: bool = False, disabled: bool = False) -> None:  # noqa: A002
        super().__init__(Content(label), id=id, compact=True, disabled=disabled)
        self.active_effect_duration = 0
        self._does = action
        self.set_class(main, "main")

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Run its action: on the screen or the app where it says so, else on the nearest ancestor that has it."""
        event.stop()
        name = self._does.partition("(")[0]
        able = next((node for node in self.ancestors if hasattr(node, f"action_{name}")), self)
        await self.app.run_action(self._does, able)

    def on_key(self, event: events.Key) -> None:
        """Let the arrows move between buttons that stand in one row."""
        if event.key in ("left", "right") and self.parent is not None:
            row = [
                child
                for child in self.parent.children
                if isinstance(child, Action) and child.display and not child.disabled
            ]
            step = 1 if event.key == "right" else -1
            row[(row.index(self) + step) % len(row)].focus()
            event.stop()

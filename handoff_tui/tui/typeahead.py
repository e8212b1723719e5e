"""Typing ahead, and pressing: what is typed while the next question is being brought up goes there, and is not lost.

The toolkit sends a key to whatever has the focus when it arrives; on a slow link the keys after Enter would end in
the field that was just left. So keys are held from the moment a step is taken until something has the focus again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.timer import Timer
from textual.widget import Widget

from handoff_tui.tui.keys import keys_of

__all__ = ["TypeAheadApp", "TypesAhead", "focus_now", "hold_keys", "mark_active"]

if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object  # a mixin: the widget is its other parent

_AT_MOST = 5.0
"""Seconds; a step that focuses nothing must not leave the keyboard dead. Some take 1.6 on a loaded machine."""


class TypeAheadApp(App[int]):
    """An app that can hold keys, and what is pasted, back for a moment."""

    _held: list[events.Key | events.Paste] | None = None
    _hold = 0
    """Counts the holds, and the steps in them: a release is for the one it was asked for in, no later one."""
    _holder: Widget | None = None
    _stepping = False
    _pressing = False

    def __init__(self) -> None:
        super().__init__()
        self._after_press: list[Callable[[], object]] = []

    _release_timer: Timer | None = None

    @property
    def step_keys(self) -> tuple[str, ...]:
        """The keys that go on to the next question, wherever they are pressed."""
        return keys_of(self).of("continue")

    def after_press(self, change: Callable[[], object]) -> None:
        """Make a change now, or when the mouse button is let go.

        A press moves the focus; a layout that follows it at once would slide the target away from under the pointer.
        """
        if self._pressing:
            self._after_press.append(change)
        else:
            change()

    def hold_keys(self, holder: Widget | None = None) -> None:
        """Hold every key from now on; `holder` is the widget that later keys may be on their way to already.

        Without one it is a step that holds them: it will focus something when it is done.
        """
        self._stepping = self._stepping or holder is None
        if holder is None or self._held is None:
            self._hold += 1
        if self._held is None:
            self._held = []
            self._release_timer = self.set_timer(_AT_MOST, self.release_keys)
        self._holder = holder or self._holder

    def release_keys(self) -> None:
        """Send the held keys to what has the focus now, in the order they were typed.

        A step that is taken before they are sent keeps them: what it brings up is what they are for.
        """
        if self._held is None:
            return
        # Behind the keys in the old widget's queue: they were typed before those that wait in the app's.
        send = partial(self._send_held, self._hold)
        if not (self._holder and self._holder.call_later(self.call_later, send)):
            self.call_later(send)

    async def _send_held(self, hold: int) -> None:
        if hold != self._hold or self._held is None:
            return
        if self._release_timer is not None:
            self._release_timer.stop()
            self._release_timer = None
        # From the app's own queue: a key whose sender is an ancestor of the focus would not bubble past it. And not
        # by that queue: keys that arrived meanwhile stand in it already, and were typed later.
        held, self._held, self._holder, self._stepping = self._held, None, None, False
        for event in sorted(held, key=lambda event: event.time):
            again = (
                events.Key(event.key, event.character) if isinstance(event, events.Key) else events.Paste(event.text)
            )
            # Held once more, it still stands before keys that were typed after it and are read only now.
            again.time = event.time
            await self.on_event(again)

    def hold(self, event: events.Event) -> bool:
        """Hold an event if it is a key, or a paste, and keys are being held; say whether it was."""
        if self._held is None or not isinstance(event, events.Key | events.Paste):
            return False
        self._held.append(event)
        return True

    async def on_event(self, event: events.Event) -> None:
        """Hold a key, or go on as the toolkit does."""
        if isinstance(event, events.MouseDown):
            self._pressing = True
        if event.is_forwarded or not self.hold(event):
            await super().on_event(event)
        if isinstance(event, events.MouseUp) and not event.is_forwarded:
            self._pressing, waiting, self._after_press = False, self._after_press, []
            for change in waiting:
                self.call_later(change)
        if event.is_forwarded and isinstance(event, events.Key) and event.key in self.step_keys and not self._stepping:
            self.release_keys()  # it came all the way up, and led nowhere


class TypesAhead(_Base):
    """A widget with keys: those that reached it after a key that takes a step are held too."""

    STEPS: ClassVar[frozenset[str]] = frozenset({"enter", "tab", "shift+tab"})
    EDITS: ClassVar[bool] = False
    """Whether text is edited here, by keys of its own."""

    def is_step(self, event: events.Key) -> bool:
        """Say whether a key may move the focus: those after it are not for this widget then."""
        return event.key in self.STEPS or (isinstance(self.app, TypeAheadApp) and event.key in self.app.step_keys)

    async def on_event(self, event: events.Event) -> None:
        """Hold a key that came too late for this widget."""
        app = self.app
        if not isinstance(app, TypeAheadApp):
            await super().on_event(event)
            return
        if app.hold(event):
            event.stop()
            return
        if isinstance(event, events.Key) and self.is_step(event):
            # Now, and not in the action: that runs when the key has bubbled up, behind the keys that follow it.
            app.hold_keys(self)
            if event.key.endswith("tab"):
                event.stop()
                move = self.screen.focus_next if event.key == "tab" else self.screen.focus_previous
                move()
                app.release_keys()
                return
        elif isinstance(event, events.Key) and self.EDITS and await self._edited_by(event):
            event.stop()
            return
        await super().on_event(event)

    async def _edited_by(self, event: events.Key) -> bool:
        """Do what a key does here, as Backspace or Home, and say whether it does anything.

        Now: the toolkit does it when the key has bubbled up, and letters typed after it would be deleted with the rest.
        """
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                return True
        return False


def mark_active(widget: Widget, active: bool) -> None:
    """Set or take away the class of what is being filled in, but not under a mouse button that is down."""
    change = partial(widget.set_class, active, "active")
    if isinstance(widget.app, TypeAheadApp):
        widget.app.after_press(change)
    else:
        change()


def hold_keys(widget: Widget) -> None:
    """Hold keys until something is focused by `focus_now`."""
    if isinstance(widget.app, TypeAheadApp):
        widget.app.hold_keys()


def focus_now(widget: Widget) -> None:
    """Focus a widget at once, and let it have what was typed ahead."""
    widget.screen.set_focus(widget)
    if isinstance(widget.app, TypeAheadApp):
        widget.app.release_keys()

"""A room in front of the screens: opens an interview on a small template, types, clicks, and looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import OptionList, Static

from handoff_tui.core.answers import Answer
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.core.table import Row
from handoff_tui.core.template import Template
from handoff_tui.session.opened import Opened
from handoff_tui.session.session import Session
from handoff_tui.session.start import begin
from handoff_tui.store.file import HandoffFile
from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.screens.page import QuestionPage
from handoff_tui.tui.widgets.field import Field
from handoff_tui.tui.widgets.table import TableBody

__all__ = ["FILE", "HOSTILE", "TODAY", "Room", "in_interview", "in_room", "new_handoff", "open_handoff"]

TODAY = date(2026, 11, 23)
"""A Monday."""

FILE = "x.handoff.toml"

HOSTILE = (
    "[/x] [red]r[/red]",
    "[@click=app.quit]q[/]",
    "\\[bold",
    "\x1b[2Jwiped\x07",
    "a | pipe `tick` <b> @all",
    "\u202eright to left",
)
"""What a person may paste: markup of the toolkit, an action of the app, escape sequences, signs of Markdown."""

_STEPS = {
    "enter": "\r", "tab": "\t", "ctrl+n": "\x0e", "down": None, "space": " ",
    "backspace": "\x7f", "home": None, "end": None, "ctrl+u": "\x15",
}  # fmt: skip

W = TypeVar("W", bound=Widget)


class Room:
    """An app under test, and what people do with it."""

    def __init__(self, pilot: Pilot[int], app: WizardApp) -> None:
        self.pilot = pilot
        self.app = app

    # -- doing -------------------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Wait until every message, and every message that those led to, is worked off and painted.

        The pilot's own pause also watches the clock until the process is idle, 20 ms at least for each key: a third
        of the time of these tests. Here nothing may be left that could run: no message, no callback, no ready task.
        """
        loop: Any = asyncio.get_running_loop()
        for _ in range(20_000):
            await asyncio.sleep(0)
            if loop._ready:
                continue
            if not self.app.is_running:
                return
            nodes = [self.app, *self.app.screen.walk_children(with_self=True)]
            if any(node._message_queue.qsize() or node._next_callbacks for node in nodes):
                continue
            if not self._paint():
                return
        raise AssertionError("the app never comes to rest")

    def _paint(self) -> bool:
        """Paint what waits for the screen's timer; say whether there was anything."""
        screen = self.app.screen
        waits = bool(
            screen._layout_required
            or screen._scroll_required
            or screen._repaint_required
            or screen._recompose_required
            or screen._dirty_widgets
            or screen._callbacks
        )
        screen._on_timer_update()
        return waits

    async def press(self, *keys: str) -> None:
        """Press keys; all but plain characters only when the screen has followed the key before."""
        typed = False
        for key in keys:
            if len(key) > 1 and typed:
                await self.settle()
            self._send(key)
            typed = len(key) == 1
            if not typed:
                await self.settle()
        if typed:
            await self.settle()
        assert not self.keys_are_held or not self.app.is_running, f"after {keys} the keyboard is dead for a while"

    async def write(self, text: str) -> None:
        """Type a text; a line end is Enter."""
        await self.press(*["enter" if char == "\n" else char for char in text])

    async def burst(self, *keys: str) -> None:
        """Press keys faster than the screen can follow: all of them are there at once. Words are typed."""
        for key in keys:
            for char in [key] if key in _STEPS else key:
                self._send(char)
        await self.settle()
        await self.settle()

    def _send(self, key: str) -> None:
        character = _STEPS.get(key, key if len(key) == 1 else None)
        name = _character_to_key(key) if len(key) == 1 else key
        event = events.Key(name, character)
        event.set_sender(self.app)
        self.app.post_message(event)

    async def paste(self, text: str) -> None:
        """Paste into what has the focus."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def click(self, selector: str | Widget, *, line: int | None = None, column: int = 3) -> None:
        """Click a widget, in its middle or on one of its lines.

        As a terminal reports it: the button goes down, the screen follows, and it goes up at the same place. The
        pilot's own click hits even what has moved away meanwhile.
        """
        widget = self.one(selector) if isinstance(selector, str) else selector
        region = widget.region
        x, y = region.center if line is None else (region.x + column, region.y + line)
        at = int(x), int(y)
        hit, _ = self.app.get_widget_at(*at)
        assert widget in hit.ancestors_with_self, f"{hit} covers {widget} at {at}"
        for kind in (events.MouseMove, events.MouseDown, events.MouseUp):
            button = 0 if kind is events.MouseMove else 1
            event = kind(None, *at, 0, 0, button, False, False, False, *at, None)
            event.set_sender(self.app)
            self.app.post_message(event)
            await self.settle()

    async def jump(self, question_id: str) -> None:
        """Bring up a question."""
        self.session.jump(Place("question", question_id))
        await self.show()

    async def review(self) -> None:
        """Bring up the review."""
        self.session.jump(REVIEW)
        await self.show()

    async def show(self) -> None:
        """Bring up where the session stands."""
        await self.app.show_place()
        await self.settle()

    @property
    def keys_are_held(self) -> bool:
        """Whether what is typed now has to wait."""
        return self.app._held is not None

    # -- looking -----------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        return self.app.session

    @property
    def here(self) -> str:
        """The id of the place that the session stands at."""
        place = self.session.place
        return place.id if place.kind == "question" else place.kind

    @property
    def screen_name(self) -> str:
        """The name of the screen on top."""
        return self.app.screen.__class__.__name__

    @property
    def screen(self) -> str:
        """Everything that is painted now, as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def words(self) -> str:
        """What is painted, without line breaks: for texts that may be wrapped."""
        return " ".join(self.screen.split())

    @property
    def said(self) -> list[str]:
        """What the app has notified."""
        return [notification.message for notification in self.app._notifications]

    def one(self, selector: str) -> Widget:
        return self.app.screen.query_one(selector)

    def of(self, kind: type[W]) -> W:
        return self.app.screen.query_one(kind)

    def text(self, selector: str) -> str:
        """The words of a line of the screen; nothing where it is not shown."""
        line = self.app.screen.query_one(selector, Static)
        return str(line.content) if line.display else ""

    def listed(self, selector: str) -> list[str]:
        """The lines of a list."""
        return [str(option.prompt) for option in self.app.screen.query_one(selector, OptionList).options]

    def focused_in(self, kind: type[Widget]) -> bool:
        """Say whether the focus is inside a widget of this kind."""
        focused = self.app.focused
        return focused is not None and any(isinstance(node, kind) for node in focused.ancestors_with_self)

    def in_sight(self, widget: Widget) -> bool:
        """Say whether all of a widget is inside the screen, and nothing cuts it off."""
        placed = self.app.screen.find_widget(widget)
        whole = placed.region
        return whole.area > 0 and placed.visible_region == whole and self.app.screen.region.contains_region(whole)

    # -- the question ------------------------------------------------------------------------------------------------

    @property
    def page(self) -> QuestionPage:
        return self.of(QuestionPage)

    @property
    def field(self) -> Field:
        return self.page.query_one(Field)

    @property
    def table(self) -> TableBody:
        return self.of(TableBody)

    @property
    def raw(self) -> dict[str, object]:
        """What stands in the form of the row."""
        return self.table.form.raw

    @property
    def focused_column(self) -> str:
        """The column of the row's form that has the focus."""
        column = self.table.form.current
        return column.id if column else ""

    def value(self, question_id: str) -> Any:
        return self.session.handoff.answer(question_id).value

    def answer(self, question_id: str) -> Answer:
        return self.session.handoff.answer(question_id)

    def rows(self, question_id: str) -> list[Row]:
        return self.session.rows(question_id)

    def on_disk(self) -> Handoff:
        """The handoff as it stands in the file."""
        assert self.app.opened is not None
        assert self.app.opened.saver.flush(20)
        return HandoffFile.read(self.app.path)[1]


def new_handoff(template: Template, answers: Mapping[str, Any], **head: Any) -> Handoff:
    """Return a handoff with these answers, each an `Answer` or a value."""
    values = {key: value if isinstance(value, Answer) else Answer(value=value) for key, value in answers.items()}
    whole: dict[str, Any] = {
        "name": "Billing",
        "owner": "mara",
        "template": template.id,
        "template_version": template.version,
        "created": TODAY,
    } | head
    return Handoff(head=Head(**whole), answers=values)


def open_handoff(
    folder: Path,
    template: Template,
    answers: Mapping[str, Any] | None = None,
    *,
    prework: bool = False,
    **head: Any,
) -> Opened:
    """Write a handoff and open it."""
    handoff = new_handoff(template, answers or {}, **head)
    return begin(folder / FILE, template, handoff, lambda: TODAY, prework=prework)


@asynccontextmanager
async def in_room(app: WizardApp, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Room]:
    """Run an app; at the end all is saved."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Room(pilot, app)
    if app.opened is not None:
        assert app.opened.close()


@asynccontextmanager
async def in_interview(
    folder: Path,
    template: Template,
    answers: Mapping[str, Any] | None = None,
    *,
    at: str = "",
    size: tuple[int, int] = (100, 30),
    **head: Any,
) -> AsyncIterator[Room]:
    """Run an interview on answers that are given already; `at` is the question to stand at."""
    app = WizardApp(folder)
    app.opened = open_handoff(folder, template, answers, **head)
    if at:
        app.opened.session.jump(Place("question", at))
    async with in_room(app, size) as room:
        yield room

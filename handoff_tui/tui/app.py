"""The app: themes, the way between screens, and what is the same on all of them.

Imports no template and no pydantic: home is painted before they are loaded.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from handoff_tui.core.text import brief, visible
from handoff_tui.errors import HandoffError
from handoff_tui.tui.keeping import KeepingApp
from handoff_tui.tui.keys import Keys
from handoff_tui.tui.palette import commands_for
from handoff_tui.tui.theme import DARK, THEMES

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from handoff_tui.catalog import Catalog
    from handoff_tui.core.finding import Finding
    from handoff_tui.core.handoff import Handoff
    from handoff_tui.session.finish import Finished
    from handoff_tui.session.opened import Opened

__all__ = ["WizardApp"]


def _wanted_theme() -> str:
    """Return the name of the theme to begin with: the terminal's own colours with NO_COLOR, else dark or light."""
    wanted = "ansi" if os.environ.get("NO_COLOR") is not None else os.environ.get("HANDOFF_WIZARD_THEME", "dark")
    return next((theme.name for theme in THEMES if theme.name == f"handoff-{wanted}"), DARK.name)


class WizardApp(KeepingApp):
    """One run of the screens: begins at home, at the start screen, or in a handoff that is already `opened`."""

    TITLE = "handoff-wizard"
    CSS_PATH = [
        "app.tcss",
        "widgets/widgets.tcss",
        "dialogs/dialogs.tcss",
        "screens/screens.tcss",
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (22, "-short"), (30, "-tall")]
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Leave", id="leave", show=False, priority=True),
        Binding("ctrl+p", "command_palette", "Every action by name", id="palette", show=False, priority=True),
        Binding("ctrl+c", "copy_hint", "Copy", id="copy", show=False),
    ]

    theme: Reactive[str] = Reactive(_wanted_theme)

    def __init__(self, folder: Path, *, templates: Path | None = None, keys: Keys | None = None) -> None:
        super().__init__()
        self.keys = keys or Keys()
        self.set_keymap(self.keys.keymap)
        self.folder = folder
        self.templates = templates
        self.finished: Finished | None = None
        self.reviewed: str | None = None
        self.led: tuple[Finding, ...] = ()
        self.prework = False
        self.when_running: Callable[[], None] = lambda: None
        self._first: Mapping[str, Any] | None = None
        self._answers: Handoff | None = None

    # -- beginning -----------------------------------------------------------------------------------------------

    def begin_with_start(
        self, *, path: Path | None, template: str | None, first: Mapping[str, object], answers: Handoff | None
    ) -> None:
        """Begin at the start screen."""
        self._first = {"path": path, "template": template, "first": first}
        self._answers = answers

    def get_default_screen(self) -> Screen[None]:
        """Return the first screen. Not pushed over an empty one: that would be laid out, and painted, for nothing."""
        if self.opened is not None:
            self.listen_to(self.opened)
            self.hold_keys()  # what is typed between the first paint and the first focus would go nowhere
            return self._screen_of_place()
        if self._first is not None:
            from handoff_tui.tui.screens.start import StartScreen

            return StartScreen(self.folder, self.catalog(), **self._first)
        from handoff_tui.tui.screens.home import HomeScreen

        return HomeScreen(self.folder)

    def on_mount(self) -> None:
        """Listen to signals; when the first screen is painted, look for garbage again."""
        self.when_running()
        self.call_after_refresh(self._collect_garbage_again)

    @staticmethod
    def _collect_garbage_again() -> None:
        """Turn the collector on (`cli.entry` turned it off), past all that start-up built: it stays."""
        gc.freeze()
        gc.enable()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Our themes, and no others: the styles use variables that only ours have."""
        return {theme.name: theme for theme in THEMES}

    # -- between screens -----------------------------------------------------------------------------------------

    def catalog(self) -> Catalog:
        """Return the templates on offer in this folder."""
        from handoff_tui.catalog import Catalog

        return Catalog.beside(self.folder, self.templates)

    async def go_home(self) -> None:
        """Show home."""
        from handoff_tui.tui.screens.home import HomeScreen

        self._replace(HomeScreen(self.folder))

    async def start_new(
        self, path: Path | None = None, template: str | None = None, first: Mapping[str, object] | None = None
    ) -> None:
        """Show the start screen."""
        from handoff_tui.tui.screens.start import StartScreen

        try:
            catalog = self.catalog()
        except HandoffError as error:
            self.notify(visible(str(error)), severity="error", markup=False)
            return
        self._replace(
            StartScreen(
                self.folder, catalog, path=path, template=template, first=first or self.half_typed.get("start", {})
            )
        )

    async def open(self, path: Path) -> None:
        """Resume a handoff."""
        from datetime import date

        from handoff_tui.session.start import resume

        try:
            opened = resume(path, self.catalog(), date.today, prework=self.prework)
        except HandoffError as error:
            self.notify(visible(str(error)), severity="error", timeout=10, markup=False)
            self.release_keys()
            return
        await self.adopt(opened)

    async def adopt(self, opened: Opened) -> None:
        """Begin, or go on with, an interview."""
        self.opened = opened
        self.half_typed.clear()
        self.listen_to(opened)
        if self._answers is not None:
            self._take_answers(self._answers)
            self._answers = None
        await self.show_place()

    def _take_answers(self, answers: Handoff) -> None:
        from handoff_tui.session.batch import fill

        refused = fill(self.session, answers)
        self.session.place = self.session.interview.first_unsettled()
        if refused:
            said = "\n".join(str(item) for item in refused[:3])
            more = f"\n… and {len(refused) - 3} more" if len(refused) > 3 else ""
            self.notify(f"Not taken over:\n{said}{more}", severity="warning", timeout=15, markup=False)

    async def show_place(self) -> None:
        """Show where the session stands; a question on the screen that shows one already."""
        self.record()
        if self.session.place.kind == "question":
            from handoff_tui.tui.screens.interview import InterviewScreen

            if isinstance(self.screen, InterviewScreen):
                await self.screen.show_question()
                return
        self._replace(self._screen_of_place())

    def _screen_of_place(self) -> Screen[None]:
        """Return a screen for where the session stands; imported when it is first needed: the question comes first."""
        kind = self.session.place.kind
        if kind == "question":
            from handoff_tui.tui.screens.interview import InterviewScreen

            return InterviewScreen()
        if kind == "read_back":
            from handoff_tui.tui.screens.read_back import ReadBackScreen

            return ReadBackScreen()
        from handoff_tui.tui.screens.review import ReviewScreen

        return ReviewScreen()

    async def show_finish(self) -> None:
        """Show the end: draft or final."""
        from handoff_tui.tui.screens.finish import FinishScreen

        self._replace(FinishScreen())

    async def show_drill(self) -> None:
        """Show the drill: the room plays a failure through."""
        from handoff_tui.tui.screens.drill import DrillScreen

        self._replace(DrillScreen())

    def _replace(self, screen: Screen[None]) -> None:
        # Not awaited: a screen that asks to be replaced would wait for its own end. The first screen cannot be
        # switched, only covered (textual keeps no callback for it).
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    # -- leaving -------------------------------------------------------------------------------------------------

    @work
    async def action_leave(self) -> None:
        """Leave; from an interview, after saying what is open and how to resume."""
        from handoff_tui.tui.dialogs.leave import LeaveDialog
        from handoff_tui.tui.screens.base import InterviewBase

        if isinstance(self.screen, LeaveDialog):
            self.exit(0)
            return
        if unwritten := getattr(self.screen, "unwritten", ""):
            if await self.push_screen_wait(LeaveDialog(unwritten, safe=False)):
                self.exit(0)
            return
        if self.opened is None or (self.finished is not None and self.finished.handoff is self.session.handoff):
            self.exit(0)
            return
        from handoff_tui.session.parting import parting_words

        below = self.screen
        words = parting_words(self.session, self.path, Path.cwd(), templates=self.templates, most=6)
        if await self.push_screen_wait(LeaveDialog(words)):
            if isinstance(below, InterviewBase):
                below.leave_page()  # a row being typed is saved as far as it goes
            self.exit(0)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in the corner: text only, without what a terminal would obey and what nobody should read."""
        from handoff_tui.session.secrecy import hushed

        said = brief(visible(hushed(message)))
        super().notify(said, title=title, severity=severity, timeout=timeout, markup=False)

    def action_copy_hint(self) -> None:
        """Ctrl+C copies where text is selected; here it says how to leave."""
        self.notify(f"{self.keys.shown('leave')} leaves; everything is saved.", markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer every action of the screen by name, and the other theme."""
        return commands_for(self, screen)

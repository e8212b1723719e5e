"""What a screen may ask of the app that shows it: the session, and to be taken somewhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.content import Content
from textual.screen import Screen

if TYPE_CHECKING:
    from handoff_tui.core.finding import Finding
    from handoff_tui.session.finish import Finished
    from handoff_tui.session.opened import Opened
    from handoff_tui.session.session import Session

__all__ = ["Host", "host_of"]


class Host(Protocol):
    """The app, as its screens know it; screens import this, and the app imports the screens."""

    prework: bool
    templates: Path | None
    reviewed: str | None
    finished: Finished | None
    half_typed: dict[str, Any]
    """What is typed and not accepted in forms that belong to no question: there again when one is opened again."""
    led: tuple[Finding, ...]
    """The findings that lead to the next question that is shown."""

    @property
    def session(self) -> Session:
        """The session under way."""

    @property
    def path(self) -> Path:
        """The file of the interview under way."""

    def record(self) -> None:
        """Keep in the journal what is typed and where we are."""

    async def reload(self) -> None:
        """Read the file again; go on with it if nobody else has it open any more."""

    def refused(self) -> bool:
        """Say that nothing can be changed, where somebody else has the handoff open; say whether that is so."""

    def saved_state(self) -> Content:
        """Return what is true of the file on the disk."""

    def say_saved(self) -> None:
        """Say where the handoff is, and whether it is saved."""

    def release_keys(self) -> None:
        """Let go of what was typed ahead."""

    async def go_home(self) -> None:
        """Show home."""

    async def start_new(
        self, path: Path | None = None, template: str | None = None, first: Mapping[str, object] | None = None
    ) -> None:
        """Show the start screen."""

    async def open(self, path: Path) -> None:
        """Resume a handoff."""

    async def adopt(self, opened: Opened) -> None:
        """Begin, or go on with, an interview."""

    async def show_place(self) -> None:
        """Show where the session stands."""

    async def show_finish(self) -> None:
        """Show the end."""

    async def show_drill(self) -> None:
        """Show the drill."""


def host_of(screen: Screen[Any]) -> Host:
    """Return the app of a screen, as a host."""
    return cast("Host", screen.app)

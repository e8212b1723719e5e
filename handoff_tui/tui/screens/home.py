"""Home: the handoffs below this folder with their state; start one, resume one.

Reads heads only and imports no template, so that it is painted at once.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from handoff_tui.core.finding import Readiness
from handoff_tui.core.text import plural, visible
from handoff_tui.store.library import HandoffEntry, entry, find, glance
from handoff_tui.tui.host import Host, host_of
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action, KeyHints, TwoEnds
from handoff_tui.tui.widgets.listing import Listing

if TYPE_CHECKING:
    from handoff_tui.session.checking import Checker

__all__ = ["HomeScreen"]


_ASK = "Which handoff?"
_ASK_FIRST = "No handoff below this folder yet."
_WHY_FIRST = "Start one: some 100 minutes with four to eight people, to decide who owns what before an incident does."
_HINTS = (
    ("Enter", "resume", "screen.resume"),
    ("n", "new", "screen.new"),
    ("Ctrl+P", "actions", "app.command_palette"),
    ("Ctrl+Q", "leave", "app.leave"),
)


_ABOUT = (
    "The handoffs below this folder",
    "A handoff is one file that says who owns an integration, what happens when it fails, and what support may say. "
    "It is saved as you type; leave at any time, and go on here.",
)


class HomeScreen(Screen[None]):
    """The first screen of `handoff-wizard`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "Start a handoff", id="new", show=False),
        Binding("escape", "app.leave", "Leave", show=False),
        Binding("f1", "help", "Help", id="help", show=False),
    ]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._entries = tuple(glance(path) for path in find(folder))

    def compose(self) -> ComposeResult:
        """Lay out the list, with everything in it: what is filled in later is painted twice."""
        count = len(self._entries)
        bar = TwoEnds(id="bar-file")
        bar.show(Content("handoff-wizard"), Content.styled(visible(str(self._folder)), "$quiet"))
        yield bar
        with Vertical(id="stage"):
            yield Static(Content(_ASK if count else _ASK_FIRST), markup=False, id="ask")
            why = f"{plural(count, 'handoff')} below this folder." if count else _WHY_FIRST
            yield Static(Content(why), markup=False, id="why")
            if count:
                listing = Listing(id="handoffs")
                listing.show(self._options())
                yield listing
            with Horizontal(id="buttons"):
                yield Action("Start a handoff", id="new", action="screen.new", main=True)
                if count:
                    yield Action("Resume", id="resume", action="screen.resume")
                yield Action("Leave", id="leave", action="app.leave")
        yield KeyHints(_HINTS if count else _HINTS[1:])

    def on_mount(self) -> None:
        """Begin at the list; then read the files to their ends."""
        focus_now(self.query_one("#handoffs" if self._entries else "#new"))
        # Painted first: a thread that parses takes its time from the one that paints.
        self.call_after_refresh(self._read_whole)

    @work(thread=True)
    def _read_whole(self) -> None:
        """Read the files to their ends, behind the painted list: what is broken further down, and who is ready."""
        from datetime import date

        from handoff_tui.session.checking import Checker

        checker = Checker(date.today(), self.wizard.templates)
        entries = tuple(_checked(entry(item.path), checker) for item in self._entries)
        if entries != self._entries:
            self.app.call_from_thread(self._show_again, entries)

    def _show_again(self, entries: tuple[HandoffEntry, ...]) -> None:
        """Show what reading to the end found out, without moving anybody's highlight."""
        self._entries = entries
        listing = self.query_one("#handoffs", Listing)
        at = listing.highlighted
        listing.show(self._options())
        listing.highlighted = at

    def _options(self) -> list[Option]:
        return [Option(self._line(item)) for item in self._entries]

    def _line(self, item: HandoffEntry) -> Content:
        room = max(min(self.app.size.width - 7, 88), 30)
        width = min(max(Content(other.name).cell_length for other in self._entries), room // 2)
        name = Content.styled(visible(" ".join(item.name.split())), "bold").truncate(width, ellipsis=True, pad=True)
        if item.problem:
            line = Content.assemble(("! ", "$error")) + name + Content("  ") + Content.styled(item.problem, "$error")
            return line.truncate(room, ellipsis=True)
        sign = ("● ", "$success") if item.status == "final" else ("○ ", "$quiet")
        state = [item.template, item.status]
        told = f"{item.open_points} open" if item.open_points else ""
        if item.readiness == Readiness.WITH_OPEN_POINTS.words:
            state.append(f"ready, {told or 'some open'}")  # the same in fewer words: a line has to fit
        else:
            state += filter(None, (item.readiness, told))
        state += [f"{item.stale} stale"] if item.stale else []
        where = visible(str(item.path.relative_to(self._folder)))
        line = Content.assemble(sign) + name + Content(f"  {visible(' · '.join(state))}")
        whole = line + Content.styled(f"   {where}", "$quiet")
        return whole if whole.cell_length <= room else line.truncate(room, ellipsis=True)

    async def action_new(self) -> None:
        """Start a handoff."""
        await self.wizard.start_new()

    async def action_resume(self) -> None:
        """Resume the highlighted handoff."""
        index = self.query_one("#handoffs", Listing).highlighted if self._entries else None
        if index is not None:
            await self.wizard.open(self._entries[index].path)

    @on(OptionList.OptionSelected)
    async def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self.wizard.open(self._entries[event.option_index].path)

    def action_help(self) -> None:
        """Open the help."""
        from handoff_tui.tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog(keys_of(self.app).home_help, about=[_ABOUT]))

    @property
    def wizard(self) -> Host:
        """The app, as this screen knows it."""
        return host_of(self)


def _checked(item: HandoffEntry, checker: Checker) -> HandoffEntry:
    """Return an entry with its readiness; one that cannot be read has its problem already."""
    if item.problem:
        return item
    report = checker.check(item.path)
    problem = report.findings[0].finding.message if report.unreadable else ""
    return replace(item, readiness=report.readiness.words, problem=problem)

"""F6: the room plays a failure through, one link of the chain at a time, and writes down that it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from handoff_tui.checks.ids import MODES
from handoff_tui.core.dates import say_date
from handoff_tui.core.drill import Drill, Gap, Link
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.render.drill import last_rehearsed, numbered, times
from handoff_tui.session.drilling import record, rehearsal, row_of
from handoff_tui.session.forms import DRILL
from handoff_tui.tui.dialogs.forms import Draft, FormDialog
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.screens.base import InterviewBase
from handoff_tui.tui.typeahead import focus_now, hold_keys
from handoff_tui.tui.widgets.chrome import Action, Bar, KeyHints
from handoff_tui.tui.widgets.listing import Listing
from handoff_tui.tui.words import safe

__all__ = ["DrillScreen"]

_ROOMY = 30
"""Lines of a screen from which on there is an empty line between what is said."""
_DATED = 64
"""Cells of a line from which on there is room for when a failure was last rehearsed."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What the room has before it at once."""

    title: str
    said: Content
    gaps: tuple[Gap, ...] = ()


class DrillScreen(InterviewBase):
    """First which failure; then its links, one by one; at the end the clock, and writing it down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Next link of the chain", show=False),
        Binding("g", "decide", "Decide what is missing, at its question", id="decide-gap", show=False),
        Binding("w", "write", "Write down that it was rehearsed", id="write-drill", show=False),
    ]

    _drills: tuple[Drill, ...] = ()
    _drill: Drill | None = None
    _at = 0

    def compose(self) -> ComposeResult:
        """Lay out the failures, the link and the buttons; not all of them are shown at once."""
        yield Bar()
        with Vertical(id="stage"):
            yield Static(markup=False, id="ask")
            yield Static(markup=False, id="why")
            yield Listing(id="failures")
            with VerticalScroll(id="scene", can_focus=False):
                yield Static(markup=False, id="said")
            with Horizontal(id="buttons"):
                yield Action("Next", id="next", action="screen.go_on", main=True)
                yield Action("Write it down", id="write", action="screen.write")
                yield Action("Decide it", id="decide", action="screen.decide")
                yield Action("Back", id="back", action="screen.back")
        yield KeyHints(
            (
                ("Enter", "next", "screen.go_on"),
                ("Esc", "back", "screen.back"),
                ("g", "decide a gap", "screen.decide"),
                ("w", "write it down", "screen.write"),
                ("F8", "review", "screen.review"),
            )
        )

    def on_mount(self) -> None:
        """Show the failures."""
        self._choose()

    def refresh_bar(self) -> None:
        """Show the failure and the step."""
        place = "Drill"
        if self._drill is not None:
            place += f" · {safe(self._drill.name).plain} · {self._at + 1} of {len(self._steps(self._drill))}"
        self.show_bar(place)

    # -- choosing ------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        """Show each failure with how it ends on paper, the one that was played last highlighted."""
        last = self._drill.mode if self._drill else None
        self._drills = rehearsal(self.session.handoff, self.session.template, self.session.today()).drills
        self._drill, self._at = None, 0
        some, askable = bool(self._drills), MODES in self.session.template.by_id
        self.query_one("#ask", Static).update(
            Content("Which failure shall we play through?" if some else "No drill yet")
        )
        why = (
            "One link at a time, by what the handoff says today. It changes nothing until you write it down."
            if some
            else "Nobody has said yet what the customer sees when something fails. Answer that first."
            if askable
            else "This template does not ask what the customer sees when something fails, so there is nothing to play."
        )
        self.query_one("#why", Static).update(Content(why))
        listing = self.query_one("#failures", Listing)
        at = next((str(index) for index, drill in enumerate(self._drills) if drill.mode == last), None)
        listing.show([Option(self._line(drill), id=str(index)) for index, drill in enumerate(self._drills)], at=at)
        self._display(choosing=some, gaps=not some and askable, end=False)
        self.query_one("#scene").display = False
        self.refresh_bar()
        focus_now(listing if some else self.query_one("#decide" if askable else "#back"))

    def _line(self, drill: Drill) -> Content:
        room = min(self.app.size.width - 8, 84)
        dated = room >= _DATED
        name = safe(drill.name).truncate(room - (42 if dated else 26), ellipsis=True, pad=True)
        outcome = safe(f"  {drill.outcome:<23}", "$warning" if drill.gaps else "")
        last = f"  {say_date(drill.last) if drill.last else 'never rehearsed'}" if dated else ""
        return name + outcome + safe(last, "$quiet")

    @on(OptionList.OptionSelected, "#failures")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._drill, self._at = self._drills[int(event.option_id or 0)], 0
        self._show()

    # -- the steps -----------------------------------------------------------------------------------------------

    def _steps(self, drill: Drill) -> list[_Step]:
        scene = self._labelled(
            [("The customer sees", drill.sees or "nobody has said what"), ("Until now", last_rehearsed(drill))]
        )
        links = [_Step(f"{number}. {link.title}", self._link(link), link.gaps) for number, link in numbered(drill)]
        end = [safe(times(span)) for span in drill.clock]
        gaps = [self._gap(gap) for gap in drill.gaps]
        close = _Step(f"On paper {drill.outcome}.", self._spaced([*end, *gaps]), drill.gaps)
        return [_Step(f"It happens: {drill.name}", scene), *links, close]

    def _link(self, link: Link) -> Content:
        said = [self._labelled([(item.label, item.text)]) for item in link.said]
        gaps = [self._gap(gap) for gap in link.gaps]
        aloud = [Content.styled("Try it: ", "bold $accent") + safe(link.aloud)] if link.aloud else []
        return self._spaced([*gaps, *said, *aloud])

    def _labelled(self, pairs: list[tuple[str, str]]) -> Content:
        lines = [safe(f"{label}: ", "bold") + safe(text) if label else safe(text) for label, text in pairs]
        return self._spaced(lines)

    @staticmethod
    def _gap(gap: Gap) -> Content:
        where = safe(f"\nDecide it at: {gap.place}", "$quiet") if gap.place else Content("")
        return safe("Gap: ", "bold $warning") + safe(gap.text, "$warning") + where

    def _spaced(self, parts: list[Content]) -> Content:
        return Content("\n\n" if self.app.size.height >= _ROOMY else "\n").join(parts)

    def _show(self) -> None:
        """Show the link that the room is at."""
        drill = self._drill
        if drill is None:
            return
        steps = self._steps(drill)
        step, end = steps[self._at], self._at == len(steps) - 1
        self.query_one("#ask", Static).update(safe(step.title))
        self.query_one("#said", Static).update(step.said)
        self._display(choosing=False, gaps=bool(self._decided_here(step)), end=end)
        scene = self.query_one("#scene", VerticalScroll)
        scene.display = True
        scene.scroll_home(animate=False)
        self.refresh_bar()
        focus_now(self.query_one("#write" if end else "#next"))

    def _display(self, *, choosing: bool, gaps: bool, end: bool) -> None:
        """Show what belongs to where the room is."""
        begun = self._drill is not None
        for name, shown in {
            "#why": not begun,
            "#failures": choosing,
            "#next": begun and not end,
            "#write": end,
            "#decide": gaps,
        }.items():
            self.query_one(name).display = shown
        self.query_one("#write", Action).set_class(end, "main")

    # -- acting --------------------------------------------------------------------------------------------------

    async def action_go_on(self) -> None:
        """Go to the next link; at the end, write it down."""
        if self._drill is None:
            listing = self.query_one("#failures", Listing)
            if listing.highlighted is not None:
                listing.action_select()
            return
        if self._at < len(self._steps(self._drill)) - 1:
            self._at += 1
            self._show()
        else:
            self.action_write()

    async def action_back(self) -> None:
        """Go one link back, then to the failures, then out."""
        if self._drill is None:
            hold_keys(self)
            await self.wizard.show_place()
        elif self._at:
            self._at -= 1
            self._show()
        else:
            self._choose()

    def _decided_here(self, step: _Step) -> list[Gap]:
        """Return the gaps of a step that a question of the template decides."""
        return [gap for gap in step.gaps if gap.question in self.session.template.by_id]

    async def action_decide(self) -> None:
        """Go to the question where the first gap in sight is decided, at its row."""
        if self._drill is None:
            if not self._drills and MODES in self.session.template.by_id:
                await self.jump(Place("question", MODES), return_to=REVIEW)
            else:
                self._say("Choose a failure first.")
            return
        step = self._steps(self._drill)[self._at]
        gaps = self._decided_here(step)
        if not gaps:
            self._say("No question of this template decides that gap." if step.gaps else "There is no gap here.")
            return
        gap = gaps[0]
        place = Place("question", gap.question)
        await self.jump(place, return_to=REVIEW, row=row_of(self.session, gap), cell=gap.column)

    def action_write(self) -> None:
        """Write down that the failure was rehearsed."""
        if self._drill is None:
            self._say("Play a failure through first.")
        elif self.refused():
            self.wizard.release_keys()
        else:
            hold_keys(self)
            self._write(self._drill)

    def _say(self, words: str) -> None:
        """Say why nothing happens; what is typed next is for this screen again."""
        self.notify(words, markup=False)
        self.wizard.release_keys()

    @work
    async def _write(self, drill: Drill) -> None:
        final = self.session.handoff.head.status == "final"
        lead = "The day goes into the row of this failure, who took part and what you learned into its note."
        dialog = FormDialog(
            f"Rehearsed: {safe(drill.name).plain}",
            f"{lead} The handoff becomes a draft again; sign it off anew at the end." if final else lead,
            DRILL,
            self.session.context,
            {"on": self.session.today().isoformat()},
            lambda raw: record(self.session, drill, raw),
            only=[column.id for column in DRILL.columns if drill.alert or column.id != "alert_rang"],
            keep="Write it down",
            draft=Draft(self.wizard.half_typed, f"drill:{drill.mode}"),
        )
        dialog.add_class("tall-form")
        if await self.app.push_screen_wait(dialog):
            self._choose()
            self.wizard.record()
            self.notify("Written down: the day, and who took part. Ctrl+Z takes it back.", markup=False)

    async def show_step(self) -> None:
        """Stay here: what was written down is seen to be gone, or to be back."""
        self._choose()
        self.wizard.record()

    def action_help(self) -> None:
        """Open the help: of the drill, not of the question behind it."""
        from handoff_tui.tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog(keys_of(self.app).drill_help))

    async def show_question(self) -> None:
        """Somebody else changed the file: begin anew with what it says now."""
        self._choose()

    def on_key(self, event: events.Key) -> None:
        """Let the arrows read on in a long link, whatever has the focus."""
        steps = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
        if event.key in steps and self._drill is not None:
            event.stop()
            self.query_one("#scene", VerticalScroll).scroll_relative(y=steps[event.key], animate=False)

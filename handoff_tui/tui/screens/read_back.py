"""The end of a section: "You decided: …. Agreed?", and the optional questions that are left."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from handoff_tui.core.interview import Place
from handoff_tui.core.read_back import Decision, decisions
from handoff_tui.core.template import Section
from handoff_tui.session.findings import about_section, told
from handoff_tui.session.words import state_line
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.screens.findings import FindingsScreen
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action, Bar, KeyHints, scroll_by_key
from handoff_tui.tui.widgets.listing import Hanging, Listing
from handoff_tui.tui.words import NARROW, mark, safe

__all__ = ["ReadBackScreen"]


class ReadBackScreen(FindingsScreen):
    """What a section decided, for the room to agree to."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", "Agreed: continue", id="agree", show=False)]

    def compose(self) -> ComposeResult:
        """Lay out the decisions and the buttons."""
        section = self.section
        left = self.session.interview.optional_left(section)
        yield Bar()
        with Vertical(id="stage"):
            yield Static(Content("You decided. Agreed?"), markup=False, id="ask")
            yield Static(Content(section.asks or section.title), markup=False, id="why")
            yield Listing(id="decisions")
            with Horizontal(id="buttons"):
                yield Action("Agreed, continue", id="continue", action="screen.go_on", main=True)
                if left:
                    label = f"{len(left)} more, optional"
                    yield Action(label, id="optional", action="screen.optional")
                yield Action("Change", id="change", action="screen.change")
        yield KeyHints(
            (
                (keys_of(self.app).shown("agree"), "agreed", "screen.go_on"),
                ("Esc", "back", "screen.back"),
                ("F2", "sections", "screen.sections"),
                ("F8", "review", "screen.review"),
                ("a", "accept a warning", "screen.accept"),
            )
        )

    @property
    def section(self) -> Section:
        """The section that ended."""
        return self.session.template.section_by_id[self.session.place.id]

    def on_mount(self) -> None:
        """Show the decisions; Enter agrees."""
        self.refresh_bar()
        self.fill()
        focus_now(self.query_one("#continue"))

    def fill(self) -> None:
        """Show what the section's answers caused, then what was decided."""
        options = self.findings_as_options(about_section(self.session, self.section.id))
        if options:
            options.append(Option(Content(""), disabled=True))
        decided = decisions(self.session.interview, self.section, self.session.people())
        options += [Option(self._content(decision), id=decision.question.id) for decision in decided]
        missing = self.session.interview.without_answer(self.section)
        options += [
            Option(safe(f"○ {question.label}: no answer yet", "$warning"), id=question.id) for question in missing
        ]
        left = self.session.interview.optional_left(self.section)
        if left:
            names = ", ".join(question.label.lower() for question in left)
            options.append(Option(safe(f"○ Not asked yet, optional: {names}", "$quiet"), id="optional"))
        self.query_one("#decisions", Listing).show(options)
        found = self.findings_in_words()
        ask = f"You decided. Agreed? {found}." if found else "You decided. Agreed?"
        self.query_one("#ask", Static).update(Content(ask))

    def _content(self, decision: Decision) -> Hanging:
        interview, question = self.session.interview, decision.question
        unfinished = interview.state(question).value == "unfinished"
        said = told(
            self.session, state_line(self.session, self.session.handoff.answer(question.id), unfinished=unfinished)
        )
        parts = [mark(decision.state, stale=interview.needs_another_look(question)), Content(" ")]
        parts.append(Content.styled(question.label, "bold"))
        if said:
            parts += [Content("  "), safe(said, "$warning")]
        said = told(self.session, "\n".join(decision.lines))
        lines = said.split("\n") if decision.lines else []
        return Hanging((2, Content("").join(parts)), *((4, Content("    ") + safe(line)) for line in lines))

    def refresh_bar(self) -> None:
        """Show the section and what is left."""
        section = self.section
        place = f"{section.theme} · {section.title}" if self.app.size.width >= NARROW else section.title
        self.show_bar(f"{place} · read-back")

    async def action_optional(self) -> None:
        """Ask the optional questions of this section."""
        self.session.want_optional(self.section.id)
        await self.wizard.show_place()

    def action_change(self) -> None:
        """Choose the decision to change."""
        focus_now(self.query_one("#decisions"))

    @on(OptionList.OptionSelected)
    async def _change(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == "optional":
            await self.action_optional()
        elif event.option_id and not await self.go_to_finding(event.option_id, self.session.place):
            await self.jump(Place("question", event.option_id), return_to=self.session.place)

    def on_key(self, event: events.Key) -> None:
        """Let the arrows read on in the list, whatever has the focus: nobody agrees to what they have not seen."""
        listing = self.query_one("#decisions", Listing)
        if not listing.has_focus:
            scroll_by_key(listing, event)
